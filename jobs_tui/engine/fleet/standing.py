"""How one thing stands, in counts: what a list of many things shows of it. Pure.

When it was last asked is left out, so that an answer without news changes nothing.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from jobs_tui.domain.attention import (
    Attention,
    AttentionLimits,
    attention,
    seconds_without_update,
)
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.thing_state import ThingState

NEVER = float("inf")

LatestChange = Callable[[ExecutionKey], Change | None]
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
    conflicts: int = 0
    oldest: float | None = None
    """Service time at which the oldest pending execution was queued."""
    longest_silence: float | None = None
    """Service time of the latest update of the stuck execution that is silent for longest."""
    failure: Failure | None = None
    changes_at: float = NEVER
    """Service time at which it stands otherwise, if only time passes."""


def standing_of(
    state: ThingState, latest_change: LatestChange, now: float, limits: AttentionLimits
) -> Standing:
    """How a thing stands at service time `now`."""
    pending = state.pending
    if pending is None:
        need = Need.UNKNOWN if state.failure is None else Need.ERROR
        return Standing(state.thing_name, need, failure=state.failure)
    needs: set[Attention] = set()
    stuck, changes_at = 0, NEVER
    silent_since: float | None = None
    for summary in pending.in_progress:
        described = state.description_of(summary)
        deadline = described.deadline if described else None
        found = attention(summary, deadline, now, limits)
        if found is not None:
            needs.add(found)
        if found in (Attention.STUCK, Attention.OVERDUE):
            stuck += 1
            since = summary.last_updated_at or summary.started_at
            silent_since = min(silent_since or NEVER, since or NEVER)
        changes_at = min(changes_at, _changes_at(summary, deadline, now, limits))
    conflicts = sum(_in_conflict(state, summary, latest_change) for summary in pending)
    return Standing(
        thing_name=state.thing_name,
        need=_need(state, needs, conflicts),
        in_progress=len(pending.in_progress),
        queued=len(pending.queued),
        capped=pending.capped,
        stuck=stuck,
        conflicts=conflicts,
        oldest=min((each.queued_at for each in pending if each.queued_at), default=None),
        longest_silence=silent_since,
        failure=state.failure,
        changes_at=changes_at,
    )


def _need(state: ThingState, needs: set[Attention], conflicts: int) -> Need:
    if conflicts:
        return Need.CONFLICT
    for found, need in _OF_ATTENTION:
        if found in needs:
            return need
    if state.failure is not None:
        return Need.ERROR
    if state.pending and state.pending.in_progress:
        return Need.IN_PROGRESS
    return Need.QUEUED if state.pending else Need.QUIET


_OF_ATTENTION = (
    (Attention.OVERDUE, Need.OVERDUE),
    (Attention.STUCK, Need.STUCK),
    (Attention.DUE, Need.DUE),
)


def _changes_at(
    summary: JobExecutionSummary, deadline: float | None, now: float, limits: AttentionLimits
) -> float:
    """The next moment at which `attention` says something else of an execution in progress."""
    moments = [deadline, deadline - limits.due_within] if deadline is not None else []
    silence = seconds_without_update(summary, now)
    if silence is not None and summary.status is Status.IN_PROGRESS:
        moments.append(now - silence + limits.stuck_after)
    return min((moment for moment in moments if moment > now), default=NEVER)


def _in_conflict(
    state: ThingState, summary: JobExecutionSummary, latest_change: LatestChange
) -> bool:
    change = latest_change(state.key_of(summary))
    return (
        change is not None
        and change.state is ChangeState.CONFLICT
        and change.still_stands(summary.version_number)
    )
