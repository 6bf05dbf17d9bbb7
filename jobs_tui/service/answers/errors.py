"""What goes wrong below, as one of the outcomes. Pure.

With its neighbours for the transport and for credentials this is the one place that knows the
exceptions of botocore, aiobotocore and aiohttp. No reason holds what a secret could hide in: the
output of a credential process, a line of a configuration file, the text of an exception that nobody
foresaw.
"""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from botocore import exceptions as sdk

from jobs_tui.domain.outcome import Failure, Unreachable
from jobs_tui.service.answers.answer_body import MEMBERS
from jobs_tui.service.answers.bad_reply import BadReply
from jobs_tui.service.answers.call import Call
from jobs_tui.service.answers.credential_errors import credential_failure
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.answers.refusals import ErrorAnswer, refusal
from jobs_tui.service.answers.replies import standing_state
from jobs_tui.service.answers.told_error import ToldError
from jobs_tui.service.answers.transport_errors import (
    CHECK_WHO_ANSWERS,
    READ_AGAIN,
    transport_failure,
)
from jobs_tui.service.endpoint import InvalidEndpointError

LONGEST_CODE = 128
"""Characters of the name of an error that are kept; the service's have a third of it."""

LONGEST_ID = 64
"""Characters of a request id that are kept; the service's have 36."""

_ENDPOINT_COMES_FROM = (
    "--endpoint-url, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE or the profile"
)


def failure(error: Exception, call: Call, *, sent: bool, now: float) -> Failure:
    """What an exception out of a call means.

    Args:
        error: what was raised.
        call: what was asked.
        sent: whether the request itself was handed to the network; before that, credentials are
            looked for and may be asked for elsewhere.
        now: seconds since the epoch by this machine's clock.
    """
    if isinstance(error, sdk.ClientError) and error.operation_name == call.operation:
        return refusal(_error_answer(error, now), call)
    cause = error.kwargs.get("error") if isinstance(error, sdk.HTTPClientError) else None
    for each in (error, cause):
        if isinstance(each, ToldError):
            return each.failure
        if isinstance(each, BadReply):
            return bad_reply(each, call, None)
    return (
        transport_failure(error, call, sent=sent)
        or (None if sent else _endpoint_failure(error) or credential_failure(error))
        or _unforeseen(error, call, sent=sent)
    )


def bad_reply(reply: BadReply, call: Call, request_id: str | None) -> Failure:
    """What an answer means that is not one of the service's."""
    return call.unanswered(
        f"{call.host} did not answer as the service does: {one_line(str(reply))}",
        READ_AGAIN if call.writes else CHECK_WHO_ANSWERS,
        sent=True,
        request_id=request_id,
    )


def opening_failure(error: Exception, endpoint_comes_from: str = _ENDPOINT_COMES_FROM) -> Failure:
    """What an exception means that comes from reading the configuration or making the clients.

    `endpoint_comes_from` names the settings that may hold the URL of the endpoint.
    """
    if isinstance(error, ToldError):
        return error.failure
    return (
        _configuration_failure(error)
        or _endpoint_failure(error, endpoint_comes_from)
        or credential_failure(error)
        or Unreachable(
            f"the AWS configuration cannot be used ({type(error).__name__})",
            "try `aws configure list` with the same profile",
        )
    )


