"""A terminal in memory that is as strict as the least able one.

It is pyte's, mended where pyte does what no terminal does, and made to tell what terminals disagree
about: `disputed` lists it, and cells that one terminal would show so and another otherwise hold a
sign that no frame has.
"""

from typing import Any, NamedTuple

import pyte
from pyte.modes import LNM
from wcwidth import wcwidth

JUNK = "\u2592"
"""What cells hold that nobody has written since the size changed."""

HALF = "\u2591"
"""What is left of a wide character of which one half was overwritten."""

SYNCHRONIZED = 2026


class Cell(NamedTuple):
    """What pyte keeps of a cell, and whether it is dim."""

    data: str = " "
    fg: str = "default"
    bg: str = "default"
    bold: bool = False
    italics: bool = False
    underscore: bool = False
    strikethrough: bool = False
    reverse: bool = False
    blink: bool = False
    dim: bool = False


class Abilities(NamedTuple):
    """What not every terminal does."""

    erases_in_color: bool = True
    erases_cells: bool = True
    returns_on_newline: bool = True
    """The line discipline sends a carriage return before a newline."""


ABLE = Abilities()


class Terminal(pyte.Screen):
    """Feed it, and read its rows."""

    def __init__(
        self, columns: int, lines: int, abilities: Abilities = ABLE, *, junk: bool = True
    ) -> None:
        self.abilities = abilities
        self.disputed: list[str] = []
        self.held = False
        self.size_changed = False
        self._left_halves: set[tuple[int, int]] = set()
        """Lines and columns of second halves of wide characters whose first half was erased."""
        super().__init__(columns, lines)
        if abilities.returns_on_newline:
            self.mode.add(LNM)
        if junk:
            self.spoil()
        self._stream = pyte.Stream(self)

    @property
    def default_char(self) -> Cell:  # type: ignore[override]
        return Cell()

    def feed(self, text: str) -> None:
        """Take what is written to it."""
        self._stream.feed(text)

    def row(self, number: int) -> list[Cell]:
        """The cells of a line."""
        line = self.buffer[number]
        return [line[column] for column in range(self.columns)]  # type: ignore[misc]

    def spoil(self) -> None:
        """Fill it with junk, and leave the pen as somebody else would."""
        for number in range(self.lines):
            for column in range(self.columns):
                self.buffer[number][column] = Cell(JUNK, "ff00ff", "00ff00")  # type: ignore[assignment]
        self.cursor.x = (self.columns - 1) // 2
        self.cursor.y = (self.lines - 1) // 2

    def change_size(self, columns: int, lines: int) -> None:
        """Become larger or smaller; what it shows after that is not defined."""
        self.size_changed = True
        self.columns, self.lines = columns, lines
        self._left_halves.clear()
        self.buffer.clear()
        self.set_margins()
        self.spoil()

    def reset(self) -> None:
        super().reset()
        self.cursor.attrs = self.default_char  # type: ignore[assignment]

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        if SYNCHRONIZED in modes:
            self.held = True
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        if SYNCHRONIZED in modes:
            self.held = False
        super().reset_mode(*modes, **kwargs)

    def draw(self, data: str) -> None:
        cursor, columns = self.cursor, self.columns
        look = cursor.attrs[1:]
        for character in data:
            width = wcwidth(character)
            if width <= 0:
                self._combine(character)
                continue
            if cursor.x + width > columns:
                self._dispute(f"{character!r} behind the last column")
                cursor.x = columns - width
            if cursor.x < 0:
                continue
            line, column = self.buffer[cursor.y], cursor.x
            if (cursor.y, column) in self._left_halves:
                # as in tmux: it looks for the other half, which was erased, and blanks it anew
                line[column - 1] = Cell()  # type: ignore[assignment]
            self._left_halves -= {(cursor.y, column), (cursor.y, column + width - 1)}
            self._break_halves(column, column + width)
            line[column] = Cell(character, *look)  # type: ignore[assignment]
            if width == 2:
                line[column + 1] = Cell("", *look)  # type: ignore[assignment]
            cursor.x = column + width

    def erase_characters(self, count: int | None = None) -> None:
        if self.abilities.erases_cells:
            self._erase(self.cursor.x, min(self.cursor.x + (count or 1), self.columns))
        else:
            self._dispute("erases a number of cells")

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:  # noqa: FBT001, FBT002
        del private
        if how == 0:
            self._erase(self.cursor.x, self.columns)
        else:
            self._erase(0, self.cursor.x + 1 if how == 1 else self.columns)

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        del args, kwargs
        if how != 2:
            self._dispute(f"erases a part of the screen: {how}")
        self._left_halves.clear()
        for line in range(self.lines):
            for column in range(self.columns):
                self.buffer[line][column] = self._blank()  # type: ignore[assignment]

    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        super().select_graphic_rendition(*attrs, **kwargs)
        left = list(reversed(attrs or (0,)))
        dim = self.cursor.attrs.dim  # type: ignore[attr-defined]
        while left:
            code = left.pop()
            if code in (38, 48):
                del left[-(2 if left[-1] == 5 else 4) :]
            elif code == 2:
                dim = True
            elif code in (0, 22):
                dim = False
            elif code == 21:
                self._dispute("double underline, or not bold")
        self.cursor.attrs = self.cursor.attrs._replace(dim=dim)  # type: ignore[call-arg]

    def index(self) -> None:
        if self.cursor.y == self.lines - 1:
            self._dispute("scrolls")
        super().index()

    def cursor_up(self, count: int | None = None) -> None:
        self._must_be_on_a_cell()
        super().cursor_up(count)

    def cursor_down(self, count: int | None = None) -> None:
        self._must_be_on_a_cell()
        super().cursor_down(count)

    def cursor_forward(self, count: int | None = None) -> None:
        self._must_be_on_a_cell()
        super().cursor_forward(count)

    def cursor_back(self, count: int | None = None) -> None:
        self._must_be_on_a_cell()
        super().cursor_back(count)

    def tab(self) -> None:
        self._dispute("goes to a tab stop")
        super().tab()

    def _combine(self, character: str) -> None:
        line, column = self.buffer[self.cursor.y], self.cursor.x - 1
        if column > 0 and not line[column].data:
            column -= 1
        if column >= 0:
            line[column] = line[column]._replace(data=line[column].data + character)

    def _erase(self, begin: int, end: int) -> None:
        self._must_be_on_a_cell()
        row = self.cursor.y
        self._left_halves -= {(row, column) for column in range(begin, end)}
        if begin < end:
            if end < self.columns and not self.buffer[row][end].data:
                self._left_halves.add((row, end))
            self._break_halves(begin, end)
        for column in range(begin, end):
            self.buffer[self.cursor.y][column] = self._blank()  # type: ignore[assignment]

    def _blank(self) -> Cell:
        return Cell(bg=self.cursor.attrs.bg if self.abilities.erases_in_color else "default")

    def _break_halves(self, begin: int, end: int) -> None:
        """Before these cells are overwritten: what becomes of wide characters at their borders."""
        line = self.buffer[self.cursor.y]
        if begin and not line[begin].data:
            line[begin - 1] = line[begin - 1]._replace(data=HALF)
        if end < self.columns and not line[end].data:
            line[end] = line[end]._replace(data=HALF)

    def _must_be_on_a_cell(self) -> None:
        if self.cursor.x >= self.columns:
            self._dispute("moves or erases from behind the last column")

    def _dispute(self, what: str) -> None:
        self.disputed.append(f"{what}, at {self.cursor.y}:{self.cursor.x}")
