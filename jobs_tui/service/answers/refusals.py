"""What the error answers of the service mean, by error code, message and HTTP status. Pure.

The codes are those of the service model and those that the gateway before every AWS service adds.
The model's names are recognised with and without their ending `Exception`.
"""

import re
from dataclasses import dataclass, replace

from jobs_tui.domain.description import JobExecutionState
from jobs_tui.domain.moments import duration
from jobs_tui.domain.outcome import (
    INVALID_REQUEST,
    INVALID_STATE_TRANSITION,
    RESOURCE_NOT_FOUND,
    TERMINAL_STATE,
    Conflict,
    Failure,
    NotAllowed,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.service.answers.call import Call, Meaning
from jobs_tui.service.answers.foreign_text import one_line

CLOCK_TOLERANCE = 240.0
"""Seconds that a signature's time may be off before it is refused: five minutes, less a margin."""

_VERSION_MISMATCH = re.compile(
    r"\W*(?:version ?mismatch|expected version \S+ but found version)", re.IGNORECASE
)
_INVALID_ENDPOINT = re.compile(r"\W*invalid endpoint\b", re.IGNORECASE)

_MODELLED = (
    INVALID_REQUEST,
    INVALID_STATE_TRANSITION,
    RESOURCE_NOT_FOUND,
    TERMINAL_STATE,
    "CertificateValidationException",
    "IndexNotReadyException",
    "InvalidQueryException",
    "ServiceUnavailableException",
    "ThrottlingException",
)
_MODELLED_BY_STEM = {name.removesuffix("Exception"): name for name in _MODELLED}


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """An answer with an HTTP status of 300 or more."""

    status: int
    code: str
    """The error's name as sent; empty where there was none, as in a proxy's page."""
    message: str
    """In the sender's words."""
    location: str = ""
    """Where a redirect points to."""
    request_id: str | None = None
    service_ahead: float | None = None
    """Seconds by which the sender's clock is ahead of this machine's; None where unknown."""
    standing: JobExecutionState | None = None
    """What stands there, where the service said so."""


def refusal(answer: ErrorAnswer, call: Call) -> Failure:
    """What an error answer to a call means."""
    code = _canonical(answer.code)
    failure = _by_message(answer, code) or _by_code(answer, code, call)
    failure = failure or _by_status(answer, code, call)
    return failure if answer.standing is None else replace(failure, standing=answer.standing)


def _canonical(code: str) -> str:
    """The model's name for a code that may come without its ending, or with more around it."""
    bare = code.split(":", 1)[0].rsplit("#", 1)[-1].strip()
    return _MODELLED_BY_STEM.get(bare.removesuffix("Exception"), bare)


def _reason(answer: ErrorAnswer, call: Call) -> str:
    said = one_line(answer.message)
    if answer.code:
        return said or answer.code
    return f"{call.host} answered HTTP {answer.status}" + (f": {said}" if said else "")


def _by_message(answer: ErrorAnswer, code: str) -> Failure | None:
    if code.startswith(("VersionMismatch", "VersionConflict")) or _VERSION_MISMATCH.match(
        answer.message
    ):
        return Conflict(
            one_line(answer.message) or "another version stands there now",
            "look at what stands there now, then apply the change again or drop it",
            code,
            answer.request_id,
        )
    if _INVALID_ENDPOINT.match(answer.message):
        return Unreachable(
            one_line(answer.message),
            "this is no missing permission: the account has an endpoint of its own; ask for it by "
            "`aws iot describe-endpoint --endpoint-type iot:Data-ATS` (or iot:Jobs) "
            "and give it as --endpoint-url https://HOST",
            code,
            answer.request_id,
        )
    return None


_THROTTLING = "ThrottlingException"
_RENEW = (
    "renew the credentials, for instance by `aws sso login`, and refresh; those of a role alias "
    "renew themselves, unless this machine's clock is off"
)

_BY_CODE: dict[str, Meaning] = (
    {
        INVALID_REQUEST: (Refused, "correct what the service names"),
        _THROTTLING: (
            Throttled,
            "refresh less often: the quota is shared by all clients of the account",
        ),
    }
    | dict.fromkeys(
        ("ExpiredTokenException", "ExpiredToken", "TokenRefreshRequired"),
        (NotAllowed, _RENEW),
    )
    | dict.fromkeys(
        ("UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId"),
        (
            NotAllowed,
            "the access key is not known: see `aws configure list`, and mind the partition",
        ),
    )
)
"""What an error means of whatever operation, unless the call says otherwise."""

_CODES_OF_THROTTLING = frozenset(
    {
        _THROTTLING,
        "Throttling",
        "ThrottledException",
        "RequestThrottled",
        "TooManyRequestsException",
        "RequestLimitExceeded",
    }
)
CODES_OF_PERMISSION = frozenset(
    {
        "AccessDeniedException",
        "AccessDenied",
        "ForbiddenException",
        "UnauthorizedException",
        "UnauthorizedOperation",
    }
)
_CODES_OF_SIGNATURE = frozenset(
    {
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "IncompleteSignatureException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "RequestExpired",
        "RequestTimeTooSkewed",
    }
)


def _meaning(code: str, call: Call) -> Meaning | None:
    known_as = _THROTTLING if code in _CODES_OF_THROTTLING else code
    return call.meanings.get(known_as) or _BY_CODE.get(known_as)


def _by_code(answer: ErrorAnswer, code: str, call: Call) -> Failure | None:
    reason, request_id = _reason(answer, call), answer.request_id
    meaning = _meaning(code, call)
    if meaning is not None:
        outcome, advice = meaning
        return outcome(reason, advice, code, request_id)
    if code in CODES_OF_PERMISSION:
        return NotAllowed(reason, call.permission(), code, request_id)
    if code in _CODES_OF_SIGNATURE:
        ahead = answer.service_ahead
        if ahead is not None and abs(ahead) > CLOCK_TOLERANCE:
            side = "behind" if ahead > 0 else "ahead of"
            return NotAllowed(
                f"this machine's clock is {duration(abs(ahead))} {side} the service's: {reason}",
                "set the clock; signatures hold for five minutes",
                code,
                request_id,
            )
        advice = "check the secret access key; a proxy that rewrites requests also breaks them"
        return NotAllowed(reason, advice, code, request_id)
    return None


def _by_status(answer: ErrorAnswer, code: str, call: Call) -> Failure:
    reason, status, request_id = _reason(answer, call), answer.status, answer.request_id
    if status == 429:
        _, advice = call.meanings.get(_THROTTLING, _BY_CODE[_THROTTLING])
        return Throttled(reason, advice, code, request_id)
    if status >= 500:
        advice = "the service or a gateway before it is in trouble: try again in a while"
        return call.unanswered(reason, advice, sent=True, code=code, request_id=request_id)
    if status in {401, 403, 407}:
        advice = (
            call.permission()
            if code or call.by_certificate
            else "these are not the service's words: ask who runs the proxy or firewall between"
        )
        return NotAllowed(reason, advice, code, request_id)
    if status < 400:
        reason = f"{call.host} answered HTTP {status}, a redirect"
        if answer.location:
            reason += f" to {one_line(answer.location.partition('?')[0])}"
    elif code:
        return Refused(reason, "", code, request_id)
    return call.unanswered(
        reason,
        "this is not how the service answers: check the endpoint, and whether a proxy or a login "
        "page of the network stands before it",
        sent=True,
        code=code,
        request_id=request_id,
    )
