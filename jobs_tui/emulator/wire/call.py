"""One HTTP request, taken apart as far as every operation needs it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, unquote

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.wire.answers import JsonObject
from jobs_tui.emulator.wire.members import Members
from jobs_tui.emulator.wire.query import Query

_SIGNED_FOR = re.compile(r"Credential=[^/,\s]*/[0-9]*/[^/,]*/([^/,]*)/aws4_request")


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked, of which service."""

    method: str
    path: str
    """As it came, still encoded."""
    segments: tuple[str, ...]
    """The path, split and then decoded: `$next` and `%24next`, `:` and `%3A` are the same here."""
    query: Query
    signing_name: str | None
    """The service for which it was signed; None where it was not signed, as over mutual TLS."""
    host: str
    """The address that was asked, as the request names it."""
    body: bytes = field(repr=False)

    @classmethod
    def parse(cls, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Self:
        """Take a request apart. Nothing is refused here, and no signature is checked."""
        path, _, query = target.partition("?")
        signed_for = _SIGNED_FOR.search(headers.get("Authorization", ""))
        return cls(
            method=method,
            path=path,
            segments=tuple(unquote(segment) for segment in path.split("/")[1:]),
            query=Query(dict(parse_qsl(query, keep_blank_values=True))),
            signing_name=signed_for[1] if signed_for else None,
            host=headers.get("Host", ""),
            body=body,
        )


@dataclass(frozen=True, slots=True)
class Inputs:
    """The members of an operation's input, by the place in the request where each stands."""

    path: Mapping[str, str]
    query: Query
    host: str
    body: bytes = field(repr=False)

    def members(self) -> Members:
        """Those in the body; raises ServiceError if it is not a JSON object."""
        return Members.parse(self.body)


Handler = Callable[[Account, Inputs], JsonObject]
"""Does what is asked and answers it, or raises ServiceError for what the service would refuse."""
