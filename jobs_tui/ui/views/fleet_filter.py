"""The line of the filter: what is wanted of a list, and while it is typed, the cursor in it."""

from collections.abc import Sequence
from typing import Protocol

from jobs_tui.ui.commands.command import key_of
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


class Wanted(Protocol):
    """A filter of things, or of rows."""

    @property
    def text(self) -> str:
        """What was typed."""
        ...

    @property
    def urgent(self) -> bool:
        """Whether only what needs a person is wanted."""
        ...


def filter_line(
    wanted: Wanted,
    typed: TypedLine | None,
    width: int,
    how_to_type: Sequence[str] = HOW_TO_TYPE,
    where: str = "",
) -> Line:
    """What is wanted; `typed` while it is being typed.

    Args:
        wanted: the filter in force.
        typed: what is being typed.
        width: in cells.
        how_to_type: what may be typed, in ever fewer words.
        where: what it is restricted to, if it is.
    """
    urgent = (Piece(" !", "alarm"),) if wanted.urgent else ()
    if typed is not None:
        return _typing((*urgent, Piece(where, "strong")), typed, width, how_to_type)
    if not wanted.text.strip():
        told = (*urgent, Piece(" only what needs attention")) if urgent else ()
        return spread(told, _keys(f" {key_of('only-urgent', '!')} or esc shows all ", width), width)
    told = (*urgent, Piece(" / ", "key"), Piece(wanted.text, "strong"))
    return spread(told, _keys(f"{key_of('filter-things', '/')} changes, esc clears ", width), width)


def _typing(
    begin: tuple[Piece, ...], typed: TypedLine, width: int, how_to_type: Sequence[str]
) -> Line:
    start = (*begin, Piece(" / ", "key"))
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
        fitting = (words for words in how_to_type if cells(words) < room)
        rest = Piece(next(fitting, ""), "dim")
    return spread((*start, Piece(before), Piece(under, "title-focused"), rest), keys, width)


def _keys(words: str, width: int) -> tuple[Piece, ...]:
    return (Piece(words, "dim"),) if width >= ROOMY else ()
