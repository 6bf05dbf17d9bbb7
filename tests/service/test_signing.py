"""What is signed with a key that is kept is signed as the service's rules have it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from aiobotocore.session import AioSession
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials

from jobs_tui.domain.outcome import Done
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.emulator.line.signatures import SignedRequest, check_signature
from jobs_tui.service.access.signing import (
    REMEMBERING,
    RememberingSigV4Auth,
    sign_by_key_of_the_day,
)
from jobs_tui.service.settings import StaticCredentials

if TYPE_CHECKING:
    from conftest import Opened, Opening, Request, Serve, Wire

NOTHING_PENDING = {"inProgressJobs": [], "queuedJobs": []}
ASK = GetPendingJobExecutions("gw 1:ü")
SECRETS = {"AKIDEXAMPLE": "secret-of-the-test", "AKIDOTHER": "another/secret"}
SERVICES = frozenset({"iot-jobs-data"})


def check(request: Request) -> None:
    """Raise what a server that has the keys would refuse the request with."""
    signed = datetime.strptime(request.headers["x-amz-date"] + "+0000", "%Y%m%dT%H%M%SZ%z")
    headers = tuple(request.headers.items())
    received = SignedRequest(request.method, request.target, headers, request.body)
    check_signature(received, SECRETS, SERVICES, signed.timestamp())


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every signature that was made with a key that is kept."""
    made: list[object] = []
    sign = RememberingSigV4Auth.add_auth

    def note(signer: RememberingSigV4Auth, request: Any) -> None:
        made.append(request)
        sign(signer, request)

    monkeypatch.setattr(RememberingSigV4Auth, "add_auth", note)
    return made


async def test_every_request_is_signed_for_itself(
    serve: Serve, wire: type[Wire], opened: Opened, used: list[object]
) -> None:
    endpoint = await serve(wire.says(NOTHING_PENDING))
    link = await opened(endpoint.url)
    change = UpdateJobExecution("gw-1", "fw", Status.SUCCEEDED, {"step": "a b"})
    for request in (ASK, GetPendingJobExecutions("gw-2"), ASK):
        assert isinstance(await link.get_pending_job_executions(request), Done)
    await link.update_job_execution(change)
    assert len(used) == len(endpoint.requests) == 4
    for received in endpoint.requests:
        check(received)


async def test_a_request_that_is_repeated_is_signed_again(
    serve: Serve, wire: type[Wire], opened: Opened, used: list[object]
) -> None:
    endpoint = await serve(wire.in_turn(wire.says({}, 503), wire.says(NOTHING_PENDING)))
    link = await opened(endpoint.url)
    assert isinstance(await link.get_pending_job_executions(ASK), Done)
    first, second = endpoint.requests
    assert len(used) == 2
    for received in (first, second):
        check(received)


async def test_each_account_and_region_has_a_key_of_its_own(
    serve: Serve, wire: type[Wire], opened: Opened
) -> None:
    endpoint = await serve(wire.says(NOTHING_PENDING))
    ours = await opened(endpoint.url)
    theirs = await opened(
        endpoint.url, credentials=StaticCredentials("AKIDOTHER", SECRETS["AKIDOTHER"])
    )
    elsewhere = await opened(endpoint.url, region="us-east-1")
    for link in (ours, theirs, elsewhere, ours):
        assert isinstance(await link.get_pending_job_executions(ASK), Done)
    for received in endpoint.requests:
        check(received)
    assert "/us-east-1/" in endpoint.requests[2].headers["authorization"]


async def test_a_session_token_is_signed_too(
    serve: Serve,
    wire: type[Wire],
    opening: Opening,
    monkeypatch: pytest.MonkeyPatch,
    used: list[object],
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRETS["AKIDEXAMPLE"])
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token//with+slashes==")
    endpoint = await serve(wire.says(NOTHING_PENDING))
    link: Any = await opening(endpoint_url=endpoint.url, region="eu-west-3")
    assert isinstance(await link.get_pending_job_executions(ASK), Done)
    assert len(used) == 1
    assert "x-amz-security-token" in endpoint.requests[0].headers["authorization"]
    check(endpoint.requests[0])


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:8080",
        "https://Host.Example:443",
        "http://[::1]:80",
        "https://name@host.example:8443",
    ],
)
@pytest.mark.parametrize("path", ["/things/a%20b/jobs", "", "/a?b=c/d"])
def test_the_signature_is_the_one_that_the_sdk_makes(
    origin: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "botocore.auth.get_current_datetime", lambda: datetime(2026, 1, 2, tzinfo=UTC)
    )
    keys = ReadOnlyCredentials("AKIDEXAMPLE", SECRETS["AKIDEXAMPLE"], "token")
    headers = {"User-Agent": "x", "X-Note": " a  b ", "amz-sdk-request": "attempt=1"}
    requests = [AWSRequest("POST", origin + path, headers, b"{}") for _ in range(2)]
    for signer, request in zip((SigV4Auth, RememberingSigV4Auth), requests, strict=True):
        signer(keys, "iot-jobs-data", "eu-west-3").add_auth(request)
    assert requests[0].headers["Authorization"] == requests[1].headers["Authorization"]


@pytest.mark.parametrize(
    ("version", "context"),
    [
        ("v4a", {}),
        ("v4", {"auth_type": "bearer"}),
        ("v4", {"auth_type": "v4", "unsigned_payload": True}),
    ],
)
async def test_other_signatures_are_left_to_the_sdk(version: str, context: dict[str, Any]) -> None:
    session = AioSession()
    sign_by_key_of_the_day(session, "iot-jobs-data-plane")
    _, chosen = await session.get_component("event_emitter").emit_until_response(
        "choose-signer.iot-jobs-data-plane.GetPendingJobExecutions",
        signing_name="iot-jobs-data",
        region_name="eu-west-3",
        signature_version=version,
        context=context,
    )
    assert chosen != REMEMBERING
