"""Between the app and a terminal in memory, where the real driver would be."""

import asyncio
from collections import deque
from contextvars import Context
from random import Random
from typing import Any

from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from jobs_tui.ui.terminal.key_parser import ASK_STATUS, KeyParser
from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver
from monkey.terminal import Terminal

SYNCHRONIZES = "\x1b[?2026;2$y"
STATUS = "\x1b[0n"

LATENCIES = (0.0, 0.0, 0.001, 0.005)
"""Seconds until the terminal takes a write, where the line is a slow one."""


class TerminalDriver(SturdyDriver):
    """Gives what is written to the terminal, in turn, and what is typed there to the app."""

    def __init__(
        self,
        terminal: Terminal,
        app: Any,
        *,
        synchronizes: bool = False,
        slow: Random | None = None,
        **options: Any,
    ) -> None:
        # not the one for Linux, which takes signals and the streams of this process
        Driver.__init__(self, app, **options)
        self.terminal = terminal
        self.written: list[str] = []
        self._mouse_pixels = False
        self._synchronizes = synchronizes
        self._slow = slow
        self._queued: deque[str] = deque()
        self._parser = KeyParser(lambda: 0.0)

    @property
    def idle(self) -> bool:
        return not self._queued

    def write(self, data: str) -> None:
        self._queued.append(data)
        if len(self._queued) == 1:
            self._take_soon()

    def type(self, text: str) -> None:
        """Have the app read something, as the input thread does."""
        for event in self._parser.feed(text):
            self.process_message(event)
        self.read_on()

    def read_on(self) -> bool:
        """Look whether a key is to be told that might have become another; whether one still is."""
        for event in self._parser.tick():
            self.process_message(event)
        return self._parser._timeout_time is not None

    def send_message(self, message: Message) -> None:
        # there is no other thread here
        self._app.post_message(message)

    def tell_size(self) -> None:
        """Tell the app how large the terminal is."""
        size = Size(self.terminal.columns, self.terminal.lines)
        self.process_message(Resize(size, size))

    def start_application_mode(self) -> None:
        self.starts += 1
        self.tell_size()
        self.write("\x1b[?1049h\x1b[?25l\x1b[?7l")
        if self._synchronizes:
            self.type(SYNCHRONIZES)

    def stop_application_mode(self) -> None:
        self._queued.clear()

    def disable_input(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _take_soon(self) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(self._slow.choice(LATENCIES) if self._slow else 0.0, self._take)

    def _take(self) -> None:
        if not self._queued:
            return
        data = self._queued[0]
        self.written.append(data)
        self.terminal.feed(data.replace(ASK_STATUS, ""))
        for _ in range(data.count(ASK_STATUS)):
            self.type(STATUS)
        self._queued.popleft()
        if self._queued:
            self._take_soon()
        elif self.on_drained is not None:
            # in a context of its own, as if from another thread
            Context().run(self.on_drained)
