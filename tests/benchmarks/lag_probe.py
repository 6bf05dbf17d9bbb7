"""A program: jobs-tui as it is, with a probe in its event loop that notes how late timers are.

Arguments: the file for what was found, then those of jobs-tui. SIGUSR1 has the file written: pairs
of numbers, when a timer was due by the monotonic clock and by how many seconds it was late.
"""

import asyncio
import signal
import sys
from array import array
from asyncio import events
from pathlib import Path

from jobs_tui.cli import main

EVERY = 0.005
"""Seconds between two timers."""


class LagProbe:
    """Timers at fixed moments: one that blocks the loop makes all that fall into it late.

    Counting only the next timer after a block would make long blocks look rare.
    """

    def __init__(self) -> None:
        self._found = array("d")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._due = 0.0

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin with this loop, if there was none before."""
        if self._loop is None:
            self._loop = loop
            self._due = loop.time()
            loop.call_at(self._due, self._look)

    def write(self, file: Path) -> None:
        """Write what was found so far."""
        unfinished = file.with_suffix(".unfinished")
        unfinished.write_bytes(self._found.tobytes())
        unfinished.replace(file)

    def _look(self) -> None:
        assert self._loop is not None
        now = self._loop.time()
        while self._due <= now:
            self._found.append(self._due)
            self._found.append(now - self._due)
            self._due += EVERY
        self._loop.call_at(self._due, self._look)


def run(file: Path, arguments: list[str]) -> int:
    """Run jobs-tui with these arguments."""
    probe = LagProbe()
    make = events.new_event_loop

    def make_watched() -> asyncio.AbstractEventLoop:
        loop = make()
        probe.watch(loop)
        return loop

    events.new_event_loop = make_watched
    signal.signal(signal.SIGUSR1, lambda *_: probe.write(file))
    sys.argv = ["jobs-tui", *arguments]
    return main()


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))
