"""A terminal in memory around the installed program: keys go in, the screen is read."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pyte
import pytest

PROGRAM = Path(sys.executable).with_name("jobs-tui")

MISREAD_BY_PYTE = re.compile(rb"\x1b\][0-9]+;[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[<>=?][0-9;]*u")
INCOMPLETE = re.compile(rb"\x1b(?:\[[0-9;:<=>?]*|\][^\x07\x1b]*\x1b?)?$")

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pagedown": "\x1b[6~",
    "end": "\x1b[F",
    "home": "\x1b[H",
    "backspace": "\x7f",
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
    "ctrl+l": "\x0c",
}


REST_SECONDS = 0.25
"""So long nothing comes: what was drawn is on the screen, and the program knows that it is."""

LONGEST_REST_SECONDS = 2.0


class WholeScreen(pyte.Screen):
    """A screen that is erased as a whole, where pyte leaves out what was never drawn on."""

    def erase_in_display(self, how: int = 0, *args: object, **kwargs: object) -> None:
        for line in range(self.lines):
            for column in range(self.columns):
                self.buffer[line].setdefault(column, self.default_char)
        super().erase_in_display(how, *args, **kwargs)


class AnsweringScreen(WholeScreen):
    """A screen that tells when it is asked for its status: it has taken in what came before."""

    def __init__(self, columns: int, lines: int, asked: Callable[[], None]) -> None:
        super().__init__(columns, lines)
        self._asked = asked

    def report_device_status(self, mode: int, **_: bool) -> None:
        """DSR: `CSI 5 n`."""
        if mode == 5:
            self._asked()


class Terminal:
    """One run of the program in a pty of a given size."""

    def __init__(
        self,
        command: Sequence[str],
        columns: int,
        lines: int,
        environment: Mapping[str, str],
        *,
        knows_size: bool = True,
    ) -> None:
        self.screen = AnsweringScreen(columns, lines, self._status_asked)
        self.reports_itself = True
        """Whether it answers at once when it is asked for its status, as terminals do."""
        self.unanswered = 0
        """How often it was asked and has not answered."""
        self._stream = pyte.ByteStream(self.screen)
        self._pending = b""
        self.raw = b""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execve(command[0], list(command), dict(environment))  # noqa: S606
        if knows_size:
            self.resize(columns, lines)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal, as a window manager does."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        if (lines, columns) != (self.screen.lines, self.screen.columns):
            self.screen.resize(lines, columns)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    def line_with(self, words: str) -> str:
        """The first line of the screen that holds these words."""
        return next((line for line in self.screen.display if words in line), "")

    def press(self, *keys: str) -> None:
        """Send keys by name, or text as it is."""
        if "enter" in keys:
            # an Enter is meant for what one has seen
            self.rest()
        self.type_ahead(*keys)

    def type_ahead(self, *keys: str) -> None:
        """Send keys whether or not what they are for is on the screen."""
        self.send("".join(KEYS.get(key, key) for key in keys).encode())

    def rest(self) -> None:
        """Read until nothing comes for a moment."""
        deadline = time.monotonic() + LONGEST_REST_SECONDS
        taken_in = -1
        while taken_in != len(self.raw) and time.monotonic() < deadline:
            taken_in = len(self.raw)
            self._read(REST_SECONDS)

    def report(self) -> None:
        """Answer as often as it was asked for its status and has not answered."""
        self.reports_itself = True
        while self.unanswered:
            self.unanswered -= 1
            self.send(b"\x1b[0n")

    def _status_asked(self) -> None:
        self.unanswered += 1
        if self.reports_itself:
            self.report()

    def send(self, data: bytes) -> None:
        """Send bytes."""
        os.write(self._fd, data)

    def hang_up(self, seconds: float = 10.0) -> int:
        """Take the terminal away; the exit status, negative for the signal that ended it."""
        os.close(self._fd)
        ended = os.pidfd_open(self.pid)
        assert select.select([ended], [], [], seconds)[0], "still runs without a terminal"
        os.close(ended)
        _, status = os.waitpid(self.pid, 0)
        self.pid = self._fd = 0
        return os.waitstatus_to_exitcode(status)

    def read_for(self, seconds: float) -> None:
        """Take in what comes until so much time has passed, or the program has ended."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and self._read(left):
            pass

    def wait_for_quiet(self, silence: float = 0.3, seconds: float = 20.0) -> None:
        """Read until nothing has come for so long."""
        deadline = time.monotonic() + seconds
        said = -1
        while said != len(self.raw):
            assert time.monotonic() < deadline, f"never quiet\n{self.text}"
            said = len(self.raw)
            self.read_for(silence)

    def end_by(self, number: signal.Signals) -> int:
        """Send the program a signal; its exit status, negative for the signal that ended it."""
        os.kill(self.pid, number)
        return self.wait_for_end()

    def wait_for(self, wanted: str | Callable[[], object], seconds: float = 20.0) -> None:
        """Read until the screen shows a text, or a condition holds."""
        holds = (lambda: wanted in self.text) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + seconds
        while not holds():
            left = deadline - time.monotonic()
            assert left > 0, f"never saw {wanted!r} on\n{self.text}"
            assert self._read(min(left, 0.1)), f"ended before {wanted!r} on\n{self.text}"

    def wait_for_end(self, seconds: float = 10.0) -> int:
        """Read until the program ends; its exit status."""
        deadline = time.monotonic() + seconds
        while self._read(0.1):
            assert time.monotonic() < deadline, f"still runs\n{self.text}"
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """End the program whatever it does."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._fd:
            os.close(self._fd)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            data = b""
        if not data:
            return False
        self.raw += data
        data = MISREAD_BY_PYTE.sub(b"", self._pending + data)
        cut = INCOMPLETE.search(data)
        self._pending = data[cut.start() :] if cut else b""
        self._stream.feed(data[: len(data) - len(self._pending)])
        return True


@pytest.fixture
def bare_environment(tmp_path: Path) -> dict[str, str]:
    """What a fresh machine has: no AWS configuration of any kind."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def run(bare_environment: dict[str, str]) -> Iterator[Callable[..., Terminal]]:
    """Start the installed program, or another command, in a terminal."""
    started: list[Terminal] = []

    def start(
        *arguments: str,
        columns: int = 80,
        lines: int = 24,
        environment: Mapping[str, str] = {},
        program: Sequence[str] = (str(PROGRAM),),
        knows_size: bool = True,
    ) -> Terminal:
        command = (*program, *arguments)
        everything = {**bare_environment, **environment}
        terminal = Terminal(command, columns, lines, everything, knows_size=knows_size)
        started.append(terminal)
        return terminal

    yield start
    for terminal in started:
        terminal.close()
