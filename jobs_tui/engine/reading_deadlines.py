"""Reads the deadlines of what is in progress, for who is to be told before they pass."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary
from jobs_tui.domain.outcome import Failure, NotAllowed, NotConfirmed, Throttled, Unreachable
from jobs_tui.domain.requests import DescribeJobExecution
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.refreshing.wakeable_sleep import WakeableSleep
from jobs_tui.engine.thing_state import ThingState

TRY_AGAIN_SECONDS = 30.0
"""After a read that brought no answer."""

NEVER = float("inf")


class DeadlineReader:
    """One DescribeJobExecution for each version of an execution, one at a time, without documents.

    It waits for the budget of calls, and of bytes where they are spared. Where reading is not
    allowed, that is told once, and nothing more is asked.
    """

    def __init__(self, engine: Engine, tell_unread: Callable[[str, Failure], None]) -> None:
        """Read by this engine, into its store; `tell_unread` hears of which thing and why not."""
        self._engine = engine
        self._tell_unread = tell_unread
        self._wanted: dict[ExecutionKey, None] = {}
        self._allowed = True
        self._sleep = WakeableSleep(engine.clock)

    def want(self, state: ThingState) -> None:
        """Read what is in progress on a thing, as far as it was not read at its version."""
        if not self._allowed or state.pending is None:
            return
        for summary in state.pending.in_progress:
            if not _is_read(state, summary):
                self._wanted[state.key_of(summary)] = None
        if self._wanted:
            self._sleep.wake()

    async def run(self) -> None:
        """Read for ever."""
        while True:
            if not self._wanted or self._engine.refresher.away:
                await self._sleep.sleep_until(NEVER)
                continue
            await self._wait_for_budgets()
            key = next(iter(self._wanted))
            del self._wanted[key]
            if self._is_wanted(key):
                await self._read(key)

    async def _wait_for_budgets(self) -> None:
        saved = self._engine.byte_budget
        while saved is not None and saved.free_in:
            await self._engine.clock.sleep(saved.free_in)
        await self._engine.budget.wait()

    def _is_wanted(self, key: ExecutionKey) -> bool:
        state = self._engine.store.thing(key.thing_name)
        return any(
            state.key_of(each) == key and not _is_read(state, each)
            for each in (state.pending.in_progress if state.pending else ())
        )

    async def _read(self, key: ExecutionKey) -> None:
        outcome = await self._engine.describe(DescribeJobExecution(*key))
        if isinstance(outcome, NotAllowed):
            self._allowed = False
            self._wanted.clear()
            self._tell_unread(key.thing_name, outcome)
        elif isinstance(outcome, Throttled | Unreachable | NotConfirmed):
            if isinstance(outcome, Throttled):
                self._engine.budget.throttled()
            self._wanted[key] = None
            await self._engine.clock.sleep(TRY_AGAIN_SECONDS)
        else:
            # a good answer is in the store by now
            await asyncio.sleep(0)


def _is_read(state: ThingState, summary: JobExecutionSummary) -> bool:
    """Whether it was read at the version of its row, or at a later one that the list lacks yet."""
    found = state.described.get(state.key_of(summary))
    if found is None:
        return False
    return (found.execution.version_number or 0) >= (summary.version_number or 0)
