"""Help, palette, repaint and the way out."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.place import CockpitPlace


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


class Repaint(Command[CockpitPlace]):
    """Repaint the whole screen."""

    keys = ("ctrl+l",)
    name = "Repaint the screen"

    def run(self, place: CockpitPlace) -> None:
        """Send everything again."""
        place.repaint()


class Help(Command[CockpitPlace]):
    """Show the keys of where one is."""

    keys = ("question_mark",)
    shown_keys = "?"
    name = "Help"
    hint = "help"

    def run(self, place: CockpitPlace) -> None:
        """Open it."""
        place.open_help()


class Quit(Command[CockpitPlace]):
    """Quit (asks only with unsettled changes)."""

    keys = ("q",)
    name = "Quit"

    def run(self, place: CockpitPlace) -> None:
        """End the program."""
        place.leave()
