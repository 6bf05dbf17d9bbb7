"""How many calls at once a line is good for, and how many a second come of that."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from jobs_tui.engine.call_budget import CallBudget

if TYPE_CHECKING:
    # only on thin lines
    from jobs_tui.engine.refreshing.sparing import Sparing

UNDER_WAY = 8
"""Calls under way at once at most where answers come fast: more would only wait for each other."""

UNDER_WAY_AT_MOST = 16
"""The same where the line is slow, and the budget allows more calls than 8 at once can make."""

SLOW_LINE_SECONDS = 0.05
"""Answers that take longer have spent most of that on the way."""

LATENCY_WEIGHT = 0.125
"""How much of the latency as reckoned the latest answer makes up."""


class Pace:
    """Learns from how long answers take."""

    def __init__(self, budget: CallBudget) -> None:
        self._budget = budget
        self._latency = 0.0
        self.under_way = UNDER_WAY
        """Calls that should be under way at once at most."""

    def answered_within(self, seconds: float) -> None:
        """Learn from a good answer."""
        if self._latency:
            seconds = self._latency + LATENCY_WEIGHT * (seconds - self._latency)
        self._latency = seconds
        needed = UNDER_WAY
        if seconds > SLOW_LINE_SECONDS:
            needed = min(UNDER_WAY_AT_MOST, max(needed, math.ceil(self._budget.rate * seconds)))
        self.under_way = needed

    def calls_per_second(self, sparing: Sparing | None) -> float:
        """As things stand: what the budgets allow, or what the latency lets through."""
        if sparing:
            return sparing.pace(self._budget.rate, self._latency)
        if not self._latency:
            return self._budget.rate
        return min(self._budget.rate, self.under_way / self._latency)
