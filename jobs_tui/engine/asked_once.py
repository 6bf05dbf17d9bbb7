"""Asks for pending executions, or reads some, once and as fast as the budget lets."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from typing import NamedTuple, TypeVar

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey, PendingJobExecutions
from jobs_tui.domain.outcome import Done, Outcome, Throttled
from jobs_tui.domain.requests import DescribeJobExecution, GetPendingJobExecutions
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.service.data_plane import JobsDataPlane

Subject = TypeVar("Subject")
Value = TypeVar("Value")

CALLS_AT_ONCE = 8

ASK_AGAIN_AFTER = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each further try of a call that was throttled."""


class Asked(NamedTuple):
    """What became of asking for one thing."""

    thing_name: str
    outcome: Outcome[PendingJobExecutions]


class Read(NamedTuple):
    """What became of reading one execution."""

    key: ExecutionKey
    outcome: Outcome[JobExecution | None]


async def ask_once(
    link: JobsDataPlane, things: Iterable[str], calls_per_second: float, clock: Clock
) -> AsyncGenerator[Asked, None]:
    """Ask for each of the things, and tell what came, in their order.

    What is throttled is asked again after a pause; what fails otherwise is told as it is.
    """

    async def ask(thing_name: str) -> Outcome[PendingJobExecutions]:
        return await link.get_pending_job_executions(GetPendingJobExecutions(thing_name))

    answers: AsyncGenerator[tuple[str, Outcome[PendingJobExecutions]], None]
    async with aclosing(_in_order(things, ask, calls_per_second, clock)) as answers:
        async for thing_name, outcome in answers:
            yield Asked(thing_name, outcome)


async def read_once(
    link: JobsDataPlane, keys: Iterable[ExecutionKey], calls_per_second: float, clock: Clock
) -> AsyncGenerator[Read, None]:
    """Read each of the executions without its document, in the same way."""

    async def read(key: ExecutionKey) -> Outcome[JobExecution | None]:
        return await link.describe_job_execution(DescribeJobExecution(*key))

    answers: AsyncGenerator[tuple[ExecutionKey, Outcome[JobExecution | None]], None]
    async with aclosing(_in_order(keys, read, calls_per_second, clock)) as answers:
        async for key, outcome in answers:
            yield Read(key, outcome)


async def _in_order(
    subjects: Iterable[Subject],
    ask: Callable[[Subject], Awaitable[Outcome[Value]]],
    calls_per_second: float,
    clock: Clock,
) -> AsyncGenerator[tuple[Subject, Outcome[Value]], None]:
    budget = CallBudget(calls_per_second, clock)

    async def asked(subject: Subject) -> tuple[Subject, Outcome[Value]]:
        for pause in (*ASK_AGAIN_AFTER, None):
            sent_at = await budget.take()
            outcome = await ask(subject)
            if isinstance(outcome, Done):
                budget.answered(sent_at)
            if not isinstance(outcome, Throttled) or pause is None:
                break
            budget.throttled(sent_at)
            await clock.sleep(pause)
        return subject, outcome

    running: deque[asyncio.Task[tuple[Subject, Outcome[Value]]]] = deque()
    try:
        for subject in subjects:
            running.append(asyncio.create_task(asked(subject)))
            if len(running) == CALLS_AT_ONCE:
                yield await running.popleft()
        while running:
            yield await running.popleft()
    finally:
        for task in running:
            task.cancel()
