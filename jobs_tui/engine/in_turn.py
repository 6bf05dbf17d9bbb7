"""Asks the service many times because the user wants it: a few at once, within the call budget."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TypeVar

from jobs_tui.domain.clock import Clock
from jobs_tui.engine.call_budget import CallBudget

T = TypeVar("T")

AT_ONCE = 4
"""Calls that are under way at the same time."""

SHARE = 0.8
"""Of the calls per second in force; the rest is left to the refresher."""


class InTurn:
    """Spaces what it begins; stopped, it begins no more, and waits for what is under way."""

    def __init__(self, budget: CallBudget, clock: Clock) -> None:
        self._budget = budget
        self._clock = clock
        self._free_at = clock.monotonic()
        self.stopped = False
        """Whether it begins no more."""

    def stop(self) -> None:
        """Begin no more."""
        self.stopped = True

    async def run(self, items: Iterable[T], do: Callable[[T], Awaitable[object]]) -> None:
        """Do something for each of these, in order; returns when all that was begun has ended."""
        rest = iter(items)
        async with asyncio.TaskGroup() as work:
            for _ in range(AT_ONCE):
                work.create_task(self._work_off(rest, do))

    async def _work_off(self, rest: Iterator[T], do: Callable[[T], Awaitable[object]]) -> None:
        for item in rest:
            if not await self.turn():
                return
            await do(item)

    async def turn(self) -> bool:
        """Wait for the next moment at which something may begin; tells whether it still may."""
        if self.stopped:
            return False
        now = self._clock.monotonic()
        begins = max(now, self._free_at)
        self._free_at = begins + 1 / (SHARE * self._budget.rate)
        if begins > now:
            await self._clock.sleep(begins - now)
        return not self.stopped
