"""Keys from the AWS IoT credential provider: asked for in time, not too often, and told if none."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Throttled, Unreachable
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.emulator import ManualClock
from jobs_tui.service.access.role_alias import CredentialProvider, TemporaryKeys
from jobs_tui.service.access.role_alias_credentials import RoleAliasCredentials, pause_after
from jobs_tui.service.answers.told_error import ToldError
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import RoleAlias, ServiceSettings

NOW = 1_700_000_000.0
GET_PENDING = GetPendingJobExecutions("gw-1")
UPDATE = UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED)
EVERYTHING = {
    "inProgressJobs": [],
    "queuedJobs": [],
    "executionState": {"status": "SUCCEEDED", "versionNumber": 2},
}
NO_KEYS = "no credentials by role alias gw-role: "
ASK_FOR_THE_HOST = (
    "`aws iot describe-endpoint --endpoint-type iot:CredentialProvider` tells the host"
)
PERMISSION = (
    "the certificate has to be active, with an AWS IoT policy that allows "
    "iot:AssumeRoleWithCertificate on the ARN of rolealias/gw-role"
)


def keys(access_key_id: str = "ASIA1", until: float = NOW + 900) -> dict[str, Any]:
    """What the credential provider answers."""
    return {
        "credentials": {
            "accessKeyId": access_key_id,
            "secretAccessKey": "secret-of-the-test",
            "sessionToken": "token-of-the-test",
            "expiration": datetime.fromtimestamp(until, UTC).isoformat().replace("+00:00", "Z"),
        }
    }


def signed_by(endpoint: Any) -> list[str]:
    """The access key of each request."""
    headers = [each.headers["authorization"] for each in endpoint.requests]
    return [each.partition("Credential=")[2].partition("/")[0] for each in headers]


class Gateway:
    """A credential provider, an endpoint, a clock, and links between them."""

    def __init__(self, provider: Any, endpoint: Any, certificates: Any) -> None:
        self.provider = provider
        self.endpoint = endpoint
        self.clock = ManualClock(NOW)
        self.alias = RoleAlias("gw-role", provider.url, certificates.device())
        self.authorities: Path = certificates.authority
        self.stack = AsyncExitStack()

    async def link(self, **settings: Any) -> JobsDataPlane:
        defaults: dict[str, Any] = {
            "region": "eu-west-3",
            "credentials": self.alias,
            "endpoint_url": self.endpoint.url,
            "authorities": self.authorities,
        }
        link = await open_data_plane(ServiceSettings(**(defaults | settings)), self.clock)
        assert not isinstance(link, Failure), link
        self.stack.push_async_callback(link.close)
        return link

    def asked(self, **settings: Any) -> CredentialProvider:
        """The provider without a link."""
        defaults = {"verify": str(self.authorities), "time_limit": 5.0, "clock": self.clock}
        return CredentialProvider(self.alias, **(defaults | settings))


@pytest.fixture
async def gateway(serve: Any, wire: Any, certificates: Any) -> AsyncIterator[Gateway]:
    """All is well with it until a test changes a reaction."""
    provider = await serve(
        wire.says(keys()), ssl=certificates.server_context(wants_certificate=True)
    )
    gateway = Gateway(provider, await serve(wire.says(EVERYTHING)), certificates)
    async with gateway.stack:
        yield gateway


async def told(provider: CredentialProvider) -> Failure:
    with pytest.raises(ToldError) as raised:
        await provider.keys()
    failure = raised.value.failure
    assert failure.reason.startswith(NO_KEYS)
    assert "of-the-test" not in repr(failure)
    return replace(failure, reason=failure.reason.removeprefix(NO_KEYS))


async def test_keys_are_asked_for_by_certificate_and_sign_the_requests(gateway: Gateway) -> None:
    gateway.alias = replace(gateway.alias, thing_name="gw-1")
    link = await gateway.link()
    assert gateway.provider.requests == []

    read = await link.get_pending_job_executions(GET_PENDING)
    write = await link.update_job_execution(UPDATE)

    assert [type(read), type(write)] == [Done, Done]
    (request,) = gateway.provider.requests
    assert (request.method, request.target) == ("GET", "/role-aliases/gw-role/credentials")
    assert request.headers["x-amzn-iot-thingname"] == "gw-1"
    assert "authorization" not in request.headers
    assert signed_by(gateway.endpoint) == ["ASIA1", "ASIA1"]
    for each in gateway.endpoint.requests:
        assert each.headers["x-amz-security-token"] == "token-of-the-test"
        assert "/eu-west-3/iot-jobs-data/" in each.headers["authorization"]


async def test_without_a_thing_none_is_named(gateway: Gateway) -> None:
    await gateway.asked().keys()

    assert "x-amzn-iot-thingname" not in gateway.provider.requests[0].headers


async def test_the_name_of_a_role_alias_is_one_part_of_the_path(gateway: Gateway) -> None:
    gateway.alias = replace(gateway.alias, name="a/b?c=@,")

    await gateway.asked().keys()

    assert gateway.provider.requests[0].target == "/role-aliases/a%2Fb%3Fc%3D%40%2C/credentials"


async def test_the_account_is_told_apart_by_the_host_of_its_credential_provider(
    gateway: Gateway,
) -> None:
    link = await gateway.link(profile=None)

    assert link.identity == gateway.provider.url.removeprefix("https://")


async def test_the_region_may_be_told_by_the_host_of_the_credential_provider(
    gateway: Gateway,
) -> None:
    gateway.alias = replace(
        gateway.alias, endpoint_url="c1.credentials.iot.ap-southeast-2.amazonaws.com"
    )

    assert (await gateway.link(region=None)).region == "ap-southeast-2"


async def test_nothing_else_is_asked_for_credentials(
    gateway: Gateway, home: Path, monkeypatch: pytest.MonkeyPatch, serve: Any, wire: Any
) -> None:
    other = await serve(wire.swallows)
    ran = home / "ran"
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text(
        f"[default]\ncredential_process = touch {ran}\n[profile lab]\naws_access_key_id = LAB\n"
        "aws_secret_access_key = b\n"
    )
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "OF_THE_ENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{other.url}/credentials")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", other.url)
    gateway.provider.reaction = wire.says({"message": "no"}, 403)

    for profile in (None, "lab"):
        link = await gateway.link(profile=profile)
        assert type(await link.get_pending_job_executions(GET_PENDING)) is NotAllowed

    assert gateway.endpoint.requests == []
    assert other.requests == []
    assert not ran.exists()


async def test_calls_at_the_same_time_share_one_question(gateway: Gateway) -> None:
    link = await gateway.link(concurrency=60)

    calls = (link.get_pending_job_executions(GET_PENDING) for _ in range(60))
    outcomes = await asyncio.gather(*calls)

    assert {type(each) for each in outcomes} == {Done}
    assert len(gateway.provider.requests) == 1


async def test_new_keys_are_asked_for_five_minutes_before_the_end_while_nobody_waits(
    gateway: Gateway, wire: Any
) -> None:
    go_on = asyncio.Event()

    async def slowly(request: Any, writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        await wire.says(keys("ASIA2", NOW + 7200))(request, writer)

    gateway.provider.reaction = wire.says(keys(until=NOW + 3600))
    link = await gateway.link()
    await link.get_pending_job_executions(GET_PENDING)
    gateway.provider.reaction = slowly
    gateway.clock.advance(3299)
    await link.get_pending_job_executions(GET_PENDING)
    assert len(gateway.provider.requests) == 1

    gateway.clock.advance(2)
    for _ in range(5):
        assert isinstance(await link.get_pending_job_executions(GET_PENDING), Done)
    await gateway.provider.received(2)
    assert signed_by(gateway.endpoint) == ["ASIA1"] * 7
    go_on.set()
    while signed_by(gateway.endpoint)[-1] != "ASIA2":
        await link.get_pending_job_executions(GET_PENDING)
    assert len(gateway.provider.requests) == 2


async def test_calls_after_the_end_wait_for_new_keys_and_share_one_question(
    gateway: Gateway, wire: Any
) -> None:
    link = await gateway.link(concurrency=30)
    await link.get_pending_job_executions(GET_PENDING)
    gateway.provider.reaction = wire.says(keys("ASIA2", NOW + 1800))
    gateway.clock.advance(895)

    outcomes = await asyncio.gather(
        *(link.get_pending_job_executions(GET_PENDING) for _ in range(30)),
        link.update_job_execution(UPDATE),
    )

    assert {type(each) for each in outcomes} == {Done}
    assert signed_by(gateway.endpoint) == ["ASIA1"] + ["ASIA2"] * 31
    assert len(gateway.provider.requests) == 2


async def test_good_keys_stay_in_use_while_new_ones_are_refused(
    gateway: Gateway, wire: Any
) -> None:
    link = await gateway.link()
    await link.get_pending_job_executions(GET_PENDING)
    gateway.provider.reaction = wire.says({"message": "not now"}, 503)

    gateway.clock.advance(601)
    for _ in range(298):
        assert isinstance(await link.update_job_execution(UPDATE), Done)
        gateway.clock.advance(1)
    assert gateway.clock.now() == NOW + 899
    # 2, 4, 8, 16, 32 and from then on 60 seconds apart, each shorter by up to a quarter
    assert 9 <= len(gateway.provider.requests) <= 14

    gateway.clock.advance(2)
    failure = await link.update_job_execution(UPDATE)
    assert type(failure) is Unreachable
    assert failure.reason.endswith("answered HTTP 503: not now")


async def test_a_provider_that_failed_is_left_in_peace_for_longer_and_longer(
    gateway: Gateway, wire: Any
) -> None:
    gateway.provider.reaction = wire.says({"message": "not now"}, 500)
    link = await gateway.link()

    for count, pause in enumerate((2, 4, 8, 16, 32, 60, 60), start=1):
        failures = [
            await link.get_pending_job_executions(GET_PENDING),
            await link.update_job_execution(UPDATE),
        ]
        assert [type(each) for each in failures] == [Unreachable, Unreachable]
        assert failures[0] == failures[1]
        assert failures[0].reason.endswith("answered HTTP 500: not now")
        assert len(gateway.provider.requests) == count
        gateway.clock.advance(pause * 0.74)
        assert await link.update_job_execution(UPDATE) == failures[0]
        assert len(gateway.provider.requests) == count
        gateway.clock.advance(pause * 0.27)

    gateway.provider.reaction = wire.says(keys(until=NOW + 4000))
    assert isinstance(await link.update_job_execution(UPDATE), Done)


async def test_after_a_success_the_pauses_begin_anew(gateway: Gateway, wire: Any) -> None:
    failing, link = wire.says(b"", 500), await gateway.link()
    gateway.provider.reaction = wire.in_turn(failing, failing, wire.says(keys()), failing)
    for _ in range(3):
        await link.get_pending_job_executions(GET_PENDING)
        gateway.clock.advance(4.1)
    gateway.clock.advance(1000)
    assert len(gateway.provider.requests) == 3

    await link.get_pending_job_executions(GET_PENDING)
    gateway.clock.advance(2.1)
    await link.get_pending_job_executions(GET_PENDING)

    assert len(gateway.provider.requests) == 5


@pytest.mark.parametrize(
    ("failures", "longest"), [(1, 2), (2, 4), (5, 32), (6, 60), (7, 60), (10_000, 60)]
)
def test_a_pause_is_up_to_a_quarter_shorter(failures: int, longest: float) -> None:
    assert pause_after(failures, 0.0) == longest
    assert pause_after(failures, 1.0) == longest * 3 / 4


class TwoClocks(ManualClock):
    """One that is set by hand or by a server, and one that only counts while the machine runs."""

    def __init__(self) -> None:
        super().__init__(NOW)
        self.running = 100.0

    def monotonic(self) -> float:
        return self.running


@pytest.mark.parametrize(
    ("wall", "running", "asked"),
    [
        (5.0, 5.0, 1),
        # the machine slept
        (1000.0, 5.0, 2),
        # the clock was set back
        (-3600.0, 895.0, 2),
        (-3600.0, 5.0, 1),
    ],
)
async def test_keys_end_by_the_clock_that_says_more_time_has_passed(
    wall: float, running: float, asked: int
) -> None:
    clock, count = TwoClocks(), 0

    async def ask() -> TemporaryKeys:
        nonlocal count
        count += 1
        return TemporaryKeys("a", "b", "c", 900.0)

    credentials = RoleAliasCredentials(ask, clock, Random(1))
    await credentials.get_frozen_credentials()
    clock.advance(wall)
    clock.running += running
    await credentials.get_frozen_credentials()

    assert count == asked


@pytest.mark.parametrize(
    ("lifetime", "passed", "asked"),
    [
        *((900, 599, 1), (900, 601, 2)),
        *((3600, 3299, 1), (3600, 3301, 2)),
        *((43200, 42899, 1), (43200, 42901, 2)),
        # of less than 15 minutes, the last third
        *((60, 39, 1), (60, 41, 2)),
    ],
)
async def test_new_keys_are_asked_for_in_the_last_five_minutes_of_the_old_ones(
    lifetime: float, passed: float, asked: int
) -> None:
    clock, count = ManualClock(NOW), 0

    async def ask() -> TemporaryKeys:
        nonlocal count
        count += 1
        return TemporaryKeys(f"key {count}", "b", "c", lifetime)

    credentials = RoleAliasCredentials(ask, clock, Random(1))
    await credentials.get_frozen_credentials()
    clock.advance(passed)
    keys = await credentials.get_frozen_credentials()
    await asyncio.sleep(0)

    assert keys.access_key == "key 1"
    assert count == asked


async def test_keys_are_good_for_as_long_as_the_providers_own_clock_says(
    gateway: Gateway,
) -> None:
    gateway.clock = ManualClock(NOW + 86400)

    assert (await gateway.asked().keys()).lifetime == 900


async def test_without_a_date_this_machines_clock_has_to_do(gateway: Gateway, wire: Any) -> None:
    body = json.dumps(keys()).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    gateway.provider.reaction = wire.sends(head + body)
    gateway.clock = ManualClock(NOW + 100)

    assert (await gateway.asked().keys()).lifetime == 800


async def test_a_call_that_is_given_up_does_not_take_the_question_from_the_others(
    gateway: Gateway, wire: Any
) -> None:
    go_on = asyncio.Event()

    async def slowly(request: Any, writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        await wire.says(keys())(request, writer)

    gateway.provider.reaction = slowly
    link = await gateway.link()
    first, second = (
        asyncio.create_task(link.get_pending_job_executions(GET_PENDING)) for _ in range(2)
    )
    await gateway.provider.received(1)

    first.cancel()
    await asyncio.wait({first})
    go_on.set()

    assert isinstance(await second, Done)
    assert len(gateway.provider.requests) == 1


async def test_closing_gives_up_the_question(gateway: Gateway, wire: Any) -> None:
    gateway.provider.reaction = wire.swallows
    link = await gateway.link()
    call = asyncio.create_task(link.update_job_execution(UPDATE))
    await gateway.provider.received(1)

    async with asyncio.timeout(2):
        await link.close()
        outcomes = [await call, await link.update_job_execution(UPDATE)]

    assert [type(each) for each in outcomes] == [Unreachable, Unreachable]
    assert outcomes[0].reason == "the link is closed"
    assert len(gateway.provider.requests) == 1


async def test_a_silent_provider_is_told_in_time_and_leaves_no_doubt_about_a_change(
    gateway: Gateway, wire: Any
) -> None:
    gateway.provider.reaction = wire.swallows
    link = await gateway.link(read_time_limit=0.5)

    for outcome in (
        await link.update_job_execution(UPDATE),
        await link.get_pending_job_executions(GET_PENDING),
    ):
        assert type(outcome) is Unreachable
        assert outcome.reason == (
            f"{NO_KEYS}{gateway.provider.url.removeprefix('https://')} did not answer within 0.25 s"
        )
        assert outcome.advice == (
            "check the network, the endpoint, and whether a firewall or proxy is between; "
            f"{ASK_FOR_THE_HOST}"
        )
    assert gateway.endpoint.requests == []


async def test_an_answer_that_trickles_in_does_not_outlast_the_limit(
    gateway: Gateway, wire: Any
) -> None:
    async def trickle(_request: Any, writer: asyncio.StreamWriter) -> None:
        for byte in wire.answer(keys()):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.02)

    gateway.provider.reaction = trickle

    failure = await told(gateway.asked(time_limit=0.2))

    assert failure.reason.endswith("did not answer within 0.2 s")


async def test_an_answer_without_end_is_not_read(gateway: Gateway) -> None:
    async def flood(_request: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"10000\r\n" + b" " * 65536 + b"\r\n")
            # over TLS, waiting until it is written lets nobody else run
            await asyncio.sleep(0)

    gateway.provider.reaction = flood

    failure = await told(gateway.asked())

    assert type(failure) is Unreachable
    assert failure.reason.endswith("more than 1 MiB")


def without(name: str) -> dict[str, Any]:
    answer = keys()
    del answer["credentials"][name]
    return answer


def with_member(name: str, value: object) -> dict[str, Any]:
    answer = keys()
    answer["credentials"][name] = value
    return answer


NOT_AS_IT_DOES = "did not answer as the service does: "
NO_SUCH_ALIAS = (
    "there is no such role alias in this account and region: check the name, which is not its ARN, "
    "by `aws iot list-role-aliases`"
)
CHECK_ENDPOINT = (
    "check the endpoint, and whether a proxy or a login page stands before it; " + ASK_FOR_THE_HOST
)


@pytest.mark.parametrize(
    ("status", "body", "kind", "reason", "advice"),
    [
        (403, {"message": "Access Denied"}, NotAllowed, "HTTP 403: Access Denied", PERMISSION),
        (401, b"", NotAllowed, "HTTP 401", PERMISSION),
        (400, {"message": "Invalid"}, NotAllowed, "HTTP 400: Invalid", PERMISSION),
        (404, {"message": "Not found"}, NotAllowed, "HTTP 404: Not found", NO_SUCH_ALIAS),
        (404, b"<h1>Gone</h1>", NotAllowed, "HTTP 404: Gone", NO_SUCH_ALIAS),
        (429, {}, Throttled, "HTTP 429", "keys are asked for again in a while"),
        (
            503,
            b"[1]",
            Unreachable,
            "HTTP 503: [1]",
            "the credential provider is in trouble: it is asked again",
        ),
        (302, b"", Unreachable, "HTTP 302, a redirect", ASK_FOR_THE_HOST),
        (200, b"", Unreachable, f"{NOT_AS_IT_DOES}the body is empty", CHECK_ENDPOINT),
        (
            200,
            b"<html>Log in</html>",
            Unreachable,
            f"{NOT_AS_IT_DOES}the body is a web page",
            CHECK_ENDPOINT,
        ),
        (
            200,
            b'{"credentials": {"secretAccessKey": "secret-of-the-test"',
            Unreachable,
            f"{NOT_AS_IT_DOES}the body is not JSON, or cut off",
            CHECK_ENDPOINT,
        ),
        (200, b"[]", Unreachable, f"{NOT_AS_IT_DOES}the body is no JSON object", CHECK_ENDPOINT),
        (
            200,
            {"Output": {}},
            Unreachable,
            f"{NOT_AS_IT_DOES}credentials is missing",
            CHECK_ENDPOINT,
        ),
        *(
            (
                200,
                without(name),
                Unreachable,
                f"{NOT_AS_IT_DOES}credentials.{name} is missing",
                CHECK_ENDPOINT,
            )
            for name in ("accessKeyId", "secretAccessKey", "sessionToken", "expiration")
        ),
        (
            200,
            with_member("sessionToken", None),
            Unreachable,
            f"{NOT_AS_IT_DOES}credentials.sessionToken is missing",
            CHECK_ENDPOINT,
        ),
        (
            200,
            with_member("sessionToken", "token-of-the-test\r\nx: y"),
            Unreachable,
            f"{NOT_AS_IT_DOES}credentials.sessionToken is no line of plain text",
            CHECK_ENDPOINT,
        ),
        (
            200,
            with_member("expiration", "tomorrow"),
            Unreachable,
            f"{NOT_AS_IT_DOES}credentials.expiration is no time",
            CHECK_ENDPOINT,
        ),
        (
            200,
            with_member("expiration", 1_700_000_900),
            Unreachable,
            f"{NOT_AS_IT_DOES}credentials.expiration is missing",
            CHECK_ENDPOINT,
        ),
        (
            200,
            keys(until=NOW),
            NotAllowed,
            "gave keys that had expired already",
            "ask again; if it stays, ask who runs this credential provider",
        ),
    ],
)
async def test_an_answer_without_keys_is_told(
    gateway: Gateway,
    wire: Any,
    status: int,
    body: bytes | dict[str, Any],
    kind: type[Failure],
    reason: str,
    advice: str,
) -> None:
    gateway.provider.reaction = wire.says(body, status, Location="https://elsewhere.example/")

    failure = await told(gateway.asked())

    host = gateway.provider.url.removeprefix("https://")
    assert type(failure) is kind
    answered = "answered " if reason.startswith("HTTP") else ""
    assert failure.reason == f"{host} {answered}{reason}"
    assert failure.advice == advice
    assert len(gateway.provider.requests) == 1


async def test_a_refusal_names_the_thing_that_has_to_be_attached(
    gateway: Gateway, wire: Any
) -> None:
    gateway.alias = replace(gateway.alias, thing_name="gw-1")
    gateway.provider.reaction = wire.says({"message": "Invalid thing name passed"}, 403)

    failure = await told(gateway.asked())

    assert failure.advice == f"{PERMISSION}, and attached to the thing gw-1"


@pytest.mark.parametrize(
    ("server", "authority", "why", "advice"),
    [
        ("server", "other_authority", "unable to get local issuer certificate", "--ca FILE"),
        ("server_elsewhere", "authority", "IP address mismatch, certificate is not", "host name"),
        ("expired_server", "authority", "certificate has expired", "clock"),
    ],
    ids=["another authority", "another name", "expired"],
)
async def test_a_provider_that_is_not_trusted_is_asked_nothing(
    gateway: Gateway,
    certificates: Any,
    serve: Any,
    wire: Any,
    server: str,
    authority: str,
    why: str,
    advice: str,
) -> None:
    provider = await serve(
        wire.says(keys()), ssl=certificates.server_context(getattr(certificates, server))
    )
    gateway.alias = replace(gateway.alias, endpoint_url=provider.url)

    failure = await told(gateway.asked(verify=str(getattr(certificates, authority))))

    host = provider.url.removeprefix("https://")
    assert type(failure) is Unreachable
    assert failure.reason.startswith(f"the certificate of {host} is not trusted: {why}")
    assert advice in failure.advice
    assert failure.advice.endswith(f"; {ASK_FOR_THE_HOST}")
    assert provider.requests == []


async def test_a_certificate_that_the_provider_refuses_is_told_in_its_word(
    gateway: Gateway, certificates: Any, alerting: Callable[..., str]
) -> None:
    url = alerting()
    gateway.alias = RoleAlias("gw-role", url, certificates.device(certificates.strange_client))

    failure = await told(gateway.asked())

    assert type(failure) is NotAllowed
    assert failure.reason == f"{url.removeprefix('https://')} refuses the certificate: unknown ca"
    assert "is active" in failure.advice


async def test_a_provider_that_hangs_up_may_have_refused_the_certificate(
    gateway: Gateway, wire: Any
) -> None:
    gateway.provider.reaction = wire.cuts(b"")

    failure = await told(gateway.asked())

    assert type(failure) is Unreachable
    assert failure.reason.endswith("closed the connection before its answer was complete")
    assert "who refuses a certificate may hang up like this" in failure.advice


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("no-such-host.invalid", "the name no-such-host.invalid cannot be found"),
        ("127.0.0.1:1", "127.0.0.1:1 refuses connections"),
    ],
)
async def test_a_provider_that_is_not_there_is_named(
    gateway: Gateway, host: str, reason: str
) -> None:
    gateway.alias = replace(gateway.alias, endpoint_url=host)

    failure = await told(gateway.asked())

    assert type(failure) is Unreachable
    assert failure.reason == reason
    assert failure.advice.endswith(f"; {ASK_FOR_THE_HOST}")


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("c1.credentials.iot.eu-west-3.amazonaws.com", None),
        ("https://c1.credentials.iot.eu-west-3.amazonaws.com/", None),
        ("HTTPS://c1.credentials.iot.eu-west-3.amazonaws.com", None),
        ("localhost:8443", "https://localhost:8443"),
    ],
)
def test_a_provider_is_given_as_host_or_as_url(
    certificates: Any, given: str, url: str | None
) -> None:
    alias = RoleAlias("gw-role", given, certificates.device())
    provider = CredentialProvider(alias, verify=True, time_limit=1.0, clock=ManualClock(NOW))

    expected = url or "https://c1.credentials.iot.eu-west-3.amazonaws.com"
    assert provider.url.lower() == expected
    assert provider.host == expected.removeprefix("https://")


@pytest.mark.parametrize(
    "given",
    [
        "http://c1.example",
        "ftp://c1.example",
        "",
        "https://",
        "https://c1.example/role-aliases/x/credentials",
        "https://c1.example?x",
        "https://user:password@c1.example",
        "c1.example:port",
    ],
)
def test_a_provider_that_cannot_be_asked_over_tls_is_told(certificates: Any, given: str) -> None:
    alias = RoleAlias("gw-role", given, certificates.device())

    with pytest.raises(ToldError) as raised:
        CredentialProvider(alias, verify=True, time_limit=1.0, clock=ManualClock(NOW))

    failure = raised.value.failure
    assert type(failure) is Unreachable
    assert failure.reason == "the URL of the credential provider is not https://HOST"
    assert failure.advice == ASK_FOR_THE_HOST


async def test_what_is_given_is_checked_when_the_link_is_opened(
    opening: Any, certificates: Any
) -> None:
    encrypted = certificates.device(key=certificates.encrypted_key)
    for alias, kind, reason in (
        (RoleAlias("gw-role", "c1.example", encrypted), NotAllowed, "is encrypted"),
        (RoleAlias("gw-role", "http://c1.example", certificates.device()), Unreachable, "https:"),
    ):
        failure = await opening(region="eu-west-3", credentials=alias)

        assert type(failure) is kind
        assert reason in failure.reason


async def test_neither_keys_nor_failures_reach_a_log(
    gateway: Gateway, wire: Any, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.provider.reaction = wire.in_turn(wire.says(b"", 500), wire.says(keys()))
    link = await gateway.link()

    with caplog.at_level(logging.WARNING):
        await link.get_pending_job_executions(GET_PENDING)
        gateway.clock.advance(3)
        await link.get_pending_job_executions(GET_PENDING)

    assert len(gateway.provider.requests) == 2
    assert caplog.records == []
    assert "of-the-test" not in repr(await gateway.asked().keys())


async def test_that_keys_came_is_logged_when_debugging_and_none_of_them(
    gateway: Gateway, wire: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "jobs_tui.events")
    link = await gateway.link()
    assert isinstance(await link.get_pending_job_executions(GET_PENDING), Done)
    gateway.provider.reaction = wire.says({"message": "no such alias"}, 404)
    await told(gateway.asked())
    fields = [record.fields for record in caplog.records if record.message == "decided"]
    came, failed = [each for each in fields if each["about"] == "keys"]
    assert (came["alias"], came["host"], came["last"]) == (
        "gw-role",
        gateway.provider.url.removeprefix("https://"),
        "900s",
    )
    assert failed["outcome"] == "not allowed"
    assert {each.get("by") for each in fields if each["about"] == "credentials"} == {"role-alias"}
    assert "of-the-test" not in f"{fields}"
    assert "ASIA1" not in f"{fields}"
