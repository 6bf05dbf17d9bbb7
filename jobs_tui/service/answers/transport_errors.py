"""What broken, refused and silent connections mean. Pure.

For a change it matters whether it can have arrived: without a connection nothing was sent; a
connection that broke, or stayed silent, leaves a doubt.
"""

import socket
import ssl
from typing import Any

import aiohttp
from botocore import exceptions as sdk

from jobs_tui.domain.outcome import Failure, NotAllowed, Refused, Unreachable
from jobs_tui.service.answers.call import Call
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.endpoint import host_of

READ_AGAIN = "read the execution again to see what stands"
CHECK_NETWORK = "check the network, the endpoint, and whether a firewall or proxy is between"
CHECK_WHO_ANSWERS = "check the endpoint, and whether a proxy or a login page stands before it"
CHECK_PROXY = "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY"

_CERTIFICATE_NOT_NOW = frozenset({9, 10})
_CERTIFICATE_OF_ANOTHER = frozenset({62, 64})
"""OpenSSL's numbers for what is wrong with the certificate of a server (x509_vfy.h)."""

_CERTIFICATE_ALERTS = frozenset(
    {
        "access denied",
        "bad certificate",
        "certificate expired",
        "certificate required",
        "certificate revoked",
        "certificate unknown",
        "decrypt error",
        "unknown ca",
        "unsupported certificate",
    }
)
"""With which a server ends the handshake over the client's certificate (RFC 8446, section 6.2)."""


def transport_failure(error: Any, call: Call, *, sent: bool) -> Failure | None:
    """The outcome for an exception of the transport; None for any other.

    `sent` is whether the request was handed to the network; before that, a token service may have
    been asked, and it is that one which failed.
    """
    if isinstance(error, sdk.ParamValidationError):
        return Refused(one_line(str(error)), "nothing was sent: correct it")
    if isinstance(error, TimeoutError) and not sent:
        return Unreachable(
            f"nothing was sent within {call.time_limit:g} s",
            f"credentials were not ready, or other calls to {call.host} wait for their answers",
        )
    kwargs = getattr(error, "kwargs", {})
    host = host_of(kwargs.get("endpoint_url") or call.endpoint)
    cause = kwargs.get("error")
    unconnected = _certificate_refused(cause, host, call) or _unconnected(error, cause, host)
    if unconnected is not None:
        return unconnected
    if isinstance(cause, aiohttp.ClientResponseError):
        return call.unanswered(
            f"{host} did not answer in HTTP, or by headers beyond all measure",
            READ_AGAIN if call.writes and sent else CHECK_WHO_ANSWERS,
            sent=sent,
        )
    lost = _lost_answer(error, cause, call.time_limit)
    if lost is None:
        return None
    advice = READ_AGAIN if call.writes and sent else CHECK_NETWORK
    if call.by_certificate and not isinstance(error, TimeoutError | sdk.ReadTimeoutError):
        advice += "; who refuses a certificate may hang up like this: check that it is active"
    return call.unanswered(f"{host} {lost}", advice, sent=sent)


def _unconnected(error: Any, cause: Any, host: str) -> Failure | None:
    """No connection came about, so nothing was sent; None if one did."""
    match error:
        case sdk.ConnectTimeoutError():
            return Unreachable(f"{host} does not answer to connect", CHECK_NETWORK)
        case sdk.ProxyConnectionError():
            return Unreachable(
                f"no connection through the proxy{_because(cause)}",
                CHECK_PROXY,
            )
        case sdk.SSLError():
            return _no_tls(cause, host)
        case sdk.EndpointConnectionError():
            return _no_connection(cause, host)
        case sdk.HTTPClientError() if _is_about_a_file(cause):
            return Unreachable(
                f"a certificate file cannot be read{_because(cause)}",
                "check --ca, AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE and ca_bundle of the profile",
            )
    return None


def _is_about_a_file(cause: Any) -> bool:
    """Whether a file of authorities is the trouble, rather than a connection."""
    if isinstance(cause, ssl.SSLError):
        return cause.library == "X509"
    return isinstance(cause, FileNotFoundError | PermissionError | IsADirectoryError)


