"""Lines: what the screen is made of. Text with a look, made safe where it becomes cells."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from jobs_tui.ui.terminal.safe_text import safe_line

ELLIPSIS = "\u2026"


class Piece(NamedTuple):
    """A run of text in one look; the text may be foreign."""

    text: str
    look: str = ""
    """A name from `looks`; empty for the look of the line."""


class Line(NamedTuple):
    """One line of the screen."""

    pieces: tuple[Piece, ...] = ()
    look: str = ""
    """Lies under all pieces and the rest of the line."""


def line(*pieces: Piece | str, look: str = "") -> Line:
    """A line of pieces; a bare string has the look of the line."""
    return Line(tuple(Piece(piece) if isinstance(piece, str) else piece for piece in pieces), look)


@lru_cache(maxsize=4096)
def cells(text: str) -> int:
    """How many cells a text takes once it is safe."""
    return cell_len(safe_line(text))


def cut(text: str, width: int) -> str:
    """The text, safe, in at most so many cells; what is cut off is marked by an ellipsis."""
    safe = safe_line(text)
    if cell_len(safe) <= width:
        return safe
    return "" if width <= 0 else set_cell_size(safe, width - 1).rstrip() + ELLIPSIS


def cut_inside(text: str, width: int) -> str:
    """The same, but what is cut off is from the middle: the ends tell alike names apart."""
    safe = safe_line(text)
    if cell_len(safe) <= width:
        return safe
    room = max(0, width - 1)
    tail = safe[max(0, len(safe) - room // 2) :]
    while cell_len(tail) > room // 2:
        tail = tail[1:]
    head = set_cell_size(safe, room - cell_len(tail))
    return cut(f"{head}{ELLIPSIS}{tail}", width)


def padded(text: str, width: int) -> str:
    """The text, safe, in exactly so many cells, flush left."""
    safe = cut(text, width)
    return safe + " " * (width - cell_len(safe))


def padded_left(text: str, width: int) -> str:
    """The text, safe, in exactly so many cells, flush right."""
    safe = cut(text, width)
    return " " * (width - cell_len(safe)) + safe


def width_of(pieces: Iterable[Piece]) -> int:
    """How many cells the pieces take."""
    return sum(cells(piece.text) for piece in pieces)


def spread(left: tuple[Piece, ...], right: tuple[Piece, ...], width: int, fill: str = " ") -> Line:
    """One line with a left and a right part; the left part gives way."""
    room = max(0, width - width_of(right) - 1)
    kept: list[Piece] = []
    for piece in left:
        taken = width_of(kept)
        if taken + cells(piece.text) > room:
            kept.append(Piece(cut(piece.text, room - taken), piece.look))
            break
        kept.append(piece)
    gap = Piece(fill * max(1, width - width_of(kept) - width_of(right)))
    return Line((*kept, gap, *right))


def fitted(source: Line, width: int) -> Line:
    """The line in at most so many cells; an ellipsis tells that there is more."""
    if width_of(source.pieces) <= width:
        return source
    kept: list[Piece] = []
    room = width
    for piece in source.pieces:
        taken = cells(piece.text)
        if taken > room:
            kept.append(Piece(cut(piece.text.rstrip(), room), piece.look))
            break
        kept.append(piece)
        room -= taken
    if not room and kept:
        # the line goes on, but exactly after what fits
        kept[-1] = Piece(cut(f"{kept[-1].text} ", cells(kept[-1].text)), kept[-1].look)
    return Line(tuple(kept), source.look)


def wrapped(source: Line, width: int, *, words: bool = False) -> Iterator[Line]:
    """The line over as many lines as it needs; nothing of it is cut off.

    With `words` it is broken after a blank where there is one.
    """
    row: list[Piece] = []
    room = width
    for piece in source.pieces:
        text, start = safe_line(piece.text), 0
        while (end := _end_of_row(text, start, room, at_least=0 if row else 1)) < len(text):
            head = text[start:end]
            if words and " " in head.strip():
                head = head[: head.rstrip().rindex(" ") + 1]
            row.append(Piece(head, piece.look))
            yield Line(tuple(row), source.look)
            start, row, room = start + len(head), [], width
        if start < len(text):
            last = text[start:]
            row.append(Piece(last, piece.look))
            room -= cell_len(last)
    yield Line(tuple(row), source.look)


def to_strip(
    source: Line, width: int, under: Style, style_of_piece: Callable[[str], Style]
) -> Strip:
    """The cells of a line, exactly `width` wide, on the style of the line."""
    segments = [
        Segment(safe_line(piece.text), under + style_of_piece(piece.look))
        for piece in source.pieces
        if piece.text
    ]
    return Strip(segments).adjust_cell_length(width, under)


def _end_of_row(text: str, start: int, room: int, at_least: int) -> int:
    """Up to where a text fits; only what fits is looked at, since it may be of any length."""
    if text.isascii():
        return min(len(text), start + max(room, at_least))
    taken = 0
    for end in range(start, len(text)):
        taken += cell_len(text[end])
        if taken > room:
            return max(end, start + at_least)
    return len(text)
