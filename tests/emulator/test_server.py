"""The server itself: loopback only, never a 500, and what tests of a client may do with it."""

import http.client
import json
import socket
import threading
import zlib
from collections.abc import Callable
from random import Random
from urllib.parse import quote, urlsplit

import pytest
from aiohttp import web
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread, ServiceError


@pytest.fixture
def port(emulator) -> int:
    return urlsplit(emulator.url).port


@pytest.fixture
def send(port):
    """Send bytes as they are, and if told so nothing after; returns all that comes back."""

    def exchange(request: bytes, *, end: bool = False) -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(request)
            if end:
                connection.shutdown(socket.SHUT_WR)
            received = b""
            while chunk := connection.recv(65536):
                received += chunk
            return received

    return exchange


def test_it_listens_on_one_loopback_address_only(port) -> None:
    with pytest.raises(OSError, match=r"refused|timed out|unreachable|assign"):
        socket.create_connection(("127.0.0.2", port), timeout=2)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
@pytest.mark.parametrize("suffix", ["", ":80", ":65535"])
def test_a_loopback_host_is_answered(host, suffix, ask) -> None:
    assert ask("GET", "/things/gw-1/jobs", headers={"Host": host + suffix}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost.",
        "127.0.0.2",
        "2130706433",
        "::1",
        "[::]",
        "0.0.0.0",
        "user@localhost",
        "localhost:80@evil.example",
        "http://localhost",
        "localhost:port",
        "",
    ],
)
def test_a_foreign_host_is_refused(host, ask, account) -> None:
    answer = ask("POST", "/things/gw-2", headers={"Host": host})
    assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (403, "AccessDeniedException")
    with pytest.raises(ServiceError, match="gw-2 not found"):
        account.create_job("first", ["gw-2"], "{}")


def test_a_missing_host_is_refused(send) -> None:
    assert send(b"GET /things/gw-1/jobs HTTP/1.0\r\n\r\n").split()[1] == b"403"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://localhost.evil.example"]
)
def test_a_web_page_of_another_origin_is_refused(origin, ask) -> None:
    assert ask("POST", "/things/gw-2", headers={"Origin": origin}).status == 403


def test_a_web_page_of_this_machine_is_answered(ask) -> None:
    assert (
        ask("GET", "/things/gw-1/jobs", headers={"Origin": "http://localhost:3000"}).status == 200
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", ""),
        ("OPTIONS", "*"),
        ("GET", "//things/gw-1/jobs"),
        ("GET", "/things/gw-1/jobs/first/more"),
        ("DELETE", "/things/gw-1/jobs/first"),
        ("PUT", "/things/gw-1/jobs/first"),
        ("POST", "/things/gw-1/jobs"),
        ("TRACE", "/things/gw-1/jobs"),
        ("GET", "/%"),
        ("GET", "/\\..\\x"),
        ("GET", "http://127.0.0.1/things/gw-1/jobs"),
    ],
)
def test_what_is_not_an_operation_is_named_as_unknown(method, path, ask) -> None:
    answer = ask(method, path)
    assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (404, "UnknownOperationException")
    assert answer.json["message"].startswith(f"The emulator has no operation {method} ")


BODIES = {
    "not JSON": b"status=FAILED",
    "cut off": b'{"status": "FAIL',
    "not an object": b'["FAILED"]',
    "a word": b"null",
    "a constant that is not JSON": b'{"status": NaN}',
    "not UTF-8": b'{"status": "\xff\xfe"}',
    "UTF-16": '{"status": "FAILED"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"status": "FAILED"}',
    "10,000 levels": b'{"status":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "100,000 open brackets": b"[" * 100_000,
    "5,000 digits": b'{"status": "FAILED", "expectedVersion": ' + b"9" * 5_000 + b"}",
    "NUL bytes": b"\x00" * 100,
    "too much": b'{"status": "' + b"x" * 2_000_000 + b'"}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/things/gw-1/jobs/first"),
        ("PUT", "/things/gw-1/jobs/$next"),
        ("PUT", "/jobs/second"),
        ("POST", "/things/gw-2"),
    ],
)
def test_a_body_is_refused_that_is(method, path, body, ask, make_job) -> None:
    make_job("first")
    answer = ask(method, path, body)
    assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (400, "InvalidRequestException")
    assert answer.json["message"]


