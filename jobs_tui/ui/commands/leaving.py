"""Help, palette, repaint and the way out."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.place import GroundPlace


class PalettePlace(Protocol):
    """A screen that has a command palette."""

    def open_palette(self) -> None:
        """Show the command palette."""
        ...


class Palette(Command[PalettePlace]):
    """Find a command by its name."""

    keys = ("ctrl+p", "colon")
    shown_keys = "ctrl+p :"
    name = "Command palette"

    def run(self, place: PalettePlace) -> None:
        """Open it."""
        place.open_palette()


class Repaint(Command[GroundPlace]):
    """Repaint the whole screen."""

    keys = ("ctrl+l",)
    name = "Repaint the screen"

    def run(self, place: GroundPlace) -> None:
        """Send everything again."""
        place.repaint()


class Help(Command[GroundPlace]):
    """Show the keys of where one is."""

    keys = ("question_mark",)
    shown_keys = "?"
    name = "Help"
    hint = "help"

    def run(self, place: GroundPlace) -> None:
        """Open it."""
        place.open_help()


class Quit(Command[GroundPlace]):
    """Quit (asks only with unsettled changes)."""

    keys = ("q",)
    name = "Quit"

    def run(self, place: GroundPlace) -> None:
        """End the program."""
        place.leave()
