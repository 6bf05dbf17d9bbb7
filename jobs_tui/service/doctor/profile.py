"""Reads the configuration of the AWS SDK: everything after it depends on that."""

import asyncio
import os
from collections.abc import Mapping

from aiobotocore.session import AioSession

from jobs_tui.domain.finding import Finding
from jobs_tui.service.access.session import new_session
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.doctor.steps import Found, Step, failed_by, ok, skipped
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

_VARIABLES = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")
"""In the order of botocore, which is not that of the other SDKs."""


async def read_configuration(
    settings: ServiceSettings, said_by: Mapping[str, str]
) -> Found[AioSession]:
    """Make a session of the SDK as the cockpit does."""
    try:
        session = await asyncio.to_thread(new_session, settings)
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises is told
        return Found(failed_by(Step.PROFILE, errors.opening_failure(error)))
    return Found(_profile(session, settings, said_by), session)


def _profile(session: AioSession, settings: ServiceSettings, said_by: Mapping[str, str]) -> Finding:
    if isinstance(settings.credentials, StaticCredentials):
        return skipped(Step.PROFILE, "the program has keys of its own: no configuration is read")
    if session.profile is None:
        there = "default" in session.available_profiles
        return ok(Step.PROFILE, "none is named" + (": the default one" if there else ""))
    name = one_line(str(session.profile))
    source = said_by.get("profile") or next(
        (each for each in _VARIABLES if os.environ.get(each)), "the program"
    )
    return ok(Step.PROFILE, f"{name}, from {source}", facts={"profile": name})
