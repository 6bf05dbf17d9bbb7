"""The SDK's two clients, set up so that no call surprises.

Reads are repeated once by the SDK when the connection breaks or the service is in trouble; writes
never, because the SDK cannot tell a lost request from a lost answer. Each has connections of its
own, so that a change never queues behind refreshes.
"""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import aiobotocore
import botocore
from aiobotocore.config import AioConfig
from aiobotocore.credentials import AioCredentials
from aiobotocore.session import AioSession
from botocore.exceptions import NoCredentialsError

from jobs_tui import __version__
from jobs_tui.domain.clock import Clock
from jobs_tui.service.account_number import account_number
from jobs_tui.service.endpoint import ChosenEndpoint, EndpointSource, check_endpoint
from jobs_tui.service.endpoint_choice import given_endpoint
from jobs_tui.service.http_session import BoundedHTTPSession, SendOnceHTTPSession
from jobs_tui.service.opening import OpeningStage, TellStage
from jobs_tui.service.session import SERVICE, region_of
from jobs_tui.service.settings import ServiceSettings

WRITES_AT_ONCE = 4
"""Changes under way at once; also the size of their connection pool."""

KEEPALIVE_SECONDS = 60
"""Longer than most refresh intervals: a new TLS connection costs five times the CPU of a call."""

USER_AGENT = (
    f"jobs-tui/{__version__} aiobotocore/{aiobotocore.__version__} botocore/{botocore.__version__}"
)
"""Said once and for all: the SDK would otherwise put it together anew for each call."""


@dataclass(frozen=True, slots=True)
class Clients:
    """Two clients of one session, open until `closing` is closed."""

    reads: Any
    writes: Any
    """None where nothing may be changed."""
    endpoint_source: EndpointSource
    identity: str
    """Whose things are asked for: the account of keys that are there, else the profile's name."""
    closing: AsyncExitStack


async def open_clients(
    session: AioSession, settings: ServiceSettings, clock: Clock, tell: TellStage
) -> Clients:
    """Look for credentials and make the two clients.

    Raises InvalidEndpointError, the SDK's exceptions, among them NoRegionError and
    NoCredentialsError, and whatever a credential process brings about.
    """
    region = region_of(settings, session)
    # token services, too, are looked for in this region
    session.set_config_variable("region", region)
    endpoint = given_endpoint(session, settings) or ChosenEndpoint(EndpointSource.DEFAULT)
    tell(OpeningStage.CREDENTIALS)
    credentials = await session.get_credentials()
    if credentials is None:
        raise NoCredentialsError
    async with AsyncExitStack() as closing:
        reads, *writes = [
            await closing.enter_async_context(
                session.create_client(
                    SERVICE,
                    region_name=region,
                    endpoint_url=endpoint.url,
                    verify=_verify(settings, endpoint),
                    config=config,
                )
            )
            for config in _configs(settings)
        ]
        check_endpoint(reads.meta.endpoint_url)
        return Clients(
            reads,
            writes[0] if writes else None,
            endpoint.source,
            _identity(session, credentials),
            closing.pop_all(),
        )


def _identity(session: AioSession, credentials: Any) -> str:
    # keys that have to be fetched first are not fetched for this
    if type(credentials) is AioCredentials:
        return account_number(credentials.access_key or "")
    return str(session.profile or "")


def _configs(settings: ServiceSettings) -> list[AioConfig]:
    """For the client that reads and, unless nothing may be changed, the one that writes."""
    reading = _reading(settings)
    return [reading] if settings.read_only else [reading, _writing(settings)]


def _reading(settings: ServiceSettings) -> AioConfig:
    return AioConfig(
        user_agent=USER_AGENT,
        retries={"mode": "standard", "total_max_attempts": 2},
        connect_timeout=settings.read_time_limit,
        read_timeout=settings.read_time_limit,
        # less would make a call wait for a connection that it could have
        max_pool_connections=settings.concurrency,
        connector_args={"keepalive_timeout": KEEPALIVE_SECONDS},
        http_session_cls=BoundedHTTPSession,
        **_isolation(settings),
    )


def _writing(settings: ServiceSettings) -> AioConfig:
    return AioConfig(
        user_agent=USER_AGENT,
        retries={"mode": "standard", "total_max_attempts": 1},
        # ends before the call does, to tell: without a connection nothing was sent
        connect_timeout=settings.write_time_limit * 2 / 3,
        read_timeout=settings.write_time_limit,
        max_pool_connections=WRITES_AT_ONCE,
        # a connection that was kept may be dead, which would look like a lost answer
        connector_args={"force_close": True, "keepalive_timeout": None},
        http_session_cls=SendOnceHTTPSession,
        **_isolation(settings),
    )


def _isolation(settings: ServiceSettings) -> dict[str, Any]:
    """What keeps the environment out of a client, where the program itself gave the keys."""
    if settings.credentials is None:
        return {}
    return {"proxies": {}, "ignore_configured_endpoint_urls": True}


def _verify(settings: ServiceSettings, endpoint: ChosenEndpoint) -> bool | str | None:
    if (endpoint.url or "").startswith("http://"):
        # loading CA certificates costs more than the first call
        return False
    if settings.authorities is not None:
        return str(settings.authorities)
    return None if settings.credentials is None else True
