"""A device with nothing but a certificate: what it asks, where, and what it is told."""

import asyncio
import json
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.outcome import Done, Failure, NotAllowed, NotConfirmed, Unreachable
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.emulator import Emulator, Switches
from jobs_tui.service.access.mutual_tls import certificate_endpoint, region_in
from jobs_tui.service.access.session import new_session
from jobs_tui.service.chosen_endpoint import ChosenEndpoint, EndpointSource
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings

GET_PENDING = GetPendingJobExecutions("gw-1")
UPDATE = UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED)
PENDING = {"inProgressJobs": [], "queuedJobs": []}
UPDATED = {"executionState": {"status": "SUCCEEDED", "versionNumber": 2}}
HOST = "https://a1b2c3-ats.iot.eu-west-3.amazonaws.com"
ASK_FOR_THE_HOST = (
    "ask for the account's host by `aws iot describe-endpoint --endpoint-type iot:Data-ATS`"
)
OF_ANOTHER = (
    "check the host name of the endpoint; a proxy, or whoever has taken over its address, may "
    "answer in its place"
)
NOT_NOW = (
    "set this machine's clock if it is wrong: it makes good certificates bad; else whoever runs "
    "the endpoint has to renew it"
)
HANG_UP = "; who refuses a certificate may hang up like this: check that it is active"


async def read_and_write(link: JobsDataPlane) -> list[Any]:
    return [
        await link.get_pending_job_executions(GET_PENDING),
        await link.update_job_execution(UPDATE),
    ]


