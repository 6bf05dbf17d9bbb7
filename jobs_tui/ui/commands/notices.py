"""The commands of the screen with the notices."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.moving_in_list import ends, steps


class NoticesPlace(Protocol):
    """The screen with the notices."""

    @property
    def page(self) -> int:
        """How many lines of the text a page moves."""
        ...

    def move(self, by: int) -> None:
        """Move the text by so many lines."""
        ...

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def back(self) -> None:
        """Return to the panels."""
        ...


class NoticesBack(Command[NoticesPlace]):
    """Go back to the panels."""

    keys = ("escape", "q", "L")
    shown_keys = "esc q L"
    name = "Back"
    hint = "back"

    def run(self, place: NoticesPlace) -> None:
        """Close the screen."""
        place.back()


class NoticesHelp(Command[NoticesPlace]):
    """Show the keys of where one is."""

    keys = ("question_mark",)
    shown_keys = "?"
    name = "Help"
    hint = "help"

    def run(self, place: NoticesPlace) -> None:
        """Open it."""
        place.open_help()


NOTICES_COMMANDS: tuple[Command[NoticesPlace], ...] = (
    NoticesBack(),
    *steps("line", page_down=("space",)),
    *ends("newest notice", "oldest notice"),
    NoticesHelp(),
)
