"""How executions come, go and follow one another: pure functions on records and a moment.

The states are those of the developer guide's "Jobs and job execution states", the timers those of
"How job configurations work". A versionNumber grows with each update by a device and with each
StartNextPendingJobExecution that starts something, and with nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.status import Status
from jobs_tui.emulator.rules.constraints import CANCEL_STEP_TIMER
from jobs_tui.emulator.rules.records import Execution, Job
from jobs_tui.emulator.rules.service_error import ServiceError, invalid_state_transition


def queued(job: Job, thing_name: str, before: Sequence[Execution], now: float) -> Execution:
    """A new execution, at version 1, after these tries of the same job on the same thing."""
    return Execution(
        job,
        thing_name,
        execution_number=before[-1].execution_number + 1 if before else 1,
        queued_at=now,
        last_updated_at=now,
        retry_attempt=sum(each.status in {Status.FAILED, Status.TIMED_OUT} for each in before),
    )


def in_order(executions: Iterable[Execution]) -> list[Execution]:
    """The pending ones: in progress first, each group in the order of creation."""
    pending = [execution for execution in executions if execution.pending]
    return sorted(pending, key=lambda each: (each.status is Status.QUEUED, each.queued_at))


def started(
    execution: Execution, now: float, details: StatusDetails | None, step_minutes: int | None
) -> Execution:
    """What StartNextPendingJobExecution makes of the first pending execution.

    One that is in progress already comes back unchanged, whatever was asked.
    """
    if execution.status is Status.IN_PROGRESS:
        return execution
    return updated(execution, now, Status.IN_PROGRESS, details, step_minutes)


def updated(
    execution: Execution,
    now: float,
    status: Status,
    details: StatusDetails | None,
    step_minutes: int | None,
) -> Execution:
    """What UpdateJobExecution makes of an execution.

    Details replace all that were there; None leaves them as they are. Raises ServiceError for an
    execution that has ended.
    """
    if not execution.pending:
        raise invalid_state_transition(
            f"The job execution is {execution.status} and cannot be changed to be {status}",
            execution.state,
        )
    after = replace(
        execution,
        status=status,
        status_details=execution.status_details if details is None else dict(details),
        version_number=execution.version_number + 1,
        last_updated_at=now,
        step_deadline=_step_deadline(execution, now, step_minutes),
    )
    if execution.status is Status.QUEUED and status is Status.IN_PROGRESS:
        minutes = execution.job.in_progress_timeout_in_minutes
        deadline = None if minutes is None else now + 60 * minutes
        after = replace(after, started_at=now, in_progress_deadline=deadline)
    return after


def timed_out(execution: Execution, now: float, lateness: float) -> Execution | None:
    """The execution after its timer fired, or None if none has until `now`.

    The timer fires `lateness` seconds after the deadline, and that is the moment it leaves behind,
    however much later somebody looks.
    """
    if execution.deadline is None or execution.deadline + lateness > now:
        return None
    fired_at = execution.deadline + lateness
    return replace(execution, status=Status.TIMED_OUT, last_updated_at=fired_at)


def canceled(
    execution: Execution, now: float, *, force: bool, details: StatusDetails | None = None
) -> Execution:
    """What CancelJobExecution makes of an execution; one in progress needs `force`.

    Raises ServiceError for one that cannot be canceled.
    """
    if not can_be_canceled(execution, force=force):
        raise invalid_state_transition(
            f"The job execution is {execution.status} and cannot be canceled"
        )
    return replace(
        execution,
        status=Status.CANCELED,
        status_details=execution.status_details if details is None else dict(details),
        last_updated_at=now,
        force_canceled=force,
    )


def can_be_canceled(execution: Execution, *, force: bool) -> bool:
    """Whether CancelJob and CancelJobExecution take it."""
    return execution.status is Status.QUEUED or (force and execution.pending)


def removed(execution: Execution, now: float) -> Execution:
    """A queued execution after its thing left the group of a continuous job."""
    return replace(execution, status=Status.REMOVED, last_updated_at=now)


def retry_is_due(tries: Sequence[Execution]) -> bool:
    """Whether a job is tried once more on a thing where these tries have been, oldest first.

    Each criterion allows its number of retries after failures of its own type. Only FAILED and
    TIMED_OUT are ever retried.
    """
    return any(
        criterion.counts(tries[-1].status)
        and sum(criterion.counts(each.status) for each in tries) <= criterion.number_of_retries
        for criterion in tries[-1].job.retry_criteria
    )


def version_problem(execution: Execution, expected: int | None) -> str | None:
    """Say that a change was based on another version, or None if it was not."""
    if expected is None or expected == execution.version_number:
        return None
    return f"Expected version {expected} but found version {execution.version_number}"


def check_version(execution: Execution, expected: int | None, mismatch_status: int) -> None:
    """Refuse an update by a device that was based on another version.

    The live service answers 400 InvalidRequestException; the guide calls the error VersionMismatch.
    """
    problem = version_problem(execution, expected)
    if problem is not None:
        code = "InvalidRequestException" if mismatch_status == 400 else "VersionMismatch"
        raise ServiceError(mismatch_status, code, problem, execution.state)


def _step_deadline(execution: Execution, now: float, minutes: int | None) -> float | None:
    if minutes is None:
        return execution.step_deadline
    return None if minutes == CANCEL_STEP_TIMER else now + 60 * minutes
