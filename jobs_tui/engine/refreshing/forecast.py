"""How long a round takes, and how often a thing is asked, as things stand.

Each class has a demand in calls per second. Where it gets less, every thing in it waits for as long
as it takes that what is left of the demand fits.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jobs_tui.engine.refreshing.turn_queue import (
    CHANGED,
    ON_SCREEN,
    REST,
    SHARE,
    SHARE_OF_FIRST_ROUND,
    Turn,
)

STEPS_AT_MOST = 60
CLOSE_ENOUGH = 1e-6
WORTH_RECKONING = 0.01
"""The part by which the calls per second must have moved for everything to be reckoned again."""

Intervals = Mapping[float, int]
"""How many things should have which interval, in seconds."""


class Round(NamedTuple):
    """How far the first round has come."""

    answered: int
    """Things that were asked at least once, also those of which that failed."""
    total: int
    """Things to ask: all but those that were paused before they were ever asked."""
    seconds_left: float
    """At the pace in force, once nothing is paused and the endpoint is there."""


def demand(intervals: Intervals) -> float:
    """Calls per second that things with these intervals want."""
    return sum(count / interval for interval, count in intervals.items())


def granted(
    demands: Sequence[float], rate: float, rest_share: float = SHARE
) -> tuple[float, float, float]:
    """Calls per second that can go to what is on screen, what changed lately, and the rest.

    `demands` are in this order, and so are the results, which may be more than was wanted.
    `rest_share` is the part of all calls that the rest gets at least if it wants as much.
    """
    on_screen, changed, rest = demands
    kept_for_changed, kept_for_rest = min(changed, rate * SHARE), min(rest, rate * rest_share)
    first = rate - kept_for_changed - kept_for_rest
    second = rate - min(on_screen, first) - kept_for_rest
    third = rate - min(on_screen, first) - min(changed, second)
    return first, second, third


def lag(intervals: Intervals, rate: float) -> float:
    """Seconds by which each interval is longer than wanted at so many calls per second.

    The root of a falling, convex function, so that Newton's steps from 0 never go past it.
    """
    if not intervals:
        return 0.0
    seconds = 0.0
    for _ in range(STEPS_AT_MOST):
        excess = sum(count / (each + seconds) for each, count in intervals.items()) - rate
        if excess <= rate * CLOSE_ENOUGH:
            break
        slope = sum(count / (each + seconds) ** 2 for each, count in intervals.items())
        seconds += excess / slope
    return seconds


class Forecast:
    """Keeps how many things of each class should have which interval."""

    def __init__(self, things: int, interval: float) -> None:
        """Make it for so many things that are new, all with this interval."""
        self._intervals: dict[int, dict[float, int]] = {ON_SCREEN: {}, CHANGED: {}, REST: {}}
        if things:
            self._intervals[REST][interval] = things
        self._stale = True
        self._rate = 0.0
        self._lags: dict[int, float] = {}

    def count(self, turn: Turn, change: int) -> None:
        """Count a thing in by 1, or out by -1; those that are paused do not count."""
        intervals = self._intervals[turn.natural]
        number = intervals.get(turn.interval, 0) + change
        if number:
            intervals[turn.interval] = number
        else:
            del intervals[turn.interval]
        self._stale = True

    def interval_of(self, turn: Turn, rate: float) -> float:
        """Seconds between two refreshes of a thing at so many calls per second for all."""
        self._reckon(rate)
        return turn.interval + self._lags[turn.natural]

    def round_seconds(self, rate: float) -> float:
        """Seconds in which each thing is asked at least once; 0 where none is to be."""
        self._reckon(rate)
        longest = (
            max(intervals) + self._lags[place]
            for place, intervals in self._intervals.items()
            if intervals
        )
        return max(longest, default=0.0)

    def seconds_for(self, on_screen: int, rest: int, rate: float) -> float:
        """Seconds until so many things that were never asked are."""
        if not rest:
            return on_screen / rate
        watched, changed = (demand(self._intervals[place]) for place in (ON_SCREEN, CHANGED))
        available = granted((watched, changed, math.inf), rate, SHARE_OF_FIRST_ROUND)
        return on_screen / rate + rest / available[2]

    def _reckon(self, rate: float) -> None:
        if not self._stale and abs(rate - self._rate) <= WORTH_RECKONING * rate:
            return
        places = (ON_SCREEN, CHANGED, REST)
        demands = [demand(self._intervals[place]) for place in places]
        self._lags = {
            place: lag(self._intervals[place], available)
            for place, available in zip(places, granted(demands, rate), strict=True)
        }
        self._rate, self._stale = rate, False
