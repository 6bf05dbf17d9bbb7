"""The steps to the endpoint: its name, its address, its certificate, its clock."""

from jobs_tui.domain.finding import Finding
from jobs_tui.service.doctor.asking import Asked, ask
from jobs_tui.service.doctor.clocks import clock_finding
from jobs_tui.service.doctor.connecting import connect
from jobs_tui.service.doctor.known import Known
from jobs_tui.service.doctor.names import find_addresses
from jobs_tui.service.doctor.route import Route
from jobs_tui.service.doctor.steps import Step, failed_by, skipped
from jobs_tui.service.doctor.tls import (
    tls_finding,
    trusted_in_words,
    untrusted_certificate,
    without_tls,
)

_NO_ENDPOINT = "there is no endpoint to look at"
_NOT_CONNECTED = "there is no connection"


async def look_at_names(known: Known) -> Finding:
    """The addresses of the endpoint's host."""
    if known.route is None:
        return skipped(Step.DNS, _NO_ENDPOINT)
    finding, known.addresses = await find_addresses(known.route)
    return finding


async def look_at_connection(known: Known) -> Finding:
    """Whether anybody answers there."""
    if known.route is None:
        return skipped(Step.CONNECTION, _NO_ENDPOINT)
    if known.addresses is None:
        return skipped(Step.CONNECTION, "there is no address to connect to")
    finding, connected = await connect(known.route, known.addresses, known.clock)
    known.connected = bool(connected)
    return finding


async def look_at_tls(known: Known) -> Finding:
    """Whether the connection is safe."""
    route = known.route
    if route is None:
        return skipped(Step.TLS, _NO_ENDPOINT)
    if route.url.startswith("http://"):
        return without_tls(route.url)
    if not known.connected:
        return skipped(Step.TLS, _NOT_CONNECTED)
    asked = await _asked(known, route)
    shown = await untrusted_certificate(route) if asked.untrusted else None
    trusted = trusted_in_words(route, known.settings, known.session, known.said_by)
    return tls_finding(asked, trusted, shown)


async def look_at_clock(known: Known) -> Finding:
    """Whether the clocks agree, by the Date header of whatever is answered."""
    if known.route is None:
        return skipped(Step.CLOCK, _NO_ENDPOINT)
    if not known.connected:
        return skipped(Step.CLOCK, _NOT_CONNECTED)
    asked = await _asked(known, known.route)
    if asked.answer is not None:
        return clock_finding(asked.answer, signed=known.signs)
    if known.route.url.startswith("https://") and asked.handshake is None:
        return skipped(Step.CLOCK, "there is no TLS connection")
    if asked.failure is None:
        return skipped(Step.CLOCK, "there is no answer")
    return failed_by(Step.CLOCK, asked.failure)


async def _asked(known: Known, route: Route) -> Asked:
    if known.asked is None:
        known.asked = await ask(route, known.settings, known.session, known.clock)
    return known.asked
