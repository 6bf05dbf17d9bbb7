"""Giving the screen other colours, before it is drawn or while it is."""

from typing import Any

from textual.app import App

from jobs_tui.ui.low_bandwidth import STYLE_SHEET
from jobs_tui.ui.terminal.high_contrast import THEMES
from jobs_tui.ui.terminal.plain_screen import OWN_COLORS, paint_again, plain_colors_of
from jobs_tui.ui.terminal.theme_names import AUTO, TERMINAL


def wear(app: App[Any], name: str, usual: str) -> None:
    """Draw in the colours of a theme; over a thin line, from when bytes are spared no more.

    Args:
        app: the app, which may run already.
        name: one of the names of themes.
        usual: what the app calls the theme that it had at first.
    """
    meant = {AUTO: usual, TERMINAL: OWN_COLORS.name}.get(name, name)
    if meant in THEMES:
        app.register_theme(THEMES[meant])
    elif meant == OWN_COLORS.name:
        app.register_theme(OWN_COLORS)
        app.stylesheet.read(STYLE_SHEET)
    if meant not in app.available_themes:
        # another Textual may have others
        meant = usual
    thin = plain_colors_of(app)
    if thin is not None:
        thin.instead_of = meant
        return
    app.theme = meant
    if app.is_running:
        # after the styles have been worked out anew
        app.call_later(paint_again, app)
