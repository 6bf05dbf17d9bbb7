"""A text that one walks through line by line."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from textual import events
from textual.geometry import Size
from textual.message import Message

from jobs_tui.ui.terminal.line_widgets import LineView
from jobs_tui.ui.terminal.lines import Line, Piece, wrapped

SIGN = "\u25b6 "
"""Marks the row that the cursor is on, with colours or without."""

BLANK = " " * len(SIGN)


class CursorView(LineView, inherit_bindings=False):
    """Its cursor goes row by row, so that a line of a megabyte can be read through, too."""

    class Moved(Message):
        """The cursor was put elsewhere by the mouse."""

    class Opened(Message):
        """What the cursor is on was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._row = 0
        self._first_rows: list[int] = []
        """For each line, the first of the rows that it takes."""

    @property
    def line(self) -> int:
        """The line that the cursor is on, from 0."""
        return max(0, bisect_right(self._first_rows, self._row) - 1)

    @property
    def room(self) -> int:
        """How many cells a row of the text has, beside the cursor."""
        return max(10, self.scrollable_content_region.width - len(SIGN))

    @property
    def page(self) -> int:
        """How many rows a page moves: one less than show."""
        return max(1, self.scrollable_content_region.height - 1)

    def show_text(self, lines: Sequence[Line], line: int, look: str = "") -> None:
        """Show these lines, with the cursor on one of them, where it is on the screen already.

        With a `look`, it goes to the first row of the line that has a piece of that look.
        """
        within = self._row - self._first_row(self.line)
        height = self._row - self.scroll_offset.y
        self.show_lines(lines)
        line = max(0, min(line, len(lines) - 1))
        first, last = self._first_row(line), self._first_row(line + 1) - 1
        row = max(first, min(first + within, last))
        if look:
            rows = range(first, last + 1)
            row = next((each for each in rows if self._has(each, look)), first)
        if not look and 0 <= height < self.scrollable_content_region.height:
            self.scroll_to(y=row - height, animate=False, immediate=True)
        self._go(row)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; where few changed, and take as many rows, only those are wrapped."""
        if len(lines) != len(self._source) or not self._replace_rows(lines):
            super().show_lines(lines)

    def move(self, by: int) -> None:
        """Move the cursor by so many rows, and the text with it where it would leave."""
        self._go(self._row + by)

    def row_shown(self, row: int) -> Line:
        """What stands in a row of the text, with the cursor before it."""
        shown = super().row_shown(row)
        if row == self._row and row < len(self._rows):
            return Line((Piece(SIGN), *shown.pieces), "cursor")
        return Line((Piece(BLANK), *shown.pieces), shown.look)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there; a double click opens what is there."""
        self._go(event.y + self.scroll_offset.y)
        self.post_message(self.Moved() if event.chain == 1 else self.Opened())

    def _go(self, row: int) -> None:
        row = max(0, min(row, len(self._rows) - 1))
        if row != self._row:
            self.refresh_line(self._row)
            self.refresh_line(row)
            self._row = row
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if height and not top <= row < top + height:
            target = row if row < top else row - height + 1
            self.scroll_to(y=target, animate=False, immediate=True)

    def _replace_rows(self, lines: Sequence[Line]) -> bool:
        """Put other lines in the place of those shown; whether they have room there."""
        for index, (shown, wanted) in enumerate(zip(self._source, lines, strict=True)):
            if shown is wanted or shown == wanted:
                continue
            first = self._first_rows[index]
            rows = list(self._rows_of(wanted))
            if len(rows) != self._first_row(index + 1) - first:
                return False
            self._rows[first : first + len(rows)] = rows
            self.refresh_lines(first, len(rows))
        self._source = tuple(lines)
        return True

    def _rows_of(self, source: Line) -> Iterator[Line]:
        return wrapped(source, max(10, self._wrapped_at - len(SIGN)))

    def _has(self, row: int, look: str) -> bool:
        return any(piece.look == look for piece in self._rows[row].pieces)

    def _first_row(self, line: int) -> int:
        return self._first_rows[line] if line < len(self._first_rows) else len(self._rows)

    def _wrap(self, width: int) -> None:
        line = self.line
        self._wrapped_at = width
        self._rows, self._first_rows = [], []
        for source in self._source:
            self._first_rows.append(len(self._rows))
            self._rows.extend(self._rows_of(source))
        self.virtual_size = Size(max(10, width), len(self._rows))
        self._row = min(self._first_row(line), max(0, len(self._rows) - 1))
        self.refresh()
