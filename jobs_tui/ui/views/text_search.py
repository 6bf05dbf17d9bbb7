"""What is searched for in a text: the line where it is typed, and the places where it was found."""

from collections.abc import Iterator, Sequence

from jobs_tui.domain.text_search import MOST_FOUND, Found
from jobs_tui.ui.forms.typed_line import TypedLine
from jobs_tui.ui.terminal.lines import ELLIPSIS, Line, Piece, cells, cut, spread, width_of

ROOMY = 60
"""Columns from which on it is told what the keys do."""


def typing_line(typed: TypedLine, count: str, width: int) -> Line:
    """What is typed, with the cursor in it, and how often it was found."""
    start = (Piece(" / ", "key"),)
    told: tuple[Piece, ...] = (Piece(f"{count} ", "strong"),) if count else ()
    if width >= ROOMY:
        told += (Piece(" enter keeps, esc ends ", "dim"),)
    room = width - width_of((*start, *told)) - 1
    before, after = typed.text[: typed.at], typed.text[typed.at + 1 :]
    under = typed.text[typed.at : typed.at + 1] or " "
    if cells(before) + cells(under) > room:
        # the beginning gives way, so that the cursor is in sight
        while before and cells(ELLIPSIS + before + under) > room:
            before = before[1:]
        before = ELLIPSIS + before
    rest = Piece(cut(after, room - cells(before) - cells(under)))
    return spread((*start, Piece(before), Piece(under, "title-focused"), rest), told, width)


def count_words(number: int | None, total: int) -> str:
    """`3 of 12`, counted from 1."""
    if not total:
        return "not found"
    of = f"{total} or more" if total >= MOST_FOUND else f"{total}"
    return f"{of} found" if number is None else f"{number + 1} of {of}"


def marked(source: Line, places: Sequence[Found], now: Found | None) -> Line:
    """The line with the places marked that are in it; `now` is the one that was gone to."""
    return Line(tuple(_marked(source, places, now)), source.look)


def _marked(source: Line, places: Sequence[Found], now: Found | None) -> Iterator[Piece]:
    begin, index = 0, 0
    for text, look in source.pieces:
        at, end = begin, begin + len(text)
        while at < end:
            while index < len(places) and places[index].end <= at:
                index += 1
            place = places[index] if index < len(places) else None
            if place is None or place.start >= end:
                yield Piece(text[at - begin :], look)
                at = end
            elif place.start > at:
                yield Piece(text[at - begin : place.start - begin], look)
                at = place.start
            else:
                upto = min(place.end, end)
                found = "found-now" if place == now else "found"
                yield Piece(text[at - begin : upto - begin], found)
                at = upto
        begin = end
