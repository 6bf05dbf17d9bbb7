"""Where a play is played: the emulator, the engine, and a terminal in memory."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from jobs_tui.domain.outcome import Failure
from jobs_tui.emulator import Account, EmulatorServer
from jobs_tui.engine.change import Author
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.app import CockpitApp
from monkey.driver import TerminalDriver
from monkey.play import Play
from monkey.steps import THINGS, Monkey
from monkey.terminal import ABLE, Abilities, Terminal

NOW = 1_800_000_000.0

REFRESH_SECONDS = 0.3

LEAVING_SECONDS = 20.0


class FixedDate:
    """A clock that stands still by date, so that ages do; waiting and measuring are real."""

    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True)
class Kind:
    """What kind of terminal is played on."""

    name: str
    """As in TERM."""
    colors: str
    """As in TEXTUAL_COLOR_SYSTEM."""
    abilities: Abilities = ABLE
    synchronizes: bool = False
    slow: bool = False


@asynccontextmanager
async def playing(seed: int, kind: Kind, *, compares: bool = True) -> AsyncIterator[Play]:
    """Start the app and wait for its first frame; in the end, leave it."""
    account = Account(FixedDate(), random.Random(seed))
    terminal = Terminal(80, 24, kind.abilities)
    drivers: list[TerminalDriver] = []
    async with EmulatorServer(account, 0) as server:
        app = CockpitApp(_contexts(server.url, seed))
        app._compares &= compares
        # other signs in their place are looked at for each of these terminals, on a real pty
        app._plain_row = None

        def make_driver(*args: Any, **options: Any) -> TerminalDriver:
            driver = TerminalDriver(
                terminal,
                *args,
                synchronizes=kind.synchronizes,
                slow=random.Random(seed) if kind.slow else None,
                **options,
            )
            drivers.append(driver)
            return driver

        app.driver_class = make_driver  # type: ignore[assignment]
        running = asyncio.create_task(app.run_async(headless=False, size=(80, 24)))
        try:
            while not drivers or not app._mounted_event.is_set():
                assert not running.done(), app._exception
                await asyncio.sleep(0.001)
            monkey = Monkey(app, drivers[0], account, random.Random(seed))
            monkey.prepare()
            play = Play(app, drivers[0], monkey, f"seed {seed} on {kind.name}")
            await play.check()
            yield play
        finally:
            app.exit(0)
            async with asyncio.timeout(LEAVING_SECONDS):
                await running
        if app._exception is not None:
            raise app._exception


def _contexts(url: str, seed: int) -> Contexts:
    settings = ServiceSettings(
        region="eu-west-3", endpoint_url=url, credentials=StaticCredentials("test", "test")
    )

    async def open_link(_tell: object) -> JobsDataPlane | Failure:
        return await open_data_plane(settings, FixedDate())

    engine = Engine(
        THINGS,
        open_link,
        EngineSettings(REFRESH_SECONDS, 100.0),
        FixedDate(),
        random.Random(seed),
        NoJournal(),
        lambda: Author("ann", "gateway", "10.0.0.7"),
    )
    return Contexts(Context("test", lambda _: engine, THINGS))
