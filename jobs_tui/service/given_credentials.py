"""What the settings give to show who asks: checked, and made known to a session."""

import asyncio
from contextlib import AsyncExitStack
from random import Random

from aiobotocore.session import AioSession

from jobs_tui.domain.clock import Clock
from jobs_tui.service.device_certificate import check_authorities, check_device_certificate
from jobs_tui.service.role_alias import CredentialProvider
from jobs_tui.service.role_alias_credentials import RoleAliasCredentials, only
from jobs_tui.service.session import trusted_authorities
from jobs_tui.service.settings import DeviceCertificate, RoleAlias, ServiceSettings

KEYS_TIME_LIMIT = 5.0
"""Seconds that the credential provider has at most: a call that waits for keys outlasts it."""


async def use_given_credentials(
    session: AioSession, settings: ServiceSettings, clock: Clock, closing: AsyncExitStack
) -> CredentialProvider | None:
    """Check the files that the settings name, and let a role alias give the session its keys.

    Returns whom a role alias asks, which is nobody yet; `closing` ends that. Raises ToldError.
    """
    await asyncio.to_thread(_check_files, settings, clock.now())
    if not isinstance(settings.credentials, RoleAlias):
        return None
    provider = CredentialProvider(
        settings.credentials,
        verify=trusted_authorities(session),
        time_limit=min(KEYS_TIME_LIMIT, settings.read_time_limit / 2),
        clock=clock,
    )
    keys = RoleAliasCredentials(provider.keys, clock, Random())  # noqa: S311 - moves a pause
    closing.push_async_callback(keys.close)
    session.register_component("credential_provider", only(keys))
    return provider


def _check_files(settings: ServiceSettings, now: float) -> None:
    """Blocks for a few short reads. Raises ToldError."""
    match settings.credentials:
        case DeviceCertificate():
            check_device_certificate(settings.credentials, now)
        case RoleAlias():
            check_device_certificate(settings.credentials.certificate, now)
    if settings.authorities is not None:
        check_authorities(settings.authorities)
