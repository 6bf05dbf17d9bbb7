"""What is asked of the jobs data plane, and what its errors mean there. Pure."""

from collections.abc import Mapping

from jobs_tui.domain.outcome import (
    INVALID_STATE_TRANSITION,
    RESOURCE_NOT_FOUND,
    TERMINAL_STATE,
    NotAllowed,
    Refused,
)
from jobs_tui.domain.requests import Request, StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.service.call import Call, Meaning
from jobs_tui.service.settings import ServiceSettings

_MEANINGS: Mapping[str, Meaning] = {
    INVALID_STATE_TRANSITION: (
        Refused,
        "refresh: the execution is not in the state that the screen shows",
    ),
    RESOURCE_NOT_FOUND: (
        Refused,
        "check the names of the thing and the job; the execution may have been deleted",
    ),
    TERMINAL_STATE: (
        Refused,
        "it has finished and has left the pending list; the data plane keeps no history",
    ),
    "UnknownOperationException": (
        Refused,
        "this endpoint does not serve AWS IoT Jobs: check --endpoint-url and the region",
    ),
    "CertificateValidationException": (
        NotAllowed,
        "check that the certificate is active, attached to the thing, and of this account",
    ),
}


def job_call(
    request: Request, settings: ServiceSettings, *, endpoint: str, region: str, partition: str
) -> Call:
    """One of the four operations; `partition` is the first part of ARNs, as in `aws-cn`."""
    operation = type(request).__name__
    writes = isinstance(request, StartNextPendingJobExecution | UpdateJobExecution)
    return Call(
        operation=operation,
        permission=(
            f"allow iotjobsdata:{operation} on "
            f"arn:{partition}:iot:{region}:ACCOUNT:thing/{request.thing_name}; "
            f"iot:{operation}, the commonest mistake, does not grant it"
        ),
        writes=writes,
        endpoint=endpoint,
        time_limit=settings.write_time_limit if writes else settings.read_time_limit,
        meanings=_MEANINGS,
    )
