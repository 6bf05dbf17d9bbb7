import asyncio
import json
import os
import random
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any, Protocol

import pytest
import pytest_asyncio

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Failure
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

NOW = 1_700_000_000.0
KEYS = StaticCredentials("AKIDEXAMPLE", "secret-of-the-test")


class FixedClock(SystemClock):
    """The machine's clock as far as the service layer reads it."""

    def now(self) -> float:
        return NOW


@dataclass(slots=True)
class Request:
    """A request as it came in over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def members(self) -> dict[str, Any]:
        return json.loads(self.body) if self.body else {}


Reaction = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
"""What an endpoint does when it has read a request."""


@dataclass(slots=True)
class Endpoint:
    """An HTTP server on loopback that does to each request what the test wants."""

    reaction: Reaction
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _arrival: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while not writer.is_closing():
                request = await _read_request(reader)
                self.requests.append(request)
                self._arrival.set()
                await self.reaction(request, writer)

    async def received(self, count: int) -> None:
        """Return when so many requests have come in."""
        while len(self.requests) < count:
            self._arrival.clear()
            await self._arrival.wait()

    def hang_up(self) -> None:
        for writer in self._open:
            writer.transport.abort()


async def _read_request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {
        name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)
    }
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, target, headers, body)


class Wire:
    """What an endpoint can do to a request, each as a Reaction; `answer` makes the bytes."""

    @staticmethod
    def answer(body: bytes | dict[str, Any], status: int = 200, **headers: str) -> bytes:
        """An HTTP answer with the headers of the service; `_` in a header's name is a dash."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        head = {
            "Date": formatdate(NOW, usegmt=True),
            "x-amzn-RequestId": "request-7",
            "Content-Length": str(len(content)),
            "Content-Type": "application/json",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return f"HTTP/1.1 {status} Told\r\n{lines}\r\n".encode() + content

    @staticmethod
    def says(body: bytes | dict[str, Any], status: int = 200, **headers: str) -> Reaction:
        """Answer every request alike."""
        return Wire.sends(Wire.answer(body, status, **headers))

    @staticmethod
    def sends(raw: bytes) -> Reaction:
        """Send the same bytes to every request and keep the connection."""

        async def react(_request: Request, writer: asyncio.StreamWriter) -> None:
            writer.write(raw)
            await writer.drain()

        return react

    @staticmethod
    def cuts(raw: bytes) -> Reaction:
        """Send some bytes, perhaps none, and close the connection."""

        async def react(_request: Request, writer: asyncio.StreamWriter) -> None:
            writer.write(raw)
            writer.close()
            await writer.wait_closed()

        return react

    @staticmethod
    async def resets(_request: Request, writer: asyncio.StreamWriter) -> None:
        """Reset the connection before any answer; without lingering it would only be closed."""
        linger_not = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
        writer.transport.abort()

    @staticmethod
    async def swallows(_request: Request, _writer: asyncio.StreamWriter) -> None:
        """Never answer."""
        await asyncio.Event().wait()

    @staticmethod
    def in_turn(*reactions: Reaction) -> Reaction:
        """React to the first request in the first way, and so on; the last way stays."""
        left = list(reactions)

        async def react(request: Request, writer: asyncio.StreamWriter) -> None:
            await (left.pop(0) if len(left) > 1 else left[0])(request, writer)

        return react


class Serve(Protocol):
    async def __call__(self, reaction: Reaction, **options: Any) -> Endpoint: ...


class Opened(Protocol):
    async def __call__(self, url: str | None, **settings: Any) -> JobsDataPlane: ...


class Opening(Protocol):
    async def __call__(self, **settings: Any) -> JobsDataPlane | Failure: ...


@pytest.fixture
def wire() -> type[Wire]:
    """What endpoints can do to requests."""
    return Wire


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start endpoints that end with the test."""
    async with AsyncExitStack() as stack:

        async def start(reaction: Reaction, **options: Any) -> Endpoint:
            endpoint = Endpoint(reaction)
            server = await asyncio.start_server(endpoint.serve, "127.0.0.1", 0, **options)
            stack.callback(server.close)
            stack.callback(endpoint.hang_up)
            scheme = "https" if options else "http"
            endpoint.url = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            return endpoint

        yield start


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[tuple[Endpoint, JobsDataPlane]]:
    """One endpoint and one link to it for all tests of a file."""
    endpoint = Endpoint(Wire.swallows)
    server = await asyncio.start_server(endpoint.serve, "127.0.0.1", 0)
    endpoint.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    settings = ServiceSettings(region="eu-west-3", endpoint_url=endpoint.url, credentials=KEYS)
    link = await open_data_plane(settings, FixedClock())
    assert not isinstance(link, Failure), link
    yield endpoint, link
    await link.close()
    endpoint.hang_up()
    server.close()


@pytest.fixture
def endpoint(shared: tuple[Endpoint, JobsDataPlane]) -> Endpoint:
    """The file's endpoint; set its `reaction`."""
    shared[0].requests.clear()
    return shared[0]


@pytest.fixture
def link(shared: tuple[Endpoint, JobsDataPlane]) -> JobsDataPlane:
    """The file's link, for tests that run on the loop of their file."""
    return shared[1]


@pytest.fixture
async def opening() -> AsyncIterator[Opening]:
    """Open links that close with the test, with what the environment of the test says."""
    async with AsyncExitStack() as stack:

        async def start(**settings: Any) -> JobsDataPlane | Failure:
            link = await open_data_plane(ServiceSettings(**settings), FixedClock())
            if not isinstance(link, Failure):
                stack.push_async_callback(link.close)
            return link

        yield start


@pytest.fixture
def opened(opening: Opening) -> Opened:
    """Open a link with keys of its own to an endpoint; it must succeed."""

    async def start(url: str | None, **settings: Any) -> JobsDataPlane:
        defaults: dict[str, Any] = {"region": "eu-west-3", "credentials": KEYS}
        link = await opening(endpoint_url=url, **(defaults | settings))
        assert not isinstance(link, Failure), link
        return link

    return start


@pytest.fixture(autouse=True)
def _short_waits() -> None:
    """The SDK waits a random part of a second before it asks again; these are all short."""
    random.seed(112983)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and nothing of AWS or of proxies in the environment."""
    for name in tuple(os.environ):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    # nobody is asked for the account's endpoint who does not listen on this machine
    monkeypatch.setenv("AWS_ENDPOINT_URL_IOT", "http://127.0.0.1:1")
    # on a machine of EC2 its own role would be found
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return tmp_path
