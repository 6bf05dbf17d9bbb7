"""TLS: a certificate that clients take as their CA bundle, client certificates, and bad files."""

import asyncio
import contextlib
import os
import ssl
import stat
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import SSLError

from jobs_tui.emulator.line.tls import (
    CertificateError,
    CertificateFiles,
    has_client_certificate,
    make_certificate,
    server_context,
)

TWO_HUNDRED = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}"

AUTHORITY = """\
[req]
prompt = no
distinguished_name = name
x509_extensions = authority
[name]
commonName = an authority
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
"""

WITHOUT_ALGORITHMS = """\
openssl_conf = start
[start]
providers = providers
[providers]
null = nothing
[nothing]
activate = 1
"""


def openssl(*arguments: str | Path, text: str = "") -> str:
    """What the command prints. These tests rely on it: without it they fail."""
    done = subprocess.run(
        ["openssl", *arguments], input=text, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def new_key() -> str:
    return openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")


class Authority:
    """A certificate authority with a file of its own, which issues client certificates."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._key = folder / "authority-key.pem"
        self._key.write_text(new_key())
        self._configuration = folder / "authority.cnf"
        self._configuration.write_text(AUTHORITY)
        self.certificate = folder / "authority.pem"
        openssl(
            *("req", "-x509", "-new", "-days", "2", "-key", self._key),
            *("-config", self._configuration, "-out", self.certificate),
        )

    def issue(self) -> Path:
        key = self._folder / "client-key.pem"
        key.write_text(new_key())
        request = self._folder / "client.csr"
        openssl(
            *("req", "-new", "-key", key, "-subj", "/CN=gw-1"),
            *("-config", self._configuration, "-out", request),
        )
        both = self._folder / "client.pem"
        certificate = openssl(
            *("x509", "-req", "-in", request, "-days", "2", "-set_serial", "7"),
            *("-CA", self.certificate, "-CAkey", self._key),
        )
        both.write_text(certificate + key.read_text())
        return both


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def made(folder: Path) -> CertificateFiles:
    return make_certificate(folder / "made")


@pytest.fixture(scope="module")
def ours(folder: Path) -> Authority:
    return Authority(folder / "ours")


@pytest.fixture(scope="module")
def theirs(folder: Path) -> Authority:
    return Authority(folder / "theirs")


@pytest.fixture
def certificate(made: CertificateFiles) -> str:
    return made.certificate.read_text()


@pytest.fixture
def key(made: CertificateFiles, certificate: str) -> str:
    return made.certificate_and_key.read_text().removeprefix(certificate)


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., str]:
    """What is said of a file with this text; the file's name stands in it."""

    def by(text: str | bytes, *, as_client_ca_of: Path | None = None) -> str:
        path = tmp_path / "given.pem"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        files = (path, None) if as_client_ca_of is None else (as_client_ca_of, path)
        with pytest.raises(CertificateError) as raised:
            server_context(*files)
        said = str(raised.value)
        assert str(path) in said
        assert "\n" not in said
        return said.replace(str(path), "FILE")

    return by


@contextlib.asynccontextmanager
async def served(context: ssl.SSLContext) -> AsyncIterator[tuple[int, list[bool]]]:
    """A server on loopback: its port, and for each connection if it showed a certificate."""
    shown: list[bool] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        shown.append(has_client_certificate(writer.transport))
        await reader.readuntil(b"\r\n\r\n")
        writer.write(TWO_HUNDRED)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1], shown


async def answer_for(client: ssl.SSLContext, port: int, name: str = "localhost") -> bytes:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=client, server_hostname=name
    )
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    try:
        return await reader.read()
    finally:
        writer.close()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1"])
@pytest.mark.parametrize("flags", [ssl.VERIFY_DEFAULT, ssl.VERIFY_X509_STRICT])
async def test_a_client_takes_the_certificate_as_its_ca_bundle(name, flags, made) -> None:
    client = ssl.create_default_context(cafile=made.certificate)
    client.verify_flags |= flags
    async with served(server_context(made.certificate_and_key, None)) as (port, shown):
        assert await answer_for(client, port, name) == TWO_HUNDRED
    assert shown == [False]


