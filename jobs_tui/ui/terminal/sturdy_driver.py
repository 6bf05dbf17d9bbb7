"""Input that cannot end the program by accident, and output that cannot stop it.

Textual's own reader gives up at the first byte that is not UTF-8, and spins for ever once the
terminal is gone. A pasted binary file, or noise on a serial line, is bytes like that. Its writer
blocks the program when the link stalls.
"""

import asyncio
import os
import select
import selectors
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress

from textual import constants
from textual.drivers.linux_driver import LinuxDriver

from jobs_tui.ui.terminal.key_parser import KeyParser
from jobs_tui.ui.terminal.patient_writer import CANCEL, PatientWriter, patient_descriptor

POLL_SECONDS = 0.1
"""How often the reader looks whether the program has ended, and whether an Escape stands alone."""

REPORT_IN_PIECES_SECONDS = 0.5
"""How far apart the bytes of a report may come, while one is due, without its being an Escape."""

HUNG_UP = 129
"""The exit status when the terminal is gone: 128 and the number of SIGHUP."""


LAST_WORDS_SECONDS = 0.2
"""How long a terminal is waited for that takes nothing, when all ends at once."""

AS_FOUND = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    b"\x1b[?1016l\x1b[<u\x1b[m\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Takes back all modes that are set at the start; those that are not set are not changed by it."""


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

        def call(callback: Callable[..., object], *arguments: object) -> None:
            # the loop may have ended by then
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(callback, *arguments)

        def drained() -> None:
            call(self.on_drained or (lambda: None))

        self._writer = PatientWriter(self._output, drained, lambda error: call(self._fail, error))
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
            if self._writer.stuck:
                self.give_back_now()
            self._writer = None

    def give_back_now(self) -> None:
        """Leave the terminal as it was found, at once, whatever the program is doing.

        What is queued is dropped, so that there is room for the few bytes that this takes.
        """
        with suppress(termios.error):
            termios.tcflush(self._output, termios.TCOFLUSH)
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with suppress(OSError):
            output = patient_descriptor(self._output)
            if select.select([], [output], [], LAST_WORDS_SECONDS)[1]:
                os.write(output, CANCEL + AS_FOUND)

    @property
    def _output(self) -> int:
        """Textual draws on the error stream."""
        return sys.__stderr__.fileno() if sys.__stderr__ else 2

    def _fail(self, error: BaseException) -> None:
        """End the program: a thread of this could not go on."""
        if isinstance(error, OSError):
            self._app.exit(HUNG_UP, return_code=HUNG_UP)
        elif isinstance(error, Exception):
            self._app._handle_exception(error)  # noqa: SLF001 - as each of Textual's loops does

    def _run_input_thread(self) -> None:
        """Read; a failure ends the program as one anywhere else does."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - the end of a thread must not go unnoticed
            self._app.call_later(self._fail, error)

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
