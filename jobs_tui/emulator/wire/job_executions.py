"""Job executions as the control plane tells them, in the wire format of the service model `iot`."""

from collections.abc import Mapping, Sequence

from jobs_tui.domain.status import Status
from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.rules import constraints
from jobs_tui.emulator.rules.records import Execution
from jobs_tui.emulator.rules.targets import arn
from jobs_tui.emulator.wire.answers import JsonObject, milliseconds, present
from jobs_tui.emulator.wire.call import Handler, Inputs
from jobs_tui.emulator.wire.pages import page_of


def _describe(account: Account, inputs: Inputs) -> JsonObject:
    execution = account.job_execution(
        inputs.path["thingName"],
        inputs.path["jobId"],
        inputs.query.whole_number("executionNumber"),
    )
    details = dict(execution.status_details)
    members = present(
        jobId=execution.job.job_id,
        status=execution.status,
        forceCanceled=execution.force_canceled,
        statusDetails={"detailsMap": details} if details else None,
        thingArn=arn("thing", execution.thing_name),
        queuedAt=milliseconds(execution.queued_at),
        startedAt=milliseconds(execution.started_at),
        lastUpdatedAt=milliseconds(execution.last_updated_at),
        executionNumber=execution.execution_number,
        versionNumber=execution.version_number,
        approximateSecondsBeforeTimedOut=execution.seconds_left(account.clock.now()),
    )
    return {"execution": members}


def _cancel(account: Account, inputs: Inputs) -> JsonObject:
    members = inputs.members()
    account.cancel_job_execution(
        inputs.path["thingName"],
        inputs.path["jobId"],
        force=inputs.query.flag("force"),
        expected_version=members.whole_number("expectedVersion"),
        status_details=members.text_map("statusDetails"),
    )
    return {}


def _list_for_thing(account: Account, inputs: Inputs) -> JsonObject:
    constraints.check_thing_name(inputs.path["thingName"])
    job_id = inputs.query.text("jobId")
    if job_id is not None:
        constraints.check_job_id(job_id)
    namespace = inputs.query.text("namespaceId")
    constraints.check_namespace(namespace)
    found, token = _page(
        [
            each
            for each in account.job_executions_for_thing(inputs.path["thingName"])
            if namespace is None and job_id in {None, each.job.job_id}
        ],
        inputs,
    )
    summaries = [
        {"jobId": each.job.job_id, "jobExecutionSummary": _summary(each)} for each in found
    ]
    return present(executionSummaries=summaries, nextToken=token)


def _list_for_job(account: Account, inputs: Inputs) -> JsonObject:
    constraints.check_job_id(inputs.path["jobId"])
    found, token = _page(account.job_executions_for_job(inputs.path["jobId"]), inputs)
    summaries = [
        {"thingArn": arn("thing", each.thing_name), "jobExecutionSummary": _summary(each)}
        for each in found
    ]
    return present(executionSummaries=summaries, nextToken=token)


def _page(
    executions: Sequence[Execution], inputs: Inputs
) -> tuple[Sequence[Execution], str | None]:
    status = inputs.query.text("status")
    if status is not None:
        constraints.check_choice("status", status, tuple(Status))
    return page_of([each for each in executions if status in {None, each.status}], inputs.query)


def _summary(execution: Execution) -> JsonObject:
    return present(
        status=execution.status,
        queuedAt=milliseconds(execution.queued_at),
        startedAt=milliseconds(execution.started_at),
        lastUpdatedAt=milliseconds(execution.last_updated_at),
        executionNumber=execution.execution_number,
        retryAttempt=execution.retry_attempt or None,
    )


HANDLERS: Mapping[str, Handler] = {
    "DescribeJobExecution": _describe,
    "CancelJobExecution": _cancel,
    "ListJobExecutionsForThing": _list_for_thing,
    "ListJobExecutionsForJob": _list_for_job,
}
