"""By which credentials a session asks: found, or made ready to be asked for, before any client."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from aiobotocore.credentials import AioCredentials, AioRefreshableCredentials
from aiobotocore.session import AioSession
from botocore.exceptions import NoCredentialsError, NoRegionError

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.logged import decided
from jobs_tui.service.access.account_number import account_number
from jobs_tui.service.access.mutual_tls import UNKNOWN_REGION, certificate_endpoint
from jobs_tui.service.access.session import region_of, trusted_authorities
from jobs_tui.service.chosen_endpoint import ChosenEndpoint
from jobs_tui.service.endpoints.endpoint_choice import given_endpoint
from jobs_tui.service.opening import OpeningStage, TellStage
from jobs_tui.service.settings import DeviceCertificate, RoleAlias, ServiceSettings

if TYPE_CHECKING:
    from jobs_tui.service.access.role_alias import CredentialProvider

KEYS_TIME_LIMIT = 5.0
"""Seconds that the credential provider has at most: a call that waits for keys outlasts it."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where and as whom a session asks."""

    region: str
    identity: str
    """Whose things are asked for: the account of keys that are there, else the profile's name.

    With a role alias it is the host of the credential provider, which is the account's own. Empty
    where a certificate is shown: the endpoint is the account's own then.
    """
    given: ChosenEndpoint | None
    """The endpoint that the user names."""


async def find_way_in(
    session: AioSession,
    settings: ServiceSettings,
    clock: Clock,
    tell: TellStage,
    closing: AsyncExitStack,
) -> WayIn:
    """Look for what the settings name, else for what the SDK finds.

    What has to be given back is put into `closing`. Raises ToldError, InvalidEndpointError, the
    SDK's exceptions, among them NoRegionError and NoCredentialsError, and whatever a credential
    process brings about.
    """
    await asyncio.to_thread(_check_files, settings, clock.now())
    match settings.credentials:
        case DeviceCertificate():
            return _by_certificate(session, settings)
        case RoleAlias() as alias:
            from jobs_tui.service.access.role_alias import (  # noqa: PLC0415 - few have one
                CredentialProvider,
            )
            from jobs_tui.service.access.role_alias_credentials import (  # noqa: PLC0415 - as above
                RoleAliasCredentials,
                only,
            )

            provider = CredentialProvider(
                alias,
                verify=trusted_authorities(session),
                time_limit=min(KEYS_TIME_LIMIT, settings.read_time_limit / 2),
                clock=clock,
                traffic=settings.traffic,
            )
            keys = RoleAliasCredentials(provider.keys, clock, Random())  # noqa: S311 - jitter
            closing.push_async_callback(keys.close)
            session.register_component("credential_provider", only(keys))
            return await _by_signature(session, settings, tell, provider)
    return await _by_signature(session, settings, tell)


def _by_certificate(session: AioSession, settings: ServiceSettings) -> WayIn:
    """Nothing is signed, so no credentials are looked for."""
    endpoint = certificate_endpoint(given_endpoint(session, settings))
    decided("credentials", by="certificate")
    try:
        region = region_of(settings, session, endpoint.url)
    except NoRegionError:
        region = UNKNOWN_REGION
    return WayIn(region, "", endpoint)


async def _by_signature(
    session: AioSession,
    settings: ServiceSettings,
    tell: TellStage,
    provider: "CredentialProvider | None" = None,
) -> WayIn:
    region = region_of(settings, session, provider.url if provider else None)
    # token services, too, are looked for in this region
    session.set_config_variable("region", region)
    given = given_endpoint(session, settings)
    tell(OpeningStage.CREDENTIALS)
    credentials = await session.get_credentials()
    if credentials is None:
        raise NoCredentialsError
    # the name of what they come from, as `env` or `sso`; nothing of them
    by = getattr(credentials, "method", None)
    decided("credentials", by=by, profile=session.profile, region=region)
    identity = provider.host if provider else _identity(session, credentials)
    return WayIn(region, identity, given)


def _check_files(settings: ServiceSettings, now: float) -> None:
    """Blocks for a few short reads. Raises ToldError."""
    if settings.authorities is None and not isinstance(
        settings.credentials, DeviceCertificate | RoleAlias
    ):
        return
    from jobs_tui.service.access.device_certificate import (  # noqa: PLC0415 - most have no files
        check_authorities,
        check_device_certificate,
    )

    match settings.credentials:
        case DeviceCertificate():
            check_device_certificate(settings.credentials, now)
        case RoleAlias():
            check_device_certificate(settings.credentials.certificate, now)
    if settings.authorities is not None:
        check_authorities(settings.authorities)


def _identity(session: AioSession, credentials: Any) -> str:
    # keys that have to be fetched first are not fetched for this
    key_id = None
    if type(credentials) is AioCredentials:
        key_id = credentials.access_key
    elif isinstance(credentials, AioRefreshableCredentials):
        key_id = credentials._access_key  # noqa: SLF001 - the public way fetches them
    return account_number(key_id or "") or str(session.profile or "")
