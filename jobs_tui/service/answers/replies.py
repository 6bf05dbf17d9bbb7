"""The service's answers, read member by member into the domain's records. Pure.

Every function takes the JSON object that was the answer's body, with the member names of the
service model, and raises BadReply with what is missing or wrong in it. A member that is null counts
as absent. What the service may leave out is left out; what makes an answer a proof must be there.
"""

import math
from collections.abc import Mapping
from sys import intern
from typing import cast

from jobs_tui.domain.description import JobExecution, JobExecutionState, UpdatedJobExecution
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions, StatusDetails
from jobs_tui.domain.requests import (
    NEXT_JOB,
    DescribeJobExecution,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.service.answers.answer_body import EXECUTION_STATE
from jobs_tui.service.answers.bad_reply import BadReply

JsonObject = Mapping[str, object]

_MILLISECONDS_ABOVE = 1e11
"""Seconds would be the year 5138; the live service sends seconds, the guide shows milliseconds."""

_LARGEST_NUMBER = 2**63 - 1
"""What the model calls a long; more would not fit into the journal, and nothing has so many."""

LONGEST_LIST = 1000
"""Executions in one list that are believed; the service lists ten, an endpoint may list any number.

So many are drawn, compared and kept without being felt.
"""


def pending_job_executions(body: JsonObject) -> PendingJobExecutions:
    """Read the answer of GetPendingJobExecutions; both lists must be there, if only empty."""
    return PendingJobExecutions(
        in_progress=_summaries(body, "inProgressJobs", Status.IN_PROGRESS),
        queued=_summaries(body, "queuedJobs", Status.QUEUED),
    )


def described_job_execution(body: JsonObject, request: DescribeJobExecution) -> JobExecution | None:
    """Read the answer of DescribeJobExecution; None only for `$next` when nothing is pending."""
    is_next = request.job_id == NEXT_JOB
    if is_next and not body:
        return None
    execution = _execution(body, request.thing_name)
    if not is_next:
        _check_same("jobId", execution.job_id, request.job_id)
    if request.execution_number is not None and execution.execution_number is not None:
        _check_same("executionNumber", execution.execution_number, request.execution_number)
    return execution


def started_job_execution(
    body: JsonObject, request: StartNextPendingJobExecution
) -> JobExecution | None:
    """Read the answer of StartNextPendingJobExecution; None when nothing is pending."""
    if not body:
        return None
    execution = _execution(body, request.thing_name)
    _check_same("status", execution.status, Status.IN_PROGRESS)
    return execution


def updated_job_execution(body: JsonObject, request: UpdateJobExecution) -> UpdatedJobExecution:
    """Read the answer of UpdateJobExecution; only `executionState` proves that it landed."""
    state = _state(body)
    _check_same("executionState.status", state.status, request.status)
    return UpdatedJobExecution(state, _text(body, "jobDocument"))


def standing_state(body: JsonObject) -> JobExecutionState | None:
    """Read what a refused update says stands there; None where it does not say so legibly."""
    try:
        return _state(body)
    except BadReply:
        return None


def seconds_since_epoch(value: object, name: str) -> float | None:
    """Read a timestamp, in seconds or milliseconds; None where there is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadReply(f"{name} is not a number")
    try:
        seconds = float(value)
    except OverflowError:
        seconds = math.inf
    if not math.isfinite(seconds):
        raise BadReply(f"{name} is not a time")
    if seconds > _MILLISECONDS_ABOVE:
        seconds /= 1000
    if not 0 <= seconds <= _MILLISECONDS_ABOVE:
        raise BadReply(f"{name} is {seconds:.4g} s, which is not a time from 1970 to 5138")
    return seconds


def _state(body: JsonObject) -> JobExecutionState:
    members = _object(_required(body, EXECUTION_STATE), EXECUTION_STATE)
    return JobExecutionState(
        status=_status(members, EXECUTION_STATE),
        status_details=_status_details(members, EXECUTION_STATE),
        version_number=_whole_number(members, "versionNumber", EXECUTION_STATE),
    )


def _summaries(body: JsonObject, name: str, status: Status) -> tuple[JobExecutionSummary, ...]:
    listed = _required(body, name)
    if not isinstance(listed, list):
        raise BadReply(f"{name} is not a list")
    if len(listed) > LONGEST_LIST:
        raise BadReply(f"{name} has {len(listed)} entries, and the service lists ten")
    try:
        return tuple([_summary(each, name, status) for each in listed])
    except BadReply:
        # once more, to tell in which of them
        return tuple([_summary(each, f"{name}[{at}]", status) for at, each in enumerate(listed)])


def _summary(value: object, path: str, status: Status) -> JobExecutionSummary:
    members = _object(value, path)
    return JobExecutionSummary(
        # one job is often rolled out to thousands of things: its name is kept once
        intern(_required_text(members, "jobId", path)),
        status,
        _time(members, "queuedAt", path),
        _time(members, "startedAt", path),
        _time(members, "lastUpdatedAt", path),
        _whole_number(members, "versionNumber", path),
        _whole_number(members, "executionNumber", path),
    )


def _execution(body: JsonObject, thing_name: str) -> JobExecution:
    path = "execution"
    members = _object(_required(body, path), path)
    told_thing_name = _text(members, "thingName", path)
    if told_thing_name is not None:
        _check_same("execution.thingName", told_thing_name, thing_name)
    return JobExecution(
        job_id=_required_text(members, "jobId", path),
        thing_name=thing_name,
        status=_status(members, path),
        status_details=_status_details(members, path),
        queued_at=_time(members, "queuedAt", path),
        started_at=_time(members, "startedAt", path),
        last_updated_at=_time(members, "lastUpdatedAt", path),
        approximate_seconds_before_timed_out=_whole_number(
            members, "approximateSecondsBeforeTimedOut", path
        ),
        version_number=_whole_number(members, "versionNumber", path),
        execution_number=_whole_number(members, "executionNumber", path),
        job_document=_text(members, "jobDocument", path),
    )


def _check_same(name: str, told: object, asked: object) -> None:
    if told != asked:
        raise BadReply(f"{name} is {told}, not {asked}")


def _status(members: JsonObject, path: str) -> Status:
    text = _required_text(members, "status", path)
    try:
        return Status(text)
    except ValueError:
        raise BadReply(f"{path}.status is {text!r}, which is no status") from None


def _status_details(members: JsonObject, path: str) -> StatusDetails:
    value = members.get("statusDetails")
    if value is None:
        return {}
    details = _object(value, f"{path}.statusDetails")
    for name, detail in details.items():
        if not isinstance(detail, str):
            raise BadReply(f"{path}.statusDetails.{name} is not a string")
    return cast("StatusDetails", details)


def _time(members: JsonObject, name: str, path: str) -> float | None:
    value = members.get(name)
    if value is None:
        return None
    # bool is an int, but its type is another
    if (type(value) is float or type(value) is int) and 0 <= value <= _MILLISECONDS_ABOVE:
        return float(value)
    return seconds_since_epoch(value, f"{path}.{name}")


def _whole_number(members: JsonObject, name: str, path: str) -> int | None:
    value = members.get(name)
    # bool is an int, but its type is another
    if value is None or (type(value) is int and -_LARGEST_NUMBER <= value <= _LARGEST_NUMBER):
        return value
    fault = "has more than 64 bits" if type(value) is int else "is not a whole number"
    raise BadReply(f"{path}.{name} {fault}")


def _required_text(members: JsonObject, name: str, path: str) -> str:
    text = members.get(name)
    if type(text) is not str or not text:
        text = _text(members, name, path)
    if not text:
        raise BadReply(f"{path}.{name} is missing")
    return text


def _text(members: JsonObject, name: str, path: str = "") -> str | None:
    value = members.get(name)
    if value is None or isinstance(value, str):
        return value
    raise BadReply(f"{path}.{name} is not a string".lstrip("."))


def _required(members: JsonObject, name: str) -> object:
    value = members.get(name)
    if value is None:
        raise BadReply(f"{name} is missing")
    return value


def _object(value: object, name: str) -> JsonObject:
    if not isinstance(value, dict):
        raise BadReply(f"{name} is not an object")
    return value