async def test_botocore_takes_the_certificate_as_its_ca_bundle(made, no_aws_configuration) -> None:
    session = boto3.session.Session("key", "secret", region_name="eu-west-3")
    async with served(server_context(made.certificate_and_key, None)) as (port, _):

        def list_jobs(verify: str | None) -> int:
            config = Config(retries={"total_max_attempts": 1}, proxies={})
            url = f"https://localhost:{port}"
            client = session.client("iot", endpoint_url=url, verify=verify, config=config)
            return client.list_jobs()["ResponseMetadata"]["HTTPStatusCode"]

        assert await asyncio.to_thread(list_jobs, str(made.certificate)) == 200
        with pytest.raises(SSLError):
            await asyncio.to_thread(list_jobs, None)


@pytest.mark.parametrize("name", ["example.com", "localhost.example.com", "127.0.0.2"])
async def test_the_certificate_is_good_for_this_machine_only(name, made) -> None:
    client = ssl.create_default_context(cafile=made.certificate)
    async with served(server_context(made.certificate_and_key, None)) as (port, _):
        with pytest.raises(ssl.SSLCertVerificationError, match=r"[Mm]ismatch"):
            await answer_for(client, port, name)


async def test_a_client_of_tls_1_2_is_served_and_none_below(made) -> None:
    context = server_context(made.certificate_and_key, None)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    client = ssl.create_default_context(cafile=made.certificate)
    client.maximum_version = ssl.TLSVersion.TLSv1_2
    async with served(context) as (port, _):
        assert await answer_for(client, port) == TWO_HUNDRED


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_client_certificate_of_the_authority_is_seen(version, made, ours) -> None:
    client = ssl.create_default_context(cafile=made.certificate)
    client.maximum_version = version
    async with served(server_context(made.certificate_and_key, ours.certificate)) as (port, shown):
        assert await answer_for(client, port) == TWO_HUNDRED
        client.load_cert_chain(ours.issue())
        assert await answer_for(client, port) == TWO_HUNDRED
    assert shown == [False, True]


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_client_certificate_of_another_authority_fails_in_the_handshake(
    version, made, ours, theirs
) -> None:
    client = ssl.create_default_context(cafile=made.certificate)
    client.maximum_version = version
    client.load_cert_chain(theirs.issue())
    answer = b""
    async with served(server_context(made.certificate_and_key, ours.certificate)) as (port, shown):
        # with TLS 1.3 the client is done before the server has looked at its certificate: it may
        # see no error, but an end without an answer
        with contextlib.suppress(ssl.SSLError, ConnectionError):
            answer = await answer_for(client, port)
    assert (answer, shown) == (b"", [])


async def test_without_authorities_no_certificate_is_asked_for(made, theirs) -> None:
    client = ssl.create_default_context(cafile=made.certificate)
    client.load_cert_chain(theirs.issue())
    async with served(server_context(made.certificate_and_key, None)) as (port, shown):
        assert await answer_for(client, port) == TWO_HUNDRED
    assert shown == [False]


def test_a_connection_that_is_gone_has_shown_nothing() -> None:
    assert not has_client_certificate(None)


def test_the_certificate_is_what_it_should_be(made) -> None:
    told = openssl(
        *("x509", "-in", made.certificate, "-noout", "-text", "-checkend", str(396 * 86400))
    )
    assert "NIST CURVE: P-256" in told
    assert "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1" in told
    assert "CA:FALSE" in told
    ending = ["openssl", "x509", "-in", made.certificate, "-noout", "-checkend", str(398 * 86400)]
    assert subprocess.run(ending, capture_output=True, check=False).returncode == 1


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_the_key_is_for_its_owner_only(tmp_path, open_umask) -> None:
    readable_by_all = tmp_path / "certificate-and-key.pem"
    readable_by_all.touch(0o666)
    files = make_certificate(tmp_path)
    assert files.certificate_and_key == readable_by_all
    assert stat.S_IMODE(files.certificate_and_key.stat().st_mode) == 0o600
    assert stat.S_IMODE(files.certificate.stat().st_mode) == 0o644
    assert "PRIVATE KEY" not in files.certificate.read_text()
    assert sorted(tmp_path.iterdir()) == [files.certificate_and_key, files.certificate]


def test_no_file_with_the_key_is_ever_open_to_others(tmp_path, open_umask, monkeypatch) -> None:
    modes = {}
    create = os.open

    def noted(path, flags, mode=0o777, **more):
        descriptor = create(path, flags, mode, **more)
        if flags & os.O_CREAT:
            modes[Path(path).name] = stat.S_IMODE(os.fstat(descriptor).st_mode)
        return descriptor

    monkeypatch.setattr(os, "open", noted)
    make_certificate(tmp_path)
    assert modes == {"key.pem": 0o600, "certificate-and-key.pem": 0o600, "certificate.pem": 0o644}


