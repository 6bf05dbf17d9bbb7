"""Input that cannot end the program by accident.

Textual's own reader gives up at the first byte that is not UTF-8, and spins for ever once the
terminal is gone. A pasted binary file, or noise on a serial line, is bytes like that.
"""

import os
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress

from textual import constants
from textual.drivers.linux_driver import LinuxDriver

from jobs_tui.ui.terminal.key_parser import KeyParser

POLL_SECONDS = 0.1
"""How often the reader looks whether the program has ended, and whether an Escape stands alone."""

REPORT_IN_PIECES_SECONDS = 0.5
"""How far apart the bytes of a report may come, while one is due, without its being an Escape."""

HUNG_UP = 129
"""The exit status when the terminal is gone: 128 and the number of SIGHUP."""


class SturdyDriver(LinuxDriver):
    """Reads what is not UTF-8 as replacement characters; ends the program when input ends."""

    @property
    def writes_queued(self) -> int:
        """How many writes the terminal has not taken yet."""
        writer = self._writer_thread
        return 0 if writer is None else writer._queue.qsize()  # noqa: SLF001 - no other way

    @property
    def escape_delay(self) -> float:
        """How many seconds an escape character may stand alone before it is the key Escape."""
        delay: float = getattr(self._app, "escape_delay_seconds", constants.ESCAPE_DELAY)
        report_due = getattr(self._app, "awaits_report", False)
        return max(delay, REPORT_IN_PIECES_SECONDS) if report_due else delay

    def run_input_thread(self) -> None:
        """Read until the program ends, or the terminal does."""
        parser = KeyParser(lambda: self.escape_delay)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(POLL_SECONDS):
                    data = b""
                    with suppress(OSError):
                        data = os.read(self.fileno, 4096)
                    if not data:
                        self._app.call_later(self._app.exit, HUNG_UP)
                        return
                    for event in parser.feed(decode(data)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
