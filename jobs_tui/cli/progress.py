"""Says on a terminal what is waited for, once the wait is felt."""

import asyncio
import sys
from contextlib import suppress
from typing import TextIO

FELT_AFTER = 1.0
"""Seconds from the beginning of a step."""


class Progress:
    """One line of the error stream, rewritten and taken away again; nothing where it is no tty."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Make one; another stream than the error stream may be named."""
        stream = stream or sys.stderr
        self._stream = stream if stream.isatty() else None
        self._later: asyncio.TimerHandle | None = None
        self._shown = ""

    def begin(self, step: str) -> None:
        """A step begins; called in the event loop."""
        self.end()
        if self._stream is not None:
            self._later = asyncio.get_running_loop().call_later(FELT_AFTER, self._show, step)

    def end(self) -> None:
        """It has ended: leave the line empty."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self._shown and self._stream is not None:
            self._write("\r" + " " * len(self._shown) + "\r")
            self._shown = ""

    def _show(self, step: str) -> None:
        self._shown = f"... {step}"
        self._write(self._shown)

    def _write(self, text: str) -> None:
        if self._stream is not None:
            with suppress(OSError):
                # a terminal that is gone shows nothing, and ends nothing
                self._stream.write(text)
                self._stream.flush()
