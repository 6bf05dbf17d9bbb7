"""Asks the endpoint for nothing, once and unsigned, by the same way as the cockpit.

Whatever the answer is, it shows who is there, over which TLS, and by which clock.
"""

import asyncio
import ssl
from dataclasses import dataclass
from typing import Any, NamedTuple

import aiohttp
from aiobotocore.session import AioSession
from botocore.awsrequest import AWSRequest
from botocore.exceptions import SSLError
from botocore.utils import get_environ_proxies

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure
from jobs_tui.service.access.http_session import BoundedHTTPSession
from jobs_tui.service.access.session import trusted_authorities
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.call import Call, no_permission
from jobs_tui.service.doctor.route import Route
from jobs_tui.service.planes.client_configs import USER_AGENT
from jobs_tui.service.settings import DeviceCertificate, ServiceSettings, StaticCredentials


class Handshake(NamedTuple):
    """A TLS connection that came about."""

    host: str | None
    """To whom, by name."""
    version: str
    """As `TLSv1.3`."""
    issuer: str
    """Who vouches for the certificate of the other side; foreign text."""
    expires_at: float | None
    """When that certificate ends, in seconds since the epoch."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    """Of HTTP."""
    request_id: str | None
    """Of AWS; proxies and portals have none."""
    service_ahead: float | None
    """Seconds by which the clock of whoever answered is ahead of this machine's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How the question went."""

    handshake: Handshake | None = None
    answer: Answer | None = None
    failure: Failure | None = None
    """Why there is no answer."""
    untrusted: bool = False
    """Whether that is because the certificate of the other side is not trusted."""


async def ask(
    route: Route, settings: ServiceSettings, session: AioSession | None, clock: Clock
) -> Asked:
    """Send one GET and wait for its answer, within the time for a read. Raises nothing."""
    made: list[Handshake] = []
    try:
        async with asyncio.timeout(settings.read_time_limit):
            answer = await _send(route, settings, session, clock, made)
    except Exception as error:  # noqa: BLE001 - whatever happens is told
        call = Call(
            operation="",
            permission=no_permission,
            writes=False,
            endpoint=route.url,
            time_limit=settings.read_time_limit,
            by_certificate=isinstance(settings.credentials, DeviceCertificate),
        )
        failure = errors.failure(error, call, sent=True, now=clock.now())
        return Asked(_with(route.host, made), None, failure, untrusted=_is_untrusted(error))
    return Asked(_with(route.host, made), answer)


async def _send(
    route: Route,
    settings: ServiceSettings,
    session: AioSession | None,
    clock: Clock,
    made: list[Handshake],
) -> Answer:
    credentials = settings.credentials
    isolated = isinstance(credentials, StaticCredentials)
    certificate = None
    if isinstance(credentials, DeviceCertificate):
        certificate = (str(credentials.certificate), str(credentials.private_key))
    async with _WatchedHTTPSession(
        verify=authorities(route, settings, session),
        proxies={} if isolated else get_environ_proxies(route.url),
        timeout=settings.read_time_limit,
        client_cert=certificate,
        connector_args={"force_close": True, "keepalive_timeout": None},
    ) as http:
        http.made = made
        url = route.url.rstrip("/") + "/"
        request = AWSRequest("GET", url, headers={"User-Agent": USER_AGENT})
        sent_at = clock.now()
        answer = await http.send(request.prepare())
        answered_at = clock.now()
    told = errors.service_time(answer.headers)
    # a date has whole seconds: on average half a second has passed since
    ahead = None if told is None else told + 0.5 - (sent_at + answered_at) / 2
    return Answer(answer.status_code, answer.headers.get("x-amzn-requestid"), ahead)


def authorities(route: Route, settings: ServiceSettings, session: AioSession | None) -> bool | str:
    """The file of those who are trusted, True for those that the SDK brings along."""
    if route.url.startswith("http://"):
        return False
    if settings.authorities is not None:
        return str(settings.authorities)
    if session is None or isinstance(settings.credentials, StaticCredentials):
        return True
    return trusted_authorities(session)


class _WatchedHTTPSession(BoundedHTTPSession):
    """Notes each TLS connection that comes about."""

    made: list[Handshake]

    def _get_ssl_context(self) -> ssl.SSLContext:
        context: ssl.SSLContext = super()._get_ssl_context()
        made = self.made

        class Watched(ssl.SSLObject):
            """Notes its handshake when it is complete."""

            def do_handshake(self) -> None:
                super().do_handshake()
                made.append(_handshake(self))

        context.sslobject_class = Watched
        return context


def _handshake(connection: ssl.SSLObject) -> Handshake:
    certificate: dict[str, Any] = connection.getpeercert() or {}
    ends = certificate.get("notAfter")
    return Handshake(
        connection.server_hostname,
        connection.version() or "",
        _name(certificate.get("issuer", ())),
        None if ends is None else float(ssl.cert_time_to_seconds(ends)),
    )


def _name(parts: Any) -> str:
    """The common name of a certificate's subject or issuer, else its organisation."""
    names = {name: value for part in parts for name, value in part}
    return str(names.get("commonName") or names.get("organizationName") or "")


def _with(host: str, made: list[Handshake]) -> Handshake | None:
    """The handshake with the endpoint, and not the one with a proxy before it."""
    return next((each for each in reversed(made) if each.host in {host, None}), None)


def _is_untrusted(error: Exception) -> bool:
    cause = error.kwargs.get("error") if isinstance(error, SSLError) else None
    return isinstance(cause, aiohttp.ClientConnectorCertificateError)
