"""Requests as they are sent and previewed: by the member names of the service model. Pure."""

from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    GetPendingJobExecutions,
    Request,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)


def parameters(request: Request) -> dict[str, object]:
    """The members of a request; one that is None is left out."""
    match request:
        case GetPendingJobExecutions():
            return {"thingName": request.thing_name}
        case DescribeJobExecution():
            return _given(
                thingName=request.thing_name,
                jobId=request.job_id,
                executionNumber=request.execution_number,
                includeJobDocument=request.include_job_document,
            )
        case StartNextPendingJobExecution():
            return _given(
                thingName=request.thing_name,
                statusDetails=_map(request.status_details),
                stepTimeoutInMinutes=request.step_timeout_in_minutes,
            )
        case UpdateJobExecution():
            return _given(
                thingName=request.thing_name,
                jobId=request.job_id,
                status=request.status.value,
                statusDetails=_map(request.status_details),
                expectedVersion=request.expected_version,
                executionNumber=request.execution_number,
                includeJobExecutionState=request.include_job_execution_state,
                includeJobDocument=request.include_job_document,
                stepTimeoutInMinutes=request.step_timeout_in_minutes,
            )


def _map(details: StatusDetails | None) -> dict[str, str] | None:
    """The SDK takes nothing but a dict for a map."""
    return None if details is None else dict(details)


def _given(**members: object) -> dict[str, object]:
    return {name: value for name, value in members.items() if value is not None}
