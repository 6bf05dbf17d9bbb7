"""A clock in the test's hand, and a data plane in memory that counts what it is asked."""

import asyncio
import heapq

import pytest

from jobs_tui.domain.description import JobExecution, UpdatedJobExecution
from jobs_tui.domain.execution import PendingJobExecutions
from jobs_tui.domain.outcome import Done, Failure, Outcome
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
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
        self.closed = False

    async def get_pending_job_executions(
        self, request: GetPendingJobExecutions
    ) -> Outcome[PendingJobExecutions]:
        self.asked.append((self._clock.now(), request.thing_name))
        failure = self.answers.get(request.thing_name)
        return failure or Done(PendingJobExecutions(), self._clock.now())

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


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def data_plane(clock: HandClock) -> ScriptedDataPlane:
    return ScriptedDataPlane(clock)
