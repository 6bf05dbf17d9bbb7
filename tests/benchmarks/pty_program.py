"""A program in a pty of its own, on the core for what is measured; all that it says is recorded."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import NoReturn

from conditions import Cores
from figures import BenchmarkError
from process_costs import processor_seconds, resident_bytes
from screen_replay import ScreenReplay

COLUMNS, LINES = 120, 40

SILENCE = 60.0
"""Seconds after which a program that says nothing is taken to hang."""

PATIENCE = 180.0
"""Seconds that anything is waited for."""

LOOK_AGAIN = 0.5
"""Seconds after which it is looked whether something is waited for in vain."""


class PtyProgram:
    """Runs from entering to leaving, which ends it whatever it does."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        cores: Cores,
        size: tuple[int, int] = (COLUMNS, LINES),
    ) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        self._cores = cores
        self._size = size
        self.screen = ScreenReplay(*size)
        self._recorded: deque[tuple[float, bytes]] = deque()
        self.bytes_said = 0

    def __enter__(self) -> "PtyProgram":
        self.begun = time.monotonic()
        self.process, self._descriptor = pty.fork()
        if self.process == 0:
            self._become_the_program()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self._descriptor)

    def send(self, data: bytes) -> float:
        """Type something; returns when."""
        moment = time.monotonic()
        os.write(self._descriptor, data)
        return moment

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.process, number)

    def processor_seconds(self) -> float:
        """Seconds that the program was on its core so far."""
        return processor_seconds(self.process)

    def resident_bytes(self) -> int:
        """The program's memory in RAM."""
        return resident_bytes(self.process)

    def read_for(self, seconds: float) -> None:
        """Record what comes for so long."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)

    def wait_for_text(self, text: str) -> float:
        """The moment at which a text stood on the screen; only a part of it may have come out."""
        for _ in self._waits(f"to say {text!r}"):
            self._read(LOOK_AGAIN)
            for moment, _changed in self.replay():
                if self.screen.shows(text):
                    return moment
        raise AssertionError

    def wait_for_silence(self, seconds: float) -> None:
        """Return when nothing has come for so long."""
        for _ in self._waits("to be quiet"):
            if not self._read(seconds):
                return

    def wait_for_other(self, descriptor: int) -> None:
        """Record until there is something to read from elsewhere, such as the server."""
        for _ in self._waits("to ask"):
            if self._read(1.0, descriptor, other=True):
                return

    def quit(self) -> None:
        """Press `q` and wait for the end."""
        self.send(b"q")
        with suppress(_Ended):
            for _ in self._waits("to end"):
                self._read(1.0, last_words=True)
        os.waitpid(self.process, 0)
        self.process = 0

    def replay(self) -> Iterator[tuple[float, frozenset[int]]]:
        """Bring the screen up to date; for each piece when it came and which lines it changed.

        Who stops in between finds the rest the next time.
        """
        while self._recorded:
            moment, data = self._recorded.popleft()
            yield moment, self.screen.feed(data)

    def catch_up(self) -> None:
        """Bring the screen up to date."""
        for _ in self.replay():
            pass

    def _become_the_program(self) -> NoReturn:
        try:
            columns, lines = self._size
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            self._cores.pin_measured()
            os.execvpe(self._command[0], self._command, self._environment)  # noqa: S606
        except OSError as error:
            os.write(2, f"{error}".encode())
        finally:
            # never to go on as a second one of what started it
            os._exit(127)

    def _waits(self, what: str) -> Iterator[None]:
        begin = self._heard = time.monotonic()
        while True:
            now = time.monotonic()
            if now - self._heard > SILENCE or now - begin > PATIENCE:
                raise self._failure(f"was waited for {what} for {now - begin:.0f} s")
            yield

    def _read(
        self, seconds: float, *others: int, other: bool = False, last_words: bool = False
    ) -> bool:
        """Read once; tells whether something came, or with `other` whether it came from there."""
        ready, _, _ = select.select([self._descriptor, *others], [], [], seconds)
        if self._descriptor in ready:
            data = b""
            with suppress(OSError):
                data = self._take()
            if not data:
                raise _Ended if last_words else self._failure("has ended")
            self._heard = time.monotonic()
            self.bytes_said += len(data)
            self._recorded.append((self._heard, data))
        return any(each in ready for each in others) if other else bool(ready)

    def _take(self) -> bytes:
        """What the terminal takes at once; raises OSError at the end."""
        return os.read(self._descriptor, 65536)

    def _failure(self, what: str) -> BenchmarkError:
        self.catch_up()
        shown = [line.rstrip() for line in self.screen.lines if line.strip()]
        name = os.path.basename(self._command[0])  # noqa: PTH119 - a name, not a file
        return BenchmarkError("\n    ".join([f"{name} {what}; its screen:", *shown[-12:]]))


class _Ended(Exception):  # noqa: N818 - what was waited for, no error
    """The program has closed its terminal."""
