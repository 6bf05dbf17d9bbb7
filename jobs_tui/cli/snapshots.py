"""Where the snapshot of what is watched lies: a file of its own for each account and endpoint."""

import zlib
from collections.abc import Mapping
from pathlib import Path

from jobs_tui.cli.cache_folder import cache_folder
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.domain.clock import Clock
from jobs_tui.engine.snapshot.keeper import Snapshot

NAME = "things-{}.jsonl"

KEY_ID = "AWS_ACCESS_KEY_ID"

SAYS_WHOSE = (
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_ROLE_ARN",
)
"""Variables by which the SDK decides which account is asked, and where."""


def snapshot_of(
    settings: Settings, environment: Mapping[str, str], clock: Clock
) -> Snapshot | None:
    """The snapshot of what these settings show; None where there is no home to keep it in."""
    path = snapshot_path(settings, environment)
    return None if path is None else Snapshot(path, clock)


def snapshot_path(settings: Settings, environment: Mapping[str, str]) -> Path | None:
    """Where it is, or would be."""
    folder = cache_folder()
    return None if folder is None else folder / NAME.format(whose(settings, environment))


def whose(settings: Settings, environment: Mapping[str, str]) -> str:
    """What tells one account and endpoint from another before anything is asked, as a short sum.

    Two that have the same sum by chance take turns in one file; what the other one saw is dropped
    once there is a link, as after a profile has been made to mean another account.
    """
    said = {
        "context": settings.context,
        "region": settings.region,
        "profile": settings.profile,
        "endpoint": settings.endpoint_url,
        "key": _account(environment.get(KEY_ID, "")),
        **{name: environment.get(name) for name in SAYS_WHOSE},
    }
    told = repr((said, _credentials(settings)))
    return f"{zlib.crc32(told.encode(errors='surrogateescape')):08x}"


def _account(key_id: str) -> str:
    """What of a key id stays the same when keys for a while are made anew."""
    if not key_id:
        return ""
    from jobs_tui.service.access.account_number import (  # noqa: PLC0415 - where there is a key
        account_number,
    )

    return account_number(key_id) or key_id


def _credentials(settings: Settings) -> tuple[str | None, ...]:
    way = settings.credentials
    if way is None:
        return ()
    from jobs_tui.service.settings import RoleAlias  # noqa: PLC0415 - loaded with the credentials

    if isinstance(way, RoleAlias):
        alias = (way.name, way.endpoint_url, way.thing_name)
        return (f"{way.certificate.certificate.absolute()}", *alias)
    return (f"{way.certificate.absolute()}",)
