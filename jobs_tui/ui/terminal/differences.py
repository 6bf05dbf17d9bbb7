"""What has to be sent so that a terminal that shows one grid of cells shows another."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from jobs_tui.ui.terminal.cells import Cell, Row, blank_row, is_simple, most_frequent_blank
from jobs_tui.ui.terminal.renditions import PLAIN, Rendition, on_blank, turned

LONGEST_GAP = 4
"""So many cells that did not change are sent again rather than skipped, where that is shorter."""

ERASED_FROM = 9
"""Blanks from which on it is shorter to erase and to skip them than to write them."""

TAIL_ERASED_FROM = 4
"""The same for the last blanks of a row, after which nothing is skipped."""


class Abilities(NamedTuple):
    """What is known of the terminal."""

    erases_in_color: bool = False
    """Whether erased cells get the background of the pen (terminfo: bce)."""
    erases_cells: bool = True
    """Whether a number of cells can be erased (terminfo: ech)."""
    takes_back: bool = True
    """Whether each attribute can be taken back alone; else only all of them, by a reset."""


class Pen:
    """The cursor and the rendition that it draws in, and what was sent to bring it there."""

    def __init__(self, abilities: Abilities) -> None:
        """A pen that is anywhere, and draws in the terminal's own colours."""
        self._abilities = abilities
        self._rendition = PLAIN
        self._at: tuple[int, int | None] | None = None
        """Row and column, from 0; no column after the last cell of a row was written."""
        self.sent: list[str] = []

    def erase_screen(self, rendition: Rendition) -> Rendition:
        """Make all cells blank; returns in which rendition they are now."""
        if not self._abilities.erases_in_color:
            rendition = PLAIN
        self.sent.append("\x1b[m")
        self._rendition = PLAIN
        self._turn(on_blank(rendition))
        self.sent.append("\x1b[2J")
        return on_blank(rendition)

    def draw(self, number: int, old: Row, row: Row, begin: int, end: int) -> None:
        """Write the cells from `begin` up to `end` of a row, in the place of the old ones."""
        column = begin
        for blank, group in groupby(row[begin:end], key=_bare_blank):
            after = column + sum(1 for _ in group)
            if blank is not None:
                # half of an old wide character that is erased changes once more in tmux when the
                # other half is written
                erased = after - 1 if after < end and not old[after][0] else after
                if self._erase(number, column, erased, row, end):
                    column = erased
            for cell in row[column:after]:
                self._put(number, column, cell, row, end)
                column += 1

    def rest(self) -> None:
        """Draw in the terminal's own colours again, for whoever else writes there."""
        self._turn(PLAIN)

    def move(self, row: int, column: int) -> None:
        """Bring the cursor to a cell by the shortest way that is sure."""
        if self._at == (row, column):
            return
        ways = [_absolute(row, column)]
        if self._at is not None:
            at_row, at_column = self._at
            if at_row == row and column == 0:
                ways.append("\r")
            elif at_row + 1 == row and column == 0:
                ways.append("\r\n")
            if at_column is not None and at_row == row and column > at_column:
                ways.append(_relative(column - at_column, "C"))
            elif at_column == column and row > at_row:
                ways.append(_relative(row - at_row, "B"))
        self.sent.append(min(ways, key=len))
        self._at = row, column

    def skip_is_longer(self, cells: Sequence[Cell]) -> bool:
        """Whether to write some cells again is no longer than to move the cursor over them."""
        if len(cells) > LONGEST_GAP or not all(map(is_simple, cells)):
            return False
        room = len(_relative(len(cells), "C"))
        written = sum(len(text.encode()) for text, _ in cells)
        return written <= room and all(
            rendition == self._rendition or (text == " " and self._blank_fits(rendition))
            for text, rendition in cells
        )

    def _put(self, number: int, column: int, cell: Cell, row: Row, end: int) -> None:
        text, rendition = cell
        if not text:
            return
        self.move(number, column)
        if _bare_blank(cell) is None:
            self._turn(rendition)
        elif not self._blank_fits(rendition):
            self._turn(_next_ink(rendition, row[column:end]))
        self.sent.append(text)
        # where a terminal may see it otherwise, the next cell is addressed anew
        sure = is_simple(cell) and column + 1 < len(row)
        self._at = (number, column + 1 if sure else None)

    def _erase(self, number: int, column: int, after: int, row: Row, end: int) -> bool:
        """Erase cells up to `after`, if that is right here and shorter; tells whether it did."""
        blank, to_the_end = row[column][1], after == len(row)
        if after - column < (TAIL_ERASED_FROM if to_the_end else ERASED_FROM):
            return False
        if not to_the_end and not self._abilities.erases_cells:
            return False
        if blank.background and not self._abilities.erases_in_color:
            return False
        self.move(number, column)
        if not self._blank_fits(blank):
            self._turn(_next_ink(blank, row[after:end]))
        self.sent.append("\x1b[K" if to_the_end else f"\x1b[{after - column}X")
        return True

    def _blank_fits(self, blank: Rendition) -> bool:
        """Whether the pen as it is leaves such a blank."""
        return (
            self._rendition.background == blank.background
            and not self._rendition.marks_blanks
            and not blank.marks_blanks
        )

    def _turn(self, rendition: Rendition) -> None:
        by_reset = not self._abilities.takes_back
        self.sent.append(turned(self._rendition, rendition, by_reset=by_reset))
        self._rendition = rendition


