"""Reads the deadlines of what is in progress, for who is to be told before they pass."""

from __future__ import annotations

from collections.abc import Callable

from jobs_tui.domain.execution import ExecutionKey
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
        self._versions: dict[str, dict[ExecutionKey, int | None]] = {}
        """Of each thing: what is in progress, at the version that is listed."""
        self._wanted: dict[ExecutionKey, None] = {}
        self._allowed = True
        self._sleep = WakeableSleep(engine.clock)

    def want(self, state: ThingState) -> None:
        """Read what is in progress on a thing, as far as that was not wanted at its version."""
        if not self._allowed or state.pending is None:
            return
        before = self._versions.get(state.thing_name, {})
        versions = {state.key_of(each): each.version_number for each in state.pending.in_progress}
        self._versions[state.thing_name] = versions
        for key, version in versions.items():
            if key not in before or before[key] != version:
                self._wanted[key] = None
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
            if key in self._versions[key.thing_name]:
                await self._read(key)

    async def _wait_for_budgets(self) -> None:
        saved = self._engine.byte_budget
        while saved is not None and saved.free_in:
            await self._engine.clock.sleep(saved.free_in)
        await self._engine.budget.wait()

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
