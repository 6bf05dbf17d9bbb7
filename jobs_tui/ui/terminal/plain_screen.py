"""Changing an app to the look for a thin line, and back, while it runs or before."""

from dataclasses import replace
from typing import Any, Final

from textual.app import App
from textual.filter import DimFilter, Monochrome, NoColor
from textual.widget import Widget

from jobs_tui.ui.terminal.looks import PLAIN_THEME
from jobs_tui.ui.terminal.plain_colors import PlainColors
from jobs_tui.ui.terminal.plain_theme import THEME
from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver

OWN_COLORS: Final = replace(THEME, name="own-colors")
"""The same colours where bytes are not spared."""


def use_own_colors(app: App[Any]) -> None:
    """Draw in the terminal's own colours, with the cursor and the focus in reverse."""
    app.register_theme(OWN_COLORS)
    app.theme = OWN_COLORS.name


def use_plain_screen(app: App[Any], *, on: bool) -> None:
    """Draw with few bytes and let the mouse be the terminal's own; or draw as usual again."""
    if on == (app.theme == PLAIN_THEME):
        return
    usual = plain_colors_of(app)
    if usual is None:
        app.register_theme(THEME)
        app._filters.append(PlainColors(instead_of=app.theme))  # noqa: SLF001 - as below
        app.theme = PLAIN_THEME
    else:
        app._filters.remove(usual)  # noqa: SLF001 - as below
        app.theme = usual.instead_of
    driver = app._driver  # noqa: SLF001
    if isinstance(driver, SturdyDriver):
        driver.report_mouse(on=not on)
    if app.is_running:
        # after the styles have been worked out anew
        app.call_later(paint_again, app)


def plain_colors_of(app: App[Any]) -> PlainColors | None:
    """What draws with few bytes, where that is so; all that Textual draws passes its filters."""
    filters = app._filters  # noqa: SLF001 - there is no other way to them
    return next((each for each in filters if isinstance(each, PlainColors)), None)


def paint_again(app: App[Any]) -> None:
    """Paint all that there is, also what is out of sight: it has other colours now."""
    for screen in app.screen_stack:
        for widget in (screen, *screen.walk_children(Widget)):
            widget.refresh()


def settle_no_color(app: App[Any], *, wanted: bool) -> None:
    """Have no colour at all where NO_COLOR says so, and all of them where it is empty.

    Textual asks only whether there is such a variable, and draws in shades of grey then. It also
    makes a colour of what is dim, which would be lost: without colours dim stays dim.
    """
    app.no_color = wanted
    filters = app._filters  # noqa: SLF001 - all that Textual draws passes them
    unwanted = (Monochrome, DimFilter) if wanted else Monochrome
    filters[:] = [each for each in filters if not isinstance(each, unwanted)]
    if wanted:
        filters.append(NoColor())
