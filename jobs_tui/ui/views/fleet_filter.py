"""The line of the filter: what is wanted of a list, and while it is typed, the cursor in it."""

from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.ui.forms.typed_line import TypedLine
from jobs_tui.ui.terminal.lines import (
    ELLIPSIS,
    Line,
    Piece,
    cells,
    cut,
    spread,
    width_of,
)

HOW_TO_TYPE = (
    "part of a name, or a state: stuck, conflict, error, queued; !word leaves out",
    "part of a name, or a state such as stuck",
    "a name or a state",
)
"""What may be typed, in ever fewer words."""

ROOMY = 60
"""Columns from which on it is told what the keys do."""


def filter_line(wanted: FleetFilter, typed: TypedLine | None, width: int) -> Line:
    """What is wanted; `typed` while it is being typed."""
    urgent = (Piece(" !", "alarm"),) if wanted.urgent else ()
    if typed is not None:
        return _typing(urgent, typed, width)
    if not wanted.text.strip():
        told = (*urgent, Piece(" only what needs attention")) if urgent else ()
        return spread(told, _keys(" ! or esc shows all ", width), width)
    told = (*urgent, Piece(" / ", "key"), Piece(wanted.text, "strong"))
    return spread(told, _keys("/ changes, esc clears ", width), width)


def _typing(urgent: tuple[Piece, ...], typed: TypedLine, width: int) -> Line:
    start = (*urgent, Piece(" / ", "key"))
    keys = _keys(" enter keeps, esc clears ", width)
    room = width - width_of(start) - width_of(keys) - 1
    before, after = typed.text[: typed.at], typed.text[typed.at + 1 :]
    under = typed.text[typed.at : typed.at + 1] or " "
    if cells(before) + cells(under) > room:
        # the beginning gives way, so that the cursor is in sight
        while before and cells(ELLIPSIS + before + under) > room:
            before = before[1:]
        before = ELLIPSIS + before
    if typed.text:
        rest = Piece(cut(after, room - cells(before) - cells(under)))
    else:
        fitting = (words for words in HOW_TO_TYPE if cells(words) < room)
        rest = Piece(next(fitting, ""), "dim")
    return spread((*start, Piece(before), Piece(under, "title-focused"), rest), keys, width)


def _keys(words: str, width: int) -> tuple[Piece, ...]:
    return (Piece(words, "dim"),) if width >= ROOMY else ()
