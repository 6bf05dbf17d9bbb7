"""What goes wrong below, as one of the outcomes. Pure.

The one place that knows the exceptions of botocore, aiobotocore and aiohttp. No reason holds what a
secret could hide in: the output of a credential process, a line of a configuration file, the text
of an exception that nobody foresaw.
"""

import socket
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from botocore import exceptions as sdk

from jobs_tui.domain.outcome import Failure, Refused, Unreachable
from jobs_tui.service.bad_reply import BadReply
from jobs_tui.service.call import Call, host_of
from jobs_tui.service.credential_errors import credential_failure
from jobs_tui.service.foreign_text import one_line
from jobs_tui.service.refusals import ErrorAnswer, refusal

_READ_AGAIN = "read the execution again to see what stands"
_CHECK_NETWORK = "check the network, the endpoint, and whether a firewall or proxy is between"


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
        if isinstance(each, BadReply):
            return bad_reply(each, call, None)
    return (
        _transport_failure(error, call, sent=sent)
        or credential_failure(error)
        or _unforeseen(error, call, sent=sent)
    )


def bad_reply(reply: BadReply, call: Call, request_id: str | None) -> Failure:
    """What an answer means that is not one of the service's."""
    return call.unanswered(
        f"{call.host} did not answer as the service does: {one_line(str(reply))}",
        _READ_AGAIN
        if call.writes
        else "check the endpoint, and whether a proxy or a login page stands before it",
        sent=True,
        request_id=request_id,
    )


def opening_failure(error: Exception) -> Failure:
    """What an exception means that comes from reading the configuration or making the clients."""
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
        case ValueError() if str(error).startswith("Invalid endpoint"):
            return Unreachable(
                "the endpoint URL is not valid",
                "give https://HOST or http://HOST:PORT; it comes from --endpoint-url, "
                "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE or the profile",
            )
    return credential_failure(error) or Unreachable(
        f"the AWS configuration cannot be used ({type(error).__name__})",
        "try `aws configure list` with the same profile",
    )


def opening_took_too_long(time_limit: float) -> Failure:
    """What it means when configuration and credentials are not there in time."""
    return Unreachable(
        f"no credentials after {time_limit:g} s",
        "a credential_process or a metadata service that never answers is the usual cause; "
        "try `aws configure list` with the same profile",
    )


def service_time(headers: Mapping[str, str]) -> float | None:
    """The Date header of an answer in seconds since the epoch; None without a legible one."""
    try:
        return parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError, OverflowError):
        return None


def _error_answer(error: Any, now: float) -> ErrorAnswer:  # noqa: ANN401
    response = error.response
    said = response.get("Error", {})
    metadata = response.get("ResponseMetadata", {})
    headers = metadata.get("HTTPHeaders", {})
    status = metadata.get("HTTPStatusCode", 0)
    code = str(said.get("Code") or "")
    their_time = service_time(headers)
    return ErrorAnswer(
        status=status,
        # where the answer has no code, botocore puts the HTTP status in its place
        code="" if code.isdigit() else code,
        message=str(said.get("Message") or ""),
        location=headers.get("location", ""),
        request_id=headers.get("x-amzn-requestid"),
        service_ahead=None if their_time is None else their_time - now,
    )


def _transport_failure(error: Any, call: Call, *, sent: bool) -> Failure | None:  # noqa: ANN401
    kwargs = getattr(error, "kwargs", {})
    host = host_of(kwargs.get("endpoint_url") or call.endpoint)
    # a token service that does not answer leaves no doubt about the execution
    sent = sent and host == call.host
    doubt = _READ_AGAIN if call.writes and sent else _CHECK_NETWORK
    match error:
        case sdk.ConnectTimeoutError():
            return Unreachable(f"no connection to {host}: it does not answer", _CHECK_NETWORK)
        case TimeoutError() | sdk.ReadTimeoutError():
            reason = f"no answer from {host} within {call.time_limit:g} s"
            return call.unanswered(reason, doubt, sent=sent)
        case sdk.ConnectionClosedError():
            reason = f"{host} closed the connection before its answer was complete"
            return call.unanswered(reason, doubt, sent=sent)
        case sdk.ProxyConnectionError():
            return Unreachable(
                f"no connection through the proxy{_because(kwargs.get('error'))}",
                "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY",
            )
        case sdk.SSLError():
            return _no_tls(host, kwargs.get("error"))
        case sdk.EndpointConnectionError():
            return _no_connection(host, kwargs.get("error")) or call.unanswered(
                f"{host} broke the connection before it answered{_because(kwargs.get('error'))}",
                doubt,
                sent=sent,
            )
        case sdk.ParamValidationError():
            return Refused(one_line(str(error)), "nothing was sent: correct it")
    return None


def _no_connection(host: str, cause: object) -> Failure | None:
    """No connection came about, so nothing was sent; None if one did."""
    if isinstance(cause, aiohttp.ClientConnectorDNSError | socket.gaierror):
        return Unreachable(
            f"the name {host} cannot be found",
            "check the region and the endpoint for a typing error, and the name server",
        )
    if not isinstance(cause, aiohttp.ClientConnectorError):
        return None
    if isinstance(cause.os_error, ConnectionRefusedError):
        return Unreachable(
            f"{host} refuses connections",
            "nothing listens there: check the endpoint's host and port",
        )
    return Unreachable(f"no connection to {host}{_because(cause.os_error)}", _CHECK_NETWORK)


def _no_tls(host: str, cause: object) -> Failure:
    certificate_error = getattr(cause, "certificate_error", cause)
    why = getattr(certificate_error, "verify_message", "") or getattr(
        getattr(cause, "os_error", None), "reason", ""
    )
    if isinstance(cause, aiohttp.ClientConnectorCertificateError):
        return Unreachable(
            f"the certificate of {host} is not trusted" + (f": {one_line(why)}" if why else ""),
            "where a proxy inspects TLS, name its CA by AWS_CA_BUNDLE; a wrong clock makes good "
            "certificates bad",
        )
    return Unreachable(
        f"no TLS connection to {host}" + (f": {one_line(why)}" if why else ""),
        "check the endpoint's port, and whether it wants http:// or a client certificate",
    )


def _unforeseen(error: Exception, call: Call, *, sent: bool) -> Failure:
    cause = error.kwargs.get("error") if isinstance(error, sdk.HTTPClientError) else None
    told = type(cause or error).__name__
    if isinstance(cause, FileNotFoundError | PermissionError):
        return Unreachable(
            f"a certificate file cannot be read{_because(cause)}",
            "check AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE and ca_bundle of the profile",
        )
    return call.unanswered(
        f"the call to {call.host} failed ({told})",
        _READ_AGAIN if call.writes and sent else "try again; if it stays, please report it",
        sent=sent,
    )


def _because(cause: object) -> str:
    """What the operating system says, where it says anything."""
    if isinstance(cause, aiohttp.ClientHttpProxyError):
        return f": it answered HTTP {cause.status}"
    said = getattr(cause, "strerror", None)
    return f": {one_line(said)}" if isinstance(said, str) and said else ""


def _line_of(parse_error: object) -> str:
    """Where a configuration file is broken, without quoting it: it may hold keys."""
    listed = getattr(parse_error, "errors", None)
    number = listed[0][0] if listed else getattr(parse_error, "lineno", None)
    return f" (line {number})" if isinstance(number, int) else ""
