"""Asks for the pending executions of some things once, as fast as the budget lets."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from typing import NamedTuple

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.execution import PendingJobExecutions
from jobs_tui.domain.outcome import Done, Outcome, Throttled
from jobs_tui.domain.requests import GetPendingJobExecutions
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.service.data_plane import JobsDataPlane

CALLS_AT_ONCE = 8

ASK_AGAIN_AFTER = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each further try of a call that was throttled."""


class Asked(NamedTuple):
    """What became of asking for one thing."""

    thing_name: str
    outcome: Outcome[PendingJobExecutions]


async def ask_once(
    link: JobsDataPlane, things: Iterable[str], calls_per_second: float, clock: Clock
) -> AsyncGenerator[Asked, None]:
    """Ask for each of the things, and tell what came, in their order.

    What is throttled is asked again after a pause; what fails otherwise is told as it is.
    """
    budget = CallBudget(calls_per_second, clock)

    async def ask(thing_name: str) -> Asked:
        request = GetPendingJobExecutions(thing_name)
        for pause in (*ASK_AGAIN_AFTER, None):
            sent_at = await budget.take()
            outcome = await link.get_pending_job_executions(request)
            if isinstance(outcome, Done):
                budget.answered(sent_at)
            if not isinstance(outcome, Throttled) or pause is None:
                break
            budget.throttled(sent_at)
            await clock.sleep(pause)
        return Asked(thing_name, outcome)

    running: deque[asyncio.Task[Asked]] = deque()
    try:
        for thing_name in things:
            running.append(asyncio.create_task(ask(thing_name)))
            if len(running) == CALLS_AT_ONCE:
                yield await running.popleft()
        while running:
            yield await running.popleft()
    finally:
        for task in running:
            task.cancel()
