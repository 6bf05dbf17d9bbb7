"""The four operations of the service model `iot-jobs-data`."""

from collections.abc import Mapping

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.wire import answers
from jobs_tui.emulator.wire.answers import JsonObject
from jobs_tui.emulator.wire.call import Handler, Inputs


def _get_pending(account: Account, inputs: Inputs) -> JsonObject:
    pending = account.get_pending_job_executions(inputs.path["thingName"])
    return answers.pending_job_executions(pending)


def _describe(account: Account, inputs: Inputs) -> JsonObject:
    execution = account.describe_job_execution(
        inputs.path["thingName"],
        inputs.path["jobId"],
        execution_number=inputs.query.whole_number("executionNumber"),
        # the model's prose says that the default is false; the guide and captures say true
        include_job_document=inputs.query.flag("includeJobDocument", default=True),
    )
    return answers.job_execution(execution)


def _start_next(account: Account, inputs: Inputs) -> JsonObject:
    members = inputs.members()
    execution = account.start_next_pending_job_execution(
        inputs.path["thingName"],
        status_details=members.text_map("statusDetails"),
        step_timeout_in_minutes=members.whole_number("stepTimeoutInMinutes"),
    )
    return answers.job_execution(execution)


def _update(account: Account, inputs: Inputs) -> JsonObject:
    members = inputs.members()
    include_state = members.flag("includeJobExecutionState")
    updated = account.update_job_execution(
        inputs.path["thingName"],
        inputs.path["jobId"],
        members.text("status"),
        status_details=members.text_map("statusDetails"),
        expected_version=members.whole_number("expectedVersion"),
        execution_number=members.whole_number("executionNumber"),
        include_job_document=members.flag("includeJobDocument"),
        step_timeout_in_minutes=members.whole_number("stepTimeoutInMinutes"),
    )
    state = updated.execution_state if include_state else None
    return answers.updated_job_execution(state, updated.job_document)


READS = ("GetPendingJobExecutions", "DescribeJobExecution")
WRITES = ("StartNextPendingJobExecution", "UpdateJobExecution")
"""The service has one quota for each of the two kinds."""

HANDLERS: Mapping[str, Handler] = {
    "GetPendingJobExecutions": _get_pending,
    "DescribeJobExecution": _describe,
    "StartNextPendingJobExecution": _start_next,
    "UpdateJobExecution": _update,
}