@pytest.fixture
def emulated(certificates: Any, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """An emulator that wants a certificate of our authority; returns its URL."""
    jobs = tmp_path / "jobs.jsonl"
    jobs.write_text(json.dumps({"jobId": "job-1", "targets": ["gw-1"], "document": {"do": "it"}}))
    switches = Switches(
        things=["gw-1"],
        jobs=jobs,
        tls=True,
        certificate=certificates.with_key(certificates.server),
        client_ca=certificates.authority,
    )
    with Emulator(switches) as emulator:
        yield lambda: str(emulator.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def device(certificates: Any, opening: Any) -> Any:
    """Open a link with a certificate, the good one unless said otherwise."""

    async def start(url: str | None, **settings: Any) -> JobsDataPlane | Failure:
        defaults: dict[str, Any] = {
            "credentials": certificates.device(),
            "authorities": certificates.authority,
        }
        return await opening(endpoint_url=url, **(defaults | settings))

    return start


async def test_all_four_operations_go_through_by_certificate(emulated: Any, device: Any) -> None:
    link = await device(emulated())

    pending = await link.get_pending_job_executions(GET_PENDING)
    started = await link.start_next_pending_job_execution(StartNextPendingJobExecution("gw-1"))
    described = await link.describe_job_execution(
        DescribeJobExecution("gw-1", "job-1", include_job_document=True)
    )
    updated = await link.update_job_execution(UPDATE)

    assert [each.job_id for each in pending.value.queued] == ["job-1"]
    assert started.value.status is Status.IN_PROGRESS
    assert json.loads(described.value.job_document) == {"do": "it"}
    assert updated.value.execution_state.status is Status.SUCCEEDED


async def test_who_shows_nothing_is_refused_at_the_same_endpoint(
    emulated: Any, certificates: Any
) -> None:
    context = ssl.create_default_context(cafile=certificates.authority)
    host, port = emulated().removeprefix("https://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
    writer.write(b"GET /things/gw-1/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    answer = await reader.read()
    writer.close()

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"CertificateValidationException" in answer


async def test_a_certificate_is_shown_and_nothing_is_signed(
    device: Any, certificates: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "OF_THE_ENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "c")
    shown = []

    async def answer(request: Any, writer: asyncio.StreamWriter) -> None:
        shown.append(writer.get_extra_info("peercert")["subject"])
        await wire.says(PENDING | UPDATED)(request, writer)

    endpoint = await serve(answer, ssl=certificates.server_context(wants_certificate=True))
    link = await device(endpoint.url)

    assert [type(each) for each in await read_and_write(link)] == [Done, Done]
    assert shown == [((("commonName", "gw-1"),),)] * 2
    for request in endpoint.requests:
        assert not {"authorization", "x-amz-date", "x-amz-security-token"} & set(request.headers)


async def test_no_credentials_are_looked_for(
    device: Any,
    certificates: Any,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    serve: Any,
    wire: Any,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "OF_THE_ENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    asked = await serve(wire.swallows)
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{asked.url}/credentials")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", asked.url)
    ran = home / "ran"
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text(f"[default]\ncredential_process = touch {ran}\n")

    link = await device(HOST)
    session = new_session(ServiceSettings(credentials=certificates.device()))

    assert not isinstance(link, Failure)
    assert link.identity == ""
    assert await session.get_credentials() is None
    assert not ran.exists()
    assert asked.requests == []


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (HOST, f"{HOST}:8443"),
        (f"{HOST}/", f"{HOST}:8443/"),
        (f"{HOST}:443", f"{HOST}:443"),
        (f"{HOST}:9443/prefix", f"{HOST}:9443/prefix"),
        ("https://[::1]", "https://[::1]:8443"),
    ],
)
def test_without_a_port_the_one_for_certificates_is_asked(url: str, asked: str) -> None:
    given = ChosenEndpoint(EndpointSource.GIVEN, url)

    assert certificate_endpoint(given) == ChosenEndpoint(EndpointSource.GIVEN, asked)


async def test_the_endpoint_may_stand_in_the_configuration_of_the_sdk(
    device: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE", HOST)

    link = await device(None)

    assert link.endpoint == f"{HOST}:8443"
    assert link.endpoint_source is EndpointSource.GIVEN
    assert link.region == "eu-west-3"


async def test_without_an_endpoint_it_is_told_how_to_find_it(device: Any) -> None:
    failure = await device(None, region="eu-west-3")

    assert type(failure) is Unreachable
    assert failure.reason == (
        "no endpoint is set, and a certificate is good for the account's own one only"
    )
    assert failure.advice == f"{ASK_FOR_THE_HOST}, and give it as --endpoint-url https://HOST"


async def test_a_certificate_is_not_shown_over_plain_http(device: Any) -> None:
    failure = await device("http://127.0.0.1:1")

    assert type(failure) is Unreachable
    assert failure.reason == (
        "a certificate cannot be shown over http://: nothing would prove who asks"
    )
    assert failure.advice == "give the endpoint as --endpoint-url https://HOST"


@pytest.mark.parametrize(
    ("url", "region"),
    [
        (HOST, "eu-west-3"),
        ("https://a1b2c3.iot.us-east-1.amazonaws.com:8443", "us-east-1"),
        ("https://A1B2C3-ATS.iot.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("https://c1.credentials.iot.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
        ("https://gateway.example", None),
        ("https://a1-ats.iot.eu-west-3.amazonaws.com.example", None),
    ],
)
def test_the_host_of_an_account_tells_its_region(url: str, region: str | None) -> None:
    assert region_in(url) == region
    assert region_in(str(certificate_endpoint(ChosenEndpoint(EndpointSource.GIVEN, url)).url)) == (
        region
    )


async def test_a_region_that_is_set_counts_more_than_the_host(device: Any) -> None:
    assert (await device(HOST, region="eu-west-1")).region == "eu-west-1"


async def test_a_region_that_nobody_names_is_told_as_unknown(device: Any) -> None:
    assert (await device("https://gateway.example")).region == ""


@pytest.mark.parametrize("region", ["eu-west-3", None])
async def test_a_missing_permission_is_one_of_the_certificates_policy(
    device: Any, certificates: Any, serve: Any, wire: Any, region: str | None
) -> None:
    endpoint = await serve(
        wire.says({"message": "Forbidden"}, 403, x_amzn_ErrorType="ForbiddenException:"),
        ssl=certificates.server_context(),
    )
    link = await device(endpoint.url, region=region)

    outcome = await link.update_job_execution(UPDATE)

    assert type(outcome) is NotAllowed
    assert outcome.reason == "Forbidden"
    assert outcome.advice == (
        "allow iotjobsdata:UpdateJobExecution on "
        f"arn:aws:iot:{region or 'REGION'}:ACCOUNT:thing/gw-1 in the AWS IoT policy of the "
        "certificate, which has to be active; iot:UpdateJobExecution, the commonest mistake, does "
        "not grant it"
    )


async def test_a_refusal_without_a_code_is_about_the_certificate_too(
    device: Any, certificates: Any, serve: Any, wire: Any
) -> None:
    endpoint = await serve(
        wire.says({"message": None, "traceId": "1"}, 403), ssl=certificates.server_context()
    )
    link = await device(endpoint.url)

    outcome = await link.get_pending_job_executions(GET_PENDING)

    assert type(outcome) is NotAllowed
    assert "in the AWS IoT policy of the certificate" in outcome.advice


async def test_an_endpoint_that_wants_a_signature_is_the_wrong_port(
    device: Any, certificates: Any, serve: Any, wire: Any
) -> None:
    endpoint = await serve(
        wire.says(
            {"message": "Missing Authentication Token"},
            403,
            x_amzn_ErrorType="MissingAuthenticationTokenException",
        ),
        ssl=certificates.server_context(),
    )
    link = await device(endpoint.url)

    for outcome in await read_and_write(link):
        assert type(outcome) is NotAllowed
        assert outcome.reason == "Missing Authentication Token"
        assert outcome.advice == (
            "this endpoint wants a signature; certificates are taken on port 8443 of the account's "
            f"Data-ATS host: {ASK_FOR_THE_HOST}"
        )


@pytest.mark.parametrize(
    ("client", "version", "word"),
    [
        ("strange_client", ssl.TLSVersion.TLSv1_2, "unknown ca"),
        ("strange_client", ssl.TLSVersion.TLSv1_3, "unknown ca"),
        ("lapsed_client", ssl.TLSVersion.TLSv1_3, "certificate expired"),
    ],
)
async def test_a_certificate_is_refused_in_the_servers_word(
    device: Any,
    certificates: Any,
    alerting: Any,
    client: str,
    version: ssl.TLSVersion,
    word: str,
) -> None:
    url = alerting(version)
    link = await device(url, credentials=certificates.device(getattr(certificates, client)))

    for outcome in await read_and_write(link):
        assert type(outcome) is NotAllowed
        assert outcome.reason == f"{url.removeprefix('https://')} refuses the certificate: {word}"
        assert outcome.advice == (
            "check that the certificate is active, and of the account whose host this is, by "
            "`aws iot describe-certificate --certificate-id ID`"
        )


async def test_who_signs_is_told_of_an_endpoint_that_wants_a_certificate(
    opened: Any, certificates: Any, alerting: Any
) -> None:
    url = alerting()
    link = await opened(url, authorities=certificates.authority)

    for outcome in await read_and_write(link):
        assert type(outcome) is NotAllowed
        assert outcome.reason == (
            f"{url.removeprefix('https://')} wants a client certificate: certificate required"
        )
        assert "--cert and --key" in outcome.advice


async def test_an_endpoint_that_hangs_up_may_have_refused_the_certificate(
    emulated: Any, device: Any, certificates: Any
) -> None:
    url = emulated()
    link = await device(url, credentials=certificates.device(certificates.strange_client))

    read, write = await read_and_write(link)

    assert type(read) is Unreachable
    assert read.reason.startswith(f"{url.removeprefix('https://')} ")
    assert read.advice == (
        f"check the network, the endpoint, and whether a firewall or proxy is between{HANG_UP}"
    )
    assert type(write) is NotConfirmed
    assert write.advice == f"read the execution again to see what stands{HANG_UP}"


@pytest.mark.parametrize(
    ("server", "authority", "why", "advice"),
    [
        (
            "server",
            "other_authority",
            "unable to get local issuer certificate",
            "where a proxy inspects TLS, name its CA by --ca FILE or AWS_CA_BUNDLE",
        ),
        (
            "server_elsewhere",
            "authority",
            "IP address mismatch, certificate is not valid for '127.0.0.1'",
            OF_ANOTHER,
        ),
        (
            "expired_server",
            "authority",
            "certificate has expired",
            NOT_NOW,
        ),
    ],
    ids=["another authority", "another name", "expired"],
)
async def test_a_server_that_is_not_trusted_is_sent_nothing(
    device: Any,
    certificates: Any,
    serve: Any,
    wire: Any,
    server: str,
    authority: str,
    why: str,
    advice: str,
) -> None:
    context = certificates.server_context(getattr(certificates, server))
    endpoint = await serve(wire.says(PENDING | UPDATED), ssl=context)
    link = await device(endpoint.url, authorities=getattr(certificates, authority))

    for outcome in await read_and_write(link):
        assert type(outcome) is Unreachable
        assert outcome.reason == (
            f"the certificate of {endpoint.url.removeprefix('https://')} is not trusted: {why}"
        )
        assert outcome.advice == advice
    assert endpoint.requests == []


async def test_the_name_of_a_host_has_to_be_in_its_certificate(
    device: Any, certificates: Any, serve: Any, wire: Any
) -> None:
    context = certificates.server_context(certificates.server_elsewhere)
    endpoint = await serve(wire.says(PENDING), ssl=context)
    link = await device(endpoint.url.replace("127.0.0.1", "localhost"))

    outcome = await link.get_pending_job_executions(GET_PENDING)

    assert outcome.reason.endswith("Hostname mismatch, certificate is not valid for 'localhost'"), (
        outcome
    )


async def test_a_certificate_for_reading_only_opens_no_way_to_change(
    device: Any, certificates: Any, serve: Any, wire: Any
) -> None:
    endpoint = await serve(
        wire.says(PENDING), ssl=certificates.server_context(wants_certificate=True)
    )
    link = await device(endpoint.url, read_only=True)

    read, write = await read_and_write(link)

    assert type(read) is Done
    assert type(write) is NotAllowed
    assert len(endpoint.requests) == 1


async def test_a_proxy_is_gone_through_and_does_not_see_the_certificate(
    device: Any, certificates: Any, serve: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = await serve(
        wire.says(PENDING), ssl=certificates.server_context(wants_certificate=True)
    )
    connected = []

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        connected.append(head.split(b" ")[1].decode())
        host, port = connected[-1].split(":")
        there_reader, there_writer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")

        async def pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            while data := await source.read(65536):
                sink.write(data)
            sink.close()

        await asyncio.gather(pass_on(reader, there_writer), pass_on(there_reader, writer))

    async with await asyncio.start_server(tunnel, "127.0.0.1", 0) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        link = await device(endpoint.url)

        assert isinstance(await link.get_pending_job_executions(GET_PENDING), Done)
        await link.close()
    assert connected == [endpoint.url.removeprefix("https://")]
