"""The query language of fleet indexing, as far as it is documented for the registry's data. Pure.

Sources are the developer guide's "Query syntax" and "Example thing queries". What they leave open
is refused rather than guessed, and so is what the emulator has no data for. Taken from Apache
Lucene, which the guide once named, and unverified: NOT also finds the things that lack the
attribute; a hyphen within a word is part of it; quotes keep a value whole, and no wildcard works in
them. Unverified as well: a thing is found by the groups that it is in, not by those above them, and
a term without a field looks at everything but thingId.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from jobs_tui.emulator.rules.fleet_query_words import (
    AND,
    CLOSE,
    NOT,
    OPEN,
    OR,
    FieldGroup,
    Mark,
    Term,
    not_understood,
    words_of,
)

MOST_TERMS = 12
LONGEST_WITH_LEADING_WILDCARD = 100
"""Characters of a query in which one term begins with a wildcard; no second one may."""
DEEPEST = 20
"""How deep parentheses may stand in each other: the emulator's own limit."""

NAME, ID, TYPE, GROUPS, ATTRIBUTES = (
    "thingName",
    "thingId",
    "thingTypeName",
    "thingGroupNames",
    "attributes.",
)
_ELSEWHERE = ("shadow.", "connectivity.", "deviceDefender.")


@dataclass(frozen=True, slots=True)
class IndexedThing:
    """What the index AWS_Things holds of a thing."""

    name: str
    thing_id: str
    attributes: Mapping[str, str]
    group_names: tuple[str, ...]

    def values(self, field: str | None) -> Iterator[str]:
        """What stands in a field, or in any of them; no thing here has a type."""
        if field in {None, NAME}:
            yield self.name
        if field == ID:
            yield self.thing_id
        if field in {None, GROUPS}:
            yield from self.group_names
        if field is None:
            yield from self.attributes.values()
        elif field.startswith(ATTRIBUTES) and field.removeprefix(ATTRIBUTES) in self.attributes:
            yield self.attributes[field.removeprefix(ATTRIBUTES)]


class Condition(Protocol):
    """What a query, or a part of it, asks of a thing."""

    def matches(self, thing: IndexedThing) -> bool:
        """Whether a thing is found."""
        ...


@dataclass(frozen=True, slots=True)
class _Value:
    """A field, or any, holds a value that fits."""

    field: str | None
    term: Term

    def matches(self, thing: IndexedThing) -> bool:
        return any(self.term.fits(value) for value in thing.values(self.field))


@dataclass(frozen=True, slots=True)
class _Not:
    condition: Condition

    def matches(self, thing: IndexedThing) -> bool:
        return not self.condition.matches(thing)


@dataclass(frozen=True, slots=True)
class _All:
    conditions: tuple[Condition, ...]

    def matches(self, thing: IndexedThing) -> bool:
        return all(each.matches(thing) for each in self.conditions)


@dataclass(frozen=True, slots=True)
class _Any:
    conditions: tuple[Condition, ...]

    def matches(self, thing: IndexedThing) -> bool:
        return any(each.matches(thing) for each in self.conditions)


def parse(query: str) -> Condition:
    """Read a query; raises ServiceError, by words, for all that is not understood for certain."""
    words = list(words_of(query))
    terms = [word for word in words if isinstance(word, Term)]
    if not terms:
        raise not_understood("there is no term in it")
    if len(terms) > MOST_TERMS:
        raise not_understood(f"it has {len(terms)} terms, {MOST_TERMS} at most")
    leading = [each for each in terms if each.begins_with_wildcard]
    if len(leading) > 1:
        raise not_understood("only one term may begin with a wildcard")
    if leading and len(query) > LONGEST_WITH_LEADING_WILDCARD:
        raise not_understood(
            f"with a wildcard at the beginning of a term, {LONGEST_WITH_LEADING_WILDCARD} "
            "characters at most"
        )
    reader = _Reader(words)
    condition = reader.alternatives(None, 0)
    reader.expect_end()
    return condition


class _Reader:
    """Reads words from left to right, each once."""

    def __init__(self, words: list[Term | FieldGroup | Mark]) -> None:
        self._words = words
        self._next = 0

    def expect_end(self) -> None:
        """Raise ServiceError if there is anything left: that can only be a parenthesis."""
        if self._next < len(self._words):
            raise not_understood("a ) has no ( before it")

    def alternatives(self, field: str | None, depth: int) -> Condition:
        """Conditions with AND, nothing, or OR between them, up to a closing parenthesis.

        Which of AND and OR binds more closely is documented nowhere.
        """
        if depth > DEEPEST:
            raise not_understood(f"parentheses stand more than {DEEPEST} deep")
        conditions, between = [self._operand(field, depth)], set[str]()
        while (word := self._peek()) not in (None, CLOSE):
            if word in (AND, OR):
                self._next += 1
            between.add("OR" if word == OR else "AND")
            conditions.append(self._operand(field, depth))
        if len(between) > 1:
            raise not_understood(
                "AND and OR are mixed (two terms side by side mean AND too): put parentheses"
            )
        if len(conditions) == 1:
            return conditions[0]
        kind = _Any if "OR" in between else _All
        return kind(tuple(conditions))

    def _operand(self, field: str | None, depth: int) -> Condition:
        negated = False
        while self._peek() == NOT:
            self._next += 1
            negated = not negated
        word = self._peek()
        self._next += 1
        match word:
            case Term():
                condition: Condition = _Value(_field(word.field, field), word)
            case FieldGroup():
                condition = self._group(_field(word.field, field), depth)
            case Mark() if word == OPEN:
                condition = self._group(field, depth)
            case None:
                raise not_understood("it ends where a term should follow")
            case _:
                raise not_understood(f"a term should stand where {word.text} is")
        return _Not(condition) if negated else condition

    def _group(self, field: str | None, depth: int) -> Condition:
        condition = self.alternatives(field, depth + 1)
        if self._peek() != CLOSE:
            raise not_understood("a ( has no ) after it")
        self._next += 1
        return condition

    def _peek(self) -> Term | FieldGroup | Mark | None:
        return self._words[self._next] if self._next < len(self._words) else None


def _field(named: str | None, around: str | None) -> str | None:
    """The field that a term is about; raises ServiceError for one that the emulator has not."""
    if named is None:
        return around
    if around is not None:
        raise not_understood(f"the field {named[:100]} stands within parentheses of another")
    if named.startswith(_ELSEWHERE):
        raise not_understood(f"the emulator indexes the registry only, not {named[:100]}")
    is_attribute = named.startswith(ATTRIBUTES) and named != ATTRIBUTES
    if not is_attribute and named not in {NAME, ID, TYPE, GROUPS}:
        raise not_understood(f"there is no field {named[:100]}; field names are case sensitive")
    return named
