"""Asks AWS who signs with these keys: sts:GetCallerIdentity, for which nobody needs a permission.

API reference of AWS STS, "GetCallerIdentity": no permissions are required to perform it.
"""

import asyncio
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import ClientError

from jobs_tui.service.access.http_session import BoundedHTTPSession
from jobs_tui.service.answers.call import Call, no_permission
from jobs_tui.service.answers.foreign_text import one_line
from jobs_tui.service.answers.transport_errors import transport_failure
from jobs_tui.service.doctor.keys import Caller
from jobs_tui.service.endpoint import host_of
from jobs_tui.service.planes.client_configs import USER_AGENT

TIME_LIMIT = 5.0
"""Seconds in all."""

_CODES_OF_BAD_KEYS = frozenset(
    {"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"}
)
_ENDINGS_OF_AWS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws")


async def ask_who_calls(
    session: AioSession, keys: ReadOnlyCredentials, region: str, given_url: str | None
) -> Caller:
    """Ask with these keys; raises nothing.

    Keys for an endpoint on this machine are no business of AWS: it is not asked about them.
    """
    try:
        async with asyncio.timeout(TIME_LIMIT):
            return await _ask(session, keys, region, given_url)
    except TimeoutError:
        return not_told(f"AWS STS did not answer within {TIME_LIMIT:g} s")
    except Exception as error:  # noqa: BLE001 - it is not what is examined here
        call = Call("", no_permission, writes=False, endpoint="", time_limit=TIME_LIMIT)
        failure = transport_failure(error, call, sent=True)
        return not_told(failure.reason if failure else f"it failed ({type(error).__name__})")


def not_told(why: str) -> Caller:
    """That nobody said who calls."""
    return Caller(remark=f"whose they are was not told: {why}")


async def _ask(
    session: AioSession, keys: ReadOnlyCredentials, region: str, given_url: str | None
) -> Caller:
    asking = session.create_client(
        "sts",
        region_name=region,
        aws_access_key_id=keys.access_key,
        aws_secret_access_key=keys.secret_key,
        aws_session_token=keys.token,
        config=_config(),
    )
    async with asking as client:
        url = str(client.meta.endpoint_url)
        if given_url is not None and is_this_machine(given_url) and not is_this_machine(url):
            return Caller(remark="AWS is not asked whose they are: the endpoint is this machine's")
        try:
            answer = await client.get_caller_identity()
        except ClientError as error:
            for_aws = is_aws(url) and (given_url is None or is_aws(given_url))
            return refused(error.response.get("Error", {}), for_aws=for_aws)
    return Caller(one_line(str(answer.get("Arn", ""))), one_line(str(answer.get("Account", ""))))


def refused(error: Mapping[str, Any], *, for_aws: bool) -> Caller:
    """What it means that the token service said no. Pure.

    Keys that are for something else than AWS may be good there, whatever AWS says of them.
    """
    code = one_line(str(error.get("Code", "")))
    said = one_line(str(error.get("Message", "")))
    if for_aws and code in _CODES_OF_BAD_KEYS:
        return Caller(remark=f"AWS does not take them: {said or code}", refused=True)
    return not_told(f"AWS STS says {code}: {said}")


def is_this_machine(url: str) -> bool:
    """Whether a URL names this machine by one of the names and addresses that always do."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_aws(url: str) -> bool:
    """Whether the host of a URL is one of AWS's."""
    return host_of(url).partition(":")[0].endswith(_ENDINGS_OF_AWS)


def _config() -> AioConfig:
    return AioConfig(
        user_agent=USER_AGENT,
        retries={"mode": "standard", "total_max_attempts": 1},
        connect_timeout=TIME_LIMIT,
        read_timeout=TIME_LIMIT,
        http_session_cls=BoundedHTTPSession,
    )
