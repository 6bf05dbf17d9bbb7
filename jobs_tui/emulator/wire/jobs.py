"""Jobs, in the wire format of the service model `iot`."""

from collections.abc import Mapping

from jobs_tui.domain.status import Status
from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.rules import constraints
from jobs_tui.emulator.rules.jobs import JOB_STATUSES, JobState
from jobs_tui.emulator.rules.records import Job
from jobs_tui.emulator.rules.targets import arn
from jobs_tui.emulator.wire.answers import JsonObject, milliseconds, present
from jobs_tui.emulator.wire.call import Handler, Inputs
from jobs_tui.emulator.wire.new_job import TARGET_SELECTIONS, create_job
from jobs_tui.emulator.wire.pages import page_of

_COUNTS = {
    "numberOfCanceledThings": Status.CANCELED,
    "numberOfSucceededThings": Status.SUCCEEDED,
    "numberOfFailedThings": Status.FAILED,
    "numberOfRejectedThings": Status.REJECTED,
    "numberOfQueuedThings": Status.QUEUED,
    "numberOfInProgressThings": Status.IN_PROGRESS,
    "numberOfRemovedThings": Status.REMOVED,
    "numberOfTimedOutThings": Status.TIMED_OUT,
}


def _create(account: Account, inputs: Inputs) -> JsonObject:
    return _named(create_job(account, inputs.path["jobId"], inputs.members()))


def _describe(account: Account, inputs: Inputs) -> JsonObject:
    inputs.query.flag("beforeSubstitution")
    return {"job": _job(_state(account, inputs))}


def _document(account: Account, inputs: Inputs) -> JsonObject:
    inputs.query.flag("beforeSubstitution")
    return {"document": _state(account, inputs).job.document}


def _list(account: Account, inputs: Inputs) -> JsonObject:
    query = inputs.query
    status, selection = query.text("status"), query.text("targetSelection")
    group, group_id = query.text("thingGroupName"), query.text("thingGroupId")
    if status is not None:
        constraints.check_choice("status", status, JOB_STATUSES)
    if selection is not None:
        constraints.check_choice("targetSelection", selection, TARGET_SELECTIONS)
    if group is not None:
        constraints.check_thing_name(group, "thingGroupName")
    if group_id is not None:
        constraints.check_text("thingGroupId", group_id, 128, "[a-zA-Z0-9-]+")
        group = account.thing_group_of_id(group_id)
    namespace = query.text("namespaceId")
    constraints.check_namespace(namespace)

    def wanted(state: JobState) -> bool:
        targets = state.job.targets
        return (
            namespace is None
            and status in {None, state.status}
            and selection in {None, _selection(state.job)}
            and (
                group is None
                or any(each.kind == "thinggroup" and each.name == group for each in targets)
            )
        )

    found, token = page_of([each for each in account.list_jobs() if wanted(each)], query)
    return present(jobs=[_summary(each) for each in found], nextToken=token)


def _cancel(account: Account, inputs: Inputs) -> JsonObject:
    constraints.check_job_id(inputs.path["jobId"])
    members = inputs.members()
    reason, comment = members.text("reasonCode"), members.text("comment")
    if reason is not None:
        constraints.check_text("reasonCode", reason, 128, r"[A-Z0-9_]+")
    constraints.check_words("comment", comment)
    job = account.cancel_job(
        inputs.path["jobId"],
        force=inputs.query.flag("force"),
        reason_code=reason,
        comment=comment,
    )
    return _named(job)


def _delete(account: Account, inputs: Inputs) -> JsonObject:
    constraints.check_job_id(inputs.path["jobId"])
    constraints.check_namespace(inputs.query.text("namespaceId"))
    account.delete_job(inputs.path["jobId"], force=inputs.query.flag("force"))
    return {}


def _state(account: Account, inputs: Inputs) -> JobState:
    constraints.check_job_id(inputs.path["jobId"])
    return account.describe_job(inputs.path["jobId"])


def _named(job: Job) -> JsonObject:
    return present(jobArn=arn("job", job.job_id), jobId=job.job_id, description=job.description)


def _selection(job: Job) -> str:
    return "CONTINUOUS" if job.continuous else "SNAPSHOT"


def _summary(state: JobState) -> JsonObject:
    return present(
        jobArn=arn("job", state.job.job_id),
        jobId=state.job.job_id,
        targetSelection=_selection(state.job),
        status=state.status,
        createdAt=milliseconds(state.job.created_at),
        lastUpdatedAt=milliseconds(state.last_updated_at),
        completedAt=milliseconds(state.completed_at),
        isConcurrent=False,
    )


def _job(state: JobState) -> JsonObject:
    job, cancellation = state.job, state.cancellation
    canceled: JsonObject = {}
    if cancellation is not None:
        canceled = present(
            forceCanceled=cancellation.force,
            reasonCode=cancellation.reason_code,
            comment=cancellation.comment,
        )
    minutes, criteria = job.in_progress_timeout_in_minutes, job.retry_criteria
    return {
        **_summary(state),
        **canceled,
        **present(
            targets=[target.arn for target in job.targets],
            description=job.description,
            presignedUrlConfig=present(
                roleArn=job.presigned_url_role, expiresInSec=job.presigned_url_seconds
            ),
            jobProcessDetails={
                name: state.things_by_status[status] for name, status in _COUNTS.items()
            },
            timeoutConfig=None if minutes is None else {"inProgressTimeoutInMinutes": minutes},
            jobExecutionsRetryConfig={
                "criteriaList": [
                    {"failureType": each.failure_type, "numberOfRetries": each.number_of_retries}
                    for each in criteria
                ]
            }
            if criteria
            else None,
        ),
    }


HANDLERS: Mapping[str, Handler] = {
    "CreateJob": _create,
    "DescribeJob": _describe,
    "GetJobDocument": _document,
    "ListJobs": _list,
    "CancelJob": _cancel,
    "DeleteJob": _delete,
}
