"""A clock in the test's hand, and a data plane in memory that counts what it is asked."""

import asyncio
import contextlib
import heapq
import random
from collections.abc import AsyncIterator, Callable

import pytest

from jobs_tui.domain.description import JobExecution, UpdatedJobExecution
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done, Failure, Outcome
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.service.chosen_endpoint import EndpointSource


class HandClock:
    """Time passes only when the test lets it."""

    def __init__(self) -> None:
        self._now = 1_800_000_000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, self._count, future))
        await future

    async def advance(self, seconds: float) -> None:
        """Let time pass, waking every sleeper at its own moment."""
        await settle()
        until = self._now + seconds
        while self._sleepers and self._sleepers[0][0] <= until + 1e-9:
            due, _, future = heapq.heappop(self._sleepers)
            self._now = max(self._now, due)
            if not future.done():
                future.set_result(None)
            await settle()
        self._now = until
        await settle()


async def settle() -> None:
    """Let every task run until it waits."""
    for _ in range(20):
        await asyncio.sleep(0)


class ScriptedDataPlane:
    """Answers as it is told, and remembers what it was asked and when."""

    endpoint = "http://127.0.0.1:1"
    region = "eu-west-3"
    identity = ""
    endpoint_source = EndpointSource.GIVEN

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self.asked: list[tuple[float, str]] = []
        self.answers: dict[str, Failure] = {}
        self.answer_to_all: Failure | None = None
        self.pending: dict[str, PendingJobExecutions] = {}
        self.latency = 0.0
        self.under_way = 0
        self.under_way_at_most = 0
        self.closed = False
        self.traffic = Traffic()
        self.weight = 0
        """Bytes of a call."""

    async def get_pending_job_executions(
        self, request: GetPendingJobExecutions
    ) -> Outcome[PendingJobExecutions]:
        self.asked.append((self._clock.now(), request.thing_name))
        self.under_way += 1
        self.under_way_at_most = max(self.under_way_at_most, self.under_way)
        self.traffic.sent += self.weight
        try:
            if self.latency:
                await self._clock.sleep(self.latency)
        finally:
            self.under_way -= 1
        failure = self.answers.get(request.thing_name) or self.answer_to_all
        pending = self.pending.get(request.thing_name, PendingJobExecutions())
        return failure or Done(pending, self._clock.now())

    async def describe_job_execution(
        self, request: DescribeJobExecution
    ) -> Outcome[JobExecution | None]:
        return Done(None)

    async def start_next_pending_job_execution(
        self, request: StartNextPendingJobExecution
    ) -> Outcome[JobExecution | None]:
        return Done(None)

    async def update_job_execution(
        self, request: UpdateJobExecution
    ) -> Outcome[UpdatedJobExecution]:
        raise AssertionError(request)

    async def close(self) -> None:
        self.closed = True

    def times(self, thing_name: str) -> list[float]:
        """Seconds since the start at which a thing was asked for."""
        return [at - 1_800_000_000.0 for at, name in self.asked if name == thing_name]

    def calls(self, begin: float, end: float) -> list[str]:
        """What was asked for from one second since the start up to another."""
        first, last = 1_800_000_000.0 + begin, 1_800_000_000.0 + end
        return [name for at, name in self.asked if first <= at < last]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def data_plane(clock: HandClock) -> ScriptedDataPlane:
    return ScriptedDataPlane(clock)


@contextlib.asynccontextmanager
async def watching(
    clock: HandClock,
    data_plane: ScriptedDataPlane,
    things: int,
    interval: float,
    rate: float,
    *,
    low_bandwidth: bool = False,
) -> AsyncIterator[Engine]:
    """Run an engine on things called t0, t1 and so on; the test moves the clock."""

    async def open_link(_tell: object) -> ScriptedDataPlane:
        return data_plane

    names = tuple(f"t{number}" for number in range(things))
    pace = EngineSettings(interval, rate, low_bandwidth=low_bandwidth)
    engine = Engine(
        *(names, open_link, pace, clock, random.Random(1), NoJournal()), traffic=data_plane.traffic
    )
    running = asyncio.create_task(engine.run())
    try:
        yield engine
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


WatchThings = Callable[..., contextlib.AbstractAsyncContextManager[Engine]]


@pytest.fixture
def watch(clock: HandClock, data_plane: ScriptedDataPlane) -> WatchThings:
    """Runs an engine on so many things, at an interval, within so many calls per second."""

    def of(
        things: int, interval: float = 5.0, rate: float = 10.0, **more: bool
    ) -> contextlib.AbstractAsyncContextManager[Engine]:
        return watching(clock, data_plane, things, interval, rate, **more)

    return of


CallsOf = Callable[[int, float, float, float], list[tuple[float, str]]]


@pytest.fixture(scope="session")
def calls_of() -> CallsOf:
    """Who is asked when of so many things, at an interval, within a rate, in so many seconds.

    Every thing has something pending, so that none is asked less often after a while.
    """

    async def run(
        things: int, interval: float, rate: float, seconds: float
    ) -> list[tuple[float, str]]:
        clock = HandClock()
        data_plane = ScriptedDataPlane(clock)
        pending = PendingJobExecutions(queued=(JobExecutionSummary("job-1", Status.QUEUED),))
        data_plane.pending = {f"t{number}": pending for number in range(things)}
        begin = clock.now()
        async with watching(clock, data_plane, things, interval, rate):
            await clock.advance(seconds)
        return [(at - begin, name) for at, name in data_plane.asked]

    return lambda *how: asyncio.run(run(*how))
