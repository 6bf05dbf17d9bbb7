"""What an answer, or a read after none came, proves about a change."""

from dataclasses import replace

import pytest

from jobs_tui.domain.description import JobExecution, JobExecutionState
from jobs_tui.domain.outcome import (
    Conflict,
    Done,
    Failure,
    NotAllowed,
    NotConfirmed,
    Outcome,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import AttemptKind, Change, ChangeState, attempt_of
from jobs_tui.engine.settling import (
    left_by_an_earlier_run,
    verdict_before_late_send,
    verdict_by_reading,
    verdict_of_failed_send,
    verdict_of_update,
)
from jobs_tui.engine.settling_starts import verdict_of_start, verdict_of_started

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


def after(change: Change, *attempts: tuple[AttemptKind, Outcome[object]]) -> Change:
    """The change after these attempts."""
    made = tuple(attempt_of(kind, 1000.0, outcome) for kind, outcome in attempts)
    return replace(change, attempts=made)


LOST = (AttemptKind.SEND, NotConfirmed("no answer"))
GONE = Refused("terminal", code="TerminalStateException")


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (Conflict("Expected version 4 but found version 6"), ChangeState.CONFLICT),
        (NotConfirmed("no answer"), ChangeState.NOT_CONFIRMED),
        (Unreachable("refused"), ChangeState.WAITING),
        (Throttled("rate"), ChangeState.WAITING),
        (Refused("no"), ChangeState.REFUSED),
        (NotAllowed("no"), ChangeState.REFUSED),
    ],
)
def test_each_failure_of_a_first_send_has_its_state(failure: Failure, state: ChangeState) -> None:
    assert verdict_of_failed_send(changed(UPDATE, SEEN), failure).state is state


@pytest.mark.parametrize(
    "failure",
    [
        Conflict("Expected version 4 but found version 5"),
        NotConfirmed("no answer"),
        Unreachable("refused"),
        Throttled("rate"),
        Refused("no"),
        NotAllowed("no"),
    ],
)
def test_no_failure_ends_a_change_that_was_lost_before(failure: Failure) -> None:
    verdict = verdict_of_failed_send(after(changed(UPDATE, SEEN), LOST), failure)
    assert verdict.state is ChangeState.NOT_CONFIRMED


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (JobExecutionState(Status.FAILED, {"reason": "disk"}, 5), ChangeState.CONFIRMED),
        (JobExecutionState(Status.FAILED, {"reason": "other"}, 5), ChangeState.CONFLICT),
        (JobExecutionState(Status.SUCCEEDED, {}, 5), ChangeState.CONFLICT),
        (JobExecutionState(Status.FAILED, {"reason": "disk"}, 6), ChangeState.CONFLICT),
    ],
)
def test_a_refusal_that_tells_what_stands_settles_a_change_that_was_lost_before(
    standing: JobExecutionState, state: ChangeState
) -> None:
    refusal = Refused("cannot be changed", standing=standing)
    verdict = verdict_of_failed_send(after(changed(UPDATE, SEEN), LOST), refusal)
    assert verdict.state is state


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (execution(Status.FAILED, 5, status_details={"reason": "disk"}), ChangeState.CONFIRMED),
        (execution(Status.FAILED, 5, status_details={"reason": "x"}), ChangeState.CONFLICT),
        (execution(Status.IN_PROGRESS, 5), ChangeState.CONFLICT),
        (execution(Status.FAILED, 6, status_details={"reason": "disk"}), ChangeState.CONFLICT),
        (execution(Status.IN_PROGRESS, 4), ChangeState.WAITING),
    ],
)
def test_a_read_settles_an_update_or_lets_it_be_sent_again(
    standing: JobExecution, state: ChangeState
) -> None:
    verdict = verdict_by_reading(after(changed(UPDATE, SEEN), LOST), Done(standing))
    assert verdict.state is state


def test_what_was_refused_while_in_doubt_and_did_not_arrive_is_refused() -> None:
    change = after(changed(UPDATE, SEEN), LOST, (AttemptKind.SEND, Refused("too long")))
    verdict = verdict_by_reading(change, Done(SEEN))
    assert (verdict.state, verdict.explanation) == (ChangeState.REFUSED, "too long")


