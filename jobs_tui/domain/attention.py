"""Which executions need a person: what is stuck, about to time out, or past its deadline."""

from enum import StrEnum
from typing import NamedTuple

from jobs_tui.domain.execution import JobExecutionSummary
from jobs_tui.domain.status import Status


class Attention(StrEnum):
    """Why an execution needs a person; the words are those on the screen."""

    OVERDUE = "overdue"
    DUE = "due"
    STUCK = "stuck"


class AttentionLimits(NamedTuple):
    """From when on an execution needs a person."""

    stuck_after: float = 30 * 60
    """Seconds in progress without an update."""
    due_within: float = 5 * 60
    """Seconds before the deadline."""


def attention(
    summary: JobExecutionSummary, deadline: float | None, now: float, limits: AttentionLimits
) -> Attention | None:
    """Why an execution needs a person at service time `now`, or None.

    A timer may fire up to a minute late, so a deadline can be past while the execution is listed.
    """
    if summary.status is not Status.IN_PROGRESS:
        return None
    if deadline is not None and deadline <= now:
        return Attention.OVERDUE
    if deadline is not None and deadline - now <= limits.due_within:
        return Attention.DUE
    if (silence := seconds_without_update(summary, now)) is not None:
        return Attention.STUCK if silence >= limits.stuck_after else None
    return None


def latest_report(summary: JobExecutionSummary) -> float | None:
    """When anybody last reported anything; None where the service told no time."""
    return summary.last_updated_at or summary.started_at


def seconds_without_update(summary: JobExecutionSummary, now: float) -> float | None:
    """Seconds since anybody reported anything; None where the service told no time."""
    latest = latest_report(summary)
    return None if latest is None else now - latest
