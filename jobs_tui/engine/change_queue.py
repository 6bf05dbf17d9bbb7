"""Sends changes, one at a time per thing, and settles by reading what no answer confirmed."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.execution import JobExecution
from jobs_tui.domain.outcome import Done, Refused
from jobs_tui.domain.requests import NEXT_JOB, DescribeJobExecution, StartNextPendingJobExecution
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.change import Change, ChangeRequest, ChangeState, Verdict
from jobs_tui.engine.settling import (
    verdict_by_reading,
    verdict_of_failed_answer,
    verdict_of_start,
    verdict_of_update,
)
from jobs_tui.engine.store import Store
from jobs_tui.service.data_plane import JobsDataPlane

READ_AGAIN_AFTER = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before each read that tries to settle a change; the last one repeats."""


class ChangeQueue:
    """Every change ends in one of the settled states, or stays visibly not confirmed."""

    def __init__(
        self, store: Store, budget: CallBudget, clock: Clock, refresh: Callable[[str], None]
    ) -> None:
        self._store = store
        self._budget = budget
        self._clock = clock
        self._refresh = refresh
        self._count = 0
        self._writers: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._settling: set[asyncio.Task[None]] = set()

    @property
    def unsettled(self) -> tuple[Change, ...]:
        """The changes of which it is not known what became of them."""
        return tuple(change for change in self._store.changes if not change.state.settled)

    async def submit(
        self, data_plane: JobsDataPlane, request: ChangeRequest, based_on: JobExecution | None
    ) -> Change:
        """Send a change once and tell what its answer proves; settling goes on by itself.

        The caller has checked the request and shown it to the user.
        """
        self._count += 1
        change = Change(self._count, request, based_on, self._store.service_now())
        self._store.record_change(change)
        async with self._writers[request.thing_name]:
            self._budget.count()
            verdict = await self._send(data_plane, change)
            if verdict.state in (ChangeState.REFUSED, ChangeState.CONFLICT):
                verdict = await self._with_standing(data_plane, change, verdict)
        change = self._conclude(change, verdict)
        if not change.state.settled:
            task = asyncio.create_task(self._settle(data_plane, change))
            self._settling.add(task)
            task.add_done_callback(self._settling.discard)
        return change

    def stop(self) -> None:
        """Give up settling; what is unsettled stays so."""
        for task in tuple(self._settling):
            task.cancel()

    async def _send(self, data_plane: JobsDataPlane, change: Change) -> Verdict:
        request = change.request
        if isinstance(request, StartNextPendingJobExecution):
            started = await data_plane.start_next_pending_job_execution(request)
            if isinstance(started, Done):
                return verdict_of_start(started.value, change.based_on, request, change.asked_at)
            return verdict_of_failed_answer(started)
        updated = await data_plane.update_job_execution(request)
        if isinstance(updated, Done):
            return verdict_of_update(updated.value.execution_state, request)
        return verdict_of_failed_answer(updated)

    async def _with_standing(
        self, data_plane: JobsDataPlane, change: Change, verdict: Verdict
    ) -> Verdict:
        self._budget.count()
        read = await data_plane.describe_job_execution(_reading(change))
        if isinstance(read, Done) and read.value is not None:
            return replace(verdict, standing=read.value)
        if isinstance(read, Refused):
            told = f"{verdict.explanation}; {read.reason}"
            return replace(verdict, explanation=told, advice=read.advice)
        return verdict

    async def _settle(self, data_plane: JobsDataPlane, change: Change) -> None:
        attempt = 0
        while not change.state.settled:
            await self._clock.sleep(READ_AGAIN_AFTER[min(attempt, len(READ_AGAIN_AFTER) - 1)])
            attempt += 1
            self._budget.count()
            read = await data_plane.describe_job_execution(_reading(change))
            verdict = verdict_by_reading(change, read)
            if verdict is not None:
                change = self._conclude(change, verdict)

    def _conclude(self, change: Change, verdict: Verdict) -> Change:
        settled = replace(
            change,
            state=verdict.state,
            explanation=verdict.explanation,
            advice=verdict.advice,
            standing=verdict.standing or change.standing,
        )
        if verdict.standing is not None:
            self._store.record_execution(verdict.standing)
        self._store.record_change(settled)
        self._refresh(change.thing_name)
        return settled


def _reading(change: Change) -> DescribeJobExecution:
    """The read that settles a change: of a start, what stands first now."""
    if isinstance(change.request, StartNextPendingJobExecution):
        return DescribeJobExecution(change.thing_name, NEXT_JOB)
    return DescribeJobExecution(
        change.thing_name, change.request.job_id, change.request.execution_number
    )
