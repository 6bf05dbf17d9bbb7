"""Which endpoint is asked, who says so, and what DescribeEndpoint says about it now."""

import asyncio
import os
from collections.abc import Mapping

import botocore
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.finding import Finding
from jobs_tui.domain.outcome import Done, Outcome, Refused
from jobs_tui.service.access.mutual_tls import certificate_endpoint
from jobs_tui.service.access.session import SERVICE
from jobs_tui.service.access.way_in import WayIn
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.chosen_endpoint import EndpointSource
from jobs_tui.service.connection import out_of_time
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.doctor.steps import (
    Facts,
    Found,
    Step,
    code_fact,
    failed_by,
    ok,
    skipped,
    warning,
)
from jobs_tui.service.endpoint import check_endpoint
from jobs_tui.service.endpoints.endpoint_cache import EndpointCache
from jobs_tui.service.endpoints.endpoint_choice import (
    Account,
    given_endpoint,
    keep_what_was_said,
    lacks_permission,
    to_be_discovered,
)
from jobs_tui.service.opening import OpeningStage
from jobs_tui.service.planes.aio_control_plane import host_of_account
from jobs_tui.service.planes.aio_data_plane import data_plane_on
from jobs_tui.service.settings import DeviceCertificate, ServiceSettings

_VARIABLES = ("AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE", "AWS_ENDPOINT_URL")
"""In the order of the SDK."""


async def open_endpoint(
    session: AioSession, settings: ServiceSettings, clock: Clock, said_by: Mapping[str, str]
) -> Found[JobsDataPlane]:
    """Open the link as the cockpit does, and ask again for what it may know from earlier.

    The credentials that the session has found are not looked for again.
    What DescribeEndpoint says is remembered for the next start. Whoever gets the link closes it.
    """
    try:
        async with asyncio.timeout(settings.open_time_limit):
            link = await data_plane_on(session, settings, clock, lambda _: None)
    except TimeoutError:
        failure = out_of_time(OpeningStage.ENDPOINT, settings.open_time_limit)
        return Found(failed_by(Step.ENDPOINT, failure))
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises is told
        return Found(failed_by(Step.ENDPOINT, errors.opening_failure(error)))
    if link.endpoint_source is EndpointSource.GIVEN:
        return Found(_given(link.endpoint, _giver(settings, said_by)), link)
    if not to_be_discovered(session, settings):
        return Found(ok(Step.ENDPOINT, _of_the_region(link.endpoint), facts=_facts(link)), link)
    way_in = WayIn(link.region, link.identity, given=None)
    described = await host_of_account(session, settings, way_in, clock)
    kept = await keep_what_was_said(
        described,
        Account(link.identity, link.region),
        EndpointCache(settings.cache_folder),
        clock.now(),
    )
    kept = kept and settings.cache_folder is not None
    return Found(described_finding(link.endpoint, link.endpoint_source, described, kept=kept), link)


async def endpoint_without_keys(
    session: AioSession | None,
    settings: ServiceSettings,
    said_by: Mapping[str, str],
    region: str | None,
) -> Found[str]:
    """The URL that would be asked, as far as it is known without credentials."""
    try:
        if session is None:
            if settings.endpoint_url is None:
                told = "not known: the AWS configuration cannot be read"
                return Found(skipped(Step.ENDPOINT, told))
            check_endpoint(settings.endpoint_url)
            url, is_given = settings.endpoint_url, True
        else:
            given = given_endpoint(session, settings)
            if isinstance(settings.credentials, DeviceCertificate):
                given = certificate_endpoint(given)
            url, is_given = (given.url or "", True) if given else ("", False)
            if not is_given and region is None:
                return Found(skipped(Step.ENDPOINT, "not known: there is no region"))
            url = url or await _default_url(session, region)
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises is told
        return Found(failed_by(Step.ENDPOINT, errors.opening_failure(error)))
    if is_given:
        return Found(_given(url, _giver(settings, said_by)), url)
    told = f"{_of_the_region(url)}; DescribeEndpoint is not asked without credentials"
    return Found(skipped(Step.ENDPOINT, told, facts={"url": url}), url)


def described_finding(
    url: str, source: EndpointSource, described: Outcome[str], *, kept: bool
) -> Finding:
    """What is to be said of an endpoint that nobody gave.

    Args:
        url: the one in force.
        source: who says so.
        described: what DescribeEndpoint says now.
        kept: whether that is remembered for the next start.
    """
    facts: Facts = {"url": url, "from": str(source)}
    if isinstance(described, Done):
        now = f"https://{described.value}"
        if now == url:
            return ok(Step.ENDPOINT, f"{one_line(url)}, told by DescribeEndpoint", facts=facts)
        return warning(
            Step.ENDPOINT,
            f"{_in_force(url, source)}; DescribeEndpoint now tells {one_line(now)}",
            "it is remembered: the next start asks there"
            if kept
            else f"give it: --endpoint-url {one_line(now)}",
            {**facts, "told": now},
        )
    facts = {**facts, **code_fact(described)}
    told = _in_force(url, source)
    if lacks_permission(described):
        told += "; iot:DescribeEndpoint, which would tell the account's own, is not allowed"
        return ok(Step.ENDPOINT, told, facts=facts)
    if isinstance(described, Refused):
        return ok(Step.ENDPOINT, f"{told}; DescribeEndpoint tells none", facts=facts)
    told += f"; DescribeEndpoint cannot be asked: {described.reason}"
    return warning(Step.ENDPOINT, told, described.advice, facts)


async def _default_url(session: AioSession, region: str | None) -> str:
    config = AioConfig(signature_version=botocore.UNSIGNED)
    client = session.create_client(SERVICE, region_name=region, verify=False, config=config)
    async with client as made:
        return str(made.meta.endpoint_url)


def _given(url: str, giver: str) -> Finding:
    facts = {"url": url, "from": str(EndpointSource.GIVEN)}
    return ok(Step.ENDPOINT, f"{one_line(url)}, from {giver}", facts=facts)


def _giver(settings: ServiceSettings, said_by: Mapping[str, str]) -> str:
    if settings.endpoint_url is not None:
        return said_by.get("endpoint_url", "the program")
    return next((each for each in _VARIABLES if os.environ.get(each)), "the AWS profile")


def _of_the_region(url: str) -> str:
    return f"{one_line(url)}, the SDK's for the region"


def _in_force(url: str, source: EndpointSource) -> str:
    if source is EndpointSource.DISCOVERED:
        return f"{one_line(url)}, told by DescribeEndpoint earlier"
    return _of_the_region(url)


def _facts(link: JobsDataPlane) -> Facts:
    return {"url": link.endpoint, "from": str(link.endpoint_source)}
