"""What a terminal would show after each of the bytes that were recorded."""

import re
from collections.abc import Sequence

import pyte

MISREAD_BY_PYTE = re.compile(rb"\x1b\][0-9]+;[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[<>=?][0-9;]*u")
INCOMPLETE = re.compile(rb"\x1b(?:\[[0-9;:<=>?]*|\][^\x07\x1b]*\x1b?)?$")


class ScreenReplay:
    """A screen in memory that says which of its lines were changed."""

    def __init__(self, columns: int, lines: int) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._pending = b""
        self._before = [self._cells(line) for line in range(lines)]

    @property
    def lines(self) -> Sequence[str]:
        """What the screen shows."""
        return tuple(self._screen.display)

    def shows(self, text: str) -> bool:
        """Whether a text is on the screen."""
        return any(text in line for line in self._screen.display)

    def feed(self, data: bytes) -> frozenset[int]:
        """Take in some bytes; returns the lines that look different afterwards."""
        data = MISREAD_BY_PYTE.sub(b"", self._pending + data)
        cut = INCOMPLETE.search(data)
        self._pending = data[cut.start() :] if cut else b""
        self._stream.feed(data[: len(data) - len(self._pending)])
        changed = set()
        for line in self._screen.dirty:
            cells = self._cells(line)
            if cells != self._before[line]:
                self._before[line] = cells
                changed.add(line)
        self._screen.dirty.clear()
        return frozenset(changed)

    def _cells(self, line: int) -> tuple[object, ...]:
        row = self._screen.buffer[line]
        return tuple(row[column] for column in range(self._screen.columns))
