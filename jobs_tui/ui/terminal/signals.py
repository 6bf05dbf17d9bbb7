"""Signals that end the program: in good order where that is possible, and soon in any case.

Python calls these handlers between two of its own steps, also while the event loop stands still,
where a handler that the loop knows would never be called.
"""

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, Protocol

from jobs_tui.ui.terminal.parts import AppPart
from jobs_tui.ui.terminal.patient_writer import PatientOutput

ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)

ORDERLY_SECONDS = 4.0
"""How long an end in good order may take: a stalled link and a silent service take 2 s each."""


class Leaves(Protocol):
    """What is to end."""

    def leave_soon(self, status: int) -> None:
        """Begin to end in good order; from a signal handler, at any moment."""

    def give_back_at_once(self) -> None:
        """Give the terminal back whatever happens; from any thread."""


class EndingSignals:
    """Ends with status 128 + n at signal n, while this is entered.

    A second signal ends at once, but for a second SIGHUP: a terminal that goes sends several, and
    nobody waits there. What is ignored from the start, as by nohup, stays ignored.
    """

    def __init__(self) -> None:
        """Make it; `app` and `forget` are set once there is something to end."""
        self.status: int | None = None
        """The exit status that a signal asks for."""
        self.app: Leaves | None = None
        self.forget: Callable[[], object] = lambda: None
        """Called before an end that leaves no time: for what must not stay behind on the disk."""
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> "EndingSignals":
        for number in ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._told)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _told(self, number: int, _frame: FrameType | None) -> None:
        if self.status is None:
            self.status = 128 + number
            if self.app is None:
                sys.exit(self.status)
            # a Thread takes locks, and this may have come while one of them was held
            _thread.start_new_thread(self._end_late, ())
            self.app.leave_soon(self.status)
        elif number != signal.SIGHUP:
            self._end()

    def _end_late(self) -> None:
        time.sleep(ORDERLY_SECONDS)
        self._end()

    def _end(self) -> None:
        try:
            if self.app is not None:
                self.app.give_back_at_once()
            self.forget()
        finally:
            os._exit(self.status or 1)


class LeavesOnSignal(AppPart):
    """Part of an app that ends on a signal."""

    def __init__(self) -> None:
        super().__init__()
        self.at_once: set[Callable[[], object]] = set()
        """What must not be left undone by an end that leaves no time; called from any thread."""

    def leave_soon(self, status: int) -> None:
        """End with this status, on the loop; before it runs, at once when it does."""
        if self._loop is None:
            self.exit(status)
            return
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.exit, status)

    def give_back_at_once(self) -> None:
        """Give the terminal back, if it was taken, and let nothing of ours go on."""
        for call in tuple(self.at_once):
            with suppress(OSError):
                call()
        if isinstance(self._driver, PatientOutput):
            self._driver.give_back_at_once()
