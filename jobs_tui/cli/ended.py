"""Commands that print, ended by a signal: what they began is tidied up, and nothing is told."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

ENDING = (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Leave with status 128 + n at signal n, by way of what has to be closed.

    SIGINT is left to Python. What is ignored from the start, as by nohup, stays ignored.
    """
    wanted = dict.fromkeys(ENDING, _end) | {signal.SIGINT: signal.default_int_handler}
    before = {
        number: signal.signal(number, handler)
        for number, handler in wanted.items()
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
