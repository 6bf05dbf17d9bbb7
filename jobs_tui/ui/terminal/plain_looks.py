"""The looks on a thin line: few style changes, and the terminal's own 16 colours.

Ordinary text has no colour at all, so that a blank cell needs no style and the blank end of a line
is erased, not sent. Nothing depends on a background, which may be dark or light: of the terminal's
own colours only red and magenta are read on both, in the palettes that terminals come with.
"""

from collections.abc import Callable, Mapping
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.terminal.safe_text import safe_line

RULE: Final = "\u2500"

_REVERSE = Style(reverse=True)

PLAIN_LOOKS: Final[Mapping[str, Style]] = {
    "dim": Style(dim=True),
    "strong": Style(bold=True),
    "title": Style(),
    "title-focused": _REVERSE,
    "cursor": _REVERSE,
    "cursor-name": _REVERSE,
    "resting-name": Style(bold=True),
    "bar": Style(),
    "progress": Style(bold=True),
    "good": Style(),
    "warning": Style(color="magenta"),
    "alarm": Style(color="red", bold=True),
    "key": Style(bold=True),
    "name": Style(),
    "text": Style(),
    "number": Style(),
    "found": Style(underline=True),
    "found-now": Style(reverse=True, underline=True),
}
"""What a piece or a line can look like, by the names of `looks`."""


def plain_strip(
    source: Line, width: int, under: Style, style_of_piece: Callable[[str], Style]
) -> Strip:
    """The cells of a line, exactly `width` wide.

    The look of the line reaches no further than its head: the other cells need not be sent again
    when the cursor, or the focus, goes on to another line.
    """
    texts = [_cheap(safe_line(piece.text)) for piece in source.pieces]
    left = head_of("".join(texts)) if source.look else 0
    look = under + style_of_piece(source.look)
    segments = []
    for piece, text in zip(source.pieces, texts, strict=True):
        style = style_of_piece(piece.look)
        if left and text[:left]:
            segments.append(Segment(text[:left], look + style))
        if text[left:]:
            segments.append(Segment(text[left:], under + style))
        left = max(0, left - len(text))
    return Strip(segments).adjust_cell_length(width, under)


def _cheap(text: str) -> str:
    """A rule takes three bytes a cell, and a hyphen says the same; all else stays as it is."""
    return "-" * len(text) if text and not text.strip(RULE) else text


def head_of(text: str) -> int:
    """How many characters it is to the first gap of two blanks behind a name, or a word."""
    begin = next((index for index, each in enumerate(text) if each.isalnum()), 0)
    gap = text.find("  ", begin)
    return len(text.rstrip(" ")) if gap < 0 else gap
