"""Asks GetPendingJobExecutions for each thing, spread evenly, within the budget."""

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Done, Throttled
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.store import Store

if TYPE_CHECKING:
    # nothing is asked before the first frame
    from jobs_tui.service.data_plane import JobsDataPlane

LONGEST_WAIT_SECONDS = 60.0
"""The longest that a failing thing is left alone, unless it is refreshed less often anyway."""

UNDER_WAY_AT_MOST = 8

AT_ONCE = float("-inf")
"""The turn of a thing that was never asked, or that the user wants refreshed, also while paused."""

NOT_YET = float("inf")
"""The turn of a thing that is being asked, unless it is wanted once more meanwhile."""


@dataclass(slots=True)
class _Turn:
    due: float
    """Monotonic seconds."""
    failures: int = 0
    asking: bool = False


def wait_after(interval: float, failures: int, jitter: float) -> float:
    """Seconds until a thing is asked again, after so many failures in a row.

    `jitter` is a random number from 0 to 1; it moves a failing thing's turn by up to a quarter.
    """
    if failures == 0:
        return interval
    longest = max(interval, LONGEST_WAIT_SECONDS)
    return min(longest, interval * 2.0 ** min(failures, 16)) * (1 - jitter / 4)


class Refresher:
    """One loop for all things: the one that is longest due is asked first."""

    def __init__(
        self,
        store: Store,
        budget: CallBudget,
        clock: Clock,
        randomness: random.Random,
        interval: float,
    ) -> None:
        self._store = store
        self._budget = budget
        self._clock = clock
        self._random = randomness
        self.interval = interval
        """Seconds between two refreshes of a thing."""
        self.paused = False
        self._turns = {state.thing_name: _Turn(AT_ONCE) for state in store.things}
        self._wake = asyncio.Event()
        self._asking: set[asyncio.Task[None]] = set()

    def refresh_now(self, thing_name: str | None = None) -> None:
        """Ask for one thing, or all, as soon as the budget allows, also while paused."""
        names = self._turns if thing_name is None else [thing_name]
        for name in names:
            self._turns[name].due = AT_ONCE
        self._wake.set()

    def pause(self, *, paused: bool) -> None:
        """Stop or go on asking by itself."""
        self.paused = paused
        self._wake.set()

    def set_interval(self, seconds: float) -> None:
        """Ask each thing this often from now on."""
        self.interval = seconds
        now = self._clock.monotonic()
        for turn in self._turns.values():
            turn.due = min(turn.due, now + seconds)
        self._wake.set()

    async def run(self, data_plane: "JobsDataPlane") -> None:
        """Ask for ever; cancel it to stop."""
        try:
            while True:
                self._wake.clear()
                name = self._next()
                if name is None:
                    await self._rest()
                    continue
                self._turns[name].asking = True
                await self._budget.take()
                task = asyncio.create_task(self._ask(data_plane, name))
                self._asking.add(task)
                task.add_done_callback(self._asking.discard)
        finally:
            for task in tuple(self._asking):
                task.cancel()

    def _next(self) -> str | None:
        if len(self._asking) >= UNDER_WAY_AT_MOST:
            return None
        now = self._clock.monotonic()
        due = [
            (turn.due, name)
            for name, turn in self._turns.items()
            if not turn.asking and turn.due <= now and (turn.due == AT_ONCE or not self.paused)
        ]
        return min(due)[1] if due else None

    async def _rest(self) -> None:
        now = self._clock.monotonic()
        coming = [turn.due for turn in self._turns.values() if not turn.asking]
        if self.paused or not coming or len(self._asking) >= UNDER_WAY_AT_MOST:
            await self._wake.wait()
            return
        nap = asyncio.ensure_future(self._clock.sleep(max(0.0, min(coming) - now)))
        woken = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait((nap, woken), return_when=asyncio.FIRST_COMPLETED)
        finally:
            nap.cancel()
            woken.cancel()

    async def _ask(self, data_plane: "JobsDataPlane", name: str) -> None:
        from jobs_tui.domain.requests import (  # noqa: PLC0415 - after the first frame
            GetPendingJobExecutions,
        )

        turn = self._turns[name]
        turn.due = NOT_YET
        try:
            outcome = await data_plane.get_pending_job_executions(GetPendingJobExecutions(name))
        finally:
            turn.asking = False
        if isinstance(outcome, Done):
            turn.failures = 0
            self._budget.answered()
            self._store.record_answer(name, outcome)
        else:
            turn.failures += 1
            if isinstance(outcome, Throttled):
                self._budget.throttled()
            self._store.record_failure(name, outcome)
        if turn.due == NOT_YET:
            wait = wait_after(self.interval, turn.failures, self._random.random())
            turn.due = self._clock.monotonic() + wait
        self._wake.set()