def test_a_finished_execution_is_asked_how_it_ended_by_sending_once_more() -> None:
    change = after(changed(UPDATE, SEEN), LOST, (AttemptKind.READ, GONE))
    assert verdict_by_reading(change, GONE).state is ChangeState.WAITING
    asked = after(
        changed(UPDATE, SEEN), LOST, (AttemptKind.READ, GONE), (AttemptKind.SEND, Refused("no"))
    )
    assert verdict_by_reading(asked, GONE).state is ChangeState.NOT_CONFIRMABLE
    told = verdict_of_failed_send(change, Refused("it has ended"))
    assert told.state is ChangeState.NOT_CONFIRMABLE
    assert "it has ended" in told.explanation


def test_of_a_start_whose_execution_has_finished_nothing_more_is_asked() -> None:
    verdict = verdict_by_reading(after(changed(START, QUEUED), LOST), GONE)
    assert verdict.state is ChangeState.NOT_CONFIRMABLE


def test_an_execution_that_is_gone_is_not_confirmable() -> None:
    gone = Refused("gone", code="ResourceNotFoundException")
    verdict = verdict_by_reading(after(changed(UPDATE, SEEN), LOST), gone)
    assert verdict.state is ChangeState.NOT_CONFIRMABLE


@pytest.mark.parametrize(
    "read", [Unreachable("refused"), Throttled("rate"), NotConfirmed("html"), NotAllowed("no")]
)
def test_a_read_that_fails_proves_nothing(read: Failure) -> None:
    assert verdict_by_reading(changed(UPDATE, SEEN), read).state is ChangeState.NOT_CONFIRMED


def test_without_a_version_it_is_not_told_ours_from_another_writers() -> None:
    change = after(changed(replace(UPDATE, expected_version=None), SEEN), LOST)
    standing = execution(Status.FAILED, 5, status_details={"reason": "disk"})
    assert verdict_by_reading(change, Done(standing)).state is ChangeState.NOT_CONFIRMABLE


def test_where_nothing_tells_ours_from_another_writers_alike_the_journal_says_so() -> None:
    plain = UpdateJobExecution("gw", "fw", Status.IN_PROGRESS, expected_version=4)
    verdict = verdict_by_reading(
        after(changed(plain, SEEN), LOST), Done(execution(Status.IN_PROGRESS, 5))
    )
    assert verdict.state is ChangeState.CONFIRMED
    assert "would look the same" in verdict.explanation


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


@pytest.mark.parametrize(
    ("seconds", "state"),
    [
        (0.0, ChangeState.NOT_CONFIRMED),
        (329.0, ChangeState.NOT_CONFIRMED),
        (330.0, ChangeState.WAITING),
    ],
)
def test_a_start_that_did_not_arrive_is_sent_again_only_when_it_never_can(
    seconds: float, state: ChangeState
) -> None:
    lost = attempt_of(AttemptKind.SEND, 1000.0, NotConfirmed("no answer"))
    read = attempt_of(AttemptKind.READ, 1000.0 + seconds, Done(QUEUED))
    change = replace(changed(START, QUEUED), attempts=(lost, read))
    assert verdict_by_reading(change, Done(QUEUED)).state is state
    held = verdict_before_late_send(change, Done(QUEUED))
    assert (held.state if held else ChangeState.WAITING) is state


@pytest.mark.parametrize(
    ("read", "state"),
    [
        (Done(QUEUED), None),
        (Done(execution(Status.IN_PROGRESS, 2)), ChangeState.CONFLICT),
        (Done(None), ChangeState.CONFLICT),
        (GONE, ChangeState.CONFLICT),
        (Unreachable("refused"), ChangeState.WAITING),
    ],
)
def test_a_start_that_had_to_wait_goes_out_only_on_what_the_user_saw(
    read: Outcome[JobExecution | None], state: ChangeState | None
) -> None:
    verdict = verdict_before_late_send(changed(START, QUEUED), read)
    assert (verdict.state if verdict else None) is state


def test_what_an_earlier_run_left_unsent_is_not_sent_by_itself() -> None:
    change = after(changed(UPDATE, SEEN), LOST)
    verdict = left_by_an_earlier_run(verdict_by_reading(change, Done(SEEN)))
    assert verdict.state is ChangeState.LEFT


