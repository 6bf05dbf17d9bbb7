"""What every screen over the panels has: back, palette, help, and a conflict to be decided."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.leaving import Help, HelpPlace, Palette, PalettePlace


class OverPanelsPlace(HelpPlace, PalettePlace, Protocol):
    """A screen that is read, and left again for the panels."""

    @property
    def conflicts(self) -> int:
        """How many conflicts came while it was open, and are to be decided."""
        ...

    def open_conflict(self) -> None:
        """Show the first of them, and what can be done."""
        ...

    def back(self) -> None:
        """Return to the panels."""
        ...


class BackToPanels(Command[OverPanelsPlace]):
    """Go back to the panels."""

    name = "Back"
    hint = "back"

    shared_id = "back"

    def __init__(self, opener: str, opened_by: str) -> None:
        """Make it; the key that opened the screen closes it, too.

        Args:
            opener: the id of the command that opens the screen.
            opened_by: the key that this has by itself.
        """
        self.opener = opener
        self.opened_by = opened_by
        self.keys = ("escape", "q", opened_by)
        self.shown_keys = f"esc q {opened_by}"

    def run(self, place: OverPanelsPlace) -> None:
        """Close the screen."""
        place.back()


class DecideConflict(Command[OverPanelsPlace]):
    """Decide on the change that met another writer: apply it anew, or drop it."""

    keys = ("full_stop",)
    shown_keys = "."
    name = "Decide on the conflict"

    def why_not(self, place: OverPanelsPlace) -> str | None:
        """One must have come meanwhile."""
        return None if place.conflicts else "no conflict has come meanwhile"

    def run(self, place: OverPanelsPlace) -> None:
        """Open it."""
        place.open_conflict()


OVER_PANELS_COMMANDS: tuple[Command[OverPanelsPlace], ...] = (
    DecideConflict(),
    Palette(),
    Help(),
)
"""What comes last in the list of each; help is last in its footer."""
