"""The two timers of an execution: what the service told of them, and what this run knows besides.

The service tells only when the nearer of the two runs out, and not which one that is; a timer may
fire up to a minute late. The in-progress timer does not move; the step timer is set by whoever
starts or updates, and cannot outlive the other.
"""

from typing import NamedTuple

from jobs_tui.domain.requests import CANCEL_STEP_TIMER
from jobs_tui.domain.status import Status
from jobs_tui.engine.history import Versions, VersionSeen
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.views.durations import MINUTE, coarse, exact

ABOUT = 60.0
"""Seconds by which what the service tells, which is approximate, may differ from what was set."""

FINE_BELOW = 2 * MINUTE
FINE_STEP = 10

STEP, IN_PROGRESS = "step timer", "in-progress timer"
EITHER = "in-progress or step timer, the service does not tell which"
LATE = "it may fire up to a minute late"


class Timers(NamedTuple):
    """What is known of both; moments are service time."""

    nearest: float | None
    """When the nearer one runs out, as the service told; None where it told of none."""
    which: str = EITHER
    """Which one that is, as far as it can be known."""
    set_by_us: VersionSeen | None = None
    """The latest version in which this run set or cancelled the step timer."""
    perhaps_replaced: bool = False
    """Whether others made versions since, which may have set another."""
    step: float | None = None
    """When the step timer runs out that this run has set."""
    in_progress_after: float | None = None
    """Before when the in-progress timer does not run out, where that tells more than `nearest`."""


def timers_of(described: Described, versions: Versions | None) -> Timers:
    """What is known of the timers of an execution."""
    nearest = described.deadline
    ours = _latest_set_by_us(versions)
    if versions is None or described.execution.status is not Status.IN_PROGRESS:
        return Timers(nearest)
    replaced = ours is not None and _others_since(versions, ours)
    step = None
    if ours is not None and ours.step_timeout not in (None, CANCEL_STEP_TIMER):
        step = (ours.at or described.read_at) + 60 * (ours.step_timeout or 0)
    later = versions.latest_deadline
    if later is None or nearest is None or later - nearest <= ABOUT:
        later = None
    which = EITHER
    if later is not None:
        # the in-progress timer does not move, and was told to run out later than this
        which = STEP
    elif nearest is not None and not replaced:
        which = _which(nearest, step, versions, ours)
    return Timers(nearest, which, ours, replaced, step, later)


def countdown(seconds: float, *, sparing: bool = False) -> str:
    """How long until a timer runs out: coarse, and in steps of ten seconds in the last minutes."""
    if seconds >= FINE_BELOW or sparing:
        return coarse(seconds)
    return exact(seconds // FINE_STEP * FINE_STEP) if seconds >= FINE_STEP else "<10 s"


def nearest_words(timers: Timers, status: Status, now: float, *, sparing: bool = False) -> str:
    """When the nearer timer runs out, and which one it is."""
    if timers.nearest is None:
        return "no timer is running" if status is Status.IN_PROGRESS else "no timer runs yet"
    left = timers.nearest - now
    if left <= 0:
        return f"ran out {coarse(-left)} ago: {timers.which}; {LATE}"
    return f"in {countdown(left, sparing=sparing)}: {timers.which}; {LATE}"


def step_words(timers: Timers, now: float, *, sparing: bool = False) -> str:
    """What this run knows of the step timer."""
    ours = timers.set_by_us
    if ours is None:
        return "not set by us; whether another set one is not known"
    told = f"set by us to {ours.step_timeout} min with v{ours.number}"
    if timers.step is None:
        told = f"cancelled by us with v{ours.number}"
    elif timers.nearest is None or timers.step - timers.nearest > ABOUT or timers.perhaps_replaced:
        told += f", {_left(timers.step, now, sparing=sparing)}"
    return f"{told}; others may have set another since" if timers.perhaps_replaced else told


def _left(at: float, now: float, *, sparing: bool) -> str:
    if at <= now:
        return f"until {coarse(now - at)} ago"
    return f"for {countdown(at - now, sparing=sparing)} more"


def _latest_set_by_us(versions: Versions | None) -> VersionSeen | None:
    seen = versions.seen if versions else ()
    return next((each for each in reversed(seen) if each.step_timeout is not None), None)


def _others_since(versions: Versions, ours: VersionSeen) -> bool:
    """Whether any version after this one is not ours, or was not seen."""
    return any(
        each.number > ours.number and (each.change is None or versions.missing_before(index))
        for index, each in enumerate(versions.seen)
    )


def _which(nearest: float, step: float | None, versions: Versions, ours: VersionSeen | None) -> str:
    if step is not None:
        if abs(nearest - step) <= ABOUT:
            return STEP
        return IN_PROGRESS if nearest < step else EITHER
    cancelled = ours is not None
    return IN_PROGRESS if cancelled or _all_ours(versions) else EITHER


def _all_ours(versions: Versions) -> bool:
    """Whether every version since it was queued is ours, so that nobody else set a timer."""
    first, *others = versions.seen
    return first.status is Status.QUEUED and not any(
        each.change is None or versions.missing_before(index)
        for index, each in enumerate(others, start=1)
    )
