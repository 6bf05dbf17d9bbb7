"""A headless Chromium with one page, driven by its own protocol for tools."""

import asyncio
import base64
import itertools
import json
import re
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pyte

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--no-first-run",
    "--remote-debugging-port=0",
)
LISTENS = b"DevTools listening on"
FONTS_FROM_THE_NETWORK = "*fonts.googleapis.com*"

KEYS = {
    "enter": ("Enter", 13, "\r"),
    "escape": ("Escape", 27, ""),
    "tab": ("Tab", 9, ""),
    "down": ("ArrowDown", 40, ""),
    "up": ("ArrowUp", 38, ""),
}
CTRL = 2

COLORS = """(async () => {
    const picture = new Image();
    picture.src = "data:image/png;base64,%s";
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0);
    const image = context.getImageData(0, 0, picture.width, picture.height);
    const pixels = new Uint32Array(image.data.buffer);
    const counts = new Map();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    return [...counts.values()].sort((one, other) => other - one).map((n) => n / pixels.length);
})()"""
"""The share of each colour in a picture, the most frequent first."""

DRAWN = """(async () => {
    await Promise.all(document.getAnimations().map((each) => each.finished));
    for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
})()"""

MISREAD_BY_PYTE = re.compile(r"\x1b\][0-9]+;[^\x07\x1b]*\x07|\x1b\[[<>=?][0-9;]*u")


def installed() -> str | None:
    """The path of the first Chromium that there is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """One page, and the terminal that what it receives would draw."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.Stream(self.screen)
        self.closed = False
        """Whether the page has lost its server."""

    @property
    def text(self) -> str:
        """What it was sent, as a terminal shows it."""
        return "\n".join(self.screen.display)

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Do something by the protocol; its result."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        async with asyncio.timeout(30):
            return await answer

    async def evaluate(self, script: str) -> Any:
        """The value of a script of the page."""
        found = await self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def press(self, *keys: str) -> None:
        """Press keys, by name or as the character that they type."""
        for name in keys:
            key, code, text = KEYS.get(name, (name, ord(name[-1].upper()), name))
            held = CTRL if name.startswith("ctrl+") else 0
            if held:
                key, text = name[-1], ""
            about = {"key": key, "windowsVirtualKeyCode": code, "modifiers": held}
            kind = "keyDown" if text else "rawKeyDown"
            await self.call("Input.dispatchKeyEvent", type=kind, text=text, **about)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    async def click(self, column: int, row: int) -> None:
        """Click on a cell of the terminal, counted from 0."""
        place = await self.evaluate(
            "(({x, y, width, height}) => [x, y, width, height])"
            "(document.querySelector('.xterm-screen').getBoundingClientRect())"
        )
        x = place[0] + (column + 0.5) * place[2] / self.screen.columns
        y = place[1] + (row + 0.5) * place[3] / self.screen.lines
        about = {"x": x, "y": y, "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, **about)

    async def resize(self, width: int, height: int) -> None:
        """Make the window so many pixels large."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    async def see(self, wanted: str | Callable[[], object], seconds: float = 30.0) -> None:
        """Wait until a text was drawn, or a condition holds."""
        holds = (lambda: wanted in self.text) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"never saw {wanted!r} on\n{self.text}"
            await asyncio.sleep(0.05)

    async def drawn(self) -> None:
        """Wait until the page has drawn what it was sent, and faded in."""
        await self.evaluate(DRAWN)

    async def picture(self) -> bytes:
        """What it looks like, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot"))["data"])

    async def shares_of_colors(self, picture: bytes) -> list[float]:
        """The share of each colour in a picture, the most frequent first."""
        return await self.evaluate(COLORS % base64.b64encode(picture).decode())

    async def listen(self) -> None:
        """Take in what the browser tells, until it ends."""
        async for message in self._socket:
            told = json.loads(message.data)
            if (answer := self._answers.pop(told.get("id", 0), None)) is not None:
                answer.set_result(told.get("result", {}))
            self._take(told.get("method"), told.get("params", {}))

    def _take(self, method: str | None, about: dict[str, Any]) -> None:
        match method:
            case "Network.webSocketFrameReceived" if about["response"]["opcode"] == 2:
                data = base64.b64decode(about["response"]["payloadData"]).decode()
                self._stream.feed(MISREAD_BY_PYTE.sub("", data))
            case "Network.webSocketFrameSent":
                kind, *members = json.loads(about["response"]["payloadData"])
                if kind == "resize":
                    self.screen.resize(members[0]["height"], members[0]["width"])
            case "Network.webSocketClosed":
                self.closed = True


class Chromium:
    """The browser; each page that is opened is a tab of it."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    @asynccontextmanager
    async def page(self, url: str, width: int, height: int) -> AsyncIterator[Page]:
        """Open a page in a tab, and close the tab in the end."""
        async with self._session.put(f"{self._url}/json/new?about:blank") as answer:
            target = await answer.json(content_type=None)
        async with self._session.ws_connect(
            target["webSocketDebuggerUrl"], max_msg_size=0
        ) as socket:
            page = Page(socket)
            listening = asyncio.create_task(page.listen())
            await page.call("Network.enable")
            await page.call("Network.setBlockedURLs", urls=[FONTS_FROM_THE_NETWORK])
            await page.resize(width, height)
            await page.call("Page.navigate", url=url)
            yield page
            listening.cancel()
        async with self._session.get(f"{self._url}/json/close/{target['id']}"):
            pass


@asynccontextmanager
async def chromium(program: str) -> AsyncIterator[Chromium]:
    """Run a browser with nothing from an earlier run."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *OPTIONS,
            f"--user-data-dir={profile}",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(30):
                while LISTENS not in (said := await process.stderr.readline()):
                    assert said, "the browser has ended"
            host = said.decode().split("//")[1].split("/")[0]
            draining = asyncio.create_task(process.stderr.read())
            async with aiohttp.ClientSession() as session:
                yield Chromium(session, f"http://{host}")
            draining.cancel()
        finally:
            process.kill()
            await process.wait()
