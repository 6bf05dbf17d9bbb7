"""One HTTP request, taken apart as far as every operation needs it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, unquote

_SIGNED_FOR = re.compile(r"Credential=[^/,\s]*/[0-9]*/[^/,]*/([^/,]*)/aws4_request")


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked, of which service."""

    method: str
    path: str
    """As it came, still encoded."""
    segments: tuple[str, ...]
    """The path, split and then decoded: `$next` and `%24next`, `:` and `%3A` are the same here."""
    query: Mapping[str, str]
    signing_name: str | None
    """The service for which it was signed; None where it was not signed, as over mutual TLS."""
    body: bytes

    @classmethod
    def parse(cls, method: str, target: str, authorization: str, body: bytes) -> Self:
        """Take a request target apart. Nothing is refused here, and no signature is checked."""
        path, _, query = target.partition("?")
        signed_for = _SIGNED_FOR.search(authorization)
        return cls(
            method=method,
            path=path,
            segments=tuple(unquote(segment) for segment in path.split("/")[1:]),
            query=dict(parse_qsl(query, keep_blank_values=True)),
            signing_name=signed_for[1] if signed_for else None,
            body=body,
        )
