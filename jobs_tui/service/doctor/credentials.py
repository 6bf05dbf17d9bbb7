"""Which credentials are found, by whom, and whose they are."""

import asyncio
from typing import Any

from aiobotocore.session import AioSession
from botocore.credentials import ReadOnlyCredentials, RefreshableCredentials
from botocore.exceptions import NoCredentialsError

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure
from jobs_tui.service.access.account_number import account_number
from jobs_tui.service.access.role_alias import CredentialProvider
from jobs_tui.service.access.session import trusted_authorities
from jobs_tui.service.access.way_in import KEYS_TIME_LIMIT
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.call import Call, no_permission
from jobs_tui.service.answers.transport_errors import transport_failure
from jobs_tui.service.connection import out_of_time
from jobs_tui.service.doctor.caller import ask_who_calls, not_told
from jobs_tui.service.doctor.keys import FoundKeys, keys_finding, way_in_words
from jobs_tui.service.doctor.steps import Found, Step, failed_by, ok, skipped
from jobs_tui.service.opening import OpeningStage
from jobs_tui.service.settings import (
    DeviceCertificate,
    RoleAlias,
    ServiceSettings,
    StaticCredentials,
)

_NEVER_RENEWED = "env"
"""The SDK reads the same variables again and calls that renewing."""


async def examine_credentials(
    session: AioSession,
    settings: ServiceSettings,
    clock: Clock,
    *,
    region: str | None,
    given_url: str | None,
) -> Found[str]:
    """Look for credentials as the cockpit does, and ask whose they are; gives the account number.

    The number is empty where nothing tells it.
    """
    match settings.credentials:
        case DeviceCertificate():
            told = "none are needed: the certificate says who asks"
            return Found(skipped(Step.CREDENTIALS, told), "")
        case StaticCredentials(access_key_id):
            number = account_number(access_key_id)
            told = "given by the program" + (f", account {number} by the key id" if number else "")
            return Found(ok(Step.CREDENTIALS, told), number)
    try:
        async with asyncio.timeout(settings.open_time_limit):
            keys, found = await _find(session, settings, clock)
    except TimeoutError:
        failure = out_of_time(OpeningStage.CREDENTIALS, settings.open_time_limit)
        return Found(failed_by(Step.CREDENTIALS, failure))
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises is told
        return Found(failed_by(Step.CREDENTIALS, _failure(error, settings)))
    if region is None:
        caller = not_told("AWS STS is asked in a region, and there is none")
    else:
        caller = await ask_who_calls(session, keys, region, given_url)
    return Found(keys_finding(found, caller, clock.now()), caller.account or found.account)


def _failure(error: Exception, settings: ServiceSettings) -> Failure:
    """Whoever gives out the keys may be out of reach, or say no."""
    call = Call("", no_permission, writes=False, endpoint="", time_limit=settings.open_time_limit)
    return transport_failure(error, call, sent=False) or errors.opening_failure(error)


async def _find(
    session: AioSession, settings: ServiceSettings, clock: Clock
) -> tuple[ReadOnlyCredentials, FoundKeys]:
    if isinstance(settings.credentials, RoleAlias):
        return await _by_role_alias(session, settings.credentials, settings, clock)
    credentials = await session.get_credentials()
    if credentials is None:
        raise NoCredentialsError
    # what has to be fetched, is fetched here
    frozen = await credentials.get_frozen_credentials()
    refreshed = isinstance(credentials, RefreshableCredentials)
    known = account_number(frozen.access_key or "")
    return frozen, FoundKeys(
        way=way_in_words(str(credentials.method)),
        key_id=str(frozen.access_key),
        temporary=bool(frozen.token),
        renewed=refreshed and credentials.method != _NEVER_RENEWED,
        expires_at=_expiry(credentials) if refreshed else None,
        account=str(getattr(frozen, "account_id", None) or known),
    )


async def _by_role_alias(
    session: AioSession, alias: RoleAlias, settings: ServiceSettings, clock: Clock
) -> tuple[ReadOnlyCredentials, FoundKeys]:
    """Raises ToldError."""
    provider = CredentialProvider(
        alias,
        verify=trusted_authorities(session),
        time_limit=min(KEYS_TIME_LIMIT, settings.read_time_limit / 2),
        clock=clock,
    )
    keys = await provider.keys()
    frozen = ReadOnlyCredentials(keys.access_key_id, keys.secret_access_key, keys.session_token)
    return frozen, FoundKeys(
        way=f"role alias {alias.name}",
        key_id=keys.access_key_id,
        temporary=True,
        renewed=True,
        expires_at=clock.now() + keys.lifetime,
        account=account_number(keys.access_key_id),
    )


def _expiry(credentials: Any) -> float | None:
    moment = credentials._expiry_time  # noqa: SLF001 - nothing public tells it
    return None if moment is None else float(moment.timestamp())
