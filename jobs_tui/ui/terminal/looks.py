"""The looks of the screen: names, the style sheet behind them, and how a widget finds them."""

from typing import Final

from rich.style import Style
from textual.widget import Widget

LOOKS: Final = frozenset(
    {
        "dim",
        "strong",
        "title",
        "title-focused",
        "cursor",
        "progress",
        "good",
        "warning",
        "alarm",
        "key",
        "name",
        "text",
        "number",
        "bar",
    }
)
"""What a piece or a line can look like; `look--NAME` in the style sheet."""

COMPONENT_CLASSES: Final = frozenset(f"look--{name}" for name in LOOKS)


def line_style(widget: Widget, look: str) -> Style:
    """The style of a whole line; an empty look is the widget's own style."""
    return widget.get_component_rich_style(f"look--{look}") if look else widget.rich_style


def piece_style(widget: Widget, look: str) -> Style:
    """What a look changes on the line under it: a style without a background."""
    if not look:
        return Style.null()
    wanted = widget.get_component_rich_style(f"look--{look}", partial=True)
    blended = widget.get_component_rich_style(f"look--{look}")
    return Style(
        color=blended.color if wanted.color else None,
        bold=wanted.bold,
        underline=wanted.underline,
        reverse=wanted.reverse,
    )
