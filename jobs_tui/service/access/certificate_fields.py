"""What an X.509 certificate says of itself, read from its DER (RFC 5280, section 4.1). Pure.

The standard library shows this only of the other side of a connection.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_UTC_TIME = 0x17
_GENERALIZED_TIME = 0x18
_UTF_16_TEXT = 0x1E
_VERSION = 0xA0
_COMMON_NAME = bytes.fromhex("550403")


@dataclass(frozen=True, slots=True)
class CertificateFields:
    """As much of a certificate as a person wants to know."""

    common_name: str
    """Of the subject; empty where it has none."""
    not_before: float
    """Seconds since the epoch."""
    not_after: float
    """Seconds since the epoch."""
    issuer_name: str = ""
    """The common name of whoever signed it; empty where it has none."""


def certificate_fields(der: bytes) -> CertificateFields:
    """Read a certificate. Raises ValueError for bytes that are none."""
    try:
        _, certificate = next(_elements(der))
        _, signed_part = next(_elements(certificate))
        fields = [each for each in _elements(signed_part) if each[0] != _VERSION]
        issuer, validity, subject = (fields[index][1] for index in (2, 3, 4))
        not_before, not_after = (_moment(*each) for each in _elements(validity))
        return CertificateFields(_common_name(subject), not_before, not_after, _common_name(issuer))
    except (IndexError, StopIteration, OverflowError):
        raise ValueError("this is no certificate") from None


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each value, one after the other."""
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[at : at + size])
            at += size
        content = data[at : at + length]
        if len(content) < length:
            raise ValueError("this is no certificate, or half of one")
        yield tag, content
        at += length


def _moment(tag: int, content: bytes) -> float:
    text = content.decode("ascii")
    if tag == _UTC_TIME:
        text = ("20" if text < "50" else "19") + text
    elif tag != _GENERALIZED_TIME:
        raise ValueError("this is no time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC).timestamp()


def _common_name(of: bytes) -> str:
    for _, names in _elements(of):
        for _, name in _elements(names):
            (_, kind), (tag, text) = _elements(name)
            if kind == _COMMON_NAME:
                encoding = "utf-16-be" if tag == _UTF_16_TEXT else "utf-8"
                return text.decode(encoding, errors="replace")
    return ""
