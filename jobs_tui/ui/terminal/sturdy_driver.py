"""Input that cannot end the program by accident, and output that cannot stop it.

Textual's own reader gives up at the first byte that is not UTF-8, and spins for ever once the
terminal is gone. A pasted binary file, or noise on a serial line, is bytes like that. Its writer
blocks the program when the link stalls.
"""

import asyncio
import os
import selectors
import shutil
import signal
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import Context, copy_context
from functools import partial

from textual import constants
from textual.drivers.linux_driver import LinuxDriver

from jobs_tui.ui.terminal.abilities import leaves_out
from jobs_tui.ui.terminal.key_parser import KeyParser
from jobs_tui.ui.terminal.patient_writer import (
    PatientOutput,
    PatientWriter,
    patient_descriptor,
)
from jobs_tui.ui.terminal.start_checks import encoding_of_keys

POLL_SECONDS = 0.1
"""How often the reader looks whether the program has ended, and whether an Escape stands alone."""

REPORT_IN_PIECES_SECONDS = 0.5
"""How far apart the bytes of a report may come, while one is due, without its being an Escape."""

HUNG_UP = 129
"""The exit status when the terminal is gone: 128 and the number of SIGHUP."""


GIVE_BACK = (
    "\x18\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?2048l"
    "\x1b[?7h\x1b[<u\x1b[m\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Leaves every mode of the terminal that the program may have entered, whatever came before."""

ALERT_WITHIN_SECONDS = 2.0
"""A terminal that has taken nothing for so long is not called by."""

AT_ONCE_SECONDS = 0.5
"""How long a terminal is waited for that is given back in a hurry."""


class SturdyDriver(LinuxDriver, PatientOutput):
    """Reads what is not UTF-8 as replacement characters; ends the program when input ends."""

    _context: Context | None = None
    """In which the app's callbacks run: Textual looks there for the app."""

    _held = False
    """Whether the terminal is taken."""

    _left_out: Callable[[str], object] | None = None
    """Of a terminal that would show some sequences rather than obey them: which these are."""
    lent_to: Callable[[], object] | None = None
    """Called when the program is continued while another one has the terminal in its stead."""

    def start_application_mode(self) -> None:
        """Take the terminal; not before the shell lets this have it."""
        while not self._in_foreground:
            os.kill(os.getpid(), signal.SIGSTOP)
        self._held = True
        self.starts += 1
        loop = asyncio.get_running_loop()
        # that of the first start: after a suspension it is a signal's
        self._context = context = self._context or copy_context()

        def drained() -> None:
            # the loop may have ended by then
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self.on_drained or (lambda: None), context=context)

        self._left_out = leaves_out(os.environ)
        self._writer = PatientWriter(
            sys.__stderr__.fileno() if sys.__stderr__ else 2, drained, self._output_failed
        )
        self._writer.start()
        # of the terminal that is drawn on: Textual would ask that of the keys, and never rest
        self._size = self._get_terminal_size()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Write, without waiting for the terminal to take it."""
        if self._writer is not None and not (self._left_out and self._left_out(data)):
            self._writer.write(data)

    def alert(self, sequence: str) -> None:
        """Write what calls somebody, between two frames.

        Nothing while others have the terminal, nor where it takes nothing: it would come too late.
        """
        if self._held and self.stalled_seconds < ALERT_WITHIN_SECONDS:
            self.write(sequence)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was; frames that wait are not for it any more."""
        if not self._held:
            return
        self._held = False
        if self._writer is not None:
            self._writer.drop()
        if getattr(self._app, "_pointer_shape", "default") != "default":
            self.write("\x1b]22;default\x07")
        if self._left_out is not None:
            # it may know no other screen to come back from
            self.write("\x1b[m\x1b[2J\x1b[H")
        with from_background():
            super().stop_application_mode()

    def disable_input(self) -> None:
        """Read no more; a program in the background may do that, too."""
        with from_background():
            super().disable_input()

    def close(self) -> None:
        """Wait for the last words, but not on a link that takes nothing."""
        super().close()
        if self._writer is not None:
            self._writer.stop()
            if self._writer.failed:
                self.leave_all_modes()
            self._writer = None

    def leave_all_modes(self) -> None:
        """Leave every mode that this or another program may have entered; while it is not taken."""
        terminal = patient_descriptor(2)
        with suppress(OSError):
            os.write(terminal, "".join(self._known(GIVE_BACK)).encode())
        os.close(terminal)

    def give_back_at_once(self) -> None:
        """Give the terminal back without waiting for anything; from any thread, in any state."""
        writer = self._writer
        if writer is None:
            return
        with from_background():
            if self.attrs_before is not None:
                with suppress(termios.error):
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            writer.drop()
            writer.write("".join(self._known(GIVE_BACK)))
            writer.stop(AT_ONCE_SECONDS)

    def _known(self, sequences: str) -> Iterator[str]:
        """Those of some sequences that this terminal knows."""
        for sequence in sequences.replace("\x1b", "\0\x1b").split("\0"):
            if not (self._left_out and self._left_out(sequence)):
                yield sequence

    @property
    def _in_foreground(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            # no terminal of this session, so that no shell shares it out
            return True

    def _output_failed(self, error: Exception) -> None:
        """End the program, from the thread that writes: the terminal is gone, or it has failed."""
        ending: Callable[[], object] = partial(self._app.exit, HUNG_UP)
        if not isinstance(error, OSError):
            fail = self._app._handle_exception  # noqa: SLF001 - as Textual does
            ending = partial(fail, error)
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(ending, context=self._context)

    def _sigtstp_application(self, *_: object) -> None:
        self._soon(self._pause_program)

    def _sigcont_application(self, *_: object) -> None:
        self._soon(self._go_on)

    def _soon(self, call: Callable[[], None]) -> None:
        """Do on the loop what a signal asks for: it may have come in the middle of anything."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call, context=self._context)

    def _pause_program(self) -> None:
        """Stop as the shell wants it, once it has the terminal as it was."""
        if self._auto_restart and self._held:
            self.suspend_application_mode()
            self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        """Take the terminal anew: whoever had it meanwhile may have done anything to it."""
        if self.lent_to is not None:
            self.lent_to()
            return
        if not self._auto_restart or self._app._exit:  # noqa: SLF001 - as Textual does
            return
        if not self._in_foreground:
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        if self._held:
            self.suspend_application_mode()
        self.resume_application_mode()

    def _disable_mouse_support(self) -> None:
        if self._mouse and self._mouse_pixels:
            self._mouse_pixels = False
            self.write("\x1b[?1016l")
        super()._disable_mouse_support()

    def _get_terminal_size(self) -> tuple[int, int]:
        """What the terminal itself says, once it knows it; else as at the start."""
        with suppress(OSError):
            columns, lines = os.get_terminal_size(sys.__stderr__.fileno() if sys.__stderr__ else 2)
            if columns and lines:
                os.environ.pop("COLUMNS", None)
                os.environ.pop("LINES", None)
                return columns, lines
        return shutil.get_terminal_size((80, 24))

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

    def _run_input_thread(self) -> None:
        """Read; what fails here fails the program, in one line as everywhere."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - it ends the program
            self._app.call_later(self._app._handle_exception, error)  # noqa: SLF001 - as Textual

    def run_input_thread(self) -> None:
        """Read until the program ends, or the terminal does."""
        parser = KeyParser(lambda: self.escape_delay)
        decode = getincrementaldecoder(encoding_of_keys(os.environ))(errors="replace").decode
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


@contextmanager
def from_background() -> Iterator[None]:
    """Let a program change the modes of its terminal although the shell has taken it back.

    That would stop it there, and it is about to end.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
