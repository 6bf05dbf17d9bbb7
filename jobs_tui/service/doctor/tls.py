"""Whether the connection to the endpoint is safe, and who says so."""

import asyncio
import os
import ssl
from collections.abc import Mapping

from aiobotocore.session import AioSession

from jobs_tui.domain.finding import Finding
from jobs_tui.domain.moments import moment
from jobs_tui.service.access.certificate_fields import CertificateFields, certificate_fields
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.doctor.asking import Asked, authorities
from jobs_tui.service.doctor.caller import is_this_machine
from jobs_tui.service.doctor.route import Route
from jobs_tui.service.doctor.steps import Step, failed, ok, skipped, warning
from jobs_tui.service.settings import ServiceSettings

TIME_LIMIT = 5.0
"""Seconds for a look at a certificate that is not trusted."""


def without_tls(url: str) -> Finding:
    """What is to be said of an endpoint that is asked over http://."""
    if is_this_machine(url):
        return skipped(Step.TLS, "none: http:// on this machine")
    return warning(
        Step.TLS,
        "none: whoever is on the way reads and changes what is asked and answered",
        "give https://HOST unless this is a test",
    )


def tls_finding(asked: Asked, trusted: str, shown: CertificateFields | None) -> Finding:
    """What is to be said of a connection over https://.

    Args:
        asked: how it went.
        trusted: whose word counts.
        shown: the certificate of the other side, where it is not trusted.
    """
    facts: dict[str, str | float | None] = {"trusted": trusted}
    handshake = asked.handshake
    if handshake is not None:
        facts |= {
            "version": handshake.version,
            "issuer": handshake.issuer,
            "expiresAt": handshake.expires_at,
        }
        told = handshake.version.replace("TLSv", "TLS ")
        told += f", certificate by {one_line(handshake.issuer) or 'nobody'}"
        if handshake.expires_at is not None:
            told += f", until {moment(handshake.expires_at)}"
        return ok(Step.TLS, f"{told}, trusted by {trusted}", facts=facts)
    failure = asked.failure
    if failure is None:
        return failed(Step.TLS, "the answer came over no TLS connection", facts=facts)
    told = failure.reason
    if shown is not None:
        told += (
            f"; it is CN={one_line(shown.common_name)} by {one_line(shown.issuer_name)}, "
            f"until {moment(shown.not_after)}"
        )
        facts |= {"issuer": shown.issuer_name, "expiresAt": shown.not_after}
    if asked.untrusted:
        told += f"; trusted are {trusted}"
    return failed(Step.TLS, told, failure.advice, facts)


async def untrusted_certificate(route: Route) -> CertificateFields | None:
    """What the endpoint's certificate says of itself; None where that cannot be seen.

    Nothing is sent over a connection to somebody who is not trusted.
    """
    if route.proxy is not None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with asyncio.timeout(TIME_LIMIT):
            _, writer = await asyncio.open_connection(
                route.first_host, route.first_port, ssl=context, server_hostname=route.host
            )
            connection = writer.get_extra_info("ssl_object")
            shown = connection.getpeercert(binary_form=True)
            writer.transport.abort()
            return certificate_fields(shown)
    except (OSError, ValueError, TimeoutError):
        return None


def trusted_in_words(
    route: Route,
    settings: ServiceSettings,
    session: AioSession | None,
    said_by: Mapping[str, str],
) -> str:
    """Whose word counts, and who says so."""
    file = authorities(route, settings, session)
    if isinstance(file, bool):
        return "the authorities that the AWS SDK brings along"
    if settings.authorities is not None:
        source = said_by.get("authorities", "the program")
    elif os.environ.get("AWS_CA_BUNDLE"):
        source = "AWS_CA_BUNDLE"
    elif session is not None and session.get_config_variable("ca_bundle"):
        source = "the AWS profile"
    else:
        source = "REQUESTS_CA_BUNDLE"
    return f"the authorities in {file}, from {source}"
