"""One run of the app: what is pressed, what is seen, and what goes to the service."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from aiohttp import web
from textual.events import Key
from textual.keys import key_to_character

PALETTE = "palette"
"""Instead of a key: the command is chosen in the palette, by its name."""

WIDE_ENOUGH = (119, 40)
"""For every reason in one line, and not for the parts that only a wide window has."""

EXECUTION = {
    "jobId": "fw-1",
    "thingName": "gw-1",
    "status": "QUEUED",
    "queuedAt": 1_800_000_000,
    "lastUpdatedAt": 1_800_000_000,
    "versionNumber": 1,
    "executionNumber": 1,
}

SHORT_WAITS = (0.001, 0.002, 0.004, 0.008, 0.016)
"""Seconds between one look at the screen and the next; the last one again and again."""

PATIENCE_SECONDS = 8.0


class Traffic:
    """What goes to the service, held back for as long as a case wants it."""

    def __init__(self) -> None:
        self.held: Callable[[web.Request], bool] = lambda _: False
        self._free = asyncio.Event()
        self.document: str | None = None
        """What is answered instead of each job document."""

    def hold(self, held: Callable[[web.Request], bool]) -> None:
        self.held = held
        self._free.clear()

    def let_go(self) -> None:
        self.held = lambda _: False
        self._free.set()

    async def __call__(self, request: web.Request) -> web.Response | None:
        if self.held(request):
            await self._free.wait()
        if self.document is None or not documents(request):
            return None
        return web.json_response({"execution": EXECUTION | {"jobDocument": self.document}})


def writes(request: web.Request) -> bool:
    return request.method != "GET"


def documents(request: web.Request) -> bool:
    return request.query.get("includeJobDocument") == "true"


@dataclass
class Scene:
    """One run of the app; `screen` is what the fixture `cockpit` gives."""

    screen: Any
    account: Any
    traffic: Traffic


Seen = str | Callable[[str], bool]
"""Words that are to be read on the screen, or what is to hold for all that is read there."""


@dataclass(frozen=True)
class Gone:
    """Words that are to be read nowhere."""

    words: str

    def __call__(self, text: str) -> bool:
        return self.words not in text


@dataclass(frozen=True)
class On:
    """The cursor is on the line with these words."""

    words: str

    def __call__(self, text: str) -> bool:
        return any("\u25b6" in line and self.words in line for line in text.splitlines())


def gone(words: str) -> Gone:
    return Gone(words)


def on(words: str) -> On:
    return On(words)


def holds(seen: Seen, text: str) -> bool:
    return seen in text if isinstance(seen, str) else seen(text)


async def see_all(scene: Scene, *seen: Seen) -> None:
    """Wait until all of it is seen; what a key does comes at once, so that is looked for soon."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    waits = chain(SHORT_WAITS, repeat(SHORT_WAITS[-1]))
    while missing := [each for each in seen if not holds(each, scene.screen.text)]:
        assert time.monotonic() < deadline, f"never saw {missing} on\n{scene.screen.text}"
        await scene.screen.pilot.pause(next(waits))


async def press(scene: Scene, *keys: str) -> None:
    """Press keys, and go on as soon as they have done what they do.

    Pilot would wait after each one until the whole process is idle.
    """
    app = scene.screen.app
    for key in keys:
        dialog = app.screen
        await scene.screen.see(lambda dialog=dialog: getattr(dialog, "on_screen", True))
        done = asyncio.Event()
        app.post_message(Key(key, key_to_character(key)))
        app.in_turn(done.set)
        await asyncio.wait_for(done.wait(), PATIENCE_SECONDS)


async def choose(scene: Scene, name: str) -> None:
    """Choose a command in the palette."""
    await press(scene, "ctrl+p")
    await see_all(scene, "Search for commands")
    await scene.screen.type(name)
    await scene.screen.see(lambda: offered(scene.screen.text)[:1] == [name])
    await press(scene, "enter")


async def use(scene: Scene, key: str, name: str) -> None:
    """Use a command by its key, or by the palette."""
    await (choose(scene, name) if key == PALETTE else press(scene, key))


def offered(text: str) -> list[str]:
    """What stands in the palette below its field, line by line."""
    lines = text.splitlines()
    edges = [at for at, line in enumerate(lines) if line[:9] in {9 * "\u2594", 9 * "\u2581"}]
    if len(edges) < 2:
        return []
    return [line.strip() for line in lines[edges[0] + 3 : edges[-1]] if line.strip()]
