"""Which of the four operations are allowed on a thing, by answers that changed nothing. Pure.

Reads are made as they are. An update is one that the service has to refuse; of StartNext there is
none such, so it is not sent.
"""

from collections.abc import Callable
from dataclasses import replace

from jobs_tui.domain.description import JobExecution, UpdatedJobExecution
from jobs_tui.domain.execution import PendingJobExecutions
from jobs_tui.domain.finding import Finding
from jobs_tui.domain.outcome import (
    RESOURCE_NOT_FOUND,
    Done,
    Failure,
    NotAllowed,
    NotConfirmed,
    Outcome,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.requests import NEXT_JOB, DescribeJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.answers.permission import Permission
from jobs_tui.service.answers.refusals import CODES_OF_PERMISSION
from jobs_tui.service.doctor.steps import (
    Facts,
    Step,
    code_fact,
    failed,
    failed_by,
    ok,
    skipped,
    warning,
)

NO_SUCH_VERSION = 2**31 - 1
"""Versions begin at 1 and grow by 1: no execution ever gets here."""

_FULL_LIST = 10
"""As many as the service lists at most, by the quotas of AWS IoT Jobs."""

RandomBits = Callable[[int], int]
"""A random number of so many bits."""


def describe_next(thing_name: str) -> DescribeJobExecution:
    """Reads what is next, without its job document: presigned URLs are made at each fetch of it."""
    return DescribeJobExecution(thing_name, NEXT_JOB, include_job_document=False)


def impossible_update(thing_name: str, random_bits: RandomBits) -> UpdateJobExecution:
    """An update that cannot land: of a job that cannot exist, at a version that cannot be.

    The job id tells in logs where it comes from.
    """
    job_id = f"jobs-tui-doctor-{random_bits(128):032x}"
    return UpdateJobExecution(
        thing_name, job_id, Status.IN_PROGRESS, expected_version=NO_SUCH_VERSION
    )


def get_pending_finding(outcome: Outcome[PendingJobExecutions], permission: Permission) -> Finding:
    """What the list of pending executions says."""
    if not isinstance(outcome, Done):
        return _not_done(Step.GET_PENDING, outcome, permission)
    in_progress, queued = len(outcome.value.in_progress), len(outcome.value.queued)
    facts: Facts = {**_allowed(permission), "inProgress": in_progress, "queued": queued}
    if not in_progress + queued:
        told = "allowed; nothing is pending (nor is it for a name that no thing has)"
        return ok(Step.GET_PENDING, told, facts=facts)
    more = ", and there may be more" if in_progress + queued >= _FULL_LIST else ""
    told = f"allowed; {in_progress} in progress, {queued} queued{more}"
    return ok(Step.GET_PENDING, told, facts=facts)


def describe_finding(outcome: Outcome[JobExecution | None], permission: Permission) -> Finding:
    """What the next execution says."""
    if not isinstance(outcome, Done):
        return _not_done(Step.DESCRIBE_NEXT, outcome, permission)
    execution = outcome.value
    told = "allowed; nothing is pending"
    if execution is not None:
        told = f"allowed; {one_line(execution.job_id)} is {execution.status}"
    return ok(Step.DESCRIBE_NEXT, told, facts=_allowed(permission))


def update_finding(
    outcome: Outcome[UpdatedJobExecution], job_id: str, permission: Permission
) -> Finding:
    """What an update says that the service had to refuse."""
    facts: Facts = {**_asked(permission), "jobId": job_id}
    if isinstance(outcome, Done):
        return failed(
            Step.UPDATE,
            f"the endpoint took an update of the job {job_id}, which cannot exist: it is not AWS "
            "IoT Jobs that answers there, and nothing that it confirms can be believed",
            "check the endpoint before anything is changed by it",
            facts,
        )
    if isinstance(outcome, Refused) and outcome.code == RESOURCE_NOT_FOUND:
        return ok(
            Step.UPDATE,
            "allowed; an update of a job that cannot exist was refused as not found",
            "a condition of the policy on iot:JobId may still refuse some jobs",
            {**facts, "allowed": True},
        )
    if isinstance(outcome, NotAllowed):
        return _not_done(Step.UPDATE, outcome, permission)
    if isinstance(outcome, NotConfirmed):
        return failed(
            Step.UPDATE,
            f"not known: {outcome.reason}",
            "nothing can have changed, for there is no such job; but a real change would be left "
            "not confirmed",
            {**facts, **code_fact(outcome)},
        )
    return warning(
        Step.UPDATE,
        f"not known: {outcome.reason}",
        f"look in the policy: {permission.wanted}",
        {**facts, **code_fact(outcome)},
    )


def update_not_sent(why: str, permission: Permission) -> Finding:
    """Why no update is sent, and what to look for instead."""
    return _look_in_the_policy(Step.UPDATE, why, permission)


def start_next_finding(permission: Permission) -> Finding:
    """Why no start is sent, and what to look for instead.

    By the documentation a start with a step timeout out of range is refused. If it were not, a job
    would begin; and nothing says whether permissions are looked at before parameters.
    """
    why = "no start is sure to be refused, so none is sent"
    return _look_in_the_policy(Step.START_NEXT, why, permission)


def why_no_more(outcome: Outcome[PendingJobExecutions]) -> str | None:
    """Why the other operations need not be tried after the first; None if they are to be."""
    if isinstance(outcome, NotAllowed) and outcome.code not in CODES_OF_PERMISSION:
        return "who asks was turned away, see above"
    if isinstance(outcome, Unreachable):
        return "the endpoint gave no good answer, see above"
    return None


def _not_done(step: Step, outcome: Failure, permission: Permission) -> Finding:
    if isinstance(outcome, NotAllowed) and outcome.code in CODES_OF_PERMISSION:
        missing = replace(
            outcome, reason=f"not allowed: {outcome.reason}", advice=permission.wanted
        )
        return failed_by(step, missing, {**_asked(permission), "allowed": False})
    if isinstance(outcome, Refused) and outcome.code == RESOURCE_NOT_FOUND:
        absent = replace(
            outcome,
            reason=f"allowed, but nothing is found: {outcome.reason}",
            advice="check the name, the region and the account",
        )
        return failed_by(step, absent, _allowed(permission))
    if isinstance(outcome, Throttled):
        facts = {**_asked(permission), **code_fact(outcome)}
        return warning(step, f"not known: {outcome.reason}", outcome.advice, facts)
    return failed_by(step, outcome, _asked(permission))


def _look_in_the_policy(step: Step, why: str, permission: Permission) -> Finding:
    return skipped(step, why, f"look in the policy: {permission.wanted}", _asked(permission))


def _asked(permission: Permission) -> Facts:
    return {"action": permission.action, "resource": permission.resource}


def _allowed(permission: Permission) -> Facts:
    return {**_asked(permission), "allowed": True}
