"""Choosing other colours; the palette has it where there is no key for it."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command, key_of

FEW_COLORS = "the terminal has few colours, or none are wanted (TERM, COLORTERM, NO_COLOR)"


def bytes_spared() -> str:
    """Why there are no themes while bandwidth is saved, and which key ends that."""
    return f"bandwidth is saved: {key_of('save-bandwidth', 'B')} draws as usual again"


class ThemePlace(Protocol):
    """A screen on which another theme can be chosen."""

    @property
    def few_colors(self) -> bool:
        """Whether there are too few colours for themes."""
        ...

    @property
    def saves_bytes(self) -> bool:
        """Whether bytes are spared on the screen."""
        ...

    def open_themes(self) -> None:
        """Show the themes."""
        ...


class ChooseTheme(Command[ThemePlace]):
    """Choose other colours for this run; the setting is called theme."""

    keys = ()
    name = "Theme ..."

    def why_not(self, place: ThemePlace) -> str | None:
        """The terminal must have colours to choose from, and the line must be wide enough."""
        if place.few_colors:
            return FEW_COLORS
        return bytes_spared() if place.saves_bytes else None

    def run(self, place: ThemePlace) -> None:
        """Open the list."""
        place.open_themes()


THEME_COMMANDS = (ChooseTheme(),)
