"""The steps on this machine: who asks, in which region, and whom."""

import asyncio

from jobs_tui.domain.finding import Finding
from jobs_tui.service.doctor.certificate import examine_certificate
from jobs_tui.service.doctor.credentials import examine_credentials
from jobs_tui.service.doctor.endpoint import endpoint_without_keys, open_endpoint
from jobs_tui.service.doctor.known import Known
from jobs_tui.service.doctor.profile import read_configuration
from jobs_tui.service.doctor.region import account_url, find_region
from jobs_tui.service.doctor.route import route_to
from jobs_tui.service.doctor.steps import Found, Step, skipped
from jobs_tui.service.endpoints.endpoint_choice import given_endpoint

_NO_CONFIGURATION = "the AWS configuration cannot be read"


async def look_at_profile(known: Known) -> Finding:
    """The configuration of the AWS SDK, on which the rest depends."""
    finding, known.session = await read_configuration(known.settings, known.said_by)
    return finding


async def look_at_region(known: Known) -> Finding:
    """The region, and who says so."""
    if known.session is None:
        return skipped(Step.REGION, _NO_CONFIGURATION)
    url = account_url(known.settings, _given_url(known))
    finding, known.region = await asyncio.to_thread(
        find_region, known.session, known.settings, known.said_by, url
    )
    if known.region is not None:
        # token services, too, are looked for in this region
        known.session.set_config_variable("region", known.region)
    return finding


async def look_at_certificate(known: Known) -> Finding:
    """The device's certificate; there is one."""
    certificate = known.certificate
    if certificate is None:
        return skipped(Step.CERTIFICATE, "none is shown")
    finding, facts = await examine_certificate(certificate, known.clock.now())
    known.certificate_good = facts is not None
    return finding


async def look_at_credentials(known: Known) -> Finding:
    """Who signs."""
    if known.session is None:
        return skipped(Step.CREDENTIALS, _NO_CONFIGURATION)
    if not known.certificate_good:
        return skipped(Step.CREDENTIALS, "the certificate cannot be used")
    finding, known.account = await examine_credentials(
        known.session,
        known.settings,
        known.clock,
        region=known.region,
        given_url=_given_url(known),
    )
    return finding


async def look_at_endpoint(known: Known) -> Finding:
    """Whom the cockpit would ask; without a link to it, as far as that is known."""
    if known.session is None or known.account is None or (known.signs and known.region is None):
        finding, url = await _without_keys(known)
    else:
        finding, known.link = await open_endpoint(
            known.session, known.settings, known.clock, known.said_by
        )
        # what is on the way is worth a look, even where the link cannot be opened
        url = known.link.endpoint if known.link else (await _without_keys(known)).value
    if url is not None:
        known.route = route_to(url, known.settings)
    return finding


async def _without_keys(known: Known) -> Found[str]:
    return await endpoint_without_keys(known.session, known.settings, known.said_by, known.region)


def _given_url(known: Known) -> str | None:
    """The endpoint that the user gives; a bad one is told where the endpoint is looked at."""
    if known.session is None:
        return known.settings.endpoint_url
    try:
        given = given_endpoint(known.session, known.settings)
    except Exception:  # noqa: BLE001 - whatever the SDK raises is told there
        return None
    return None if given is None else given.url
