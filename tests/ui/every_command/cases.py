"""Cases are tables: where one is, what is pressed, and what is then seen that was not before."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from textual.events import Key
from textual.keys import key_to_character

from jobs_tui.ui.commands.command import Command

Commands = tuple[Command[Any], ...]

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


SHORT_WAITS = (0.001, 0.002, 0.004, 0.008)
"""Seconds."""


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


def gone(words: str) -> Callable[[str], bool]:
    return lambda text: words not in text


def on(words: str) -> Callable[[str], bool]:
    """The cursor is on the line with these words."""
    return lambda text: any("\u25b6" in line and words in line for line in text.splitlines())


def holds(seen: Seen, text: str) -> bool:
    return seen in text if isinstance(seen, str) else seen(text)


async def see_all(scene: Scene, *seen: Seen) -> None:
    """Wait until all of it is seen; at first a short while, for what a key does comes at once."""
    for wait in SHORT_WAITS:
        text = scene.screen.text
        if all(holds(each, text) for each in seen):
            return
        await scene.screen.pilot.pause(wait)
    for each in seen:
        await scene.screen.see(lambda each=each: holds(each, scene.screen.text))


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
        await asyncio.wait_for(done.wait(), 8)


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


class Step:
    """Something that is done, or awaited."""

    async def take(self, scene: Scene) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class At(Step):
    """From here on the commands are those of this list."""

    commands: Commands

    async def take(self, scene: Scene) -> None:
        """Nothing is to be done."""


@dataclass(frozen=True)
class Sees(Step):
    """Something is to be seen, by what was done before or by itself."""

    seen: tuple[Seen, ...]

    async def take(self, scene: Scene) -> None:
        await see_all(scene, *self.seen)


@dataclass(frozen=True)
class Presses(Step):
    """Keys that lead to where a command can be tried."""

    keys: tuple[str, ...]

    async def take(self, scene: Scene) -> None:
        await press(scene, *self.keys)


@dataclass(frozen=True)
class Happens(Step):
    """Something that somebody else does."""

    what: Callable[[Scene], Awaitable[object] | object]

    async def take(self, scene: Scene) -> None:
        done = self.what(scene)
        if isinstance(done, Awaitable):
            await done


@dataclass(frozen=True)
class Does(Step):
    """A key does its command."""

    key: str
    name: str
    seen: tuple[Seen, ...]

    async def take(self, scene: Scene) -> None:
        before = scene.screen.text
        assert not all(holds(each, before) for each in self.seen), f"seen before: {self}\n{before}"
        await use(scene, self.key, self.name)
        await see_all(scene, *self.seen)


@dataclass(frozen=True)
class Refuses(Step):
    """A key tells why its command cannot be used now."""

    key: str
    name: str
    reason: str

    async def take(self, scene: Scene) -> None:
        words = f"{self.name}: not now, {self.reason}"
        assert words not in scene.screen.text, f"told before: {words}"
        await use(scene, self.key, self.name)
        await see_all(scene, words)


@dataclass(frozen=True)
class Leaves(Step):
    """A key ends the program, with the status of who has left in order."""

    key: str
    name: str

    async def take(self, scene: Scene) -> None:
        assert scene.screen.app.return_value is None
        await press(scene, self.key)
        await scene.screen.see(lambda: scene.screen.app.return_value == 0)


@dataclass(frozen=True)
class Case:
    """Several commands in one run of the app."""

    title: str
    prepare: Callable[[Any], object]
    """Puts things and jobs into the account."""
    things: tuple[str, ...]
    steps: tuple[Step, ...]
    options: dict[str, Any] = field(default_factory=dict)
    """What else the fixture `cockpit` takes."""
    left_unsent: bool = False
    """Whether an earlier run has left a change that is not sent."""

    @property
    def placed(self) -> list[tuple[Commands, Step]]:
        """Each step with the commands that there are where it is taken."""
        found: list[tuple[Commands, Step]] = []
        commands: Commands = ()
        for step in self.steps:
            commands = step.commands if isinstance(step, At) else commands
            found.append((commands, step))
        return found


def at(commands: Commands) -> At:
    return At(commands)


def sees(*seen: Seen) -> Sees:
    return Sees(seen)


def presses(*keys: str) -> Presses:
    return Presses(keys)


def does(key: str, name: str, *seen: Seen) -> Does:
    return Does(key, name, seen)


def refuses(key: str, name: str, reason: str) -> Refuses:
    return Refuses(key, name, reason)


def finishes(thing: str, job: str) -> Happens:
    """The agent has done it."""
    return Happens(lambda scene: scene.account.update_job_execution(thing, job, status="SUCCEEDED"))


def happens(what: Callable[[Scene], Awaitable[object] | object]) -> Happens:
    return Happens(what)


def holds_back(held: Callable[[web.Request], bool]) -> Happens:
    """From now on answers to these are waited for."""
    return Happens(lambda scene: scene.traffic.hold(held))


LETS_GO = Happens(lambda scene: scene.traffic.let_go())
"""All answers come now."""


def palette_and_help(title: str) -> tuple[Step, ...]:
    """Both keys of the palette, and the one of help, on a screen with such a title."""
    return (
        does("colon", "Command palette", "Search for commands"),
        presses("escape"),
        sees(gone("Search for commands")),
        does("ctrl+p", "Command palette", "Search for commands"),
        presses("escape"),
        sees(gone("Search for commands")),
        does("question_mark", "Help", title),
        presses("escape"),
        sees(gone("closes this")),
    )