@pytest.mark.parametrize(
    "unheard", [NotConfirmed("no answer"), Throttled("rate"), Unreachable("refused")]
)
def test_a_finished_execution_is_asked_again_how_it_ended_until_it_answers(
    unheard: Failure,
) -> None:
    change = after(
        changed(UPDATE, SEEN), LOST, (AttemptKind.READ, GONE), (AttemptKind.SEND, unheard)
    )
    assert verdict_by_reading(change, GONE).state is ChangeState.WAITING


def test_a_start_that_was_lost_and_went_on_is_not_said_to_have_started_nothing() -> None:
    change = after(changed(START, QUEUED), LOST)
    went_on = execution(Status.IN_PROGRESS, 3)
    assert verdict_by_reading(change, Done(went_on)).state is ChangeState.NOT_CONFIRMABLE
    assert verdict_of_started(change, START, went_on).state is ChangeState.NOT_CONFIRMABLE
    assert verdict_of_started(change, START, None).state is ChangeState.NOT_CONFIRMED
    first = changed(START, QUEUED)
    assert verdict_of_started(first, START, went_on).state is ChangeState.NOTHING_STARTED
    assert verdict_of_started(first, START, None).state is ChangeState.NOT_CONFIRMED


def test_a_start_that_arrived_before_it_was_sent_again_is_confirmed() -> None:
    change = after(changed(START, QUEUED), LOST, (AttemptKind.READ, Done(QUEUED)))
    verdict = verdict_before_late_send(change, Done(execution(Status.IN_PROGRESS, 2)))
    assert verdict is not None
    assert verdict.state is ChangeState.CONFIRMED


def test_a_start_of_another_job_than_was_seen_says_that_it_may_be_another_writers() -> None:
    other = replace(QUEUED, job_id="fw-0")
    begun = execution(Status.IN_PROGRESS, 2, started_at=1000.0)
    verdict = verdict_of_start(begun, other, START, 1000.0)
    assert verdict.state is ChangeState.CONFIRMED
    assert "another writer's alike would look the same" in verdict.explanation
    went_on = replace(begun, version_number=3)
    assert verdict_of_start(went_on, other, START, 1000.0).state is ChangeState.NOTHING_STARTED


def test_a_start_on_an_empty_list_is_not_confirmed_by_what_was_started_later() -> None:
    change = after(Change(1, START, None, asked_at=1000.0), LOST)
    later = execution(Status.IN_PROGRESS, 2, started_at=5000.0)
    assert verdict_by_reading(change, Done(later)).state is ChangeState.NOT_CONFIRMABLE


def test_a_conflict_more_than_one_version_on_leaves_open_whether_it_landed() -> None:
    change = after(changed(UPDATE, SEEN), LOST)
    told = [
        verdict_by_reading(change, Done(execution(Status.IN_PROGRESS, version))).explanation
        for version in (5, 6)
    ]
    assert ["is not known" in each for each in told] == [False, True]


def test_a_start_on_a_job_in_progress_is_never_what_raised_its_version() -> None:
    went_on = execution(Status.IN_PROGRESS, SEEN.version_number + 1)
    verdict = verdict_of_start(went_on, SEEN, START, 1000.0)
    assert verdict.state is ChangeState.NOTHING_STARTED
    lost = after(changed(START, SEEN), LOST)
    assert verdict_by_reading(lost, Done(went_on)).state is ChangeState.NOTHING_STARTED


@pytest.mark.parametrize(
    ("started_at", "state"),
    [
        (900.0, ChangeState.NOTHING_STARTED),
        (997.0, ChangeState.CONFIRMED),
        (1003.0, ChangeState.CONFIRMED),
        (None, ChangeState.CONFIRMED),
    ],
)
def test_a_start_that_began_well_before_it_was_asked_for_is_another_writers(
    started_at: float | None, state: ChangeState
) -> None:
    begun = execution(Status.IN_PROGRESS, 2, started_at=started_at)
    assert verdict_of_start(begun, QUEUED, START, 1000.0).state is state


@pytest.mark.parametrize("outcome", [Unreachable("refused"), Throttled("rate")])
def test_a_start_that_never_left_is_not_held_back_once_the_endpoint_answers(
    outcome: Failure,
) -> None:
    waited = attempt_of(AttemptKind.SEND, 1000.0, outcome)
    read = attempt_of(AttemptKind.READ, 1001.0, Done(QUEUED))
    change = replace(changed(START, QUEUED), attempts=(waited, read))
    assert verdict_before_late_send(change, Done(QUEUED)) is None
