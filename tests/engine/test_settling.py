"""What an answer, or a read after none came, proves about a change."""

import pytest

from jobs_tui.domain.execution import JobExecution, JobExecutionState
from jobs_tui.domain.outcome import (
    Conflict,
    Done,
    NotAllowed,
    NotConfirmed,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.settling import (
    verdict_by_reading,
    verdict_of_failed_answer,
    verdict_of_start,
    verdict_of_update,
)

UPDATE = UpdateJobExecution("gw", "fw", Status.FAILED, {"reason": "disk"}, expected_version=4)
START = StartNextPendingJobExecution("gw")


def execution(status: Status, version: int, **members: object) -> JobExecution:
    return JobExecution("fw", "gw", status, version_number=version, execution_number=1, **members)


SEEN = execution(Status.IN_PROGRESS, 4)
QUEUED = execution(Status.QUEUED, 1)


def changed(
    request: UpdateJobExecution | StartNextPendingJobExecution, seen: JobExecution
) -> Change:
    return Change(1, request, seen, asked_at=1000.0)


def test_an_answer_with_the_wanted_status_confirms() -> None:
    verdict = verdict_of_update(JobExecutionState(Status.FAILED, version_number=5), UPDATE)
    assert verdict.state is ChangeState.CONFIRMED
    assert "5" in verdict.explanation


def test_an_answer_with_another_status_confirms_nothing() -> None:
    verdict = verdict_of_update(JobExecutionState(Status.IN_PROGRESS), UPDATE)
    assert verdict.state is ChangeState.NOT_CONFIRMED


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (Conflict("Expected version 4 but found version 6"), ChangeState.CONFLICT),
        (NotConfirmed("no answer"), ChangeState.NOT_CONFIRMED),
        (Unreachable("refused"), ChangeState.NOT_SENT),
        (Throttled("rate"), ChangeState.NOT_SENT),
        (Refused("no"), ChangeState.REFUSED),
        (NotAllowed("no"), ChangeState.REFUSED),
    ],
)
def test_each_failure_has_its_state(failure: Refused, state: ChangeState) -> None:
    assert verdict_of_failed_answer(failure).state is state


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (execution(Status.FAILED, 5, status_details={"reason": "disk"}), ChangeState.CONFIRMED),
        (execution(Status.FAILED, 5, status_details={"reason": "x"}), ChangeState.CONFLICT),
        (execution(Status.IN_PROGRESS, 5), ChangeState.CONFLICT),
        (execution(Status.FAILED, 6, status_details={"reason": "disk"}), ChangeState.CONFLICT),
        (execution(Status.IN_PROGRESS, 4), ChangeState.DID_NOT_LAND),
    ],
)
def test_a_read_settles_an_update(standing: JobExecution, state: ChangeState) -> None:
    verdict = verdict_by_reading(changed(UPDATE, SEEN), Done(standing))
    assert verdict is not None
    assert verdict.state is state


@pytest.mark.parametrize("code", ["TerminalStateException", "ResourceNotFoundException"])
def test_a_finished_execution_leaves_open_who_finished_it(code: str) -> None:
    verdict = verdict_by_reading(changed(UPDATE, SEEN), Refused("gone", code=code))
    assert verdict is not None
    assert verdict.state is ChangeState.NOT_CONFIRMABLE


@pytest.mark.parametrize(
    "read", [Unreachable("refused"), Throttled("rate"), NotConfirmed("html"), NotAllowed("no")]
)
def test_a_read_that_fails_proves_nothing(read: Unreachable) -> None:
    assert verdict_by_reading(changed(UPDATE, SEEN), read) is None


@pytest.mark.parametrize(
    ("seen", "started", "state"),
    [
        (QUEUED, execution(Status.IN_PROGRESS, 2), ChangeState.CONFIRMED),
        (SEEN, SEEN, ChangeState.NOTHING_STARTED),
        (QUEUED, execution(Status.IN_PROGRESS, 3), ChangeState.NOTHING_STARTED),
        (None, None, ChangeState.NOTHING_STARTED),
        (None, execution(Status.IN_PROGRESS, 2, started_at=1000.0), ChangeState.CONFIRMED),
        (None, execution(Status.IN_PROGRESS, 2, started_at=500.0), ChangeState.NOTHING_STARTED),
    ],
)
def test_a_start_is_told_from_one_in_progress_already(
    seen: JobExecution | None, started: JobExecution | None, state: ChangeState
) -> None:
    assert verdict_of_start(started, seen, START, asked_at=1000.5).state is state


def test_a_start_that_another_agent_made_is_not_called_ours() -> None:
    ours = StartNextPendingJobExecution("gw", {"by": "us"})
    theirs = execution(Status.IN_PROGRESS, 2, status_details={"by": "agent"})
    assert verdict_of_start(theirs, QUEUED, ours, 1000.0).state is ChangeState.NOTHING_STARTED


def test_a_start_of_which_the_read_shows_the_job_still_queued_did_not_land() -> None:
    verdict = verdict_by_reading(changed(START, QUEUED), Done(QUEUED))
    assert verdict is not None
    assert verdict.state is ChangeState.DID_NOT_LAND
