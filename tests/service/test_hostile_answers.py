"""Answers made to use up time or memory: each ends in bounded time, and leaves little behind."""

import asyncio
import json
import time
import tracemalloc
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from jobs_tui.domain.outcome import NotAllowed, NotConfirmed, Refused, Unreachable
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.service.data_plane import JobsDataPlane

pytestmark = pytest.mark.asyncio(loop_scope="module")

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PENDING = {"inProgressJobs": [], "queuedJobs": []}

SHORT = 0.5
"""Seconds that a call has where nothing but its time limit ends it."""
MOST_MEMORY = 32 << 20
"""Bytes that an answer may take at its worst, and its reading; it is gone afterwards."""


def ceaseless(piece: bytes, first: bytes = b"", pause: float = 0.0) -> Callable[..., Any]:
    """Begin an answer and go on for ever."""

    async def react(_request: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return react


def pending(members: bytes) -> bytes:
    """A list of one queued execution with these members more."""
    return b'{"inProgressJobs":[],"queuedJobs":[{"jobId":"a",' + members + b"}]}"


def bomb(bits: int) -> bytes:
    """Two kilobytes that stand for two megabytes."""
    packing = zlib.compressobj(9, zlib.DEFLATED, bits)
    return packing.compress(json.dumps(PENDING).encode() + b" " * (2 << 20)) + packing.flush()


NO_HTTP = "did not answer in HTTP"
ENDLESS = {
    "a body of 100 MB": (ceaseless(b" " * 65536, OK + b"Content-Length: 104857600\r\n\r\n"), "MiB"),
    "a body of no length": (ceaseless(b" " * 65536, OK + b"\r\n"), "more than 1 MiB"),
    "a body in chunks": (ceaseless(b"100\r\n" + b" " * 256 + b"\r\n", CHUNKED), "than 1 MiB"),
    "a chunk of 16 EB": (ceaseless(b" " * 65536, CHUNKED + b"f" * 16 + b"\r\n"), "than 1 MiB"),
    "an error without end": (ceaseless(b" " * 65536, b"HTTP/1.1 400 No\r\n\r\n"), "than 1 MiB"),
    "a header without end": (ceaseless(b"x" * 65536, OK + b"X: "), NO_HTTP),
    "headers without end": (ceaseless(b"X: y\r\n" * 1000, OK), NO_HTTP),
    "a status line without end": (ceaseless(b"x" * 65536, b"HTTP/1.1 200 "), NO_HTTP),
    "no HTTP without end": (ceaseless(b"x" * 65536), NO_HTTP),
    "trailers without end": (ceaseless(b"X: y\r\n" * 1000, CHUNKED + b"0\r\n"), "127.0.0.1"),
}
SLOW = {
    "a body": ceaseless(b" ", OK + b"Content-Length: 1000000\r\n\r\n", SHORT / 5),
    "a body in chunks": ceaseless(b"1\r\n \r\n", CHUNKED, SHORT / 5),
    "headers": ceaseless(b"X: y\r\n", OK, SHORT / 5),
    "answers before the answer": ceaseless(b"HTTP/1.1 100 Continue\r\n\r\n", b"", SHORT / 5),
    "a flood of answers before the answer": ceaseless(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "a flood of early hints": ceaseless(b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" * 1000),
    "a flood of extensions of a chunk": ceaseless(b"x" * 65536, CHUNKED + b"1;"),
}
BODIES = {
    "100,000 levels": (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not JSON"),
    "100,000 levels of objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "not JSON"),
    "a number of 5,000 digits": (pending(b'"versionNumber":' + b"9" * 5_000), "not JSON"),
    "a number of 4,000 digits": (pending(b'"versionNumber":' + b"9" * 4_000), "64 bits"),
    "a number of 65 bits": (pending(b'"executionNumber":9223372036854775808'), "64 bits"),
    "the year 60,000": (pending(b'"queuedAt":1831334400000000'), "not a time from 1970 to"),
    "the year 1969": (pending(b'"startedAt":-1'), "not a time from 1970 to 5138"),
    "the year -1e300": (pending(b'"queuedAt":-1e300'), "not a time from 1970 to 5138"),
    "NaN": (pending(b'"queuedAt":NaN'), "queuedAt is not a time"),
    "1e999": (pending(b'"queuedAt":1e999'), "queuedAt is not a time"),
    "1e999 of a whole number": (pending(b'"versionNumber":1e999'), "is not a whole number"),
    "two members of one name": (b'{"inProgressJobs":[],"queuedJobs":[],"queuedJobs":1}', "a list"),
    "50,000 jobs": (
        b'{"inProgressJobs":[],"queuedJobs":[' + b'{"jobId":"a"},' * 50_000 + b'{"jobId":"a"}]}',
        "queuedJobs has 50001 entries, and the service lists ten",
    ),
    "300,000 objects": (b'{"a":[' + b"{}," * 300_000 + b"{}]}", "inProgressJobs is missing"),
    "invalid UTF-8": (pending(b'"x":"\xff\xfe\x80"'), "not JSON"),
}
PAGES = {
    "tags without end": b"<a " * 300_000,
    "a name without end": b"<" + b"a" * 1_000_000,
    "comments without end": b"<!--" * 250_000,
    "the end of a comment first": b"<-->" + b"<!--" * 250_000,
    "scripts without end": b"<script>" * 100_000,
    "a marked section": b"<![what",
    "a character of 5,000 digits": b"<p>&#" + b"9" * 5_000 + b";",
    "attributes without end": b"<a b='" * 160_000,
    "nothing but an opening": b"<" * 1_000_000,
}


async def read_and_write(link: JobsDataPlane) -> tuple[Any, Any]:
    return (
        await link.get_pending_job_executions(GetPendingJobExecutions("gw-1")),
        await link.update_job_execution(
            UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED, expected_version=2)
        ),
    )


@pytest.mark.parametrize("flood", ENDLESS)
async def test_an_answer_without_end_is_cut_off(endpoint: Any, link: Any, flood: str) -> None:
    reaction, told = ENDLESS[flood]
    endpoint.reaction = reaction
    tracemalloc.start()

    begun = time.monotonic()
    read, update = await read_and_write(link)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.monotonic() - begun < 4
    assert peak < MOST_MEMORY
    assert type(read) is Unreachable
    assert type(update) is NotConfirmed
    for outcome in (read, update):
        assert told in outcome.reason
        assert len(outcome.reason) < 200
        assert outcome.advice


@pytest.mark.slow
@pytest.mark.asyncio(loop_scope="function")
@pytest.mark.parametrize("trickle", SLOW)
async def test_an_answer_that_comes_slowly_or_is_put_off_ends_with_the_time_limit(
    serve: Any, opened: Any, trickle: str
) -> None:
    endpoint = await serve(SLOW[trickle])
    link = await opened(endpoint.url, read_time_limit=SHORT, write_time_limit=SHORT)

    begun = time.monotonic()
    read, update = await read_and_write(link)

    assert time.monotonic() - begun < 2 * SHORT + 1.5
    assert type(read) is Unreachable
    assert type(update) is NotConfirmed
    for outcome in (read, update):
        assert outcome.reason.endswith("did not answer within 0.5 s")
        assert outcome.advice


@pytest.mark.parametrize("what", BODIES)
async def test_a_body_beyond_measure_is_told_as_what_it_is(
    endpoint: Any, link: Any, wire: Any, what: str
) -> None:
    body, told = BODIES[what]
    endpoint.reaction = wire.says(body)

    begun = time.monotonic()
    read, update = await read_and_write(link)

    assert time.monotonic() - begun < 2
    assert type(read) is Unreachable
    assert told in read.reason
    assert len(read.reason) < 300
    assert type(update) is NotConfirmed


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_that_no_browser_could_show_is_told_at_once(
    endpoint: Any, link: Any, wire: Any, page: str
) -> None:
    endpoint.reaction = wire.says(PAGES[page], 403)

    begun = time.monotonic()
    read, update = await read_and_write(link)

    assert time.monotonic() - begun < 1
    for outcome in (read, update):
        assert type(outcome) is NotAllowed
        assert "answered HTTP 403" in outcome.reason
        assert len(outcome.reason) < 300


@pytest.mark.parametrize(("encoding", "bits"), [("gzip", 31), ("deflate", 15)])
async def test_a_body_that_was_packed_without_being_asked_for_is_not_unpacked(
    endpoint: Any, link: Any, wire: Any, encoding: str, bits: int
) -> None:
    endpoint.reaction = wire.says(bomb(bits), Content_Encoding=encoding)

    read, update = await read_and_write(link)

    assert endpoint.requests[0].headers["accept-encoding"] == "identity"
    assert read.reason.endswith("not JSON, or cut off")
    assert type(update) is NotConfirmed


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: -5",
        b"Content-Length: x",
        b"Content-Length: 9\r\nContent-Length: 40",
        b"Content-Length: 99999999999999999999999",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    ],
)
async def test_a_length_that_cannot_be_is_no_answer(
    endpoint: Any, link: Any, wire: Any, lengths: bytes
) -> None:
    endpoint.reaction = wire.sends(OK + lengths + b"\r\n\r\n" + json.dumps(PENDING).encode())

    read, update = await read_and_write(link)

    assert type(read) is Unreachable
    assert NO_HTTP in read.reason
    assert "proxy" in read.advice
    assert type(update) is NotConfirmed


async def test_a_name_of_an_error_and_a_request_id_of_any_length_are_cut(
    endpoint: Any, link: Any, wire: Any
) -> None:
    told = {"x_amzn_ErrorType": "X " * 4_000, "x_amzn_RequestId": "y" * 8_000}
    endpoint.reaction = wire.says({}, 400, **told)

    for outcome in await read_and_write(link):
        assert type(outcome) is Refused
        assert len(outcome.code) <= 128
        assert len(outcome.reason) <= 300
        assert len(outcome.request_id) == 64
