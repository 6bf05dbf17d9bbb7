"""Finds presigned URLs in a text and says until when each can be used."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from urllib.parse import parse_qsl

from jobs_tui.domain.json_escape import JSON_ESCAPE, unescaped

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_URL = re.compile(r"""[^\s"<>`\\?]+\?([^\s"'`<>()\[\]{}|\\,;#]+)""")
_SIGNED_AT = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_SECONDS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class PresignedUrl:
    """A URL that lets whoever holds it fetch one thing for some time."""

    url: str = field(repr=False)
    """As a client would use it, JSON escapes undone; a secret."""
    expires_at: float | None
    """Seconds since the epoch, UTC, by the URL itself; None where it does not say so legibly.

    It may end earlier: with the credentials that signed it.
    """


def presigned_urls(text: str) -> tuple[PresignedUrl, ...]:
    """The presigned URLs of S3 and CloudFront in a text or a JSON text, in their order.

    One that is percent-encoded within another URL is not found. Takes time in proportion to the
    text and raises nothing.
    """
    return tuple(_found(JSON_ESCAPE.sub(unescaped, text).replace("&amp;", "&")))


def _found(text: str) -> Iterator[PresignedUrl]:
    starts = [match.start() for match in _SCHEME.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        match = _URL.match(text, start, end)
        if match is None:
            continue
        parameters: dict[str, str] = {}
        for name, value in parse_qsl(match.group(1), keep_blank_values=True):
            parameters.setdefault(name.lower(), value)
        if _is_signed(parameters):
            yield PresignedUrl(match.group(), _expires_at(parameters))


def _is_signed(parameters: Mapping[str, str]) -> bool:
    """Whether these are the parameters of Signature Version 4, of Version 2 or of CloudFront."""
    if "x-amz-signature" in parameters:
        return True
    return "signature" in parameters and (
        "awsaccesskeyid" in parameters or "key-pair-id" in parameters
    )


def _expires_at(parameters: Mapping[str, str]) -> float | None:
    if "x-amz-signature" not in parameters:
        return _seconds(parameters.get("expires", ""))
    signed_at = _moment(parameters.get("x-amz-date", ""))
    lifetime = _seconds(parameters.get("x-amz-expires", ""))
    return None if signed_at is None or lifetime is None else signed_at + lifetime


def _moment(written: str) -> float | None:
    if _SIGNED_AT.fullmatch(written) is None:
        return None
    try:
        return datetime.fromisoformat(written).timestamp()
    except ValueError:
        return None


def _seconds(written: str) -> float | None:
    return float(written) if _SECONDS.fullmatch(written) else None
