"""Several short texts one after the other, as many to a line as fit."""

from collections.abc import Iterable, Iterator

from jobs_tui.ui.terminal.lines import Line, Piece, width_of

Entry = tuple[Piece, ...]

GAP = "   "


def flowing(entries: Iterable[Entry], width: int, gap: str = GAP) -> Iterator[Line]:
    """Lines of entries, none of which is broken; one that is longer has a line for itself."""
    row: list[Piece] = []
    for entry in entries:
        if row and width_of([*row, Piece(gap), *entry]) > width:
            yield Line(tuple(row))
            row = []
        row += [Piece(gap), *entry] if row else entry
    if row:
        yield Line(tuple(row))
