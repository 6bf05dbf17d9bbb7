"""The commands of the screen with the journal."""

from typing import Protocol

from jobs_tui.engine.change import Change
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.leaving import Palette
from jobs_tui.ui.commands.moving_in_list import ends, steps


class JournalPlace(Protocol):
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

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def open_palette(self) -> None:
        """Show the command palette."""
        ...

    def back(self) -> None:
        """Return to the panels."""
        ...


class JournalBack(Command[JournalPlace]):
    """Go back to the panels."""

    keys = ("escape", "q", "J")
    shown_keys = "esc q J"
    name = "Back"
    hint = "back"

    def run(self, place: JournalPlace) -> None:
        """Close the screen."""
        place.back()


class OpenEntry(Command[JournalPlace]):
    """Tell everything about this change, and what can be done."""

    keys = ("enter", "d")
    name = "Open the change"
    hint = "open"

    def why_not(self, place: JournalPlace) -> str | None:
        """There must be one."""
        return None if place.selected is not None else "there is no change"

    def run(self, place: JournalPlace) -> None:
        """Open the dialog."""
        place.open()


class JournalHelp(Command[JournalPlace]):
    """Show the keys of where one is."""

    keys = ("question_mark",)
    shown_keys = "?"
    name = "Help"
    hint = "help"

    def run(self, place: JournalPlace) -> None:
        """Open it."""
        place.open_help()


JOURNAL_COMMANDS: tuple[Command[JournalPlace], ...] = (
    JournalBack(),
    OpenEntry(),
    *steps("change"),
    *ends("newest change", "oldest change"),
    Palette(),
    JournalHelp(),
)
