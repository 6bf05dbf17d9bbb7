"""Whatever is drawn, in the terminal's own 16 colours, and without a style where none shows."""

from functools import lru_cache

from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as Background
from textual.filter import LineFilter

NOTHING = Style.null()


class PlainColors(LineFilter):
    """Takes away what costs bytes and shows nothing.

    That is: the terminal's default colours said by name, which it has anyway; colours that are not
    among its own 16; the style of blanks at the end of a line, so that they can be erased.
    """

    def __init__(self, *, instead_of: str) -> None:
        """Make it; `instead_of` is the theme that there was before, to go back to."""
        super().__init__()
        self.instead_of = instead_of

    def apply(self, segments: list[Segment], background: Background) -> list[Segment]:
        """The same text with the shorter styles; what is under it does not matter."""
        del background
        plain = [
            Segment(text, None if style is None else plain_style(style))
            for text, style, control in segments
            if not control
        ]
        _unstyle_the_end(plain)
        return plain


@lru_cache(1024)
def plain_style(style: Style) -> Style:
    """What of a style is left."""
    return style.without_color + Style.from_color(_own(style.color), _own(style.bgcolor))


def _own(color: Color | None) -> Color | None:
    return color if color is not None and color.type is ColorType.STANDARD else None


def _unstyle_the_end(segments: list[Segment]) -> None:
    for index in range(len(segments) - 1, -1, -1):
        text, style, _ = segments[index]
        if style and _shows_in_blanks(style):
            return
        words = text.rstrip(" ")
        if words == text:
            if text:
                return
            continue
        segments[index] = Segment(words, style)
        segments.insert(index + 1, Segment(" " * (len(text) - len(words)), NOTHING))
        if words:
            return
        del segments[index]


@lru_cache(1024)
def _shows_in_blanks(style: Style) -> bool:
    marked = style.reverse or style.underline or style.strike or style.underline2 or style.overline
    return bool(marked) or style.bgcolor is not None
