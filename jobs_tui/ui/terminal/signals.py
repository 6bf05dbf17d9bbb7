"""Signals end the program in an orderly way, or give the terminal back whatever else happens.

Textual leaves them to the system, which ends the process at once: the terminal stays in its
alternate screen and reports the mouse to the shell. A handler of the event loop would not do: where
the loop is held up, it never runs.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from jobs_tui.ui.terminal.parts import AppPart
from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver

ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
"""Those that end the program: hang-up, interrupt, quit, termination."""

ORDERLY_SECONDS = 5.0
"""How long the end may take until the terminal is given back and the process is gone all the same.

A change that is not settled by then is in the journal, as after any other end.
"""


class EndsBySignals(AppPart):
    """Part of an app that leaves when it is told to by a signal."""

    ended_by: int | None = None
    """The first signal that ended it."""

    @contextmanager
    def signals_taken(self) -> Iterator[None]:
        """Take the signals that end a program, from before the app runs until after it."""
        before = {number: signal.signal(number, self._signalled) for number in ENDING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        """Begin to leave; a second signal, or a leaving that takes too long, ends all at once."""
        del frame
        if self.ended_by is not None:
            self._end_now(number)
        self.ended_by = number
        watchdog = threading.Timer(ORDERLY_SECONDS, self._end_now, [number])
        watchdog.daemon = True
        watchdog.start()
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._leave, number)

    def _leave(self, number: int) -> None:
        self.exit(_status(number), return_code=_status(number))

    def _end_now(self, number: int) -> None:
        if isinstance(self._driver, SturdyDriver):
            self._driver.give_back_now()
        os._exit(_status(number))


def _status(number: int) -> int:
    """The exit status after a signal, as shells have it."""
    return 128 + number
