"""What an answer or a fresh read proves about a change. Pure: it decides and sends nothing.

An update is told apart from another writer's by the version number, which the service raises by one
for each accepted update and for each start.
"""

from jobs_tui.domain.execution import JobExecution, JobExecutionState
from jobs_tui.domain.outcome import (
    RESOURCE_NOT_FOUND,
    TERMINAL_STATE,
    Conflict,
    Done,
    Failure,
    NotConfirmed,
    Outcome,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change, ChangeState, Verdict, verdict_of_failure

_LOOK = "look at the panel before you send it again"


def verdict_of_update(state: JobExecutionState, request: UpdateJobExecution) -> Verdict:
    """Judge the `executionState` that answered an UpdateJobExecution."""
    if state.status is not request.status:
        return Verdict(
            ChangeState.NOT_CONFIRMED,
            f"the answer says {state.status} where {request.status} was sent",
        )
    return Verdict(ChangeState.CONFIRMED, f"version {state.version_number}")


def verdict_of_start(
    started: JobExecution | None,
    seen: JobExecution | None,
    request: StartNextPendingJobExecution,
    asked_at: float,
) -> Verdict:
    """Judge the answer of a StartNextPendingJobExecution asked at service time `asked_at`.

    The service answers alike whether it started an execution or one was in progress already.
    """
    if started is None:
        return Verdict(ChangeState.NOTHING_STARTED, "nothing is pending")
    version = started.version_number
    if seen is not None and seen.key == started.key and seen.version_number is not None:
        if version == seen.version_number:
            return _already_in_progress(started)
        ours = version == seen.version_number + 1 and _details_as_sent(started, request)
    else:
        recent = started.started_at is not None and started.started_at >= int(asked_at) - 1
        ours = recent and _details_as_sent(started, request)
    if ours:
        return Verdict(ChangeState.CONFIRMED, f"{started.job_id}, version {version}", "", started)
    return _already_in_progress(started)


def verdict_of_failed_answer(failure: Failure) -> Verdict:
    """Judge the failure that answered a change."""
    match failure:
        case Conflict():
            return verdict_of_failure(failure, ChangeState.CONFLICT)
        case NotConfirmed():
            return verdict_of_failure(failure, ChangeState.NOT_CONFIRMED)
        case Unreachable() | Throttled():
            return verdict_of_failure(failure, ChangeState.NOT_SENT)
        case _:
            return verdict_of_failure(failure, ChangeState.REFUSED)


def verdict_by_reading(change: Change, read: Outcome[JobExecution | None]) -> Verdict | None:
    """Settle a change that no answer confirmed by what DescribeJobExecution says now.

    Returns None where the read proves nothing, so that it has to be read again.
    """
    match read:
        case Done(value=None):
            return Verdict(
                ChangeState.NOT_CONFIRMABLE, "nothing is pending any more; by whom is not known"
            )
        case Done(value=JobExecution() as standing):
            return _verdict_of_standing(change, standing)
        case Refused(code=code) if code in (TERMINAL_STATE, RESOURCE_NOT_FOUND):
            return Verdict(
                ChangeState.NOT_CONFIRMABLE,
                "the execution has finished; by whom and how is not known",
                "ask the control plane: aws iot describe-job-execution",
            )
        case _:
            return None


def _verdict_of_standing(change: Change, standing: JobExecution) -> Verdict:
    request, seen = change.request, change.based_on
    if isinstance(request, StartNextPendingJobExecution):
        if standing.status is Status.QUEUED:
            return _did_not_land(standing)
        return verdict_of_start(standing, seen, request, change.asked_at)
    base = request.expected_version
    if base is not None and standing.version_number == base:
        return _did_not_land(standing)
    landed = (
        base is not None
        and standing.version_number == base + 1
        and standing.status is request.status
        and _details_as_sent(standing, request)
    )
    version = f"version {standing.version_number}"
    if landed:
        return Verdict(ChangeState.CONFIRMED, f"{version}, by reading again", "", standing)
    told = f"another writer was there: now {standing.status}, {version}"
    return Verdict(ChangeState.CONFLICT, told, _LOOK, standing)


def _did_not_land(standing: JobExecution) -> Verdict:
    told = f"still {standing.status}, version {standing.version_number}"
    return Verdict(ChangeState.DID_NOT_LAND, told, _LOOK, standing)


def _already_in_progress(standing: JobExecution) -> Verdict:
    told = f"{standing.job_id} is already in progress"
    return Verdict(ChangeState.NOTHING_STARTED, told, "", standing)


def _details_as_sent(
    standing: JobExecution, request: StartNextPendingJobExecution | UpdateJobExecution
) -> bool:
    sent = request.status_details
    return sent is None or dict(standing.status_details) == dict(sent)
