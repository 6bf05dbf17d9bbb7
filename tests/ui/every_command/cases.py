"""Cases are tables: where one is, what is pressed, and what is then seen that was not before."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from every_command.scene import Scene, Seen, gone, holds, press, see_all, use
from jobs_tui.ui.commands.command import Command

Commands = tuple[Command[Any], ...]


class Step(ABC):
    """Something that is done, or awaited."""

    @abstractmethod
    async def take(self, scene: Scene) -> None: ...


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
    environment: dict[str, str] = field(default_factory=dict)

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
