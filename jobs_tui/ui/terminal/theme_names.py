"""The names of the themes; nothing is imported for them, so that settings can be checked."""

from typing import Final

AUTO: Final = "auto"
"""Dark shades, or the terminal's own colours where it has few."""

TERMINAL: Final = "terminal"
"""The terminal's own colours on its own background, which may be dark or light."""

HIGH_CONTRAST: Final = "high-contrast"
HIGH_CONTRAST_LIGHT: Final = "high-contrast-light"

OF_TEXTUAL: Final = (
    "textual-dark",
    "textual-light",
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "tokyo-night",
)
"""Those of Textual but the ones of the terminal's colours, for which there is one of our own."""

THEME_NAMES: Final = (AUTO, TERMINAL, HIGH_CONTRAST, HIGH_CONTRAST_LIGHT, *OF_TEXTUAL)
"""All, in the order in which they are offered."""
