"""Executions as records: which is which, what a full list hides, what is never printed."""

import pytest

from jobs_tui.domain.description import JobExecution, JobExecutionState, UpdatedJobExecution
from jobs_tui.domain.execution import (
    PENDING_LIST_LIMIT,
    ExecutionKey,
    JobExecutionSummary,
    PendingJobExecutions,
)
from jobs_tui.domain.status import Status


def summaries(count: int, status: Status) -> tuple[JobExecutionSummary, ...]:
    return tuple(JobExecutionSummary(f"{status}-{number}", status) for number in range(count))


def pending(in_progress: int, queued: int) -> PendingJobExecutions:
    return PendingJobExecutions(
        summaries(in_progress, Status.IN_PROGRESS), summaries(queued, Status.QUEUED)
    )


def test_what_is_in_progress_comes_before_what_is_queued() -> None:
    assert [summary.job_id for summary in pending(1, 2)] == [
        "IN_PROGRESS-0",
        "QUEUED-0",
        "QUEUED-1",
    ]


@pytest.mark.parametrize(
    ("in_progress", "queued", "capped"),
    [
        (0, 0, False),
        (0, PENDING_LIST_LIMIT - 1, False),
        (1, PENDING_LIST_LIMIT - 2, False),
        (0, PENDING_LIST_LIMIT, True),
        (PENDING_LIST_LIMIT, 0, True),
        (1, PENDING_LIST_LIMIT - 1, True),
        (5, PENDING_LIST_LIMIT, True),
    ],
)
def test_a_list_as_long_as_the_service_makes_it_may_hide_more(
    in_progress: int, queued: int, *, capped: bool
) -> None:
    executions = pending(in_progress, queued)
    assert len(executions) == in_progress + queued
    assert executions.capped is capped


def test_a_retry_of_the_same_job_is_another_execution() -> None:
    first = JobExecution("job", "thing", Status.FAILED, execution_number=1)
    retry = JobExecution("job", "thing", Status.QUEUED, execution_number=2)
    assert first.key == ExecutionKey("thing", "job", 1)
    assert first.key != retry.key


def test_an_execution_stays_the_same_one_whatever_changes_in_it() -> None:
    before = JobExecution("job", "thing", Status.QUEUED, version_number=1, execution_number=7)
    after = JobExecution(
        "job", "thing", Status.IN_PROGRESS, {"a": "b"}, version_number=2, execution_number=7
    )
    assert len({before.key, after.key}) == 1


def test_a_job_document_is_not_in_the_representation_of_what_carries_it() -> None:
    document = '{"url": "https://b/k?X-Amz-Signature=5ec7e7"}'
    execution = JobExecution("job", "thing", Status.QUEUED, job_document=document)
    updated = UpdatedJobExecution(JobExecutionState(Status.FAILED), job_document=document)
    assert "5ec7e7" not in repr(execution)
    assert "5ec7e7" not in repr(updated)
