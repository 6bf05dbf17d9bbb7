"""How one thing stands, in counts: what a list of many things shows of it. Pure.

When it was last asked is left out, so that an answer without news changes nothing.
"""

from collections.abc import Callable
from enum import IntEnum
from math import inf, nextafter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jobs_tui.domain.attention import (
    Attention,
    AttentionLimits,
    attention,
    latest_report,
)
from jobs_tui.domain.execution import (
    ExecutionKey,
    JobExecutionSummary,
    PendingJobExecutions,
)
from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.thing_state import ThingState

if TYPE_CHECKING:
    # nothing is changed before the first frame
    from jobs_tui.engine.change import Change

NEVER = inf

LatestChange: TypeAlias = Callable[[ExecutionKey], "Change | None"]
"""Finds the latest change that is about an execution."""


class Need(IntEnum):
    """What a thing is shown for, the most urgent first."""

    CONFLICT = 0
    """A change met another writer, and that version still stands."""
    OVERDUE = 1
    STUCK = 2
    DUE = 3
    ERROR = 4
    """The latest round with it failed."""
    IN_PROGRESS = 5
    QUEUED = 6
    QUIET = 7
    """Nothing is pending."""
    UNKNOWN = 8
    """It was not asked yet."""

    @property
    def urgent(self) -> bool:
        """Whether it needs a person."""
        return self <= Need.ERROR


class Standing(NamedTuple):
    """How one thing stands."""

    thing_name: str
    need: Need = Need.UNKNOWN
    in_progress: int = 0
    queued: int = 0
    capped: bool = False
    """Whether there may be more than the service lists."""
    stuck: int = 0
    """In progress without an update for too long, or past the deadline."""
    overdue: int = 0
    """How many of the stuck ones are past the deadline."""
    conflicts: int = 0
    oldest: float | None = None
    """Service time at which the oldest pending execution was queued."""
    longest_silence: float | None = None
    """Service time of the latest update of the stuck execution that is silent for longest."""
    deadline: float | None = None
    """Service time of the nearest deadline, of those that are past or about to be."""
    failure: Failure | None = None

    @property
    def since(self) -> float:
        """Service time from which on it is shown for its need: of two alike, the longer first."""
        match self.need:
            case Need.OVERDUE | Need.DUE:
                since = self.deadline
            case Need.STUCK:
                since = self.longest_silence
            case _:
                since = self.oldest
        return since or 0.0


def standing_of(
    state: ThingState,
    latest_change: LatestChange | None,
    now: float,
    limits: AttentionLimits,
) -> tuple[Standing, float]:
    """How a thing stands at service time `now`, and from when on otherwise if only time passes.

    `latest_change` may be None where no change was asked for in this run.
    """
    pending = state.pending
    if pending is None:
        need = Need.UNKNOWN if state.failure is None else Need.ERROR
        return Standing(state.thing_name, need, failure=state.failure), NEVER
    as_of = state.as_of(now)
    stuck = overdue = conflicts = 0
    changes_at = NEVER
    longest_silence: float | None = None
    nearest: float | None = None
    most_urgent = Need.IN_PROGRESS if pending.in_progress else Need.QUIET
    for summary in pending.in_progress:
        deadline = state.deadline_of(summary)
        found = attention(summary, deadline, as_of, limits)
        changes_at = min(changes_at, _changes_at(summary, deadline, found, now, limits))
        if found is None:
            continue
        most_urgent = min(most_urgent, _NEEDS[found])
        stuck += found is not Attention.DUE
        overdue += found is Attention.OVERDUE
        if found is Attention.STUCK:
            longest_silence = _earlier(longest_silence, latest_report(summary))
        else:
            nearest = _earlier(nearest, deadline)
    if latest_change is not None:
        conflicts = sum(_in_conflict(state, summary, latest_change) for summary in pending)
    standing = Standing(
        thing_name=state.thing_name,
        need=_need(most_urgent, conflicts, state.failure, pending),
        in_progress=len(pending.in_progress),
        queued=len(pending.queued),
        capped=pending.capped,
        stuck=stuck,
        overdue=overdue,
        conflicts=conflicts,
        oldest=_oldest(pending),
        longest_silence=longest_silence,
        deadline=nearest,
        failure=state.failure,
    )
    # what only an earlier run saw stands as it did then, until the service answers
    return standing, NEVER if state.earlier_run else changes_at


_NEEDS = {
    Attention.OVERDUE: Need.OVERDUE,
    Attention.STUCK: Need.STUCK,
    Attention.DUE: Need.DUE,
}


def _need(
    of_executions: Need, conflicts: int, failure: Failure | None, pending: PendingJobExecutions
) -> Need:
    if conflicts:
        return Need.CONFLICT
    if failure is not None:
        return min(of_executions, Need.ERROR)
    return Need.QUEUED if of_executions is Need.QUIET and pending.queued else of_executions


def _earlier(moment: float | None, other: float | None) -> float | None:
    if moment is None or other is None:
        return other if moment is None else moment
    return min(moment, other)


def _oldest(pending: PendingJobExecutions) -> float | None:
    moments = [each.queued_at for each in pending.in_progress if each.queued_at]
    moments += [each.queued_at for each in pending.queued if each.queued_at]
    return min(moments, default=None)


def _changes_at(
    summary: JobExecutionSummary,
    deadline: float | None,
    found: Attention | None,
    now: float,
    limits: AttentionLimits,
) -> float:
    """The next moment at which `attention` says something else than it does now."""
    moment = NEVER
    if deadline is not None and found is not Attention.OVERDUE:
        moment = deadline if found is Attention.DUE else deadline - limits.due_within
    if found is None and (latest := latest_report(summary)) is not None:
        moment = min(moment, latest + limits.stuck_after)
    # what has not come yet lies ahead, whatever a sum of two moments was rounded to
    return max(moment, nextafter(now, inf))


def _in_conflict(
    state: ThingState, summary: JobExecutionSummary, latest_change: LatestChange
) -> bool:
    from jobs_tui.engine.change import ChangeState  # noqa: PLC0415 - where something was changed

    change = latest_change(state.key_of(summary))
    return (
        change is not None
        and change.state is ChangeState.CONFLICT
        and change.still_stands(summary.version_number)
    )