def test_each_call_makes_another_certificate(tmp_path) -> None:
    first = make_certificate(tmp_path).certificate.read_text()
    second = make_certificate(tmp_path)
    assert second.certificate.read_text() != first
    server_context(second.certificate_and_key, None)


def test_what_the_user_has_set_up_for_openssl_does_not_matter(tmp_path, monkeypatch) -> None:
    useless = tmp_path / "openssl.cnf"
    useless.write_text(WITHOUT_ALGORITHMS)
    monkeypatch.setenv("OPENSSL_CONF", str(useless))
    with pytest.raises(AssertionError):
        new_key()
    make_certificate(tmp_path / "made")


@pytest.fixture
def fake_openssl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a script in the place of openssl, with nothing else on the PATH."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))

    def put(script: str) -> None:
        path = programs / "openssl"
        path.write_text(script)
        path.chmod(0o755)

    return put


def test_a_missing_openssl_is_told(tmp_path, fake_openssl) -> None:
    with pytest.raises(CertificateError, match=r"^openssl, .* not on the PATH: install it, .*$"):
        make_certificate(tmp_path / "made")
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("script", "within", "reason"),
    [
        ("#!/bin/sh\necho 'no entropy' >&2\necho more >&2\nexit 1\n", 30, "no entropy"),
        ("#!/bin/sh\nexit 3\n", 30, "it ended with 3"),
        ("#!/bin/sh\nexit 0\n", 30, "no PEM came out"),
        ("#!/no/such/interpreter\n", 30, "No such file or directory"),
        ("#!/bin/sh\nkill -STOP $$\n", 0.2, r"within 0\.2 seconds"),
    ],
)
def test_an_openssl_that_makes_nothing_is_told(
    script, within, reason, tmp_path, fake_openssl
) -> None:
    fake_openssl(script)
    with pytest.raises(CertificateError) as raised:
        make_certificate(tmp_path / "made", within=within)
    assert raised.match(rf"^\S+/openssl .*{reason}\. Name a PEM file with certificate and key")
    assert "\n" not in str(raised.value)
    assert list((tmp_path / "made").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CertificateError, match=r"^Cannot write a certificate to \S+: .*exists"):
        make_certificate(tmp_path / "file")


def test_a_certificate_without_its_key_is_told(told, certificate) -> None:
    assert told(certificate).startswith("FILE has no private key in it: ")


@pytest.mark.parametrize("text", ["", "garbage", b"\xff\x00\x80"])
def test_a_file_without_a_certificate_is_told(text, told, key, made) -> None:
    assert told(text).startswith("FILE has no certificate in it: ")
    assert told(key).startswith("FILE has no certificate in it: ")
    for_clients = told(text, as_client_ca_of=made.certificate_and_key)
    assert for_clients.startswith("FILE has no certificate in it: ")


def test_the_key_of_another_certificate_is_told(told, certificate) -> None:
    assert told(certificate + new_key()) == (
        "The private key in FILE is not that of the first certificate in it"
    )


@pytest.mark.parametrize("form", ["pkey", "ec"])
def test_an_encrypted_key_is_told_and_nobody_is_asked(form, told, certificate, key) -> None:
    encrypted = openssl(form, "-aes256", "-passout", "pass:x", text=key)
    assert "ENCRYPTED" in encrypted
    assert told(certificate + encrypted) == (
        "The private key in FILE is encrypted: decrypt it with openssl pkey first"
    )


def test_broken_pem_is_told(told, certificate, key, made) -> None:
    cannot_be_used = "Certificate or private key in FILE cannot be used: "
    assert told(certificate[:200] + key).startswith(cannot_be_used)
    assert told(certificate.replace("M", "!") + key).startswith(cannot_be_used)
    assert told(certificate + key[:99]).startswith(cannot_be_used)
    for text in (certificate[:200], certificate.replace("M", "!"), certificate + certificate[:99]):
        said = told(text, as_client_ca_of=made.certificate_and_key)
        assert said.startswith("The certificates in FILE cannot be used: ")


def test_files_that_cannot_be_read_are_told(tmp_path, made) -> None:
    for path, reason in ((tmp_path / "missing.pem", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(CertificateError) as raised:
            server_context(path, None)
        assert str(raised.value).startswith(f"Cannot read {path}: {reason}")
        with pytest.raises(CertificateError) as raised:
            server_context(made.certificate_and_key, path)
        assert str(raised.value).startswith(f"Cannot read {path}: {reason}")
