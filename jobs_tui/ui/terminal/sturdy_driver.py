"""Input that cannot end the program by accident, and output that cannot stop it.

Textual's own reader gives up at the first byte that is not UTF-8, and spins for ever once the
terminal is gone. A pasted binary file, or noise on a serial line, is bytes like that. Its writer
blocks the program when the link stalls.
"""

import asyncio
import os
import selectors
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress

from textual import constants
from textual.drivers.linux_driver import LinuxDriver

from jobs_tui.ui.terminal.key_parser import KeyParser
from jobs_tui.ui.terminal.patient_writer import PatientWriter

POLL_SECONDS = 0.1
"""How often the reader looks whether the program has ended, and whether an Escape stands alone."""

REPORT_IN_PIECES_SECONDS = 0.5
"""How far apart the bytes of a report may come, while one is due, without its being an Escape."""

HUNG_UP = 129
"""The exit status when the terminal is gone: 128 and the number of SIGHUP."""


class SturdyDriver(LinuxDriver):
    """Reads what is not UTF-8 as replacement characters; ends the program when input ends."""

    starts = 0
    """How often the terminal was taken; it shows nothing of what was sent before."""

    _writer: PatientWriter | None = None
    on_drained: Callable[[], object] | None = None
    """Called on the program's own loop each time when all that was written is taken."""

    @property
    def idle(self) -> bool:
        """Whether the terminal has taken all that was written."""
        return self._writer is None or self._writer.idle

    @property
    def took_seconds(self) -> float:
        """How long the terminal took for what it has taken last."""
        return 0.0 if self._writer is None else self._writer.took_seconds

    @property
    def stalled_seconds(self) -> float:
        """For how long the terminal has taken nothing although there is something."""
        return 0.0 if self._writer is None else self._writer.stalled_seconds

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self.starts += 1
        loop = asyncio.get_running_loop()

        def drained() -> None:
            # the loop may have ended by then
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self.on_drained or (lambda: None))

        self._writer = PatientWriter(sys.__stderr__.fileno() if sys.__stderr__ else 2, drained)
        self._writer.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Write, without waiting for the terminal to take it."""
        if self._writer is not None:
            self._writer.write(data)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was; frames that wait are not for it any more."""
        if self._writer is not None:
            self._writer.drop()
        super().stop_application_mode()

    def close(self) -> None:
        """Wait for the last words, but not on a link that takes nothing."""
        super().close()
        if self._writer is not None:
            self._writer.stop()
            self._writer = None

    @property
    def escape_delay(self) -> float:
        """How many seconds an escape character may stand alone before it is the key Escape."""
        delay: float = getattr(self._app, "escape_delay_seconds", constants.ESCAPE_DELAY)
        report_due = getattr(self._app, "awaits_report", False)
        return max(delay, REPORT_IN_PIECES_SECONDS) if report_due else delay

    def report_mouse(self, *, on: bool) -> None:
        """Let the terminal report the mouse from now on, or keep it to itself."""
        if on != self._mouse:
            # either of them does nothing where the mouse is off
            self._mouse = True
            change = self._enable_mouse_support if on else self._disable_mouse_support
            change()
            self._mouse = on

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
