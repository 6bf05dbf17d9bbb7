"""Which region it is, who says so, and whether there is one of this name.

A name that is mistyped but well-formed passes everywhere and fails only in the DNS.
"""

import os
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from aiobotocore.session import AioSession
from botocore.exceptions import InvalidRegionError, NoRegionError
from botocore.utils import validate_region_name

from jobs_tui.domain.finding import Finding
from jobs_tui.service.access.session import region_of
from jobs_tui.service.answers import errors
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.doctor.steps import Found, Step, failed_by, ok, skipped, warning
from jobs_tui.service.settings import (
    DeviceCertificate,
    RoleAlias,
    ServiceSettings,
    StaticCredentials,
)

_VARIABLES = ("AWS_DEFAULT_REGION", "AWS_REGION")
"""In the order in which `region_of` looks at them."""


def find_region(
    session: AioSession,
    settings: ServiceSettings,
    said_by: Mapping[str, str],
    account_url: str | None,
) -> Found[str]:
    """The region in force; `account_url` is an endpoint whose host may tell it."""
    try:
        region = region_of(settings, session, account_url)
        validate_region_name(region)
    except NoRegionError as error:
        if isinstance(settings.credentials, DeviceCertificate):
            return Found(skipped(Step.REGION, "none is set, and none is needed: nothing is signed"))
        return Found(failed_by(Step.REGION, errors.opening_failure(error)))
    except InvalidRegionError as error:
        return Found(failed_by(Step.REGION, errors.opening_failure(error)))
    source = _source(session, settings, said_by)
    return Found(region_finding(region, source, known_regions(session)), region)


def region_finding(region: str, source: str, known: Iterable[str]) -> Finding:
    """What is to be said of a well-formed name."""
    names = sorted(known)
    told = f"{one_line(region)}, from {source}"
    facts = {"region": region, "from": source}
    if region in names:
        return ok(Step.REGION, told, facts=facts)
    meant = get_close_matches(region, names, 1)
    return warning(
        Step.REGION,
        f"{told}: this version of the AWS SDK knows no such region",
        (f"did you mean {meant[0]}? " if meant else "")
        + "If it is right, it is newer than the SDK, and all is well",
        facts,
    )


def known_regions(session: AioSession) -> set[str]:
    """All regions in the SDK's data, of every partition."""
    partitions = session.get_component("data_loader").load_data("partitions")["partitions"]
    return {
        region
        for partition in partitions
        for region in partition["regions"]
        if not region.endswith("-global")
    }


def _source(session: AioSession, settings: ServiceSettings, said_by: Mapping[str, str]) -> str:
    if settings.region:
        return said_by.get("region", "the program")
    for variable in _VARIABLES:
        if os.environ.get(variable):
            return variable
    if session.get_config_variable("region"):
        return "the AWS profile"
    return "the host of the account's endpoint"


def account_url(settings: ServiceSettings, given: str | None) -> str | None:
    """The endpoint of the account whose host may tell the region."""
    match settings.credentials:
        case RoleAlias(_, endpoint_url):
            return endpoint_url if "://" in endpoint_url else f"https://{endpoint_url}"
        case DeviceCertificate():
            return given
        case StaticCredentials() | None:
            return None
