"""The looks of the screen: a name for each, from the colours of the theme in force.

Textual's component classes would do the same by the style sheet, at the cost of a hidden node per
look and widget when the program starts.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.widget import Widget


class Look(NamedTuple):
    """Which of the theme's colours a text has; what is empty stays as it is under it."""

    color: str = ""
    background: str = ""
    bold: bool = False
    underline: bool = False


PLAIN_THEME = "low-bandwidth"
"""The theme for a thin line: it has the looks of `plain_looks`, as all do that leave colours to the
terminal."""

READ_AS_IT_IS = "textual-dark"
"""The theme of most: a test says that all looks are read in it, so that nothing is worked out."""

GROUNDS = ("background", "surface", "surface-lighten-1", "primary-muted")
"""On which a text in one of the looks may stand, beside the colour of the focus."""

ON_FOCUS = " on focus"
"""Behind the name of a look: what is left of it on the colour of the focus."""

CONTRAST = "contrast"
"""Instead of a colour: black or white, whatever reads better on the background."""

LOOKS: Final = {
    "dim": Look("foreground-muted"),
    "strong": Look(bold=True),
    "title": Look(background="surface-lighten-1"),
    "title-focused": Look(CONTRAST, "primary"),
    "cursor": Look(background="primary-muted"),
    "cursor-name": Look(background="primary-muted", bold=True),
    "resting-name": Look(background="surface-lighten-1", bold=True),
    "bar": Look(background="surface"),
    "progress": Look("text-accent", bold=True),
    "good": Look("text-success"),
    "warning": Look("text-warning"),
    "alarm": Look("text-error", bold=True),
    "key": Look("text-accent", bold=True),
    "name": Look("text-primary"),
    "text": Look("text-success"),
    "number": Look("text-warning"),
    "found": Look(bold=True, underline=True),
    "found-now": Look(CONTRAST, "primary", bold=True, underline=True),
}
"""What a piece or a line can look like."""


def is_plain(widget: Widget) -> bool:
    """Whether the screen has the look for a thin line."""
    return widget.app.theme == PLAIN_THEME


def line_style(widget: Widget, look: str) -> Style:
    """The style of a whole line; an empty look is the widget's own style."""
    return widget.rich_style + piece_style(widget, look)


def piece_style(widget: Widget, look: str, under: str = "") -> Style:
    """What a look changes on the line under it, which may have a look of its own.

    A line in the colour of the focus keeps what is read on that: other colours are not.
    """
    if not look:
        return Style.null()
    app: App[object] = widget.app
    styles = _styles(app, app.theme)
    if under in LOOKS and LOOKS[under].color == CONTRAST:
        return styles.get(look + ON_FOCUS, styles[look])
    return styles[look]


@lru_cache(maxsize=4)
def _styles(app: App[object], theme: str) -> Mapping[str, Style]:
    """All looks in a theme; `theme` is in the key so that another theme is looked up anew."""
    if theme == PLAIN_THEME or app.current_theme.ansi:
        from jobs_tui.ui.terminal.plain_looks import (  # noqa: PLC0415 - where bytes are spared
            PLAIN_LOOKS,
        )

        return PLAIN_LOOKS
    return looks_in(app.theme_variables, theme)


def looks_in(variables: Mapping[str, str], theme: str) -> Mapping[str, Style]:
    """All looks from the colours of a theme that has its own, each readable where it may stand."""
    base = Color.parse(variables["background"])

    def color(name: str) -> Color:
        return base + Color.parse(variables[name])

    read: Callable[[Color], Color] = _as_it_is
    if theme != READ_AS_IT_IS:
        from jobs_tui.ui.terminal.contrast import (  # noqa: PLC0415 - where another one is wanted
            readable_on,
        )

        read = readable_on([color(name) for name in GROUNDS], theme)
    styles = {}
    for name, look in LOOKS.items():
        background = color(look.background) if look.background else None
        foreground = read(color(look.color)) if look.color not in ("", CONTRAST) else None
        if look.color == CONTRAST:
            foreground = (background or base).get_contrast_text(1.0)
        styles[name] = Style(
            color=foreground.rich_color if foreground else None,
            bgcolor=background.rich_color if background else None,
            bold=look.bold or None,
            underline=look.underline or None,
        )
        if look.color and not look.background:
            styles[name + ON_FOCUS] = Style(bold=look.bold or None)
    return styles


def _as_it_is(color: Color) -> Color:
    return color
