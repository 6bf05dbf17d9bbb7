"""The commands of the screen with the journal."""

from typing import Protocol

from jobs_tui.engine.change import Change
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.moving_in_list import ends, steps
from jobs_tui.ui.commands.over_panels import OVER_PANELS_COMMANDS, BackToPanels, OverPanelsPlace


class JournalPlace(OverPanelsPlace, Protocol):
    """The screen with the journal."""

    @property
    def selected(self) -> Change | None:
        """The change that the cursor is on."""
        ...

    @property
    def page(self) -> int:
        """How many rows show at once."""
        ...

    def move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        ...

    def open(self) -> None:
        """Tell everything about the change that the cursor is on."""
        ...


class OpenEntry(Command[JournalPlace]):
    """Tell everything about this change, and what can be done."""

    keys = ("enter", "d")
    name = "Open the change"
    hint = "open"

    def in_footer(self, place: JournalPlace) -> bool:
        """Where there is one."""
        return place.selected is not None

    def why_not(self, place: JournalPlace) -> str | None:
        """There must be one."""
        return None if place.selected is not None else "there is no change"

    def run(self, place: JournalPlace) -> None:
        """Open the dialog."""
        place.open()


JOURNAL_COMMANDS: tuple[Command[JournalPlace], ...] = (
    BackToPanels("open-journal", "J"),
    OpenEntry(),
    *steps("change"),
    *ends("newest change", "oldest change"),
    *OVER_PANELS_COMMANDS,
)
