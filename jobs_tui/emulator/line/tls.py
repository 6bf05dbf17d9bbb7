"""TLS for the emulator: a certificate made on the spot, and what a server does with its files."""

import asyncio
import os
import shutil
import ssl
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

VALID_DAYS = 397
"""Some clients refuse server certificates that are valid for longer than 398 days."""

_CERTIFICATE = "-----BEGIN CERTIFICATE-----"
_PRIVATE_KEY = "PRIVATE KEY-----"

# CA:FALSE: some TLS libraries refuse an authority's certificate as that of a server. No keyUsage:
# older OpenSSL then wants keyCertSign in it before it trusts a certificate that vouches for itself.
_CONFIGURATION = """\
[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
commonName = localhost
organizationName = jobs-tui emulator
[extensions]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1, IP:::1
subjectKeyIdentifier = hash
"""


class CertificateError(Exception):
    """A certificate cannot be made or used; says in one line why and what to do."""


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """A certificate on disk, once for clients and once for the server."""

    certificate: Path
    """What clients take as their CA bundle; there is no key in it."""
    certificate_and_key: Path
    """What the server loads; for its owner's eyes only."""


def make_certificate(folder: Path, *, within: float = 30.0) -> CertificateFiles:
    """Make a self-signed certificate for localhost, 127.0.0.1 and ::1, and its key (EC P-256).

    `folder` is created if need be; files of an earlier call are replaced, each in one step. The
    command openssl does it, whatever the user's openssl.cnf says, and may take `within` seconds a
    step. Raises CertificateError if it is missing, fails or hangs, or nothing can be written.
    """
    openssl = shutil.which("openssl")
    if openssl is None:
        raise CertificateError(
            "openssl, which makes the certificate, is not on the PATH: "
            "install it, or name a PEM file with certificate and key"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=folder) as making:
            made = _make(openssl, Path(making), within)
            return CertificateFiles(
                certificate=made.certificate.replace(folder / made.certificate.name),
                certificate_and_key=made.certificate_and_key.replace(
                    folder / made.certificate_and_key.name
                ),
            )
    except OSError as error:
        raise CertificateError(
            f"Cannot write a certificate to {folder}: {error.strerror}. Name another folder"
        ) from error


def server_context(certificate_and_key: Path, client_ca: Path | None) -> ssl.SSLContext:
    """What a server needs for TLS 1.2 and up.

    With `client_ca`, a PEM file of authorities, a client may show a certificate of one of them; the
    handshake fails with a certificate of another, and what to do without one is up to the server.
    Raises CertificateError if a file is missing or not what it should be.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    _load_certificate(context, certificate_and_key)
    if client_ca is not None:
        _load_authorities(context, client_ca)
        context.verify_mode = ssl.CERT_OPTIONAL
    return context


def has_client_certificate(transport: asyncio.BaseTransport | None) -> bool:
    """Whether the client has shown a certificate, which the handshake then has verified.

    `transport` is that of the connection; None, as of one that is gone, has shown nothing.
    """
    return transport is not None and bool(transport.get_extra_info("peercert"))


def _make(openssl: str, making: Path, within: float) -> CertificateFiles:
    configuration = making / "openssl.cnf"
    configuration.write_text(_CONFIGURATION, encoding="ascii")
    key = making / "key.pem"
    certificate = making / "certificate.pem"
    both = making / "certificate-and-key.pem"

    def run(*arguments: str) -> str:
        return _run([openssl, *arguments], configuration, within)

    curve = ("-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:named_curve")
    _write(key, run("genpkey", "-algorithm", "EC", *curve), 0o600)
    days = str(VALID_DAYS)
    request = ("req", "-x509", "-new", "-sha256", "-days", days, "-config", str(configuration))
    _write(certificate, run(*request, "-key", str(key)), 0o644)
    _write(both, certificate.read_text("ascii") + key.read_text("ascii"), 0o600)
    return CertificateFiles(certificate, both)


def _run(command: list[str], configuration: Path, within: float) -> str:
    """Run openssl with no configuration but ours; what it prints is the file to be written."""
    instead = "Name a PEM file with certificate and key instead"
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and nothing in it comes from outside
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, "OPENSSL_CONF": str(configuration)},
            timeout=within,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise CertificateError(
            f"{command[0]} did not make a certificate within {within:g} seconds. {instead}"
        ) from error
    except subprocess.CalledProcessError as error:
        said = [line.strip() for line in error.stderr.splitlines() if line.strip()]
        reason = said[0] if said else f"it ended with {error.returncode}"
        raise CertificateError(f"{command[0]} made no certificate: {reason}. {instead}") from error
    except OSError as error:
        raise CertificateError(
            f"{command[0]} cannot be run: {error.strerror}. {instead}"
        ) from error
    if "-----BEGIN " not in done.stdout:
        raise CertificateError(f"{command[0]} made no certificate: no PEM came out. {instead}")
    return done.stdout


def _write(path: Path, text: str, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise CertificateError(f"Cannot read {path}: {error.strerror}") from error


def _load_certificate(context: ssl.SSLContext, path: Path) -> None:
    text = _read(path)
    if _CERTIFICATE not in text:
        raise CertificateError(f"{path} has no certificate in it: a PEM file with one is needed")
    if _PRIVATE_KEY not in text:
        raise CertificateError(
            f"{path} has no private key in it: append the key that belongs to the certificate"
        )

    def password() -> str:
        # without this function, OpenSSL would ask on the terminal
        raise CertificateError(
            f"The private key in {path} is encrypted: decrypt it with openssl pkey first"
        )

    try:
        context.load_cert_chain(path, password=password)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise CertificateError(
                f"The private key in {path} is not that of the first certificate in it"
            ) from error
        raise CertificateError(
            f"Certificate or private key in {path} cannot be used: {_reason(error)}"
        ) from error
    except OSError as error:
        raise CertificateError(f"Cannot read {path}: {error.strerror}") from error


def _load_authorities(context: ssl.SSLContext, path: Path) -> None:
    if _CERTIFICATE not in _read(path):
        raise CertificateError(
            f"{path} has no certificate in it: a PEM file with those of the authorities is needed"
        )
    try:
        context.load_verify_locations(path)
    except ssl.SSLError as error:
        raise CertificateError(
            f"The certificates in {path} cannot be used: {_reason(error)}"
        ) from error
    except OSError as error:
        raise CertificateError(f"Cannot read {path}: {error.strerror}") from error


def _reason(error: ssl.SSLError) -> str:
    """OpenSSL's own word, as `bad base64 decode`; it has none for some errors."""
    return (error.reason or "broken PEM").replace("_", " ")