def _certificate_refused(cause: Any, host: str, call: Call) -> Failure | None:
    """The server has ended the handshake over our certificate, so it has taken no request.

    With TLS 1.3 that comes to light when the request is on its way already.
    """
    told = getattr(getattr(cause, "__cause__", None), "reason", None) or ""
    alert = told.partition("ALERT_")[2].replace("_", " ").lower()
    if alert not in _CERTIFICATE_ALERTS:
        return None
    if not call.by_certificate:
        return NotAllowed(
            f"{host} wants a client certificate: {alert}",
            "give one by --cert and --key, or check host and port of the endpoint",
        )
    return NotAllowed(
        f"{host} refuses the certificate: {alert}",
        "check that the certificate is active, and of the account whose host this is, by "
        "`aws iot describe-certificate --certificate-id ID`",
    )


def _lost_answer(error: Any, cause: Any, time_limit: float) -> str | None:
    """What the endpoint did instead of answering; None if it is not known that it did not."""
    match error:
        case TimeoutError() | sdk.ReadTimeoutError():
            return f"did not answer within {time_limit:g} s"
        case sdk.ConnectionClosedError():
            return "closed the connection before its answer was complete"
        case sdk.EndpointConnectionError():
            return f"broke the connection before it answered{_because(cause)}"
    return None


def _no_connection(cause: Any, host: str) -> Failure | None:
    if isinstance(cause, aiohttp.ClientConnectorDNSError | socket.gaierror):
        return name_not_found(host)
    if not isinstance(cause, aiohttp.ClientConnectorError):
        return None
    return not_connected(cause.os_error, host)


def name_not_found(host: str) -> Failure:
    """No address goes by this name."""
    return Unreachable(
        f"the name {host} cannot be found",
        "check the region and the endpoint for a typing error, and the name server",
    )


def not_connected(error: OSError, host: str) -> Failure:
    """What the operating system says when no connection comes about."""
    if isinstance(error, ConnectionRefusedError):
        return Unreachable(
            f"{host} refuses connections",
            "nothing listens there: check host and port of the endpoint",
        )
    return Unreachable(f"no connection to {host}{_because(error)}", CHECK_NETWORK)


def _no_tls(cause: Any, host: str) -> Failure:
    if isinstance(cause, aiohttp.ClientConnectorCertificateError):
        why = one_line(getattr(cause.certificate_error, "verify_message", "")).rstrip(".")
        return Unreachable(
            f"the certificate of {host} is not trusted" + (f": {why}" if why else ""),
            _trust(getattr(cause.certificate_error, "verify_code", 0)),
        )
    why = getattr(getattr(cause, "os_error", None), "reason", "")
    return Unreachable(
        f"no TLS connection to {host}" + (f": {one_line(why)}" if why else ""),
        "check the port of the endpoint, and whether it wants http:// or a client certificate",
    )


def _trust(verify_code: int) -> str:
    """What to do about a server's certificate."""
    if verify_code in _CERTIFICATE_OF_ANOTHER:
        return (
            "check the host name of the endpoint; a proxy, or whoever has taken over its address, "
            "may answer in its place"
        )
    if verify_code in _CERTIFICATE_NOT_NOW:
        return (
            "set this machine's clock if it is wrong: it makes good certificates bad; else whoever "
            "runs the endpoint has to renew it"
        )
    return "where a proxy inspects TLS, name its CA by --ca FILE or AWS_CA_BUNDLE"


def _because(cause: object) -> str:
    """What the operating system, OpenSSL or a proxy says, where it says anything."""
    if isinstance(cause, ssl.SSLError) and cause.reason:
        return f": {cause.reason.replace('_', ' ').lower()}"
    if isinstance(cause, aiohttp.ClientHttpProxyError):
        return f": it answered HTTP {cause.status}"
    said = getattr(cause, "strerror", None)
    return f": {one_line(said)}" if isinstance(said, str) and said else ""
