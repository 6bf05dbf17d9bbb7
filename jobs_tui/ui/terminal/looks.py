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


def style_of(widget: Widget, look: str) -> Style:
    """The style of a look on this widget; an empty look is the widget's own style."""
    if not look:
        return widget.rich_style
    return widget.get_component_rich_style(f"look--{look}", partial=True)
