"""Two themes for who needs more contrast than is usual, on black and on white."""

from typing import Final

from textual.theme import Theme

from jobs_tui.ui.terminal.theme_names import HIGH_CONTRAST, HIGH_CONTRAST_LIGHT

ON_BLACK: Final = Theme(
    HIGH_CONTRAST,
    primary="#ffd700",
    secondary="#00ffff",
    accent="#00ffff",
    warning="#ffd700",
    error="#ff9d9d",
    success="#5fff87",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    variables={
        "foreground-muted": "#d0d0d0",
        "surface-lighten-1": "#262626",
        "surface-lighten-2": "#303030",
        "primary-muted": "#3a3a3a",
        "block-cursor-background": "#ffd700",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#ffd700",
        "block-cursor-blurred-foreground": "#000000",
        "block-cursor-blurred-text-style": "bold",
        "input-cursor-background": "#ffd700",
        "input-cursor-foreground": "#000000",
    },
)

ON_WHITE: Final = Theme(
    HIGH_CONTRAST_LIGHT,
    primary="#00005f",
    secondary="#004b4b",
    accent="#00005f",
    warning="#5f3000",
    error="#870000",
    success="#004b00",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#ffffff",
    dark=False,
    variables={
        "foreground-muted": "#3a3a3a",
        "surface-lighten-1": "#e4e4e4",
        "surface-lighten-2": "#dadada",
        "primary-muted": "#d0d0d0",
        "block-cursor-background": "#00005f",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#00005f",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-cursor-blurred-text-style": "bold",
        "input-cursor-background": "#00005f",
        "input-cursor-foreground": "#ffffff",
    },
)

THEMES: Final = {theme.name: theme for theme in (ON_BLACK, ON_WHITE)}
"""By name. Their colours are among those of a terminal with 256, so that none is put in between."""
