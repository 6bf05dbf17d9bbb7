"""Job documents: any JSON at creation, re-serialised for the devices without null members.

The live service drops object members that are null, to the surprise of users of two SDKs. Numbers,
strings and the order of members stay as they were written. There is no recursion and no conversion
here, so neither the depth of a document nor the size of a number matters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from jobs_tui.emulator.rules.service_error import ServiceError, invalid_request

_PIECE = re.compile(
    r"""[ \t\n\r]*(
        "(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"
      | -?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?
      | true | false | null
      | [\[\]{}:,]
    )[ \t\n\r]*""",
    re.VERBOSE,
)


@lru_cache(maxsize=256)
def device_document(document: str) -> str:
    """The document as the devices get it, but for its placeholders.

    Raises ServiceError if it is not JSON.
    """
    writer = _Writer()
    for piece in _pieces(document):
        writer.take(piece)
    if writer.document is None:
        raise _not_json()
    return writer.document


@dataclass(slots=True)
class _Container:
    """An array or object of which the end has not been read."""

    begin: str
    end: str
    members: list[str] = field(default_factory=list)
    empty: bool = True
    """Whether nothing was read in it yet; a member that is dropped counts as read."""
    name: str | None = None
    """In an object, the name of the member that is being read."""
    colon: bool = False
    complete: bool = False
    """Whether a member has just ended, so that a comma or the end must follow."""

    @property
    def takes_value(self) -> bool:
        return not self.complete and (self.begin == "[" or self.colon)

    def add(self, value: str) -> None:
        if self.name is None:
            self.members.append(value)
        elif value != "null":
            self.members.append(f"{self.name}:{value}")
        self.name, self.colon, self.complete, self.empty = None, False, True, False


class _Writer:
    """Takes the pieces of a document in turn; refuses what is out of place."""

    def __init__(self) -> None:
        self.document: str | None = None
        self._opened: list[_Container] = []

    def take(self, piece: str) -> None:
        if piece in "[{":
            self._check_value_may_stand()
            self._opened.append(_Container(piece, "]" if piece == "[" else "}"))
        elif piece in "]}:,":
            self._punctuate(piece)
        elif self._opened and self._opened[-1].begin == "{" and self._opened[-1].name is None:
            self._name_member(piece)
        else:
            self._check_value_may_stand()
            self._end_value(piece)

    def _punctuate(self, piece: str) -> None:
        if not self._opened:
            raise _not_json()
        inner = self._opened[-1]
        if piece == ":" and inner.name is not None and not inner.colon:
            inner.colon = True
        elif piece == "," and inner.complete:
            inner.complete = False
        elif piece == inner.end and (inner.complete or (inner.empty and inner.name is None)):
            self._opened.pop()
            self._end_value(inner.begin + ",".join(inner.members) + inner.end)
        else:
            raise _not_json()

    def _name_member(self, piece: str) -> None:
        inner = self._opened[-1]
        if inner.complete or not piece.startswith('"'):
            raise _not_json()
        inner.name = piece

    def _check_value_may_stand(self) -> None:
        if self.document is not None or (self._opened and not self._opened[-1].takes_value):
            raise _not_json()

    def _end_value(self, text: str) -> None:
        if self._opened:
            self._opened[-1].add(text)
        else:
            self.document = text


def _pieces(document: str) -> Iterator[str]:
    position = 0
    while position < len(document):
        piece = _PIECE.match(document, position)
        if piece is None:
            raise _not_json()
        yield piece[1]
        position = piece.end()


def _not_json() -> ServiceError:
    return invalid_request("The job document is not valid JSON")
