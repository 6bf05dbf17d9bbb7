"""Marking executions over several panels, and changing all that are marked."""

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.ui.commands.changing import connection_problem
from jobs_tui.ui.commands.command import Command, key_of
from jobs_tui.ui.commands.place import CockpitPlace
from jobs_tui.ui.commands.reading import row_problem
from jobs_tui.ui.views.bars import Notice


def in_list_problem() -> str:
    """Why a thing of the list is not marked, and what to do instead."""
    return (
        "the list is of things: enter goes to the panel of this one, "
        f"{key_of('mark-panel', '*')} marks all in it"
    )


def no_marks_problem() -> str:
    """That there are no marks, and how one is made."""
    return f"nothing is marked: {key_of('mark', 'space')} marks the row under the cursor"


def no_beginning_problem() -> str:
    """That no row was marked from which to mark on."""
    return (
        f"there is no row to begin from: {key_of('mark', 'space')} marks one, "
        f"{key_of('mark-range', 'm')} marks from there to the cursor"
    )


class Mark(Command[CockpitPlace]):
    """Mark this execution, or unmark it, and go to the next row."""

    keys = ("space",)
    name = "Mark"

    def why_not(self, place: CockpitPlace) -> str | None:
        """There must be a row under the cursor; one that has gone can only be unmarked."""
        if place.overview.in_list:
            return in_list_problem()
        row = place.selected_row
        if row is not None and row.key in place.marks:
            return None
        return row_problem(row)

    def run(self, place: CockpitPlace) -> None:
        """Change the mark, and move the cursor."""
        if (row := place.selected_row) is not None:
            place.marks.toggle(row.key)
            place.move_row(1)


class MarkPanel(Command[CockpitPlace]):
    """Mark all in this panel, or unmark them."""

    keys = ("asterisk",)
    shown_keys = "*"
    name = "Mark all in the panel"

    def why_not(self, place: CockpitPlace) -> str | None:
        """There must be something in the list of the thing."""
        rows = place.cursor.panel_rows
        return row_problem(next((row for row in rows if not row.left), next(iter(rows), None)))

    def run(self, place: CockpitPlace) -> None:
        """Change the marks."""
        keys = [row.key for row in place.cursor.panel_rows if not row.left]
        done = "marked" if place.marks.toggle_all(keys) else "unmarked"
        place.redraw()
        place.notice(Notice(f"{place.thing_name}: all {len(keys)} {done}"))


class MarkRange(Command[CockpitPlace]):
    """Mark from the row marked last to this one, over panels too."""

    keys = ("m",)
    name = "Mark a range"

    def why_not(self, place: CockpitPlace) -> str | None:
        """A range begins at the row that was marked last."""
        if place.overview.in_list:
            return in_list_problem()
        if place.selected_row is None:
            return row_problem(None)
        return None if _range(place) else no_beginning_problem()

    def run(self, place: CockpitPlace) -> None:
        """Mark what lies between."""
        keys = _range(place)
        place.marks.mark(keys)
        place.redraw()
        place.notice(Notice(f"{len(keys)} marked from {keys[0].job_id} to {keys[-1].job_id}"))


class ClearMarks(Command[CockpitPlace]):
    """Take all marks away, when there is nothing else to leave."""

    keys = ("escape",)
    shown_keys = "esc"
    name = "Clear the marks"

    def why_not(self, place: CockpitPlace) -> str | None:
        """There must be marks."""
        return None if place.marks else no_marks_problem()

    def run(self, place: CockpitPlace) -> None:
        """Forget them, and say how many there were."""
        count = len(place.marks)
        place.marks.clear()
        place.redraw()
        noun = "mark" if count == 1 else "marks"
        again = f"{key_of('mark', 'space')} marks again"
        place.notice(Notice(f"{count} {noun} cleared, {again}"))


class ChangeMarked(Command[CockpitPlace]):
    """Change the status of all that are marked (asks)."""

    keys = ("s",)
    name = "Change the status of the marked"
    hint = "status of marked"

    def in_footer(self, place: CockpitPlace) -> bool:
        """While there are marks."""
        return bool(place.marks)

    def why_not(self, place: CockpitPlace) -> str | None:
        """It needs marks, and an endpoint to read from."""
        return connection_problem(place) if place.marks else no_marks_problem()

    def run(self, place: CockpitPlace) -> None:
        """Open the dialog."""
        place.open_change_marked()


def _range(place: CockpitPlace) -> list[ExecutionKey]:
    row = place.selected_row
    if row is None:
        return []
    rows = place.cursor.all_rows
    between = place.marks.range_to(row.key, [each.key for each in rows]) or ()
    left = {each.key for each in rows if each.left}
    return [key for key in between if key not in left]


MARKING_COMMANDS: tuple[Command[CockpitPlace], ...] = (Mark(), MarkPanel(), MarkRange())
"""In the order of help and palette; clearing stands after all else that Escape closes."""
