"""One run of the program in a soak: on a terminal in memory, over HTTP, with a journal on disk."""

import asyncio
import inspect
import random
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monkey.driver import TerminalDriver
from monkey.settled import settle
from monkey.terminal import Terminal
from textual.geometry import Region
from textual.widget import Widget

from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.change import Author
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.app import CockpitApp
from jobs_tui.ui.screens.cockpit import CockpitScreen
from jobs_tui.ui.screens.ways import CockpitWays
from jobs_tui.ui.views.orders import Order
from soak.fast_clock import FastClock

REFRESH_SECONDS = 30.0
CALLS_PER_SECOND = 2.5
"""Both in simulated seconds."""

CALL_SECONDS = 0.6
"""Real ones that a call may take: as many times more simulated ones."""

REST_SIZE = (120, 40)

OWN_PACE = re.compile(r"(http://| +(oldest|every|round) ).*calls/s")
"""What a run has learnt of the line, how many calls it made lately, and so the room for the URL."""

ESCAPES = 40
"""So many presses of Escape lead back to the cockpit from anywhere."""

PATIENCE_SECONDS = 60.0


class StayingApp(CockpitApp):
    """Counts the ways out that the monkey finds, and stays until it may leave."""

    # as the app has it, which looks beside the module of its class
    CSS_PATH = Path(inspect.getfile(CockpitApp)).with_name("app.tcss")

    may_leave = False
    wanted_to_leave = 0

    def exit(self, *args: Any, **members: Any) -> None:
        if self.may_leave:
            super().exit(*args, **members)
        else:
            self.wanted_to_leave += 1


class SameThings(CockpitWays):
    """Leaves the things as they are: a fresh start has those that were given."""

    why_not_close = "all of them are watched to the end"  # type: ignore[assignment]

    def open_add(self) -> None:
        """Add none."""


@dataclass
class Stage:
    """The app that runs."""

    app: StayingApp
    driver: TerminalDriver
    terminal: Terminal
    engine: Engine
    theme: str

    @property
    def ground(self) -> CockpitScreen:
        ground = self.app._ground
        assert isinstance(ground, CockpitScreen)
        return ground

    def check_alive(self) -> None:
        """Raise what the app has failed with, if it has."""
        if self.app._exception is not None:
            raise self.app._exception
        assert not self.app._exit, "the app has left"

    async def breathe(self, seconds: float) -> None:
        """Let the app have its turns for so many real seconds; tell it of keys that are due."""
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            waits = self.driver.read_on()
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 and not waits:
                break
            await asyncio.sleep(min(0.005, max(0.0, left)))
        self.driver.written.clear()
        self.check_alive()

    async def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait for something; AssertionError with the screen if it never comes."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while not holds():
            assert asyncio.get_running_loop().time() < deadline, f"not {what}:\n{self.text}"
            await self.breathe(0.01)

    async def come_to_rest(self, size: tuple[int, int] = REST_SIZE) -> None:
        """Go back to the cockpit, and take back what was chosen of its looks and its pace."""
        self.terminal.change_size(*size)
        self.driver.tell_size()
        # what was typed last has its turn first
        await self.settle()
        for _ in range(ESCAPES):
            if len(self.app.screen_stack) == 1:
                break
            self.driver.type("\x1b")
            await self.breathe(0.02)
            await self.settle()
        assert len(self.app.screen_stack) == 1, f"no way back:\n{self.text}"
        # the field of the filter, the filter, the focus
        for _ in range(3):
            self.driver.type("\x1b")
            await self.breathe(0.02)
        self.app.theme = self.theme
        self.ground.save_bandwidth(on=False)
        refresher, overview = self.engine.refresher, self.ground.overview
        refresher.pause(paused=False)
        for name in refresher.paused_things:
            refresher.pause(paused=False, thing_name=name)
        refresher.set_interval(REFRESH_SECONDS)
        overview._pinned = ()
        overview.marks.clear()
        if overview.full_screen:
            overview.toggle_full_screen()
        for in_list in (False, overview.has_list):
            overview._in_list = in_list
            overview.order = Order()
            overview.clear_filter()
        overview._rearrange()
        overview.clear_filter()
        overview.focus_list()
        self.ground.redraw()
        await self.breathe(0.1)

    async def settle(self) -> None:
        """Wait until the terminal shows all that there is to show."""
        await settle(self.app, self.driver)
        self.check_alive()

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self._line(number) for number in range(self.terminal.lines))

    @property
    def text_of_any_run(self) -> str:
        """The same without what is of one run only: its calls, its notices, its changes."""
        own: list[Widget] = [*self.app.screen.query("#changes"), *self.app.screen.query("#notice")]
        regions = [each.region for each in own if each.display]
        lines = [
            self._line(number, [each for each in regions if each.y <= number < each.bottom])
            for number in range(self.terminal.lines)
        ]
        return OWN_PACE.sub("", "\n".join(lines))

    def _line(self, number: int, without: Sequence[Region] = ()) -> str:
        return "".join(
            " " if any(each.x <= x < each.right for each in without) else cell.data
            for x, cell in enumerate(self.terminal.row(number))
        ).rstrip()


@asynccontextmanager
async def on_stage(
    url: str, things: tuple[str, ...], clock: FastClock, folder: Path, run: str, seed: int
) -> AsyncIterator[Stage]:
    """Start the app and wait for its first frame; in the end, leave it."""
    settings = ServiceSettings(
        region="eu-west-3",
        endpoint_url=url,
        credentials=StaticCredentials("test", "test"),
        read_time_limit=CALL_SECONDS,
        write_time_limit=CALL_SECONDS,
    )

    async def open_link(_tell: object) -> JobsDataPlane | Failure:
        return await open_data_plane(settings, clock)

    engine = Engine(
        things,
        open_link,
        EngineSettings(REFRESH_SECONDS, CALLS_PER_SECOND),
        clock,
        random.Random(seed),
        SqliteJournal(lambda: folder, run, clock.now),
        lambda: Author("ann", "gateway", "10.0.0.7"),
    )
    terminal = Terminal(*REST_SIZE)
    drivers: list[TerminalDriver] = []

    def make_driver(*args: Any, **options: Any) -> TerminalDriver:
        drivers.append(TerminalDriver(terminal, *args, synchronizes=True, **options))
        return drivers[-1]

    app = StayingApp(Contexts(Context("soak", lambda _: engine, things)))
    app.driver_class = make_driver  # type: ignore[assignment]
    running = asyncio.create_task(app.run_async(headless=False, size=REST_SIZE))
    try:
        while not drivers or not app._mounted_event.is_set():
            assert not running.done(), app._exception
            await asyncio.sleep(0.001)
        stage = Stage(app, drivers[0], terminal, engine, app.theme)
        stage.ground._ways = SameThings(stage.ground)
        yield stage
    finally:
        app.may_leave = True
        app.exit(0)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await running
    if app._exception is not None:
        raise app._exception
    assert engine.ended.is_set(), "connections and journal were cut off"
