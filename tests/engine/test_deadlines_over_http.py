"""Over HTTP: what is asked for deadlines that nobody looks at, and what is told of them."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.outcome import Failure
from jobs_tui.emulator import Account, EmulatorServer
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.engine.thing_state import ThingState
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

TOLD = "gw-1 / fw-1: about to time out"


class FastClock:
    """Begins now and runs many times as fast."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._begin, self._began = time.time(), time.monotonic()

    def now(self) -> float:
        return self._begin + self.monotonic()

    def monotonic(self) -> float:
        return (time.monotonic() - self._began) * self._speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)


class Bench:
    """An account over HTTP with an engine on two of its things, and what was asked there."""

    def __init__(self, speed: float = 50.0) -> None:
        self.clock = FastClock(speed)
        self.account = Account(self.clock, random.Random(7))
        self.lists: list[str] = []
        self.reads: list[str] = []
        """What DescribeJobExecution was asked for, with its parameters."""
        self.engine: Engine

    async def count(self, request: web.Request) -> None:
        """Let every request pass."""
        *_, thing_name, _, job_id = f"{request.path}/".split("/")[:5]
        if job_id:
            self.reads.append(f"{thing_name}/{job_id}?{request.query_string}")
        else:
            self.lists.append(thing_name)

    def start_job(self, thing_name: str, job_id: str, minutes: int) -> None:
        self.account.create_thing(thing_name)
        self.account.create_job(
            job_id=job_id,
            targets=(thing_name,),
            document="{}",
            in_progress_timeout_in_minutes=minutes,
        )
        self.account.start_next_pending_job_execution(thing_name)

    def told(self) -> list[str]:
        return [notice.text for notice in self.engine.notices.newest_first]

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not holds():
                await self.clock.sleep(0.5)

    @contextlib.asynccontextmanager
    async def running(
        self, things: int = 2, rate: float = 4.0, *, low_bandwidth: bool = False
    ) -> AsyncIterator[Engine]:
        """Run an engine on gw-1, gw-2 and so on that looks at gw-2 only."""
        names = [f"gw-{number}" for number in range(1, things + 1)]
        for name in names:
            self.account.create_thing(name)
        async with EmulatorServer(self.account, intercept=self.count) as server:
            settings = ServiceSettings(
                region="eu-west-3",
                endpoint_url=server.url,
                credentials=StaticCredentials("test", "test"),
            )

            async def open_link(_tell: object) -> JobsDataPlane | Failure:
                return await open_data_plane(settings, self.clock)

            pace = EngineSettings(
                5.0, rate, attention=AttentionLimits(due_within=80.0), low_bandwidth=low_bandwidth
            )
            self.engine = Engine(names, open_link, pace, self.clock, random.Random(1), NoJournal())
            self.engine.refresher.look_at(["gw-2"])
            running = asyncio.create_task(self.engine.run())
            try:
                yield self.engine
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)


async def test_what_nobody_looks_at_is_told_of_before_it_times_out() -> None:
    bench = Bench()
    async with bench.running() as engine:
        await bench.until(lambda: engine.store.answers("gw-1"))
        bench.start_job("gw-1", "fw-1", minutes=2)
        await bench.until(lambda: engine.store.thing("gw-1").deadlines)
        assert TOLD not in bench.told()
        await bench.until(lambda: TOLD in bench.told())
        (summary,) = engine.store.thing("gw-1").pending
        left = engine.store.thing("gw-1").deadline_of(summary) - engine.store.service_now()
        assert 0 < left <= 80
        # nothing of it is kept but when that is
        assert not engine.store.thing("gw-1").described
    (read,) = bench.reads
    assert read.startswith("gw-1/fw-1?")
    assert "includeJobDocument=false" in read


async def test_each_version_is_read_once() -> None:
    bench = Bench()
    bench.start_job("gw-1", "fw-1", minutes=100)
    async with bench.running() as engine:
        await bench.until(lambda: engine.store.thing("gw-1").deadlines)
        bench.lists.clear()
        await bench.until(lambda: bench.lists.count("gw-1") == 3)
        assert len(bench.reads) == 1
        bench.account.update_job_execution("gw-1", "fw-1", "IN_PROGRESS", step_timeout_in_minutes=2)
        await bench.until(lambda: len(bench.reads) == 2)
        await bench.until(
            lambda: [each.version_number for each in engine.store.thing("gw-1").deadlines] == [3]
        )
        (read,) = engine.store.thing("gw-1").deadlines
        assert read.moment - engine.store.service_now() < 120
        bench.lists.clear()
        await bench.until(lambda: bench.lists.count("gw-1") == 2)
        assert len(bench.reads) == 2


async def test_over_a_thin_line_none_is_read_until_bytes_are_spared_no_more() -> None:
    bench = Bench()
    bench.start_job("gw-1", "fw-1", minutes=100)
    async with bench.running(low_bandwidth=True) as engine:
        await bench.until(lambda: bench.lists.count("gw-2") == 3)
        assert engine.store.thing("gw-1").pending
        assert bench.reads == []
        engine.save_bandwidth(on=False)
        await bench.until(lambda: bench.reads)


@pytest.mark.slow
async def test_an_account_is_asked_for_its_lists_as_often_with_and_without_reading(
    monkeypatch,
) -> None:
    counts = []
    for reading in (True, False):
        if not reading:
            monkeypatch.setattr(ThingState, "unread", ())
        # slow enough that the processor is not what holds up calls
        bench = Bench(speed=20.0)
        for number in range(1, 11):
            bench.start_job(f"gw-{number}", f"fw-{number}", minutes=100)
        async with bench.running(20, rate=20.0):
            await bench.until(lambda: bench.lists.count("gw-2") == 13)  # noqa: B023 - at once
            counts.append(len(bench.lists))
            assert len(bench.reads) == (10 if reading else 0)
    assert counts[0] == pytest.approx(counts[1], rel=0.1)
