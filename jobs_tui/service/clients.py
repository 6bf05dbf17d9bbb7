"""Opens the SDK's two clients, by whichever way in the settings name."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from random import Random
from typing import Any

from aiobotocore.credentials import AioCredentials
from aiobotocore.session import AioSession
from botocore.exceptions import NoCredentialsError, NoRegionError

from jobs_tui.domain.clock import Clock
from jobs_tui.service.account_number import account_number
from jobs_tui.service.client_configs import WRITES_AT_ONCE, client_configs
from jobs_tui.service.device_certificate import check_authorities, check_device_certificate
from jobs_tui.service.endpoint import ChosenEndpoint, EndpointSource, check_endpoint
from jobs_tui.service.endpoint_choice import given_endpoint
from jobs_tui.service.mutual_tls import UNKNOWN_REGION, certificate_endpoint
from jobs_tui.service.opening import OpeningStage, TellStage
from jobs_tui.service.role_alias import CredentialProvider
from jobs_tui.service.role_alias_credentials import RoleAliasCredentials, only
from jobs_tui.service.session import SERVICE, region_of, trusted_authorities
from jobs_tui.service.settings import (
    DeviceCertificate,
    RoleAlias,
    ServiceSettings,
    StaticCredentials,
)

__all__ = ["WRITES_AT_ONCE", "Clients", "open_clients"]

KEYS_TIME_LIMIT = 5.0
"""Seconds that the credential provider has at most: a call that waits for keys outlasts it."""


@dataclass(frozen=True, slots=True)
class Clients:
    """Two clients of one session, open until `closing` is closed."""

    reads: Any
    writes: Any
    """None where nothing may be changed."""
    endpoint_source: EndpointSource
    identity: str
    """Whose things are asked for: the account of keys that are there, else the profile's name.

    With a role alias it is the host of the credential provider, which is the account's own. Empty
    where a certificate is shown: the endpoint is the account's own then.
    """
    closing: AsyncExitStack


@dataclass(frozen=True, slots=True)
class _WayIn:
    """What the clients are made for."""

    region: str
    endpoint: ChosenEndpoint
    identity: str


async def open_clients(
    session: AioSession, settings: ServiceSettings, clock: Clock, tell: TellStage
) -> Clients:
    """Look for credentials and make the two clients.

    Raises ToldError, InvalidEndpointError, the SDK's exceptions, among them NoRegionError and
    NoCredentialsError, and whatever a credential process brings about.
    """
    await asyncio.to_thread(_check_files, settings, clock.now())
    async with AsyncExitStack() as closing:
        match settings.credentials:
            case DeviceCertificate():
                way_in = _by_certificate(session, settings)
            case RoleAlias() as alias:
                provider = CredentialProvider(
                    alias,
                    verify=trusted_authorities(session),
                    time_limit=min(KEYS_TIME_LIMIT, settings.read_time_limit / 2),
                    clock=clock,
                )
                keys = RoleAliasCredentials(provider.keys, clock, Random())  # noqa: S311 - jitter
                closing.push_async_callback(keys.close)
                session.register_component("credential_provider", only(keys))
                way_in = await _by_signature(session, settings, tell, provider)
            case _:
                way_in = await _by_signature(session, settings, tell)
        reads, *writes = [
            await closing.enter_async_context(
                session.create_client(
                    SERVICE,
                    region_name=way_in.region,
                    endpoint_url=way_in.endpoint.url,
                    verify=_verify(settings, way_in.endpoint),
                    config=config,
                )
            )
            for config in client_configs(settings)
        ]
        check_endpoint(reads.meta.endpoint_url)
        return Clients(
            reads,
            writes[0] if writes else None,
            way_in.endpoint.source,
            way_in.identity,
            closing.pop_all(),
        )


def _by_certificate(session: AioSession, settings: ServiceSettings) -> _WayIn:
    """Nothing is signed, so no credentials are looked for."""
    endpoint = certificate_endpoint(given_endpoint(session, settings))
    try:
        region = region_of(settings, session, endpoint.url)
    except NoRegionError:
        region = UNKNOWN_REGION
    return _WayIn(region, endpoint, identity="")


async def _by_signature(
    session: AioSession,
    settings: ServiceSettings,
    tell: TellStage,
    provider: CredentialProvider | None = None,
) -> _WayIn:
    region = region_of(settings, session, provider.url if provider else None)
    # token services, too, are looked for in this region
    session.set_config_variable("region", region)
    endpoint = given_endpoint(session, settings) or ChosenEndpoint(EndpointSource.DEFAULT)
    tell(OpeningStage.CREDENTIALS)
    credentials = await session.get_credentials()
    if credentials is None:
        raise NoCredentialsError
    identity = provider.host if provider else _identity(session, credentials)
    return _WayIn(region, endpoint, identity)


def _check_files(settings: ServiceSettings, now: float) -> None:
    """Blocks for a few short reads. Raises ToldError."""
    match settings.credentials:
        case DeviceCertificate():
            check_device_certificate(settings.credentials, now)
        case RoleAlias():
            check_device_certificate(settings.credentials.certificate, now)
    if settings.authorities is not None:
        check_authorities(settings.authorities)


def _identity(session: AioSession, credentials: Any) -> str:
    # keys that have to be fetched first are not fetched for this
    if type(credentials) is AioCredentials:
        return account_number(credentials.access_key or "")
    return str(session.profile or "")


def _verify(settings: ServiceSettings, endpoint: ChosenEndpoint) -> bool | str | None:
    if (endpoint.url or "").startswith("http://"):
        # loading CA certificates costs more than the first call
        return False
    if settings.authorities is not None:
        return str(settings.authorities)
    return True if isinstance(settings.credentials, StaticCredentials) else None
