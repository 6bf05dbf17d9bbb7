"""Answers as JSON, with the member names of the service models.

A member without a value is left out. Times are seconds since the epoch: whole ones in the data
plane, as in captures of the live service, and with milliseconds in the control plane, as in the
examples of the AWS CLI.
"""

from collections.abc import Iterable

from jobs_tui.domain.description import JobExecution, JobExecutionState
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.emulator.rules.service_error import ServiceError

JsonObject = dict[str, object]


def pending_job_executions(pending: PendingJobExecutions) -> JsonObject:
    """The answer of GetPendingJobExecutions; both lists are always there."""
    return {
        "inProgressJobs": _summaries(pending.in_progress),
        "queuedJobs": _summaries(pending.queued),
    }


def job_execution(execution: JobExecution | None) -> JsonObject:
    """The answer of DescribeJobExecution and StartNextPendingJobExecution."""
    if execution is None:
        return {}
    members = present(
        jobId=execution.job_id,
        thingName=execution.thing_name,
        status=execution.status,
        statusDetails=dict(execution.status_details) or None,
        queuedAt=_seconds(execution.queued_at),
        startedAt=_seconds(execution.started_at),
        lastUpdatedAt=_seconds(execution.last_updated_at),
        approximateSecondsBeforeTimedOut=execution.approximate_seconds_before_timed_out,
        versionNumber=execution.version_number,
        executionNumber=execution.execution_number,
        jobDocument=execution.job_document,
    )
    return {"execution": members}


def updated_job_execution(state: JobExecutionState | None, document: str | None) -> JsonObject:
    """The answer of UpdateJobExecution: `{}` unless more was asked for."""
    return present(
        executionState=None if state is None else _state(state),
        jobDocument=document,
    )


def error(refusal: ServiceError) -> JsonObject:
    """The body of an error; its name stands in the header x-amzn-ErrorType."""
    return present(
        message=refusal.message,
        executionState=None if refusal.state is None else _state(refusal.state),
    )


def _summaries(summaries: Iterable[JobExecutionSummary]) -> list[JsonObject]:
    return [
        present(
            jobId=summary.job_id,
            queuedAt=_seconds(summary.queued_at),
            startedAt=_seconds(summary.started_at),
            lastUpdatedAt=_seconds(summary.last_updated_at),
            versionNumber=summary.version_number,
            executionNumber=summary.execution_number,
        )
        for summary in summaries
    ]


def _state(state: JobExecutionState) -> JsonObject:
    return present(
        status=state.status,
        statusDetails=dict(state.status_details) or None,
        versionNumber=state.version_number,
    )


def present(**members: object) -> JsonObject:
    """Those members that have a value."""
    return {name: value for name, value in members.items() if value is not None}


def _seconds(moment: float | None) -> int | None:
    return None if moment is None else int(moment)


def milliseconds(moment: float | None) -> float | None:
    """A time as the control plane writes it."""
    return None if moment is None else round(moment, 3)
