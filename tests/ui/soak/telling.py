"""What a soak has found, in words: what was done, and each bound with its first and last figure."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from jobs_tui.engine.notices import KEPT as NOTICES_KEPT
from jobs_tui.engine.store import CHANGES_KEPT
from soak.census import Census
from soak.soak import WARM_UP, Report


class Bound(NamedTuple):
    """How much a figure of the census may be."""

    figure: str
    growth: float | None = None
    """By how much the last ones may be more than the first ones after the warm-up."""
    most: float | None = None
    """What it may never be more than."""


BOUNDS = (
    Bound("memory_mb", growth=24.0),
    Bound("objects", growth=12_000),
    Bound("files", growth=12, most=80),
    Bound("tasks", growth=12, most=150),
    Bound("threads", growth=2, most=16),
    Bound("screens", growth=0, most=1),
    Bound("widgets", growth=4, most=60),
    Bound("nodes", growth=8, most=80),
    Bound("cached", most=60_000),
    Bound("notices", most=NOTICES_KEPT),
    # and those that are not settled
    Bound("changes", most=CHANGES_KEPT + 50),
    Bound("described", most=600),
    Bound("listeners", growth=0, most=10),
    Bound("noted", most=CHANGES_KEPT + 200),
)


class Figures(NamedTuple):
    """A figure at the beginning, at the end, and at its highest."""

    first: float
    last: float
    highest: float


def figures_of(name: str, censuses: Sequence[Census]) -> Figures:
    """Medians of the first and the last few, once the program is warm."""
    values = [float(getattr(each, name)) for each in censuses]
    warm = values[WARM_UP:] or values
    few = max(1, len(warm) // 4)
    return Figures(median(warm[:few]), median(warm[-few:]), max(values))


def broken_bounds(report: Report) -> list[str]:
    """The bounds that do not hold, in words."""
    return [words for words, holds in _bounds(report) if not holds]


def lines_of(report: Report) -> list[str]:
    """All of it."""
    faults = ", ".join(f"{kind} {count}" for kind, count in sorted(report.faults.items()))
    changes = ", ".join(f"{state} {count}" for state, count in report.changes.most_common())
    calls = ", ".join(f"{name} {count:,}" for name, count in report.calls.most_common())
    return [
        f"seed {report.plan.seed}, {report.plan.things} things",
        f"{report.hours:.2f} hours, {report.steps:,} steps",
        f"calls {sum(report.calls.values()):,}: {calls}",
        f"faults {sum(report.faults.values()):,}: {faults}",
        f"changes asked for {sum(report.changes.values())}: {changes}",
        f"  in {report.attempts} attempts; {report.in_doubt} were in doubt on the way",
        f"versions made by us {report.steps_by_us}, by others {report.steps_by_others:,}",
        f"ways out found by the monkey {report.wanted_to_leave}",
        f"peak memory {report.peak_mb:.0f} MB",
        f"{'':<12}{'first':>10}{'last':>10}{'highest':>10}",
        *(words for words, _ in _bounds(report)),
        f"contradictions between journal and account: {len(report.contradictions)}",
        *report.contradictions,
        f"lines in which a fresh start shows something else: {len(report.differences)}",
        *report.differences,
    ]


def _bounds(report: Report) -> Iterator[tuple[str, bool]]:
    for bound in BOUNDS:
        found = figures_of(bound.figure, report.censuses)
        words = f"{bound.figure:<12}" + "".join(f"{each:>10,.0f}" for each in found)
        holds = True
        if bound.growth is not None:
            holds = found.last - found.first <= bound.growth
            words += f"   grows by {bound.growth:,g} at most"
        if bound.most is not None:
            holds &= found.highest <= bound.most
            words += f"   never above {bound.most:,g}"
        yield (words if holds else f"{words}   BROKEN"), holds
