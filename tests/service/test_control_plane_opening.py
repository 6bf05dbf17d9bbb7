"""Opening a control plane: whose credentials, which endpoint, and what goes wrong with them."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Unreachable
from jobs_tui.domain.thing_selection import AllThings, ThingGroup
from jobs_tui.service.connection import open_control_plane
from jobs_tui.service.control_plane import ControlPlane
from jobs_tui.service.settings import DeviceCertificate, ServiceSettings, StaticCredentials

KEYS = StaticCredentials("AKIDEXAMPLE", "secret-of-the-test")

Opening = Callable[..., Awaitable[ControlPlane | Failure]]
Opened = Callable[..., Awaitable[ControlPlane]]


@pytest.fixture
async def opening() -> AsyncIterator[Opening]:
    """Open control planes that close with the test, with what its environment says."""
    async with AsyncExitStack() as stack:

        async def start(**settings: Any) -> ControlPlane | Failure:
            plane = await open_control_plane(ServiceSettings(**settings), SystemClock())
            if not isinstance(plane, Failure):
                stack.push_async_callback(plane.close)
            return plane

        yield start


@pytest.fixture
def opened(opening: Opening) -> Opened:
    """Open a control plane at an endpoint; it must succeed."""

    async def start(url: str, **settings: Any) -> ControlPlane:
        plane = await opening(
            region="eu-west-3", credentials=KEYS, control_endpoint_url=url, **settings
        )
        assert not isinstance(plane, Failure), plane
        return plane

    return start


async def names(plane: ControlPlane) -> tuple[str, ...]:
    """The names of all things, of the first page."""
    outcome = await plane.page_of_things(AllThings(), None)
    assert isinstance(outcome, Done), outcome
    return outcome.value.names


async def test_the_arn_is_of_the_partition_of_the_region(
    serve: Any, wire: Any, opening: Opening
) -> None:
    endpoint = await serve(wire.says({"message": "no"}, 403, x_amzn_ErrorType="AccessDenied"))
    plane = await opening(region="cn-north-1", credentials=KEYS, control_endpoint_url=endpoint.url)
    assert not isinstance(plane, Failure)
    outcome = await plane.page_of_things(ThingGroup("g"), None)
    assert isinstance(outcome, NotAllowed)
    assert "arn:aws-cn:iot:cn-north-1:ACCOUNT:thinggroup/g" in outcome.advice


async def test_a_call_ends_within_its_time_limit(serve: Any, wire: Any, opened: Opened) -> None:
    endpoint = await serve(wire.swallows)
    plane = await opened(endpoint.url, page_time_limit=0.1, read_time_limit=0.1)
    for outcome in (
        await plane.page_of_things(AllThings(), None),
        await plane.describe_endpoint("iot:Jobs"),
    ):
        assert type(outcome) is Unreachable
        assert "did not answer within 0.1 s" in outcome.reason


async def test_an_endpoint_at_which_nobody_listens_is_told(
    serve: Any, wire: Any, opened: Opened
) -> None:
    plane = await opened("http://127.0.0.1:9")
    outcome = await plane.page_of_things(AllThings(), None)
    assert type(outcome) is Unreachable
    assert "127.0.0.1:9 refuses connections" in outcome.reason


async def test_a_device_certificate_cannot_list_things(opening: Opening) -> None:
    certificate = DeviceCertificate(Path("nowhere.pem"), Path("nowhere.key"))
    outcome = await opening(region="eu-west-3", credentials=certificate)
    assert type(outcome) is NotAllowed
    assert outcome.reason.startswith("a device certificate cannot list things")
    assert "jobs-tui THING" in outcome.advice


async def test_pretended_keys_are_not_sent_to_aws(opening: Opening) -> None:
    outcome = await opening(region="eu-west-3", credentials=KEYS, endpoint_url="http://127.0.0.1:9")
    assert type(outcome) is Unreachable
    assert "no control plane" in outcome.reason


async def test_with_keys_of_its_own_it_takes_nothing_from_the_environment(
    serve: Any, wire: Any, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = await serve(wire.says({"things": [{"thingName": "trapped"}]}))
    endpoint = await serve(wire.says({"things": []}))
    for name in ("AWS_ENDPOINT_URL_IOT", "AWS_ENDPOINT_URL", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, trap.url)
    plane = await opened(endpoint.url)
    assert await names(plane) == ()
    assert trap.requests == []


@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL_IOT", "AWS_ENDPOINT_URL"])
async def test_the_endpoint_is_the_sdk_s_own_and_not_that_of_the_data_plane(
    serve: Any, wire: Any, opening: Opening, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    endpoint = await serve(wire.says({"things": [{"thingName": "gw-1"}]}))
    monkeypatch.delenv("AWS_ENDPOINT_URL_IOT")
    monkeypatch.setenv(variable, endpoint.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    plane = await opening(region="eu-west-3", endpoint_url="http://127.0.0.1:9")
    assert not isinstance(plane, Failure)
    assert plane.endpoint == endpoint.url
    assert await names(plane) == ("gw-1",)


async def test_the_endpoint_is_that_of_the_region_where_nothing_is_said(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    monkeypatch.delenv("AWS_ENDPOINT_URL_IOT")
    plane = await opening(region="eu-west-3")
    assert not isinstance(plane, Failure)
    assert plane.endpoint == "https://iot.eu-west-3.amazonaws.com"


@pytest.mark.parametrize(
    ("settings", "outcome", "reason"),
    [
        ({"region": "eu-west-3"}, NotAllowed, "no credentials are found"),
        ({}, Unreachable, "no region is set"),
        ({"region": "eu-west-3", "profile": "none"}, Unreachable, "no profile 'none'"),
        (
            {"region": "eu-west-3", "open_time_limit": 0},
            Unreachable,
            "not ready after 0 s of loading the AWS SDK",
        ),
    ],
)
async def test_what_cannot_be_opened_is_told(
    opening: Opening, settings: dict[str, Any], outcome: type[Failure], reason: str
) -> None:
    failure = await opening(**settings)
    assert type(failure) is outcome
    assert reason in failure.reason


@pytest.mark.parametrize("url", ["ftp://host", "https://user:secret@host", "host"])
async def test_a_wrong_endpoint_is_told_with_where_it_may_come_from(
    opening: Opening, url: str
) -> None:
    failure = await opening(region="eu-west-3", credentials=KEYS, control_endpoint_url=url)
    assert type(failure) is Unreachable
    assert failure.reason == "the endpoint URL is not valid"
    assert "AWS_ENDPOINT_URL_IOT," in failure.advice
    assert "secret" not in str(failure)


def test_nothing_of_the_sdk_is_loaded_before_it_is_opened() -> None:
    program = """
import json, sys
import jobs_tui.service.connection, jobs_tui.service.control_plane
import jobs_tui.engine.thing_search
print(json.dumps([name for name in ("aiobotocore", "botocore", "aiohttp") if name in sys.modules]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert json.loads(done.stdout or "null") == [], done.stderr
