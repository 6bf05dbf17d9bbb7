"""In which colours to draw: each theme is shown as the cursor comes to it."""

from collections.abc import Callable

from jobs_tui.ui.screens.menu import Menu
from jobs_tui.ui.terminal.lines import Line, Piece, line, padded
from jobs_tui.ui.terminal.theme_names import (
    AUTO,
    HIGH_CONTRAST,
    HIGH_CONTRAST_LIGHT,
    TERMINAL,
    THEME_NAMES,
)
from jobs_tui.ui.views.fleet import MARKER

HINT = "enter keeps it for this run \u00b7 esc back to what was"
BRIEF_HINT = "enter keeps it \u00b7 esc back"

WORDS = {
    AUTO: "as the terminal can",
    TERMINAL: "the terminal's own colours",
    HIGH_CONTRAST: "on black",
    HIGH_CONTRAST_LIGHT: "on white",
}


class ThemeMenu(Menu[None]):
    """Puts the theme on that the cursor is on, and what was there before after Escape."""

    # so that there is something else to be seen in it
    lines_most = 8

    def __init__(self, now: str, wear: Callable[[str], None]) -> None:
        """Make it.

        Args:
            now: the name of the theme in force.
            wear: puts another one on.
        """
        super().__init__("theme", THEME_NAMES, THEME_NAMES.index(now), (HINT, BRIEF_HINT))
        self._before = self._worn = now
        self._wear = wear

    def action_choose(self) -> None:
        """Keep what is seen."""
        self.dismiss(None)

    def action_back(self) -> None:
        """Put on again what was there before."""
        self._put_on(self._before)
        self.dismiss(None)

    def show(self) -> None:
        """Draw it, and all else, in the theme that the cursor is on."""
        super().show()
        if self.is_open:
            self._put_on(self.selected)

    def entry_line(self, name: str, *, selected: bool) -> Line:
        """A theme, and whether it was in force before."""
        shown = padded(name, max(map(len, THEME_NAMES)))
        told = ", ".join(filter(None, ("as it was" * (name == self._before), WORDS.get(name))))
        return line(
            Piece(f"{MARKER if selected else ' '} {shown}", "cursor-name" if selected else ""),
            Piece(f"  {told}" if told else "", "dim"),
        )

    def _put_on(self, name: str) -> None:
        if name != self._worn:
            self._worn = name
            self._wear(name)
