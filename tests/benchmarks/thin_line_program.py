"""A program at the far end of a thin line: its terminal is given no more than the line carries.

What is not taken stays in the system's buffer for the terminal, which holds a few kB; then the
program's writes wait, as they do on a serial line.
"""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from conditions import Cores
from figures import BenchmarkError
from pty_program import PtyProgram

COLUMNS, LINES = 80, 24

PIECE_SECONDS = 0.02
"""How long the longest piece is under way that is taken at once."""

QUIET = 0.7
"""Seconds without a byte that end an event: more than lies between a key and what it reads, less
than between two looks at what the header tells."""

PATIENCE = 150.0
"""Seconds in which a screen has to become right."""

PACE_ON_LINE = frozenset({0})
"""The header's: what it tells of the pace changes by itself."""


class Line(NamedTuple):
    """What lies between the program and who sits in front of it."""

    name: str
    bytes_per_second: float
    latency: float = 0.0
    """Seconds from one end to the other, and as many back."""


class ThinLineProgram(PtyProgram):
    """Runs from entering to leaving, which ends it whatever it does."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], cores: Cores, line: Line
    ) -> None:
        super().__init__(command, environment, cores, (COLUMNS, LINES))
        self._line = line
        self._piece = max(1, int(line.bytes_per_second * PIECE_SECONDS))

    def type(self, key: bytes) -> float:
        """Press a key at this end; returns when."""
        pressed = time.monotonic()
        if self._line.latency:
            self.read_for(self._line.latency)
        self.send(key)
        return pressed

    def seconds_until_right(self, since: float, text: str) -> float:
        """Wait until all is quiet and the screen shows a text.

        Returns how long after a moment the screen became what it is now, but for the header.
        """
        right = since
        while time.monotonic() - since < PATIENCE:
            self.wait_for_silence(QUIET)
            right = max([right, *self._moments_of_change()])
            if self.screen.shows(text):
                return right - since + self._line.latency
        raise BenchmarkError(f"{self._line.name}: never saw {text!r} on\n{self.screen.lines}")

    def _moments_of_change(self) -> Iterable[float]:
        return [moment for moment, lines in self.replay() if lines - PACE_ON_LINE]

    def _take(self) -> bytes:
        data = os.read(self._descriptor, self._piece)
        # it has come when its last byte has
        time.sleep(len(data) / self._line.bytes_per_second)
        return data
