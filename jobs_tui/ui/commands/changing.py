"""The two commands that lead to a change; each opens a dialog, none sends anything."""

from jobs_tui.engine.store import Connected
from jobs_tui.ui.commands.command import Command, key_of
from jobs_tui.ui.commands.place import CockpitPlace
from jobs_tui.ui.commands.reading import row_problem

NO_LINK = "there is no endpoint to ask yet"
READ_ONLY = "this run is read-only (--read-only or settings)"


def marked_problem() -> str:
    """Why the status of one is not changed while there are marks."""
    return (
        f"rows are marked, and {key_of('change-marked', 's')} changes all of them; "
        "esc clears the marks"
    )


def connection_problem(place: CockpitPlace) -> str | None:
    """Why nothing can be changed at all, or None."""
    if place.engine.read_only:
        shown_in = place.engine.read_only_in
        return f"this run is read-only in {shown_in} (--no-read-only)" if shown_in else READ_ONLY
    return None if isinstance(place.engine.store.link, Connected) else NO_LINK


def change_problem(place: CockpitPlace) -> str | None:
    """Why nothing can be changed on the thing in focus, or None."""
    if (problem := connection_problem(place)) is not None:
        return problem
    for change in place.engine.changes.unsettled:
        if change.thing_name == place.thing_name:
            from jobs_tui.ui.views.changes import (  # noqa: PLC0415 - where something was changed
                open_words,
            )

            return open_words(change)
    return None


class StartNext(Command[CockpitPlace]):
    """Start the next pending job of this thing (asks)."""

    keys = ("n",)
    name = "Start the next job"
    hint = "start next"

    def why_not(self, place: CockpitPlace) -> str | None:
        """It needs an endpoint to read from, and no doubt about an earlier change."""
        return change_problem(place)

    def run(self, place: CockpitPlace) -> None:
        """Open the dialog."""
        place.open_start_next()


class ChangeStatus(Command[CockpitPlace]):
    """Change the status of this execution (asks)."""

    keys = ("s",)
    name = "Change the status"
    hint = "status"

    def in_footer(self, place: CockpitPlace) -> bool:
        """While nothing is marked."""
        return not place.marks

    def why_not(self, place: CockpitPlace) -> str | None:
        """It needs a row that is listed, too; with marks, its key changes what is marked."""
        if place.marks:
            return connection_problem(place) or marked_problem()
        return change_problem(place) or row_problem(place.selected_row)

    def run(self, place: CockpitPlace) -> None:
        """Open the dialog."""
        if (row := place.selected_row) is not None:
            place.open_change_status(row)
