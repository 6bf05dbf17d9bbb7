"""The commands of the screen that shows how a change of many executions goes."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command, key_of
from jobs_tui.ui.commands.leaving import Help, Palette
from jobs_tui.ui.commands.moving_in_list import ends, steps


class BulkPlace(Protocol):
    """The screen with the progress and the results."""

    @property
    def goes_on(self) -> bool:
        """Whether more will be begun."""
        ...

    @property
    def under_way(self) -> bool:
        """Whether something was begun of which nothing was heard yet."""
        ...

    @property
    def page(self) -> int:
        """How many rows show at once."""
        ...

    def move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        ...

    def stop(self) -> None:
        """Begin no more."""
        ...

    def open(self) -> None:
        """Tell everything about the change that the cursor is on."""
        ...

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def open_palette(self) -> None:
        """Show the command palette."""
        ...

    def back(self) -> None:
        """Return to the panels."""
        ...


class StopBulk(Command[BulkPlace]):
    """Stop: what is not begun is not sent, what is under way is settled as always."""

    keys = ("escape", "x")
    shown_keys = "esc x"
    name = "Stop"
    hint = "stop"

    def in_footer(self, place: BulkPlace) -> bool:
        """While there is something to stop."""
        return place.goes_on

    def why_not(self, place: BulkPlace) -> str | None:
        """There must be something that is not begun yet."""
        return None if place.goes_on else "nothing more will be begun"

    def run(self, place: BulkPlace) -> None:
        """Begin no more."""
        place.stop()


class BulkBack(Command[BulkPlace]):
    """Go back to the panels; the journal keeps the results."""

    keys = ("escape", "q")
    shown_keys = "esc q"
    shared_id = "back"
    name = "Back"
    hint = "back"

    def in_footer(self, place: BulkPlace) -> bool:
        """When there is nothing to stop."""
        return not place.goes_on

    def why_not(self, place: BulkPlace) -> str | None:
        """What goes on is stopped first."""
        if not place.goes_on:
            return None
        return f"it goes on; {key_of('stop-bulk', 'x')} stops it"

    def run(self, place: BulkPlace) -> None:
        """Close the screen."""
        place.back()


class OpenResult(Command[BulkPlace]):
    """Tell everything about this change, and what can be done."""

    keys = ("enter", "d")
    name = "Open the change"
    hint = "open"

    def why_not(self, place: BulkPlace) -> str | None:
        """Not over changes that are still under way."""
        return "some are under way" if place.goes_on or place.under_way else None

    def run(self, place: BulkPlace) -> None:
        """Open the dialog."""
        place.open()


BULK_COMMANDS: tuple[Command[BulkPlace], ...] = (
    StopBulk(),
    BulkBack(),
    OpenResult(),
    *steps("execution"),
    *ends("first execution", "last execution"),
    Palette(),
    Help(),
)
