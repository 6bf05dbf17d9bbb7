"""The files of a device's certificate, looked at before anything uses them. Nobody is ever asked.

Left to itself OpenSSL asks at the terminal for the pass phrase of an encrypted key, and the SDK
tells of every other mistake only that a connection failed.
"""

import base64
import hashlib
import re
import ssl
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import Any, NoReturn

from jobs_tui.domain.outcome import NotAllowed, Unreachable
from jobs_tui.service.access.certificate_fields import CertificateFields, certificate_fields
from jobs_tui.service.answers.told_error import ToldError
from jobs_tui.service.settings import DeviceCertificate

LARGEST_FILE = 1 << 22
"""Bytes of a file that are read; bundles of all the world's authorities have a tenth of it."""

_BEGINNING = "-----BEGIN CERTIFICATE-----"
_CERTIFICATE = re.compile(rf"{_BEGINNING}(.*?)-----END CERTIFICATE-----", re.DOTALL)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_PEM_CERTIFICATE_WANTED = f"a file with {_BEGINNING} in it is needed"
_MIXED_UP = "check that --cert and --key are not mixed up"
_ANOTHER_KEY = frozenset({"KEY_VALUES_MISMATCH", "KEY_TYPE_MISMATCH", "NO_CERTIFICATE_ASSIGNED"})
"""OpenSSL's reasons where a key is good, but not that of the certificate."""

_ABOUT_CERTIFICATES = ("CA_", "EE_")
"""How its reasons begin where they judge the certificate, as by a key that is too small."""

LoadCertificate = Callable[..., Any]
"""`load_cert_chain` of an SSLContext."""


class DeviceCertificateError(ToldError):
    """Certificate or key cannot be used."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(NotAllowed(reason, advice))
        self.reason = reason
        self.advice = advice


class AuthoritiesError(ToldError):
    """The file of authorities to trust cannot be used."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(Unreachable(reason, advice))


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What may be shown of a device's certificate."""

    common_name: str
    """Of the subject; empty where it has none. Foreign text: make it safe before it is drawn."""
    certificate_id: str
    """AWS IoT's name for it: the SHA-256 of its DER, in lower-case hexadecimal digits."""
    not_before: float
    """Seconds since the epoch."""
    not_after: float
    """Seconds since the epoch."""


def certificate_facts(certificate: Path) -> CertificateFacts:
    """What the first certificate in a PEM file says; blocks. Raises DeviceCertificateError."""
    der, fields = _read_certificate(certificate)
    return CertificateFacts(
        fields.common_name,
        hashlib.sha256(der).hexdigest(),
        fields.not_before,
        fields.not_after,
    )


