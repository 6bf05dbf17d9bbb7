import asyncio
import functools
import json
import os
import random
import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any, Protocol

import botocore.loaders
import botocore.session
import pytest
import pytest_asyncio

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Failure
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import DeviceCertificate, ServiceSettings, StaticCredentials

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
        """Return when so many requests have come in; they come soon, or never."""
        async with asyncio.timeout(10):
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


AUTHORITY = """\
[req]
prompt = no
distinguished_name = name
x509_extensions = authority
[name]
commonName = {name}
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[ca]
default_ca = this
[this]
database = {folder}/index.txt
new_certs_dir = {folder}
default_md = sha256
policy = any
rand_serial = yes
unique_subject = no
[any]
commonName = supplied
[server]
basicConstraints = critical, CA:FALSE
authorityKeyIdentifier = keyid
subjectAltName = DNS:localhost, IP:127.0.0.1
[server-elsewhere]
basicConstraints = critical, CA:FALSE
authorityKeyIdentifier = keyid
subjectAltName = DNS:elsewhere.example, IP:127.0.0.2
[client]
basicConstraints = critical, CA:FALSE
authorityKeyIdentifier = keyid
"""
PAST, YESTERDAY, FUTURE = "20200102030405Z", "20210102030405Z", "20400102030405Z"


def run_openssl(*arguments: str | Path) -> str:
    """What the command prints. These tests rely on it: without it they fail."""
    done = subprocess.run(
        ["openssl", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Certificates:
    """Two authorities, and what the first has signed; each `.pem` beside the key that it needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = self._key("leaf")
        """Of every certificate but those of the authorities."""
        self.other_key = self._key("other")
        self.encrypted_key = folder / "encrypted-key.pem"
        self.encrypted_key.write_text(
            run_openssl("pkey", "-in", self.key, "-aes256", "-passout", "pass:x")
        )
        self.authority = self._authority("ours")
        self.other_authority = self._authority("theirs")
        self.request = folder / "request.pem"
        run_openssl(
            *("req", "-new", "-key", self.key, "-subj", "/CN=gw-1", "-out", self.request),
            *("-config", folder / "ours.cnf"),
        )
        self.server = self._issue("server", "/CN=localhost")
        self.server_elsewhere = self._issue("server-elsewhere", "/CN=elsewhere")
        self.expired_server = self._issue("server", "/CN=localhost", until=YESTERDAY)
        self.client = self._issue("client")
        self.expired_client = self._issue("client", until=YESTERDAY)
        self.lapsed_client = self._issue("client", until="20240102030405Z")
        """Good at NOW, which is past for everybody else."""
        self.coming_client = self._issue("client", since=FUTURE, until="20410102030405Z")
        self.strange_client = self._issue("client", by="theirs")

    def device(self, certificate: Path | None = None, key: Path | None = None) -> DeviceCertificate:
        """What a device shows; the good pair unless said otherwise."""
        return DeviceCertificate(certificate or self.client, key or self.key)

    def with_key(self, certificate: Path) -> Path:
        """One file with the certificate and its key, as servers take it."""
        both = certificate.with_suffix(".both")
        both.write_text(certificate.read_text() + self.key.read_text())
        return both

    def server_context(
        self, certificate: Path | None = None, *, wants_certificate: bool = False
    ) -> ssl.SSLContext:
        """TLS for a server, which may want a certificate of the first authority."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate or self.server, self.key)
        if wants_certificate:
            context.load_verify_locations(self.authority)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def _key(self, name: str) -> Path:
        path = self.folder / f"{name}-key.pem"
        curve = ("-pkeyopt", "ec_paramgen_curve:P-256")
        path.write_text(run_openssl("genpkey", "-algorithm", "EC", *curve))
        return path

    def _authority(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        (folder / "index.txt").touch()
        configuration = self.folder / f"{name}.cnf"
        configuration.write_text(AUTHORITY.format(name=name, folder=folder))
        path = self.folder / f"{name}.pem"
        run_openssl(
            *("req", "-x509", "-new", "-days", "2", "-key", self._key(name)),
            *("-config", configuration, "-out", path),
        )
        return path

    def _issue(
        self,
        kind: str,
        subject: str = "/CN=gw-1",
        *,
        by: str = "ours",
        since: str = PAST,
        until: str = FUTURE,
    ) -> Path:
        path = self.folder / f"{kind}-{by}-{since}-{until}.pem"
        run_openssl(
            *("ca", "-batch", "-notext", "-config", self.folder / f"{by}.cnf"),
            *("-cert", self.folder / f"{by}.pem", "-keyfile", self.folder / f"{by}-key.pem"),
            *("-in", self.request, "-subj", subject, "-extensions", kind),
            *("-startdate", since, "-enddate", until, "-out", path),
        )
        return path


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Certificates made once, by the openssl command."""
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def openssl() -> Callable[..., str]:
    """Run the openssl command; returns what it prints."""
    return run_openssl


@pytest.fixture
def alerting(certificates: Certificates) -> Iterator[Callable[..., str]]:
    """A server that tells in the handshake what it has against a certificate; returns its URL.

    Those of asyncio only hang up.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve(context: ssl.SSLContext) -> None:
            while True:
                try:
                    accepted, _ = listening.accept()
                except OSError:
                    return
                connection = context.wrap_socket(
                    accepted, server_side=True, do_handshake_on_connect=False
                )
                with suppress(OSError):
                    connection.do_handshake()
                # so that the alert is read before the end of the connection is seen
                with socket.socket(fileno=connection.detach()) as plain, suppress(OSError):
                    plain.settimeout(1)
                    while plain.recv(65536):
                        pass

        threads: list[threading.Thread] = []

        def start(version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> str:
            context = certificates.server_context(wants_certificate=True)
            context.maximum_version = version
            threads.append(threading.Thread(target=serve, args=(context,)))
            threads[0].start()
            return f"https://127.0.0.1:{listening.getsockname()[1]}"

        yield start
        listening.shutdown(socket.SHUT_RDWR)
    for each in threads:
        each.join()


_LOADER = functools.cache(botocore.loaders.create_loader)


@pytest.fixture(autouse=True)
def _models_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of what opening a link costs is to parse the same files of the SDK again."""
    monkeypatch.setattr(botocore.session, "create_loader", _LOADER)
