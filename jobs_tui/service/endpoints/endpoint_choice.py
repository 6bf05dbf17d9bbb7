"""Which endpoint is asked: the one that is given, else the account's own, else the region's.

Developer guide, "AWS IoT device data and service endpoints": DescribeEndpoint tells an account's
own host. Captures of the live service tell of accounts for which the region's host answers
"Invalid endpoint"; the documented type is iot:Jobs, and newer answers name iot:Data-ATS instead.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from aiobotocore.session import AioSession
from botocore.configprovider import ConfiguredEndpointProvider

from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Outcome, Refused, Unreachable
from jobs_tui.service.answers.refusals import CODES_OF_PERMISSION
from jobs_tui.service.chosen_endpoint import ChosenEndpoint, EndpointSource
from jobs_tui.service.endpoint import check_endpoint
from jobs_tui.service.endpoints.endpoint_cache import EndpointCache
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

SERVICE_SECTION = "iot-jobs-data-plane"
"""The service in a profile's `services` section and in AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE."""

ENDPOINT_TYPES = ("iot:Data-ATS", "iot:Jobs")
"""In the order in which they are asked for."""

DISCOVERY_SECONDS = 6.0
"""How long DescribeEndpoint may take in all before the region's endpoint is taken instead."""

DescribeEndpoint = Callable[[str], Awaitable[Outcome[str]]]
"""Asks for the host of an endpoint type."""

AskForHost = Callable[[], Awaitable[Outcome[str]]]
"""Asks for the account's own host, whatever the type."""


class Account(NamedTuple):
    """Whose endpoint is wanted, and where."""

    identity: str
    """What tells accounts apart; empty where nothing does, and nothing is remembered then."""
    region: str


def given_endpoint(session: AioSession, settings: ServiceSettings) -> ChosenEndpoint | None:
    """What the user says: in the settings, else where the SDK looks; None without a word.

    Raises InvalidEndpointError.
    """
    url = settings.endpoint_url
    if url is None and not isinstance(settings.credentials, StaticCredentials):
        url = _configured(session)
    if url is None:
        return None
    check_endpoint(url)
    return ChosenEndpoint(EndpointSource.GIVEN, url)


def to_be_discovered(session: AioSession, settings: ServiceSettings) -> bool:
    """Whether DescribeEndpoint has a say where no endpoint is given.

    The hosts that it tells have no FIPS and no dual-stack variant: who wants one gets the SDK's.
    """
    return (
        settings.discovery
        and not isinstance(settings.credentials, StaticCredentials)
        and not session.get_config_variable("use_fips_endpoint")
        and not session.get_config_variable("use_dualstack_endpoint")
    )


async def discovered_endpoint(
    account: Account, cache: EndpointCache, ask: AskForHost, now: float
) -> ChosenEndpoint:
    """What DescribeEndpoint says, or said lately; the region's endpoint where it says nothing.

    What it said earlier is better than the region's when it cannot be asked.
    """
    found = None
    if account.identity:
        found = await asyncio.to_thread(cache.find, *account, now)
        if found is not None and found.fresh:
            return _chosen(found.host)
    outcome = await ask()
    await keep_what_was_said(outcome, account, cache, now)
    if isinstance(outcome, Done):
        return _chosen(outcome.value)
    if said_for_good(outcome) or found is None:
        return _chosen(None)
    return _chosen(found.host)


async def keep_what_was_said(
    outcome: Outcome[str], account: Account, cache: EndpointCache, now: float
) -> bool:
    """Remember it for the next start; tells whether it was said for good, and for whom."""
    if not account.identity or not said_for_good(outcome):
        return False
    host = outcome.value if isinstance(outcome, Done) else None
    await asyncio.to_thread(cache.keep, *account, host, now)
    return True


def said_for_good(outcome: Outcome[str]) -> bool:
    """Whether asking again tomorrow would be answered alike: with a host, or with a refusal."""
    return isinstance(outcome, Done | Refused) or lacks_permission(outcome)


async def ask_in_turn(ask: DescribeEndpoint) -> Done[str] | Failure:
    """Ask for one type after the other, until one is told or it is plain that none will be."""
    outcome: Outcome[str] = Unreachable("no endpoint type was asked for")
    try:
        async with asyncio.timeout(DISCOVERY_SECONDS):
            for endpoint_type in ENDPOINT_TYPES:
                outcome = await ask(endpoint_type)
                if not isinstance(outcome, Refused):
                    break
    except TimeoutError:
        return Unreachable(
            f"DescribeEndpoint did not answer within {DISCOVERY_SECONDS:g} s",
            "give the endpoint: --endpoint-url https://HOST",
        )
    return outcome


def lacks_permission(failure: object) -> bool:
    """Unlike an expired token or a wrong clock, a missing permission is there tomorrow as well."""
    return isinstance(failure, NotAllowed) and failure.code in CODES_OF_PERMISSION


def _chosen(host: str | None) -> ChosenEndpoint:
    if host is None:
        return ChosenEndpoint(EndpointSource.DEFAULT)
    return ChosenEndpoint(EndpointSource.DISCOVERED, f"https://{host}")


def _configured(session: AioSession) -> str | None:
    if session.get_config_variable("ignore_configured_endpoint_urls"):
        return None
    found = ConfiguredEndpointProvider(
        session.full_config, session.get_scoped_config(), SERVICE_SECTION, os.environ
    ).provide()
    return None if found is None else str(found)
