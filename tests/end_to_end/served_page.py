"""A page in a browser, as the program sees it: the packets of Textual's own server, over pipes."""

import json
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte

ROOT = Path(__file__).parents[2]
WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
READY = b"__GANGLION__\n"

MISREAD_BY_PYTE = re.compile(r"\x1b\][0-9]+;[^\x07\x1b]*\x07|\x1b\[[<>=?][0-9;]*u")


class Shown(pyte.Screen):
    """What the page shows; it tells when it is asked for its status."""

    asked: Callable[[], None] = staticmethod(lambda: None)

    def report_device_status(self, mode: int, **_: bool) -> None:
        """DSR: `CSI 5 n`."""
        if mode == 5:
            self.asked()


class ServedPage:
    """One run of the program behind a page of so many columns and lines."""

    def __init__(
        self, *arguments: str, environment: Mapping[str, str], columns: int = 80, lines: int = 24
    ) -> None:
        self.screen = Shown(columns, lines)
        self.screen.asked = lambda: self.type("\x1b[0n")
        self._stream = pyte.Stream(self.screen)
        self.told: list[dict[str, object]] = []
        """What the server is told, such as that the program has ended."""
        self.copied = ""
        """What the page is given to keep, by OSC 52."""
        self._data = b""
        self.received = 0
        """Bytes so far."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jobs_tui", *arguments],
            env={
                **environment,
                "PYTHONPATH": str(ROOT),
                "TEXTUAL_DRIVER": WEB_DRIVER,
                "TEXTUAL_COLOR_SYSTEM": "truecolor",
                "COLUMNS": str(columns),
                "ROWS": str(lines),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    @property
    def text(self) -> str:
        """What the page shows."""
        return "\n".join(self.screen.display)

    def type(self, text: str) -> None:
        """Send what keys and the page itself send."""
        self._send(b"D", text.encode())

    def tell(self, **members: object) -> None:
        """Send what the server says of the page."""
        if members.get("type") == "resize":
            self.screen.resize(members["height"], members["width"])
        self._send(b"M", json.dumps(members).encode())

    def wait_for(self, wanted: str | Callable[[], object], seconds: float = 20.0) -> None:
        """Read until the page shows a text, or a condition holds."""
        holds = (lambda: wanted in self.text) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + seconds
        while not holds():
            left = deadline - time.monotonic()
            assert left > 0, f"never saw {wanted!r} on\n{self.text}"
            assert self._read(min(left, 0.1)), f"ended before {wanted!r} on\n{self.text}"

    def wait_for_quiet(self, silence: float = 0.3, seconds: float = 20.0) -> None:
        """Read until nothing has come for so long: an Enter is meant for what one has seen."""
        deadline = last = time.monotonic()
        deadline += seconds
        while time.monotonic() < last + silence:
            assert time.monotonic() < deadline, f"never quiet\n{self.text}"
            before = self.received
            self._read(silence)
            if self.received != before:
                last = time.monotonic()

    def wait_for_end(self, seconds: float = 10.0) -> int:
        """Read until the program ends; its exit status."""
        deadline = time.monotonic() + seconds
        while self._read(0.1):
            assert time.monotonic() < deadline, f"still runs\n{self.text}"
        return self.process.wait(max(0.1, deadline - time.monotonic()))

    def server_is_gone(self) -> None:
        """Close both pipes, as when the server is killed."""
        for pipe in (self.process.stdin, self.process.stdout):
            pipe.close()

    def close(self) -> None:
        """End the program whatever it does."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()

    def _send(self, kind: bytes, payload: bytes) -> None:
        os.write(self.process.stdin.fileno(), kind + len(payload).to_bytes(4, "big") + payload)

    def _read(self, seconds: float) -> bool:
        descriptor = self.process.stdout.fileno()
        if not select.select([descriptor], [], [], seconds)[0]:
            return True
        data = os.read(descriptor, 65536)
        self.received += len(data)
        self._data = (self._data + data).removeprefix(READY)
        while len(self._data) >= 5 and len(self._data) >= (
            end := 5 + int.from_bytes(self._data[1:5], "big")
        ):
            kind, payload, self._data = self._data[:1], self._data[5:end], self._data[end:]
            self._take(kind, payload)
        return bool(data)

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == b"M":
            self.told.append(json.loads(payload))
            return
        assert kind == b"D", kind
        text = payload.decode()
        if (kept := re.search(r"\x1b\]52;c;([^\x07]*)\x07", text)) is not None:
            self.copied = kept[1]
        self._stream.feed(MISREAD_BY_PYTE.sub("", text))
