"""When things may be asked where bytes are spared: at once what is wanted, else as they allow."""

import math

from jobs_tui.domain.clock import Clock
from jobs_tui.engine.byte_budget import ByteBudget
from jobs_tui.engine.refreshing.schedule import Schedule

UNDER_WAY = 2
"""Calls under way at once, and one of what nobody asked for.

Each more takes a connection of its own, and a hand-shake weighs as much as ten calls.
"""


INTERVAL_AT_LEAST = 15.0
"""Seconds between two refreshes of a thing on screen, unless the user sets fewer meanwhile."""


class Sparing:
    """Stands between the schedule and the refresher."""

    def __init__(self, budget: ByteBudget, clock: Clock) -> None:
        self._budget = budget
        self._clock = clock
        self._usual = self._longer = 0.0

    def begin(self, interval: float) -> float:
        """Seconds between two refreshes of a thing from now on, where they were so many before."""
        self._usual, self._longer = interval, max(interval, INTERVAL_AT_LEAST)
        return self._longer

    def end(self, interval: float) -> float:
        """The same once this is over: as before, or as the user has set it meanwhile."""
        return self._usual if interval == self._longer else interval

    @property
    def total(self) -> int:
        """Bytes that have gone over the wire."""
        return self._budget.total

    def called(self, total_before: int) -> None:
        """Learn from a call that has ended what calls take."""
        self._budget.called(total_before)

    def due(self, schedule: Schedule) -> float:
        """When something may be asked next; infinite until a call that is under way has ended."""
        if schedule.is_asked_for():
            return schedule.earliest() if schedule.under_way < UNDER_WAY else math.inf
        if schedule.under_way:
            return math.inf
        return max(schedule.earliest(), self._clock.monotonic() + self._budget.free_in)

    def pace(self, calls_per_second: float, latency: float) -> float:
        """Calls per second as things stand, of so many that the budget of calls allows."""
        pace = min(calls_per_second, self._budget.calls_per_second)
        return min(pace, 1 / latency) if latency else pace
