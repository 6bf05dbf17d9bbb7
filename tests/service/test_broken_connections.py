"""Connections that are refused, break, stay silent or never end."""

import asyncio
import socket
import ssl
import time
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.domain.outcome import Done, NotConfirmed, Outcome, Unreachable
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings

PENDING = {"inProgressJobs": [], "queuedJobs": []}
UPDATED = {"executionState": {"status": "SUCCEEDED", "versionNumber": 2}}
EVERYTHING = PENDING | UPDATED | {"execution": {"jobId": "job-1", "status": "IN_PROGRESS"}}
READS = ("pending", "describe")
WRITES = ("start next", "update")
SHORT = 0.25
"""Seconds that a call has where the test is about its time limit."""
SELF_SIGNED = Path(__file__).with_name("self_signed.pem")


async def ask(link: JobsDataPlane, what: str) -> Outcome[Any]:
    match what:
        case "pending":
            return await link.get_pending_job_executions(GetPendingJobExecutions("gw-1"))
        case "describe":
            return await link.describe_job_execution(DescribeJobExecution("gw-1", "job-1"))
        case "start next":
            return await link.start_next_pending_job_execution(StartNextPendingJobExecution("gw-1"))
    return await link.update_job_execution(
        UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED, expected_version=1)
    )


async def ask_in_time(link: JobsDataPlane, what: str, limit: float) -> Outcome[Any]:
    """A call that has to end with its limit; the margin is for a machine that is busy."""
    begun = time.monotonic()
    outcome = await ask(link, what)
    assert time.monotonic() - begun < limit + 0.75
    return outcome


def test_the_limits_show_a_silent_endpoint_within_ten_seconds() -> None:
    assert ServiceSettings().read_time_limit <= 8


async def test_a_silent_endpoint_ends_reads_and_leaves_changes_in_doubt(
    serve: Any, wire: Any, opened: Any
) -> None:
    endpoint = await serve(wire.swallows)
    link = await opened(endpoint.url, read_time_limit=SHORT, write_time_limit=SHORT)

    for what in READS + WRITES:
        outcome = await ask_in_time(link, what, SHORT)

        assert type(outcome) is (NotConfirmed if what in WRITES else Unreachable)
        assert outcome.reason.endswith("did not answer within 0.25 s")
        assert outcome.advice


@pytest.mark.slow
async def test_an_answer_that_trickles_in_does_not_outlast_the_limit(
    serve: Any, wire: Any, opened: Any
) -> None:
    async def trickle(_request: Any, writer: asyncio.StreamWriter) -> None:
        for byte in wire.answer(EVERYTHING):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(SHORT / 20)

    endpoint = await serve(trickle)
    link = await opened(endpoint.url, read_time_limit=SHORT, write_time_limit=SHORT)

    assert type(await ask_in_time(link, "pending", SHORT)) is Unreachable
    assert type(await ask_in_time(link, "update", SHORT)) is NotConfirmed


@pytest.mark.slow
async def test_an_endpoint_that_does_not_complete_a_connection_was_sent_nothing(
    opened: Any,
) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.settimeout(0)
            each.connect_ex(address)
        link = await opened(
            f"http://127.0.0.1:{address[1]}", read_time_limit=SHORT, write_time_limit=SHORT
        )

        read = await ask_in_time(link, "pending", SHORT)
        changes = [await ask_in_time(link, what, SHORT) for what in WRITES]
        for each in waiting:
            each.close()

    assert type(read) is Unreachable
    assert [type(each) for each in changes] == [Unreachable, Unreachable]
    assert changes[0].reason.endswith("does not answer to connect")


