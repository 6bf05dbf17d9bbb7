"""The program on the demo's fleet, on a date that stands still, and what happens meanwhile."""

import asyncio
import random
from dataclasses import replace
from inspect import iscoroutinefunction
from pathlib import Path
from typing import NamedTuple, Self

from aiohttp import web

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.thing_selection import ThingSelection
from jobs_tui.emulator import EmulatorServer, EmulatorThread
from jobs_tui.emulator.demo.fleet import DEMO_THINGS, prepare_demo_fleet
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.engine.thing_search import ThingSearch
from jobs_tui.service.connection import open_control_plane, open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.app import CockpitApp

ADDRESS = "127.0.0.1:41233"


class AtOneAddress:
    """A data plane that calls its endpoint by the same name in every run."""

    endpoint = f"http://{ADDRESS}"

    def __init__(self, data_plane: JobsDataPlane) -> None:
        self._data_plane = data_plane
        self._real = data_plane.endpoint.removeprefix("http://")

    def __getattr__(self, name: str) -> object:
        there = getattr(self._data_plane, name)
        if not iscoroutinefunction(there):
            return there

        async def call(*args: object, **named: object) -> object:
            outcome = await there(*args, **named)
            if not isinstance(outcome, Failure):
                return outcome
            return replace(outcome, reason=outcome.reason.replace(self._real, ADDRESS))

        return call


class Scene(NamedTuple):
    """How the program was started, and on what."""

    things: tuple[str, ...] = DEMO_THINGS
    """The fleet."""
    choosing: bool = False
    """Whether none of them is named at the start."""
    searchable: bool = True
    """Whether there is a control plane to search for them."""
    read_only: bool = False
    low_bandwidth: bool = False
    away: bool = False
    """Whether the endpoint is away from the start."""
    environment: tuple[tuple[str, str], ...] = ()
    """What is different in it."""


class Stage:
    """One run of the program, and the emulator that it is shown."""

    def __init__(self, scene: Scene, clock: Clock, folder: Path) -> None:
        self._scene, self._clock, self._folder = scene, clock, folder
        self._free = asyncio.Event()
        self._url = ""
        self.engine: Engine | None = None
        self.emulator = EmulatorThread(
            lambda: EmulatorServer(prepare_demo_fleet(clock, random.Random(7), scene.things))
        )

    def __enter__(self) -> Self:
        self.emulator.start()
        self._url = self.emulator.url
        if self._scene.away:
            self.emulator.stop()
        return self

    def __exit__(self, *_: object) -> None:
        self.emulator.stop()

    @property
    def app(self) -> CockpitApp:
        """The program, not started yet."""
        scene = self._scene
        context = Context(
            "demo",
            self._watch,
            () if scene.choosing else scene.things,
            search=self._search if scene.searchable else None,
            used_last=lambda: scene.things[1:3] if scene.searchable else (),
            low_bandwidth=scene.low_bandwidth,
        )
        return CockpitApp(Contexts(context, demo=lambda: context))

    @property
    def _settings(self) -> ServiceSettings:
        return ServiceSettings(
            region="eu-west-3",
            endpoint_url=self._url,
            control_endpoint_url=self._url,
            credentials=StaticCredentials("test", "test"),
            read_only=self._scene.read_only,
        )

    def _watch(self, things: tuple[str, ...]) -> Engine:
        settings = self._settings

        async def open_link(_tell: object) -> JobsDataPlane | Failure:
            opened = await open_data_plane(settings, self._clock)
            return opened if isinstance(opened, Failure) else AtOneAddress(opened)

        pace = EngineSettings(300.0, 100.0, self._scene.read_only)
        journal = SqliteJournal(lambda: self._folder, "snapshots", self._clock.now)
        self.engine = Engine(things, open_link, pace, self._clock, random.Random(7), journal)
        return self.engine

    def _search(self, wanted: ThingSelection, at_most: int) -> ThingSearch:
        settings = self._settings
        return ThingSearch(
            wanted, lambda: open_control_plane(settings, self._clock), self._clock, 50.0, at_most
        )

    def report(self, **details: str) -> None:
        """An agent reports on the first job of the gateway."""
        self.emulator.call(
            self.emulator.account.update_job_execution,
            DEMO_THINGS[0],
            "fw-2026-11-edge",
            "IN_PROGRESS",
            status_details=details,
        )

    def take_endpoint_away(self) -> None:
        """Nothing listens there any more."""
        self.emulator.stop()

    def hold_changes(self) -> None:
        """Let no change go through from now on."""

        async def hold(request: web.Request) -> web.StreamResponse | None:
            if request.method != "GET":
                await self._free.wait()
            return None

        self.emulator.server.intercept = hold

    def free_changes(self) -> None:
        """Let them all through."""
        self.emulator.call(self._free.set)
