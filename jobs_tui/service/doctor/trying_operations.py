"""The steps on a thing: each of the four operations, as far as nothing can change."""

from botocore.exceptions import UnknownRegionError

from jobs_tui.domain.finding import Finding
from jobs_tui.domain.requests import (
    GetPendingJobExecutions,
    Request,
    StartNextPendingJobExecution,
)
from jobs_tui.service.answers.permission import Permission, permission_for
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.doctor.known import Known
from jobs_tui.service.doctor.operations import (
    describe_finding,
    describe_next,
    get_pending_finding,
    impossible_update,
    start_next_finding,
    update_finding,
    update_not_sent,
    why_no_more,
)
from jobs_tui.service.doctor.steps import Step, skipped

_USUAL_PARTITION = "aws"
_NO_THING = "no thing was named: jobs-tui doctor THING"


async def try_get_pending(known: Known) -> Finding:
    """List what is pending."""
    why_not = _why_not(known)
    if why_not or known.link is None or known.thing_name is None:
        return skipped(Step.GET_PENDING, why_not)
    request = GetPendingJobExecutions(known.thing_name)
    outcome = await known.link.get_pending_job_executions(request)
    known.why_no_more = why_no_more(outcome)
    return get_pending_finding(outcome, _permission(known, known.link, request))


async def try_describe(known: Known) -> Finding:
    """Read what is next."""
    why_not = _why_not(known)
    if why_not or known.link is None or known.thing_name is None:
        return skipped(Step.DESCRIBE_NEXT, why_not)
    request = describe_next(known.thing_name)
    outcome = await known.link.describe_job_execution(request)
    return describe_finding(outcome, _permission(known, known.link, request))


async def try_update(known: Known) -> Finding:
    """Send an update that cannot land."""
    why_not = _why_not(known)
    if why_not or known.link is None or known.thing_name is None:
        return skipped(Step.UPDATE, why_not)
    request = impossible_update(known.thing_name, known.random_bits)
    permission = _permission(known, known.link, request)
    if known.settings.read_only:
        return update_not_sent("this run is read-only", permission)
    outcome = await known.link.update_job_execution(request)
    return update_finding(outcome, request.job_id, permission)


async def tell_of_start_next(known: Known) -> Finding:
    """Send nothing, and tell where to look."""
    why_not = _why_not(known)
    if why_not or known.link is None or known.thing_name is None:
        return skipped(Step.START_NEXT, why_not)
    request = StartNextPendingJobExecution(known.thing_name)
    return start_next_finding(_permission(known, known.link, request))


def _why_not(known: Known) -> str:
    """Why an operation is not tried; empty if it is to be."""
    if known.thing_name is None:
        return _NO_THING
    if known.link is None:
        return "there is no link to the endpoint"
    if known.asked is None or known.asked.answer is None:
        return "the endpoint does not answer"
    return known.why_no_more or ""


def _permission(known: Known, link: JobsDataPlane, request: Request) -> Permission:
    return permission_for(
        request,
        region=link.region,
        partition=_partition(known),
        by_certificate=not known.signs,
        account=known.account or "",
    )


def _partition(known: Known) -> str:
    """The first part of ARNs; that of most regions where the SDK does not know this one."""
    if known.session is None or known.region is None:
        return _USUAL_PARTITION
    try:
        return str(known.session.get_partition_for_region(known.region))
    except UnknownRegionError:
        return _USUAL_PARTITION