def check_device_certificate(given: DeviceCertificate, now: float) -> None:
    """See that a certificate and its key can be used at `now`, in seconds since the epoch; blocks.

    Raises DeviceCertificateError.
    """
    _, fields = _read_certificate(given.certificate)
    _check_dates(given.certificate, fields, now)
    if not _PRIVATE_KEY.search(_read(given.private_key, "the private key", "--key")):
        raise DeviceCertificateError(
            f"{given.private_key} holds no private key in PEM",
            f"a file with -----BEGIN PRIVATE KEY----- in it is needed; {_MIXED_UP}",
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    load_without_asking(context.load_cert_chain, given.certificate, given.private_key)


def check_authorities(authorities: Path) -> None:
    """See that a file names authorities to trust; blocks. Raises AuthoritiesError."""
    text = _read(authorities, "the file of authorities", "--ca", AuthoritiesError)
    if _BEGINNING not in text:
        raise AuthoritiesError(
            f"the file of authorities {authorities} holds no certificate in PEM",
            f"{_PEM_CERTIFICATE_WANTED}; without --ca the machine's authorities are trusted",
        )
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(authorities)
    except OSError as error:
        raise AuthoritiesError(
            f"the file of authorities {authorities} cannot be used: {_reason(error)}",
            f"{_PEM_CERTIFICATE_WANTED}, whole and unchanged",
        ) from None


def load_without_asking(
    load: LoadCertificate, certificate: str | Path, private_key: str | Path | None
) -> None:
    """Load certificate and key into a context. Raises DeviceCertificateError rather than ask."""
    key = private_key or certificate

    def refuse() -> NoReturn:
        raise DeviceCertificateError(
            f"the private key in {key} is encrypted, and nobody can be asked for its pass phrase",
            f"decrypt it by `openssl pkey -in {quote(str(key))} -out PLAIN` into a file that "
            "only you may read, and give that one",
        )

    try:
        load(certificate, private_key, password=refuse)
    except ssl.SSLError as error:
        raise _unusable(error, certificate, key) from None
    except OSError as error:
        raise DeviceCertificateError(
            f"certificate or key cannot be read any more: {error.strerror}",
            f"check {certificate} and {key}",
        ) from None


def _check_dates(path: Path, fields: CertificateFields, now: float) -> None:
    clock = f"if it is not {_date(now)}, set this machine's clock"
    if now > fields.not_after:
        raise DeviceCertificateError(
            f"the certificate in {path} expired on {_date(fields.not_after)}",
            f"get a new one for the device; {clock}",
        )
    if now < fields.not_before:
        raise DeviceCertificateError(
            f"the certificate in {path} is not valid before {_date(fields.not_before)}",
            f"{clock}; else wait until then",
        )


def _unusable(
    error: ssl.SSLError, certificate: str | Path, key: str | Path
) -> DeviceCertificateError:
    openssl_says = error.reason or ""
    if openssl_says in _ANOTHER_KEY:
        return DeviceCertificateError(
            f"the private key in {key} does not belong to the certificate in {certificate}",
            "give the key that was made with it; the device's own certificate has to be the "
            "first in its file",
        )
    if openssl_says.startswith(_ABOUT_CERTIFICATES):
        return DeviceCertificateError(
            f"the certificate in {certificate} cannot be used: {_reason(error)}",
            "get a new one for the device",
        )
    return DeviceCertificateError(
        f"the private key in {key} cannot be used: {_reason(error)}",
        "give the key as it was issued, whole and unchanged",
    )


def _read_certificate(path: Path) -> tuple[bytes, CertificateFields]:
    """The first certificate in a PEM file, as DER and as what it says."""
    text = _read(path, "the certificate", "--cert")
    if _BEGINNING not in text:
        raise DeviceCertificateError(
            f"{path} holds no certificate in PEM", f"{_PEM_CERTIFICATE_WANTED}; {_MIXED_UP}"
        )
    try:
        chain = _chain(text)
        fields = certificate_fields(chain[0])
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=b"".join(chain))
    except (ssl.SSLError, ValueError):
        raise DeviceCertificateError(
            f"the certificate in {path} is broken",
            "give the certificate as it was issued, whole and unchanged",
        ) from None
    return chain[0], fields


def _chain(text: str) -> list[bytes]:
    """Every certificate in a PEM file as DER. Raises ValueError for one that is cut off."""
    chain = [
        base64.b64decode("".join(each.split()), validate=True)
        for each in _CERTIFICATE.findall(text)
    ]
    if len(chain) < text.count(_BEGINNING):
        raise ValueError("a certificate has no end")
    return chain


def _read(
    path: Path,
    what: str,
    option: str,
    error: Callable[[str, str], ToldError] = DeviceCertificateError,
) -> str:
    """The text of a file, which is opened only if it cannot keep anybody waiting."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            why = "it is no regular file"
        else:
            with path.open("rb") as file:
                read = file.read(LARGEST_FILE + 1)
            if len(read) <= LARGEST_FILE:
                return read.decode("utf-8", errors="replace")
            why = f"it is larger than {LARGEST_FILE >> 20} MiB"
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
    except ValueError:
        why = "no file can have this name"
    raise error(
        f"{what} {path} cannot be read: {why}",
        f"check the path that {option} gives, and who may read it",
    )


def _reason(error: Exception) -> str:
    """OpenSSL's own word, as `bad base64 decode`; it has none for some errors."""
    return (getattr(error, "reason", None) or "broken PEM").replace("_", " ").lower()


def _date(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC"
