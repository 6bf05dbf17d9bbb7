"""Sparing bytes, or colours, on the screen: the look for a thin line, with its style sheet."""

from pathlib import Path
from typing import Any

from textual.app import App

from jobs_tui.ui.terminal.plain_screen import use_own_colors, use_plain_screen

STYLE_SHEET = Path(__file__).with_name("low_bandwidth.tcss")
"""Its rules hold in themes of the terminal's own colours only."""


def spare_bytes(app: App[Any], *, on: bool) -> None:
    """Draw with few bytes from now on, or as usual again."""
    if on:
        app.stylesheet.read(STYLE_SHEET)
    use_plain_screen(app, on=on)


def spare_colors(app: App[Any]) -> None:
    """Draw in the colours that the terminal has itself; before the app runs."""
    app.stylesheet.read(STYLE_SHEET)
    use_own_colors(app)