HEAD = b"POST /things/gw-1/jobs/first HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    "broken",
    [
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"BREW /coffee HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"get / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
        HEAD + b"Content-Length: -1\r\n\r\n{}",
        HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        HEAD + b"Content-Encoding: deflate\r\nContent-Length: 4\r\n\r\n\xff\xff\xff\xff",
        HEAD + b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
        HEAD + b"Content-Type: text/plain; charset=nonsense\r\nContent-Length: 2\r\n\r\n{}",
        HEAD + b"Expect: 200-maybe\r\nContent-Length: 2\r\n\r\n{}",
        HEAD
        + b"Authorization: AWS4-HMAC-SHA256 Credential=\xff/1/r/x\r\nContent-Length: 0\r\n\r\n",
        HEAD + b'Content-Length: 48\r\n\r\n{"status": "FAILED", "expectedVersion": 1e999   }',
    ],
)
def test_broken_http_is_a_bad_request(broken, send) -> None:
    assert 400 <= int(send(broken).split()[1]) < 500


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\r\n\r\n",
        b"GET / HT",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        HEAD + b"Content-Length: 100\r\n\r\n{}",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n\x1f\x8b\x08",
    ],
)
def test_a_request_that_breaks_off_harms_nobody(broken, send, ask) -> None:
    received = send(broken, end=True)
    assert received == b"" or received.split()[1] == b"400"
    assert ask("GET", "/things/gw-1/jobs").status == 200


def test_a_compressed_body_is_understood(ask, make_job) -> None:
    make_job("first")
    body = zlib.compress(b'{"status": "SUCCEEDED"}')
    headers = {"Content-Encoding": "deflate"}
    assert ask("POST", "/things/gw-1/jobs/first", body, headers).status == 200


def test_a_client_that_waits_to_be_told_to_go_on_is_told(send, make_job) -> None:
    make_job("first")
    received = send(HEAD + b'Expect: 100-continue\r\nContent-Length: 19\r\n\r\n{"status":"FAILED"}')
    assert received.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


SEGMENTS = st.sampled_from(["things", "jobs", "gw-1", "first", "$next", "%24next", "%zz", "..", ""])
PATHS = st.builds(
    lambda segments, query: "/" + "/".join(segments) + query,
    st.lists(
        SEGMENTS | st.text(max_size=8).map(lambda text: quote(text.encode("utf-8", "replace"))),
        max_size=6,
    )
    | st.sampled_from(
        [
            ["things", "gw-1", "jobs", "first"],
            ["things", "gw-1", "jobs", "$next"],
            ["things", "gw-1", "jobs"],
            ["things", "gw-1"],
            ["jobs", "first"],
        ]
    ),
    st.sampled_from(
        [
            "",
            "?",
            "?includeJobDocument=false",
            "?executionNumber=1",
            "?a=%ff&&=;b",
            "?executionNumber=-1&includeJobDocument=%00",
        ]
    ),
)
MEMBER_NAMES = st.sampled_from([
    "status", "statusDetails", "expectedVersion", "executionNumber", "includeJobExecutionState",
    "includeJobDocument", "stepTimeoutInMinutes", "targets", "document", "description",
    "timeoutConfig", "jobExecutionsRetryConfig", "presignedUrlConfig", "targetSelection",
    "attributePayload", "thingTypeName", "inProgressTimeoutInMinutes", "criteriaList",
    "failureType", "numberOfRetries", "expiresInSec", "attributes",
])  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["FAILED", "IN_PROGRESS", "ALL", "{}", "arn:aws:iot:a:123456789012:thing/gw-1"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBER_NAMES, inner, max_size=4),
    max_leaves=12,
)
REQUESTS = st.tuples(
    st.sampled_from(["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE"]),
    PATHS,
    st.binary(max_size=60)
    | st.dictionaries(MEMBER_NAMES, VALUES, max_size=5).map(
        lambda value: json.dumps(value).encode()
    ),
    st.sampled_from([None, "iot", "iot-jobs-data", "s3", "/"]),
)


