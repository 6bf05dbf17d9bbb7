"""What a benchmark finds: figures, each with what it was compared with and the bar to meet."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from plots import Plot


class BenchmarkError(Exception):
    """There is no figure: a program died or hangs; the message is for whoever runs the command."""


class Side(StrEnum):
    """On which side of the bar a figure has to be."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Bar:
    """What is asked of a figure."""

    side: Side
    limit: float

    def met_by(self, value: float) -> bool:
        """Whether a figure is on the right side."""
        return value <= self.limit if self.side is Side.AT_MOST else value >= self.limit


def at_most(limit: float) -> Bar:
    """A bar for what should be small."""
    return Bar(Side.AT_MOST, limit)


def at_least(limit: float) -> Bar:
    """A bar for what should be large."""
    return Bar(Side.AT_LEAST, limit)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table."""

    what: str
    value: float
    """What the bar is about: a ratio, or a quantity with a unit."""
    unit: str = ""
    bar: Bar | None = None
    ours: str = ""
    """What was measured of the program, as words."""
    beside: str = ""
    """The same of what it is compared with."""
    low: float | None = None
    high: float | None = None
    """The smallest and largest value of a round."""

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None without one."""
        return None if self.bar is None else self.bar.met_by(self.value)


class Found(NamedTuple):
    """What a benchmark found."""

    figures: Sequence[Figure]
    plots: Sequence[Plot] = ()


def ratio(
    what: str,
    ours: Sequence[float],
    beside: Sequence[float],
    words: str,
    bar: Bar | None = None,
    *,
    of_speed: bool = False,
) -> Figure:
    """The median of the ratios of each round.

    `words` formats what was measured, as in `{:.0f} ms`; with `of_speed` the measured are times and
    the ratio that of their inverses.
    """
    pairs = list(zip(ours, beside, strict=True))
    ratios = [theirs / own if of_speed else own / theirs for own, theirs in pairs]
    return Figure(
        what,
        statistics.median(ratios),
        bar=bar,
        ours=words.format(statistics.median(ours)),
        beside=words.format(statistics.median(beside)),
        low=min(ratios),
        high=max(ratios),
    )


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that is not exceeded by this share of them; raises ValueError for none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