def differences(before: Sequence[Row] | None, after: Sequence[Row], pen: Pen) -> None:
    """Let the pen draw what differs; all cells if it is not known what the terminal shows."""
    if before is None:
        erased = pen.erase_screen(most_frequent_blank(after))
        before = [blank_row(len(row), erased) for row in after]
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is not new and old != new:
            _draw_row(number, old, new, pen)


def _draw_row(number: int, old: Row, new: Row, pen: Pen) -> None:
    drawn_to: int | None = None
    for begin, end in _joined(_runs(old, new), new):
        if drawn_to is not None and pen.skip_is_longer(new[drawn_to:begin]):
            begin = drawn_to  # noqa: PLW2901 - the gap is drawn with the run
        pen.draw(number, old, new, begin, end)
        drawn_to = end


def _runs(old: Row, new: Row) -> Iterator[tuple[int, int]]:
    """The stretches of cells that differ; none begins or ends within a wide character."""
    column, columns = 0, len(new)
    while column < columns:
        if old[column] == new[column]:
            column += 1
            continue
        begin = column
        while begin and not new[begin][0]:
            begin -= 1
        while column < columns and (old[column] != new[column] or not new[column][0]):
            column += 1
        yield begin, column


def _joined(runs: Iterable[tuple[int, int]], new: Row) -> Iterator[tuple[int, int]]:
    """The same, as one where there are but equal blanks between them, or from there to the end."""
    begin, end = 0, 0
    for next_begin, next_end in runs:
        if end and _one_blank(new[end - 1 : next_begin + 1]):
            end = next_end
            continue
        if end:
            yield begin, end
        begin, end = next_begin, next_end
    if end:
        yield begin, len(new) if _one_blank(new[end - 1 :]) else end


def _one_blank(cells: Sequence[Cell]) -> bool:
    """Whether all of them can be erased at once."""
    return _bare_blank(cells[0]) is not None and all(cell == cells[0] for cell in cells)


def _next_ink(blank: Rendition, cells: Sequence[Cell]) -> Rendition:
    """In what to draw a blank: as what comes next, where that looks the same."""
    ink = next((rendition for text, rendition in cells if text != " "), blank)
    same = ink.background == blank.background and not ink.marks_blanks
    return ink if same else blank


def _bare_blank(cell: Cell) -> Rendition | None:
    """The rendition of a cell that can be erased, or None."""
    text, rendition = cell
    return rendition if text == " " and not rendition.marks_blanks else None


def _absolute(row: int, column: int) -> str:
    if column:
        return f"\x1b[{row + 1};{column + 1}H"
    return f"\x1b[{row + 1}H" if row else "\x1b[H"


def _relative(steps: int, way: str) -> str:
    return f"\x1b[{steps}{way}" if steps > 1 else f"\x1b[{way}"
