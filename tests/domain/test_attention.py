"""Which executions need a person, on both sides of every limit."""

import pytest

from jobs_tui.domain.attention import (
    Attention,
    AttentionLimits,
    attention,
    seconds_without_update,
)
from jobs_tui.domain.execution import JobExecutionSummary
from jobs_tui.domain.status import Status

NOW = 1_800_000_000.0
LIMITS = AttentionLimits(stuck_after=600, due_within=120)


def in_progress(updated_ago: float = 0, started_ago: float = 0) -> JobExecutionSummary:
    return JobExecutionSummary(
        "job", Status.IN_PROGRESS, started_at=NOW - started_ago, last_updated_at=NOW - updated_ago
    )


@pytest.mark.parametrize(
    ("deadline", "why"),
    [
        (NOW - 1, Attention.OVERDUE),
        (NOW, Attention.OVERDUE),
        (NOW + 1, Attention.DUE),
        (NOW + 120, Attention.DUE),
        (NOW + 121, None),
        (None, None),
    ],
)
def test_a_deadline_is_past_or_near_or_far(deadline: float | None, why: Attention | None) -> None:
    assert attention(in_progress(), deadline, NOW, LIMITS) is why


@pytest.mark.parametrize(
    ("updated_ago", "why"), [(599, None), (600, Attention.STUCK), (10**7, Attention.STUCK)]
)
def test_silence_is_stuck_from_the_limit_on(updated_ago: float, why: Attention | None) -> None:
    assert attention(in_progress(updated_ago), None, NOW, LIMITS) is why
    assert attention(in_progress(updated_ago), NOW + 1000, NOW, LIMITS) is why


def test_a_deadline_matters_more_than_silence() -> None:
    assert attention(in_progress(10**7), NOW + 1, NOW, LIMITS) is Attention.DUE
    assert attention(in_progress(10**7), NOW - 1, NOW, LIMITS) is Attention.OVERDUE


@pytest.mark.parametrize("status", [status for status in Status if status != "IN_PROGRESS"])
def test_what_is_not_in_progress_needs_nobody(status: Status) -> None:
    summary = JobExecutionSummary("job", status, queued_at=0, last_updated_at=0)
    assert attention(summary, NOW - 1, NOW, LIMITS) is None


def test_silence_counts_from_the_update_else_from_the_start_else_is_unknown() -> None:
    assert seconds_without_update(in_progress(updated_ago=5, started_ago=60), NOW) == 5
    started = JobExecutionSummary(
        "job", Status.IN_PROGRESS, queued_at=NOW - 99, started_at=NOW - 60
    )
    assert seconds_without_update(started, NOW) == 60
    unknown = JobExecutionSummary("job", Status.IN_PROGRESS, queued_at=NOW - 99)
    assert seconds_without_update(unknown, NOW) is None
    assert attention(unknown, None, NOW, LIMITS) is None
