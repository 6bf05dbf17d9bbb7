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
from jobs_tui.service.access.mutual_tls import ASK_FOR_THE_HOST, PORT
from jobs_tui.service.answers.call import Call, Meaning
from jobs_tui.service.answers.permission import permission_for
from jobs_tui.service.settings import DeviceCertificate, ServiceSettings

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

_SIGNATURE_WANTED = (
    "this endpoint wants a signature; certificates are taken on port "
    f"{PORT} of the account's Data-ATS host: {ASK_FOR_THE_HOST}"
)
_MEANINGS_BY_CERTIFICATE: Mapping[str, Meaning] = {
    **_MEANINGS,
    "MissingAuthenticationTokenException": (NotAllowed, _SIGNATURE_WANTED),
    "MissingAuthenticationToken": (NotAllowed, _SIGNATURE_WANTED),
    "IncompleteSignatureException": (NotAllowed, _SIGNATURE_WANTED),
    "IncompleteSignature": (NotAllowed, _SIGNATURE_WANTED),
}


def job_call(
    request: Request, settings: ServiceSettings, *, endpoint: str, region: str, partition: str
) -> Call:
    """One of the four operations; `partition` is the first part of ARNs, as in `aws-cn`."""
    writes = isinstance(request, StartNextPendingJobExecution | UpdateJobExecution)
    by_certificate = isinstance(settings.credentials, DeviceCertificate)

    def permission() -> str:
        wanted = permission_for(
            request, region=region, partition=partition, by_certificate=by_certificate
        )
        return wanted.wanted

    return Call(
        operation=type(request).__name__,
        permission=permission,
        writes=writes,
        endpoint=endpoint,
        time_limit=settings.write_time_limit if writes else settings.read_time_limit,
        meanings=_MEANINGS_BY_CERTIFICATE if by_certificate else _MEANINGS,
        by_certificate=by_certificate,
    )
