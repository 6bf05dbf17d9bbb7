"""The terminal's own 16 colours as a theme; ordinary text and backgrounds have none."""

from typing import Final

from textual.theme import Theme

from jobs_tui.ui.terminal.looks import PLAIN_THEME

THEME: Final = Theme(
    PLAIN_THEME,
    primary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    ansi=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "scrollbar": "ansi_cyan",
        "scrollbar-background": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
    },
)
"""What the style sheets refer to."""