async def test_a_refused_connection_was_sent_nothing(opened: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host = f"127.0.0.1:{taken.getsockname()[1]}"
    link = await opened(f"http://{host}")

    for what in ("pending", *WRITES):
        outcome = await ask(link, what)

        assert type(outcome) is Unreachable
        assert outcome.reason == f"{host} refuses connections"
        assert "port" in outcome.advice


async def test_a_name_that_does_not_exist_was_sent_nothing(opened: Any) -> None:
    link = await opened("http://no-such-host.invalid")

    for what in ("pending", *WRITES):
        outcome = await ask(link, what)

        assert type(outcome) is Unreachable
        assert outcome.reason == "the name no-such-host.invalid cannot be found"
        assert "region" in outcome.advice


async def test_a_reset_before_the_answer_leaves_a_change_in_doubt(
    serve: Any, wire: Any, opened: Any
) -> None:
    endpoint = await serve(wire.resets)
    link = await opened(endpoint.url)

    for what in WRITES:
        outcome = await ask(link, what)

        assert type(outcome) is NotConfirmed
        assert "broke the connection" in outcome.reason
    assert type(await ask(link, "pending")) is Unreachable


@pytest.mark.parametrize("arrived", [b"", b"HTTP/1.1 200 OK\r\n", 250, -3])
async def test_a_connection_closed_in_the_answer_leaves_a_change_in_doubt(
    serve: Any, wire: Any, opened: Any, arrived: bytes | int
) -> None:
    whole = wire.answer(EVERYTHING)
    endpoint = await serve(wire.cuts(whole[:arrived] if isinstance(arrived, int) else arrived))
    link = await opened(endpoint.url)

    for what in WRITES:
        outcome = await ask(link, what)

        assert type(outcome) is NotConfirmed
        assert outcome.advice == "read the execution again to see what stands"
    assert type(await ask(link, "pending")) is Unreachable


@pytest.mark.parametrize("raw", [b"220 smtp.example ESMTP\r\n", b"\x15\x03\x01\x00\x02\x02\x46"])
async def test_an_answer_that_is_not_http_is_no_answer(
    serve: Any, wire: Any, opened: Any, raw: bytes
) -> None:
    endpoint = await serve(wire.cuts(raw))
    link = await opened(endpoint.url)

    assert type(await ask(link, "update")) is NotConfirmed
    assert type(await ask(link, "pending")) is Unreachable


async def test_a_header_beyond_all_limits_is_no_answer(serve: Any, wire: Any, opened: Any) -> None:
    endpoint = await serve(wire.says(EVERYTHING, X_Long="x" * 100_000))
    link = await opened(endpoint.url)

    update, pending = await ask(link, "update"), await ask(link, "pending")

    assert type(update) is NotConfirmed
    assert type(pending) is Unreachable
    assert len(update.reason) < 200


@pytest.mark.parametrize("what", WRITES)
@pytest.mark.parametrize("lost", ["resets", "cuts", "cuts after some bytes", "trouble"])
async def test_a_change_whose_answer_is_lost_is_sent_exactly_once(
    serve: Any,
    wire: Any,
    opened: Any,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    lost: str,
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "5")
    monkeypatch.setenv("AWS_RETRY_MODE", "legacy")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    ways = {
        "resets": wire.resets,
        "cuts": wire.cuts(b""),
        "cuts after some bytes": wire.cuts(b"HTTP/1.1 200 OK\r\nDate:"),
        "trouble": wire.says({"message": "Internal failure"}, 500),
    }
    endpoint = await serve(wire.in_turn(ways[lost], wire.says(EVERYTHING)))
    link = await opened(endpoint.url, credentials=None)

    outcome = await ask(link, what)

    assert type(outcome) is NotConfirmed
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("lost", ["resets", "cuts after some bytes", "trouble", "throttling"])
async def test_a_read_that_fails_for_the_moment_is_asked_once_more(
    serve: Any, wire: Any, opened: Any, lost: str
) -> None:
    ways = {
        "resets": wire.resets,
        "cuts after some bytes": wire.cuts(b"HTTP/1.1 200 OK\r\nDate:"),
        "trouble": wire.says(b"<html>Bad gateway</html>", 502),
        "throttling": wire.says({"__type": "ThrottlingException"}, 429),
    }
    endpoint = await serve(wire.in_turn(ways[lost], wire.says(PENDING)))
    link = await opened(endpoint.url)

    assert isinstance(await ask(link, "pending"), Done)


async def test_a_read_is_not_asked_a_third_time(serve: Any, wire: Any, opened: Any) -> None:
    endpoint = await serve(wire.says({"message": "Service unavailable"}, 503))
    link = await opened(endpoint.url)

    assert type(await ask(link, "pending")) is Unreachable
    assert len(endpoint.requests) == 2


async def test_reads_share_connections_and_each_change_has_a_new_one(
    serve: Any, wire: Any, opened: Any
) -> None:
    endpoint = await serve(wire.says(EVERYTHING))
    link = await opened(endpoint.url)

    for _ in range(3):
        await ask(link, "pending")
        await ask(link, "describe")
    assert endpoint.connections == 1
    for _ in range(3):
        assert isinstance(await ask(link, "update"), Done)
    assert endpoint.connections == 4


async def test_a_change_goes_through_while_all_reads_wait(
    serve: Any, wire: Any, opened: Any
) -> None:
    async def react(request: Any, writer: asyncio.StreamWriter) -> None:
        if request.method == "GET":
            await wire.swallows(request, writer)
        await wire.says(UPDATED)(request, writer)

    endpoint = await serve(react)
    link = await opened(endpoint.url, concurrency=3)
    reads = [asyncio.create_task(ask(link, "pending")) for _ in range(5)]
    await endpoint.received(3)

    update = await ask(link, "update")
    for read in reads:
        read.cancel()

    assert isinstance(update, Done)


async def test_no_more_reads_are_under_way_than_asked_for_and_waiting_counts_as_time(
    serve: Any, wire: Any, opened: Any
) -> None:
    endpoint = await serve(wire.swallows)
    link = await opened(endpoint.url, concurrency=2, read_time_limit=SHORT)

    begun = time.monotonic()
    outcomes = await asyncio.gather(*(ask(link, "pending") for _ in range(6)))

    assert time.monotonic() - begun < SHORT + 0.75
    assert [type(each) for each in outcomes] == [Unreachable] * 6
    assert len(endpoint.requests) <= 4


@pytest.mark.slow
async def test_a_change_that_got_no_turn_in_its_time_was_not_sent(
    serve: Any, wire: Any, opened: Any
) -> None:
    endpoint = await serve(wire.swallows)
    # time enough to send for those that get a turn, on a busy machine too
    link = await opened(endpoint.url, write_time_limit=1.0)
    first = [asyncio.create_task(ask(link, "update")) for _ in range(4)]
    await endpoint.received(4)

    later = await asyncio.gather(*(ask(link, "update") for _ in range(8)))

    in_doubt = [each for each in (*later, *(await asyncio.gather(*first))) if _in_doubt(each)]
    not_sent = [each for each in later if not _in_doubt(each)]
    assert len(endpoint.requests) <= len(in_doubt)
    assert not_sent
    for outcome in not_sent:
        assert type(outcome) is Unreachable
        assert outcome.reason == "nothing was sent within 1 s"


async def test_calls_that_are_cancelled_make_room_for_others(
    serve: Any, wire: Any, opened: Any
) -> None:
    endpoint = await serve(wire.swallows)
    link = await opened(endpoint.url, concurrency=2)
    under_way = [asyncio.create_task(ask(link, what)) for what in READS + WRITES for _ in range(20)]
    await endpoint.received(2 + 4)

    for each in under_way:
        each.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    endpoint.reaction = wire.says(EVERYTHING)

    assert all(each.cancelled() for each in under_way)
    outcomes = await asyncio.gather(*(ask(link, what) for what in READS + WRITES for _ in range(5)))
    assert all(isinstance(each, Done) for each in outcomes)


async def test_a_body_without_end_is_not_read(serve: Any, wire: Any, opened: Any) -> None:
    sent = 0

    async def flood(_request: Any, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + b" " * 65536 + b"\r\n")
            sent += 65536
            await writer.drain()

    endpoint = await serve(flood)
    link = await opened(endpoint.url)

    outcome = await ask(link, "update")

    assert type(outcome) is NotConfirmed
    assert outcome.reason.endswith("more than 1 MiB")
    assert sent < 16 << 20


async def test_plain_http_where_tls_was_expected_is_told(wire: Any, opened: Any) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(wire.answer(b"", 400))
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        link = await opened(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")

        for what in ("pending", "update"):
            outcome = await ask(link, what)

            assert type(outcome) is Unreachable
            assert "no TLS connection" in outcome.reason


async def test_tls_where_plain_http_was_expected_is_told(
    serve: Any, wire: Any, opened: Any
) -> None:
    endpoint = await serve(wire.says(EVERYTHING), ssl=_server_tls())
    link = await opened(endpoint.url.replace("https:", "http:"))

    assert type(await ask(link, "pending")) is Unreachable
    assert endpoint.requests == []


async def test_a_certificate_that_nobody_trusts_is_told(serve: Any, wire: Any, opened: Any) -> None:
    endpoint = await serve(wire.says(EVERYTHING), ssl=_server_tls())
    link = await opened(endpoint.url)

    for what in ("pending", "update"):
        outcome = await ask(link, what)

        assert type(outcome) is Unreachable
        assert "is not trusted" in outcome.reason
        assert "self-signed certificate" in outcome.reason
        assert "AWS_CA_BUNDLE" in outcome.advice
    assert endpoint.requests == []


async def test_a_certificate_that_the_ca_bundle_names_is_trusted(
    serve: Any, wire: Any, opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(SELF_SIGNED))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    endpoint = await serve(wire.says(EVERYTHING), ssl=_server_tls())
    link = await opened(endpoint.url, credentials=None)

    assert isinstance(await ask(link, "pending"), Done)
    assert isinstance(await ask(link, "update"), Done)


@pytest.mark.parametrize("name", ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
async def test_with_keys_of_its_own_no_ca_bundle_of_the_environment_is_read(
    serve: Any, wire: Any, opened: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(SELF_SIGNED))
    endpoint = await serve(wire.says(EVERYTHING), ssl=_server_tls())
    link = await opened(endpoint.url)

    assert "is not trusted" in (await ask(link, "update")).reason


async def test_a_ca_bundle_that_is_not_there_is_told(
    serve: Any, wire: Any, opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", "no-such-file.pem")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    endpoint = await serve(wire.says(EVERYTHING), ssl=_server_tls())
    link = await opened(endpoint.url, credentials=None)

    for what in ("pending", "update"):
        outcome = await ask(link, what)

        assert type(outcome) is Unreachable
        assert "certificate file cannot be read" in outcome.reason
        assert "AWS_CA_BUNDLE" in outcome.advice


@pytest.mark.parametrize("refused", [True, False])
async def test_a_proxy_that_does_not_let_through_is_named(
    serve: Any, wire: Any, opened: Any, monkeypatch: pytest.MonkeyPatch, *, refused: bool
) -> None:
    proxy = await serve(wire.says(b"<h1>Login first</h1>", 407))
    url = proxy.url.replace("127.0.0.1", "user:password@127.0.0.1")
    if refused:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            url = f"http://user:password@127.0.0.1:{taken.getsockname()[1]}"
    monkeypatch.setenv("HTTPS_PROXY", url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    link = await opened("https://data.jobs.iot.example", credentials=None)

    for what in ("pending", "update"):
        outcome = await ask(link, what)

        assert type(outcome) is Unreachable
        assert "no connection through the proxy" in outcome.reason
        assert ("HTTP 407" in outcome.reason) is not refused
        assert "HTTPS_PROXY" in outcome.advice
        assert "password" not in outcome.reason


def _in_doubt(outcome: Outcome[Any]) -> bool:
    return isinstance(outcome, NotConfirmed)


def _server_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SELF_SIGNED)
    return context
