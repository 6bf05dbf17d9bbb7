"""The words of a fleet indexing query: terms, operators, parentheses. Pure.

See `fleet_query` for the sources. Every character that means something else in the language is
refused by what it means, unless it is escaped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jobs_tui.emulator.rules.service_error import ServiceError, invalid_query

_SPECIAL = {
    "[": "ranges are not played by the emulator",
    "]": "ranges are not played by the emulator",
    "{": "ranges are not played by the emulator",
    "}": "ranges are not played by the emulator",
    "<": "comparisons are not played by the emulator",
    ">": "comparisons are not played by the emulator",
    "=": "comparisons are not played by the emulator",
    "~": "fuzzy and proximity searches are not supported",
    "^": "boosting is not supported",
    "&": "write AND for &&",
    "|": "write OR for ||",
    "!": "write NOT for !",
    "+": "the operator + is not documented; every term is required anyway",
    ":": r"a colon within a value is written \:",
    '"': "a quote stands within a word",
}
"""What these characters mean within a word, or would mean in Apache Lucene."""
_ESCAPABLE = frozenset('[]{}<>=~^&|!+-:*?"()')
"""The characters that mean something in the language; a backslash takes that from them."""
_UNSUPPORTED = frozenset("`@#%/';,\\")
"""These no query may hold: developer guide, "Unsupported features"; escaped or quoted is open."""
_NOTHING_ESCAPED = "there is nothing to escape after a backslash"
_OPERATORS = ("AND", "OR", "NOT")

_ANY, _ONE = "*", "."
"""In the parts of a pattern: any characters, one character. Others are escaped if need be."""
_WILDCARDS = {"*": _ANY, "?": _ONE}
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*):")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """An operator or a parenthesis."""

    text: str


OPEN, CLOSE, AND, OR, NOT = (Mark(text) for text in ("(", ")", "AND", "OR", "NOT"))


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A field and the parenthesis after it: what follows is about that field."""

    field: str


@dataclass(frozen=True, slots=True)
class Term:
    """A value, perhaps with wildcards, in a field or in any."""

    field: str | None
    begins_with_wildcard: bool
    """Not counting a term that is a `*` and no more."""
    pattern: re.Pattern[str]

    def fits(self, value: str) -> bool:
        """Whether a whole value is as the term says; case does not matter."""
        return self.pattern.fullmatch(value) is not None


def not_understood(why: str) -> ServiceError:
    """The query is wrong, or not understood for certain."""
    return invalid_query(f"The query is not understood: {why}")


def words_of(query: str) -> Iterator[Term | FieldGroup | Mark]:
    """Take a query apart; raises ServiceError for a character that cannot stand where it does."""
    reader = _WordReader(query)
    while True:
        word = reader.next()
        if word is None:
            return
        yield word


class _WordReader:
    """Reads from left to right, each character once."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._at = 0

    def next(self) -> Term | FieldGroup | Mark | None:
        """The next word, or None at the end."""
        while _is_white(self._here()):
            self._at += 1
        character = self._here()
        if not character:
            return None
        if character in "()":
            self._at += 1
            return OPEN if character == "(" else CLOSE
        if character == "-":
            return self._exclusion()
        return self._term()

    def _here(self) -> str:
        """The character that comes next; empty at the end."""
        return self._query[self._at : self._at + 1]

    def _exclusion(self) -> Mark:
        self._at += 1
        if not self._here() or _is_white(self._here()) or self._here() in "-)":
            raise not_understood("a hyphen stands before nothing that it could exclude")
        return NOT

    def _term(self) -> Term | FieldGroup | Mark:
        field = self._field()
        if field is not None and self._here() == "(":
            self._at += 1
            return FieldGroup(field)
        begin = self._at
        quoted = self._here() == '"'
        parts = self._quoted() if quoted else self._value(within_field=field is not None)
        value = self._query[begin : self._at]
        if field is None and value in _OPERATORS:
            return Mark(value)
        if value.upper() in _OPERATORS:
            raise not_understood(f"write {value.upper()} as an operator, or quote it as a value")
        if not parts:
            raise not_understood(f"a value is missing after {field}:")
        return Term(field, parts[0] in {_ANY, _ONE} and parts != [_ANY], _pattern(parts))

    def _field(self) -> str | None:
        """The name before a colon, which is passed; None where there is none."""
        found = _FIELD.match(self._query, self._at)
        if found is None:
            return None
        self._at = found.end()
        return found[1]

    def _quoted(self) -> list[str]:
        """What stands between quotes, which are passed, as the parts of a pattern."""
        found = _QUOTED.match(self._query, self._at)
        if found is None:
            raise not_understood("a quote is not closed")
        self._at = found.end()
        if self._here() and not _is_white(self._here()) and self._here() != ")":
            raise not_understood("something stands right behind a quote")
        if not set(_ESCAPED.findall(found[1])) <= _ESCAPABLE:
            raise not_understood(_NOTHING_ESCAPED)
        value = _ESCAPED.sub(r"\1", found[1])
        if not value:
            raise not_understood("there is nothing between two quotes")
        for character in value:
            if character in "*?":
                raise not_understood("no wildcard works in quotes")
            if _is_white(character):
                raise not_understood("nothing in the registry holds white space")
            _check_supported(character)
        return [re.escape(character) for character in value]

    def _value(self, *, within_field: bool) -> list[str]:
        """The characters up to the end of a word, as the parts of a pattern."""
        parts: list[str] = []
        while (character := self._here()) and not _is_white(character) and character not in "()":
            self._at += 1
            if character == "\\":
                character = self._here()
                if not character or character not in _ESCAPABLE:
                    raise not_understood(_NOTHING_ESCAPED)
                self._at += 1
                parts.append(re.escape(character))
            elif character in _WILDCARDS:
                parts.append(_WILDCARDS[character])
            elif character == "-" and within_field and not parts:
                raise not_understood(r"a hyphen at the beginning of a value is written \-")
            elif character in _SPECIAL:
                raise not_understood(_SPECIAL[character])
            else:
                _check_supported(character)
                parts.append(re.escape(character))
        return parts


def _is_white(character: str) -> bool:
    """Whether it separates words, as Java's Character.isWhitespace tells."""
    return character.isspace() and character not in "\x85\xa0\u2007\u202f"


def _check_supported(character: str) -> None:
    if character in _UNSUPPORTED:
        raise not_understood(f"the character {character} is not supported")


def _pattern(parts: list[str]) -> re.Pattern[str]:
    """A pattern in which each stretch between wildcards is found as early as can be, once.

    Without the latter a few asterisks would keep the emulator busy for hours.
    """
    stretches = [""]
    for part in parts:
        if part == _ANY:
            stretches.append("")
        else:
            stretches[-1] += part
    first, *between = stretches
    if between:
        *between, last = between
        first += "".join(f"(?>.*?{each})" for each in between) + f".*{last}"
    return re.compile(first, re.IGNORECASE | re.ASCII | re.DOTALL)
