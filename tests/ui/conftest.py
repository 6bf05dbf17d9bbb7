"""The cockpit over the emulator, by HTTP, with keys going in and the screen being read."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from socket import socket
from types import MappingProxyType

import pytest
from aiohttp import web
from rich.console import Console
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.strip import Strip

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.own_command import OwnCommand
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.emulator import Account, EmulatorServer
from jobs_tui.engine.change import Author, Change
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.engine.snapshot.keeper import Snapshot
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.app import CockpitApp

NOW = 1_800_000_000.0


class FixedDate:
    """A clock that stands still by date, so that ages do; waiting and measuring are real."""

    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def screen_text(app: CockpitApp) -> str:
    """What the terminal shows, dialogs and what is behind them."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return "\n".join(
        "".join(segment.text for strip in line for segment in strip) for line in update.strips
    )


@dataclass
class Cockpit:
    """One run of the app."""

    app: CockpitApp
    pilot: Pilot[int]
    account: Account
    server: EmulatorServer
    engine: Engine

    async def take_endpoint_away(self) -> None:
        """Nothing listens there any more."""
        await self.server.stop()

    async def bring_endpoint_back(self) -> None:
        """The same account, on the same port."""
        port = int(self.server.url.rpartition(":")[2])
        self.server = EmulatorServer(self.account, port)
        await self.server.start()

    @property
    def text(self) -> str:
        return screen_text(self.app)

    def line_with(self, words: str) -> str:
        return next((line for line in self.text.splitlines() if words in line), "")

    async def press(self, *keys: str) -> None:
        """Press keys as one does who sees the screen; `type_ahead` is for who does not."""
        dialog = self.app.screen
        await self.see(lambda: getattr(dialog, "on_screen", True))
        await self.pilot.press(*keys)

    async def type_ahead(self, *keys: str) -> None:
        """Press keys all at once."""
        for key in keys:
            self.app.post_message(Key(key, key if len(key) == 1 else None))
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """As a paste, which is one event instead of one a character."""
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def open_status_dialog(self, job_id: str) -> None:
        """Press `s` on a row and wait until the fresh read is in."""
        await self.see(job_id)
        await self.press("s")
        await self.see("the change is based on it")

    async def see(self, wanted: str | Callable[[], object], seconds: float = 8.0) -> None:
        """Wait until the screen shows a text, or a condition holds."""
        holds = (lambda: wanted in self.text) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"never saw {wanted!r} on\n{self.text}"
            await self.pilot.pause(0.02)


@pytest.fixture(autouse=True)
def usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of 256 colours, wherever the tests are run."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


Intercept = Callable[[web.Request], Awaitable[web.StreamResponse | None]]


@pytest.fixture
def account() -> Account:
    """The emulator's things and jobs, on a date that stands still."""
    return Account(FixedDate(), random.Random(7))


@pytest.fixture
def cockpit(account: Account, tmp_path: Path):
    """Runs the app on some things: `async with cockpit("gw-1") as screen`."""

    runs = count(1)

    @asynccontextmanager
    async def run(
        *things: str,
        size: tuple[int, int] = (80, 24),
        refresh: float = 0.2,
        rate: float = 100.0,
        stuck_after: float = 30 * 60,
        read_time_limit: float = 5.0,
        endpoint_url: str | None = None,
        intercept: Intercept | None = None,
        port: int = 0,
        read_only: bool = False,
        read_only_in: str = "",
        no_journal: bool = False,
        snapshot: Path | None = None,
        problems: tuple[str, ...] = (),
        low_bandwidth: bool = False,
        call_by: str = "off",
        theme: str = "auto",
        commands: tuple[OwnCommand, ...] = (),
        keys: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        used_last: tuple[str, ...] = (),
        others: tuple[str, ...] = (),
    ) -> AsyncIterator[Cockpit]:
        async with EmulatorServer(account, port, intercept=intercept) as server:
            settings = ServiceSettings(
                region="eu-west-3",
                endpoint_url=endpoint_url or server.url,
                credentials=StaticCredentials("test", "test"),
                read_time_limit=read_time_limit,
                write_time_limit=read_time_limit,
                read_only=read_only,
            )

            async def open_link(_tell: object) -> JobsDataPlane | Failure:
                return await open_data_plane(settings, FixedDate())

            journal = SqliteJournal(lambda: tmp_path, f"run-{next(runs)}", FixedDate().now)
            engine = Engine(
                things or used_last,
                open_link,
                EngineSettings(
                    refresh,
                    rate,
                    read_only,
                    AttentionLimits(stuck_after),
                    read_only_in=read_only_in,
                ),
                FixedDate(),
                random.Random(7),
                NoJournal() if no_journal else journal,
                lambda: Author("ann", "gateway", "10.0.0.7"),
                None if snapshot is None else Snapshot(snapshot, FixedDate()),
            )
            context = Context(
                "test",
                lambda _: engine,
                things,
                used_last=lambda: used_last,
                problems=problems,
                low_bandwidth=low_bandwidth,
                call_by=call_by,
                commands=commands,
                theme=theme,
            )

            def open_other(name: str) -> Context:
                return context._replace(caption=name, things=(), used_last=lambda: things)

            app = CockpitApp(Contexts(context, others, open_other, keys=keys))
            brought_back = server
            try:
                async with app.run_test(size=size) as pilot:
                    cockpit = Cockpit(app, pilot, account, server, engine)
                    yield cockpit
                    brought_back = cockpit.server
                # connections and journal were given back, not cut off
                assert engine.ended.is_set()
            finally:
                await brought_back.stop()

    return run


@pytest.fixture
def read_screen() -> Callable[[CockpitApp], str]:
    """How a screen is read."""
    return screen_text


@pytest.fixture
def fixed_date() -> FixedDate:
    """A date that stands still."""
    return FixedDate()


@pytest.fixture
def leave_unsent(tmp_path: Path) -> Callable[[], Awaitable[int]]:
    """Record a change and end before it is sent; returns the port of the endpoint it is for."""

    async def leave() -> int:
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        seen = JobExecution(
            "fw-1", "gw-1", Status.IN_PROGRESS, version_number=2, execution_number=1
        )
        request = UpdateJobExecution(
            "gw-1", "fw-1", Status.FAILED, {"by": "hand"}, expected_version=2, execution_number=1
        )
        journal = SqliteJournal(lambda: tmp_path, "earlier", lambda: NOW)
        endpoint = f"http://127.0.0.1:{port}"
        await journal.record(Change(0, request, seen, NOW, endpoint, Author("bob", "gateway")))
        await journal.close()
        return int(port)

    return leave


@pytest.fixture
def many_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets styles be drawn anew: they remember how the first terminal of a process has them."""

    def render_anew(strip: Strip, console: Console) -> str:
        drawn = []
        for text, style, _ in strip:
            if style is None:
                drawn.append(text)
                continue
            style._ansi = None
            drawn.append(style.render(text, color_system=console._color_system))
        return "".join(drawn)

    monkeypatch.setattr(Strip, "render", render_anew)
