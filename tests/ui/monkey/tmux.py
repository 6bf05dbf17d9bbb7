"""A real terminal to compare with: the pane of a tmux of its own."""

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from monkey.frames import Row
from monkey.terminal import Terminal

PATIENCE_SECONDS = 20.0
EDGE = "#"


class Pane:
    """Fed with bytes by a fifo, as if by a program on its tty."""

    def __init__(self, folder: Path, columns: int, lines: int) -> None:
        self.columns, self.lines = columns, lines
        self._socket = f"jobs-tui-{os.getpid()}-{folder.name}"
        self._marks = 0
        fifo = folder / "fifo"
        os.mkfifo(fifo)
        # the line discipline as Textual leaves it
        command = f"stty raw -echo opost onlcr; exec cat {fifo}"
        size = ("-x", str(columns), "-y", str(lines))
        self._tmux("new-session", "-d", *size, command, ";", "set", "-g", "status", "off")
        self._tmux("set", "-g", "window-size", "manual", ";", "resize-window", *size)
        self._into: BinaryIO = fifo.open("wb", buffering=0)
        self.feed("\x1b[?1049h\x1b[?25l\x1b[?7l")

    def feed(self, text: str) -> None:
        """Write to it; returns when all is on the screen."""
        self._marks += 1
        self._into.write(f"{text}\x1b]2;mark {self._marks}\x1b\\".encode())
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._tmux("display", "-p", "#{pane_title}").strip() != f"mark {self._marks}":
            assert time.monotonic() < deadline, "the pane does not take what was written"

    def resize(self, columns: int, lines: int) -> None:
        """Change its size."""
        self.columns, self.lines = columns, lines
        self._tmux("resize-window", "-x", str(columns), "-y", str(lines))

    def rows(self) -> list[Row]:
        """The cells that it shows."""
        columns, lines = self.columns, self.lines
        # cells that were only erased are not told of, unless something is written after them
        self.resize(columns + 1, lines)
        edge = "".join(f"\x1b[{line};{columns + 1}H{EDGE}" for line in range(1, lines + 1))
        self.feed(f"\x1b7\x1b[m{edge}\x1b8")
        told = self._tmux("capture-pane", "-e", "-p", "-N").rstrip("\n").split("\n")
        self.resize(columns, lines)
        terminal = Terminal(columns + 1, lines)
        for number, line in enumerate(told, 1):
            # the codes go on from line to line
            terminal.feed(f"\x1b[{number};1H{line}")
        return [tuple(terminal.row(number)[:columns]) for number in range(lines)]

    def close(self) -> None:
        """End that tmux."""
        self._into.close()
        with suppress(subprocess.SubprocessError):
            self._tmux("kill-server")

    def _tmux(self, *words: str) -> str:
        environment = {name: value for name, value in os.environ.items() if name != "TMUX"}
        ran = subprocess.run(
            ("tmux", "-u", "-L", self._socket, "-f", os.devnull, *words),
            capture_output=True,
            check=True,
            timeout=PATIENCE_SECONDS,
            env={**environment, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
        )
        return ran.stdout.decode()