@pytest.mark.slow
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(request=REQUESTS)
@example(request=("POST", "/things/gw-1/jobs/first", b'{"status":"FAILED"}', None))
def test_no_request_whatsoever_is_a_server_error(request, ask, make_job, account) -> None:
    method, path, body, service = request
    headers = {}
    if service is not None:
        headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential=K/1/r/{service}/aws4_request, x"
    answer = ask(method, path, body, headers)
    assert answer.status in {200, 400, 404, 409, 410}
    if method != "HEAD":
        assert isinstance(answer.json, dict)
        assert ("message" in answer.json) == (answer.status != 200)


def test_an_intercept_may_answer_a_lie(emulator, ask) -> None:
    async def lie(request: web.Request) -> web.Response:
        return web.Response(text=f"<html>{request.path}</html>", content_type="text/html")

    emulator.server.intercept = lie
    assert ask("GET", "/things/gw-1/jobs").body == b"<html>/things/gw-1/jobs</html>"


def test_an_intercept_may_have_a_request_done_and_swallow_the_answer(
    emulator, ask, make_job, pending
) -> None:
    async def swallow(request: web.Request) -> web.Response | None:
        if request.method != "POST":
            return None
        answer = await emulator.server.answer(request)
        request.transport.abort()
        return answer

    make_job("first")
    emulator.server.intercept = swallow
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        ask("POST", "/things/gw-1/jobs/first", {"status": "SUCCEEDED"})
    assert pending() == ([], [])


async def test_a_server_runs_on_the_callers_own_loop(clock) -> None:
    async with EmulatorServer(Account(clock, Random(1))) as server:
        port = urlsplit(server.url).port
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_port_that_is_taken_is_told(clock, port) -> None:
    taken = EmulatorThread(lambda: EmulatorServer(Account(clock, Random(1)), port))
    with pytest.raises(OSError, match="in use"):
        taken.start()
    taken.stop()


def test_what_goes_wrong_while_building_is_told_and_leaves_no_thread() -> None:
    def build() -> EmulatorServer:
        raise LookupError("no such fleet")

    before = threading.active_count()
    with pytest.raises(LookupError, match="no such fleet"):
        EmulatorThread(build).start()
    assert threading.active_count() == before


def test_a_function_is_called_on_the_emulators_thread(emulator, account) -> None:
    assert emulator.call(threading.current_thread).name == "jobs-tui emulator"
    assert emulator.call(account.create_thing, "gw-9").name == "gw-9"
    with pytest.raises(ServiceError, match="gw-0 not found"):
        emulator.call(account.create_job, "first", ["gw-0"], document="{}")


@pytest.fixture
def served(clock) -> Callable[[], EmulatorServer]:
    """Makes a server of a new account."""
    return lambda: EmulatorServer(Account(clock, Random(1)))


def test_stopping_ends_thread_and_background_task_and_can_be_repeated(served, clock) -> None:
    ended = threading.Event()

    async def background(account: Account) -> None:
        account.create_thing("gw-1")
        try:
            await clock.sleep(1)
        finally:
            ended.set()

    with EmulatorThread(served, background=background) as thread:
        assert thread.call(thread.account.create_thing, "gw-1").name == "gw-1"
        assert not ended.is_set()
        with pytest.raises(RuntimeError, match="already running"):
            thread.start()
    assert ended.is_set()
    thread.stop()
    with pytest.raises(RuntimeError, match="not running"):
        thread.call(threading.current_thread)


def test_a_background_task_that_broke_is_told_when_stopping(served) -> None:
    async def background(_account: Account) -> None:
        raise LookupError("the fleet broke")

    thread = EmulatorThread(served, background=background)
    thread.start()
    with pytest.raises(LookupError, match="the fleet broke"):
        thread.stop()
