"""When things may be asked where bytes are spared: at once what the user wants, else as they allow."""

import math

from jobs_tui.domain.clock import Clock
from jobs_tui.engine.byte_budget import ByteBudget
from jobs_tui.engine.refreshing.schedule import Schedule

UNDER_WAY = 2
"""Calls under way at once, and one of what nobody asked for.

Each more takes a connection of its own, and a hand-shake weighs as much as ten calls.
"""


class Sparing:
    """Stands between the schedule and the refresher."""

    def __init__(self, budget: ByteBudget, interval: float, usual: float, clock: Clock) -> None:
        self._budget = budget
        self._clock = clock
        self.interval = interval
        """Seconds between two refreshes of a thing, as it was when this began."""
        self.usual = usual
        """The same before."""

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
