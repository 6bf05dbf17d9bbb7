"""The screen in a browser, through the server that has started this program.

`textual serve` starts the program once for each page, and passes on what the page sends and shows
what is written: packets of a letter, the size in four bytes, and what they hold. `D` is what a
terminal would be sent or send, `M` is JSON about it: a resized window, a page that was closed.

Textual has a driver for that, too. Its writer holds up the whole program when the page takes
nothing, and it outlives a server that was killed. Nobody knows who sits at the page, so that
nothing is taken from there that could not be typed, or that is too large to be drawn.
"""

import asyncio
import json
import os
import selectors
import signal
import sys
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import Context, copy_context
from functools import partial
from typing import Any, TextIO

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from jobs_tui.ui.terminal.key_parser import KeyParser
from jobs_tui.ui.terminal.patient_writer import PatientOutput, PatientWriter

READY = b"__GANGLION__\n"
"""Tells the server that packets come from now on."""

MOST_COLUMNS, MOST_LINES = 1_000, 500
"""A page may say that it is larger, but no screen is."""

EXIT = b"M", b'{"type": "exit"}'

AT_ONCE_SECONDS = 0.5
"""How long a page is waited for that is left in a hurry."""

POLL_SECONDS = 0.1
"""How often the reader looks whether the program has ended, and whether an Escape stands alone."""

TAKE_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[?2004h"
REPORT_MOUSE = "\x1b[?1000h\x1b[?1003h\x1b[?1006h"
ASK_SYNCHRONIZED = "\x1b[?2026$p"


class BrowserDriver(Driver, PatientOutput):
    """Draws and reads by the packets of Textual's own server."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        stated = (_number(os.environ.get(name, "")) for name in ("COLUMNS", "ROWS"))
        super().__init__(app, debug=debug, mouse=mouse, size=size or bounded(*stated))
        self._ended = threading.Event()
        self._told_to_end = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True, name="jobs-tui-input")

    @property
    def is_web(self) -> bool:
        """Whether it is drawn in a browser: it is."""
        return True

    def start_application_mode(self) -> None:
        """Begin to draw and to read."""
        loop, context = asyncio.get_running_loop(), copy_context()

        def drained() -> None:
            # the loop may have ended by then
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self.on_drained or (lambda: None), context=context)

        self.starts += 1
        failed = partial(self._output_failed, context)
        self._writer = PatientWriter(_descriptor(sys.__stdout__, 1), drained, failed)
        self._writer.start()
        self._writer.write_bytes(READY)
        self.write(TAKE_SCREEN + REPORT_MOUSE * self._mouse + ASK_SYNCHRONIZED)
        size = Size(*self._size) if self._size else Size(80, 24)
        self.send_message(events.Resize(size, size))
        self._reader.start()

    def write(self, data: str) -> None:
        """Write, without waiting for the page to take it."""
        self._send(b"D", data.encode("utf-8", "replace"))

    def disable_input(self) -> None:
        """Read no more."""
        self._ended.set()

    def stop_application_mode(self) -> None:
        """Have the page say that this has ended."""
        self._ended.set()
        self._send(*EXIT)

    def close(self) -> None:
        """Wait for the last words, but not for a page that takes nothing."""
        if self._writer is not None:
            self._writer.stop()
            self._writer = None

    def give_back_at_once(self) -> None:
        """Have the page say that this has ended, without waiting for it; from any thread."""
        writer = self._writer
        if writer is not None:
            self._send(*EXIT)
            writer.stop(AT_ONCE_SECONDS)

    def _send(self, kind: bytes, data: bytes) -> None:
        if self._writer is not None:
            self._writer.write_bytes(kind + len(data).to_bytes(4, "big") + data)

    def _read(self) -> None:
        """Read; what fails here fails the program, in one line as everywhere."""
        try:
            self._read_packets()
        except Exception as error:  # noqa: BLE001 - it ends the program
            self._app.call_later(self._app._handle_exception, error)  # noqa: SLF001 - as Textual

    def _read_packets(self) -> None:
        parser = KeyParser(lambda: getattr(self._app, "escape_delay_seconds", 0.1))
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        packets, descriptor = Packets(), _descriptor(sys.__stdin__, 0)
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while not self._ended.is_set():
                if selector.select(POLL_SECONDS):
                    data = b""
                    with suppress(OSError):
                        data = os.read(descriptor, 65536)
                    if not data:
                        self._end_program()
                        return
                    for kind, payload in packets.feed(data):
                        if kind == b"M":
                            self._obey(payload)
                            continue
                        for event in parser.feed(decode(payload)):
                            # a page says in a packet of its own how large it is
                            if not isinstance(event, events.Resize):
                                self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _obey(self, payload: bytes) -> None:
        """Do what the server says; what is not known means nothing."""
        told = json.loads(payload)
        match told.get("type") if isinstance(told, dict) else None:
            case "resize":
                self._size = bounded(told.get("width"), told.get("height"))
                size = Size(*self._size)
                self.send_message(events.Resize(size, size))
            case "focus":
                self.send_message(events.AppFocus())
            case "blur":
                self.send_message(events.AppBlur())
            case "quit":
                self._end_program()

    def _end_program(self) -> None:
        """End in order, and at once where that takes too long: nobody sees the screen any more.

        By the signal that tells a program to end, since that one is seldom ignored: a server that
        is to outlive its session ignores the one of a lost terminal. A second one would be heard as
        haste: only the first reader or writer who sees the end tells of it, and nobody does where
        the end has begun, as when the server was interrupted together with this.
        """
        if not self._app._exit and self._told_to_end.acquire(blocking=False):  # noqa: SLF001 - as Textual does
            os.kill(os.getpid(), signal.SIGTERM)

    def _output_failed(self, context: Context, error: Exception) -> None:
        """End the program, from the thread that writes: the server is gone, or it has failed."""
        if isinstance(error, OSError):
            self._end_program()
            return
        fail: Callable[[Exception], object] = self._app._handle_exception  # noqa: SLF001 - as Textual
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(fail, error, context=context)


class Packets:
    """Puts packets together from what is read."""

    def __init__(self) -> None:
        self._data = b""

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Take in what was read; the letter and the content of each packet that is whole by now."""
        self._data += data
        while len(self._data) >= 5:
            end = 5 + int.from_bytes(self._data[1:5], "big")
            if len(self._data) < end:
                return
            packet, self._data = self._data[:end], self._data[end:]
            yield packet[:1], packet[5:]


def bounded(columns: object, lines: object) -> tuple[int, int]:
    """A size that can be drawn, whatever the page says; 80x24 in place of what is no number."""
    whole = (columns if isinstance(columns, int) else 80, lines if isinstance(lines, int) else 24)
    return min(max(1, whole[0]), MOST_COLUMNS), min(max(1, whole[1]), MOST_LINES)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _descriptor(stream: TextIO | None, usual: int) -> int:
    return stream.fileno() if stream else usual