def _configuration_failure(error: Any) -> Failure | None:
    match error:
        case sdk.NoRegionError():
            return Unreachable(
                "no region is set",
                "give --region, set AWS_DEFAULT_REGION or AWS_REGION, or name a profile that has "
                "one",
            )
        case sdk.InvalidRegionError():
            return Unreachable(
                f"{one_line(str(error.kwargs.get('region_name')))!r} is not a region",
                "give --region as in eu-west-3",
            )
        case sdk.ProfileNotFound():
            return Unreachable(
                f"there is no profile {one_line(str(error.kwargs.get('profile')))!r}",
                "see `aws configure list-profiles`; the name comes from --profile or AWS_PROFILE",
            )
        case sdk.ConfigParseError():
            return Unreachable(
                f"{one_line(str(error.kwargs.get('path')))} cannot be read as AWS configuration"
                + _line_of(error.kwargs.get("error")),
                "correct it, or name another file by AWS_CONFIG_FILE or "
                "AWS_SHARED_CREDENTIALS_FILE",
            )
        case ValueError() if str(error).startswith("invalid literal for int()"):
            return Unreachable(
                "a setting of the AWS SDK is not the whole number that it has to be",
                "check AWS_METADATA_SERVICE_TIMEOUT, AWS_METADATA_SERVICE_NUM_ATTEMPTS, "
                "AWS_MAX_ATTEMPTS and the settings of the same names in the profile",
            )
    return None


def _endpoint_failure(
    error: Exception, endpoint_comes_from: str = _ENDPOINT_COMES_FROM
) -> Failure | None:
    if isinstance(error, sdk.EndpointVariantError | sdk.EndpointProviderError):
        return Unreachable(
            f"the SDK knows no such endpoint: {one_line(str(error).rstrip(': '))}",
            "unset AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT (in the profile "
            "use_fips_endpoint and use_dualstack_endpoint), or give --endpoint-url",
        )
    if _is_about_the_endpoint(error):
        return Unreachable(
            "the endpoint URL is not valid",
            f"give https://HOST or http://HOST:PORT; it comes from {endpoint_comes_from}",
        )
    return None


def _is_about_the_endpoint(error: Exception) -> bool:
    if isinstance(error, InvalidEndpointError):
        return True
    sdk_says = ("Invalid endpoint", "Invalid IPv6 URL")
    return isinstance(error, ValueError) and str(error).startswith(sdk_says)


def service_time(headers: Mapping[str, str]) -> float | None:
    """The Date header of an answer in seconds since the epoch; None without a legible one."""
    date = headers.get("date")
    return None if date is None else _moment(date)


def request_id(headers: Mapping[str, str]) -> str | None:
    """By what the service's owners find an answer; None without one, and cut where it is none."""
    told = headers.get("x-amzn-requestid")
    return told and told[:LONGEST_ID]


@lru_cache(maxsize=4)
def _moment(date: str) -> float | None:
    """It has whole seconds: many answers in a row bear the same."""
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return None


def _error_answer(error: Any, now: float) -> ErrorAnswer:
    response = error.response
    said = response.get("Error", {})
    metadata = response.get("ResponseMetadata", {})
    headers = metadata.get("HTTPHeaders", {})
    status = metadata.get("HTTPStatusCode", 0)
    code = one_line(str(said.get("Code") or ""))[:LONGEST_CODE]
    their_time = service_time(headers)
    return ErrorAnswer(
        status=status,
        # where the answer has no code, botocore puts the HTTP status in its place
        code="" if code.isdigit() else code,
        message=str(said.get("Message") or ""),
        location=headers.get("location", ""),
        request_id=request_id(headers),
        service_ahead=None if their_time is None else their_time - now,
        standing=standing_state(response.get(MEMBERS, {})),
    )


def _unforeseen(error: Exception, call: Call, *, sent: bool) -> Failure:
    cause = error.kwargs.get("error") if isinstance(error, sdk.HTTPClientError) else None
    told = type(cause or error).__name__
    return call.unanswered(
        f"the call to {call.host} failed ({told})",
        READ_AGAIN if call.writes and sent else "try again; if it stays, please report it",
        sent=sent,
    )


def _line_of(parse_error: object) -> str:
    """Where a configuration file is broken, without quoting it: it may hold keys."""
    listed = getattr(parse_error, "errors", None)
    number = listed[0][0] if listed else getattr(parse_error, "lineno", None)
    return f" (line {number})" if isinstance(number, int) else ""
