"""On which line of a TOML document each key stands, which tomllib does not tell."""

import re
import tomllib
from collections.abc import Iterable

_TOKEN = re.compile(
    r'''(?P<text>"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')'''
    r"""|(?P<bare>[A-Za-z0-9_-]+)|(?P<mark>[][{}=.,\n])|\#[^\n]*|[ \t]+|.""",
    re.DOTALL,
)


class KeyLines:
    """The lines of the keys and tables of a document that tomllib takes."""

    def __init__(self, text: str) -> None:
        self._document = _Reader().document(text)

    def of(self, path: Iterable[str]) -> int:
        """The line of a key, from 1 on; of the table around it if the key is not found.

        The path are the keys from the top of the document down.
        """
        found = self._document
        for key in path:
            if key not in found.inner:
                break
            found = found.inner[key]
        return found.line


class _Place:
    """A key, and the keys in the table that it names."""

    __slots__ = ("inner", "line")

    def __init__(self, line: int) -> None:
        self.line = line
        self.inner: dict[str, _Place] = {}

    def below(self, path: Iterable[str], line: int) -> "_Place":
        """The place of a key in this table; the line counts where it is seen first."""
        place = self
        for key in path:
            place = place.inner.setdefault(key, _Place(line))
        return place


class _Reader:
    """Goes through a document once; leaves to tomllib to say whether it is a good one."""

    def __init__(self) -> None:
        self._top = _Place(1)
        self._around: list[_Place | None] = [self._top]
        """The table of the last header, the inline tables that are open, and None for a list."""
        self._key: list[str] = []
        self._named = self._top
        """The key to which the value belongs that is being read."""
        self._in_header = False
        self._in_value = False

    def document(self, text: str) -> _Place:
        """All keys of the document."""
        line = 1
        for match in _TOKEN.finditer(text):
            kind, token = match.lastgroup, match.group()
            if kind == "mark" and self._in_value:
                self._value_mark(token, line)
            elif kind == "mark":
                self._key_mark(token, line)
            elif kind is not None and not self._in_value:
                self._key.append(_unquoted(token))
            line += token.count("\n")
        return self._top

    def _key_mark(self, mark: str, line: int) -> None:
        """Read on where a key is expected."""
        around = self._around[-1]
        if mark == "=":
            self._in_value = True
            self._named = (around or self._top).below(self._key, line)
        elif mark == "[":
            self._in_header = True
        elif mark == "]" and self._in_header:
            self._around = [self._top.below(self._key, line)]
            self._key, self._in_header = [], False
        elif mark == "}":
            self._close()
            self._in_value = True

    def _value_mark(self, mark: str, line: int) -> None:
        """Read on within a value."""
        around = self._around[-1]
        if mark == "{":
            # in a list nothing has a name, so that its keys are kept apart
            self._around.append(self._named if around is not None else _Place(line))
            self._expect_key()
        elif mark == "[":
            self._around.append(None)
        elif mark in "]}":
            self._close()
        elif (mark == "," and around is not None) or (mark == "\n" and len(self._around) == 1):
            self._expect_key()

    def _expect_key(self) -> None:
        self._key, self._in_value = [], False

    def _close(self) -> None:
        if len(self._around) > 1:
            self._around.pop()


def _unquoted(token: str) -> str:
    if token[0] not in "\"'":
        return token
    return next(iter(tomllib.loads(f"{token} = 0")))
