"""The commands of the screen with the pulse."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.leaving import Palette


class PulsePlace(Protocol):
    """The screen with the pulse."""

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def open_palette(self) -> None:
        """Show the command palette."""
        ...

    def back(self) -> None:
        """Return to the panels."""
        ...


class PulseBack(Command[PulsePlace]):
    """Go back to the panels."""

    keys = ("escape", "q", "P")
    shown_keys = "esc q P"
    name = "Back"
    hint = "back"

    def run(self, place: PulsePlace) -> None:
        """Close the screen."""
        place.back()


class PulseHelp(Command[PulsePlace]):
    """Show the keys of where one is."""

    keys = ("question_mark",)
    shown_keys = "?"
    name = "Help"
    hint = "help"

    def run(self, place: PulsePlace) -> None:
        """Open it."""
        place.open_help()


PULSE_COMMANDS: tuple[Command[PulsePlace], ...] = (PulseBack(), Palette(), PulseHelp())
