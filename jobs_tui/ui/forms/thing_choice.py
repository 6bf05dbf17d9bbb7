"""Choosing things: what was typed, what is offered for it, and what is marked. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from jobs_tui.domain.names import thing_name_problem
from jobs_tui.domain.thing_selection import (
    AllThings,
    FleetQuery,
    NamePrefix,
    ThingGroup,
    ThingSelection,
)

AS_TYPED = "as typed"
USED_LAST = "used last"
FOUND = "found"

ANY = "*"
"""Stands for any rest of a name; no name can hold it."""


class Offer(NamedTuple):
    """A thing that can be chosen."""

    name: str
    origin: str
    """The heading under which it stands."""


@dataclass(frozen=True, slots=True)
class ThingChoice:
    """What the user has typed and marked so far, and what there is to choose from."""

    typed: str = ""
    used_last: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    """In the order in which they were marked."""
    at: int = 0
    """Which offer the cursor is on."""

    @property
    def wanted(self) -> ThingSelection | None:
        """What to search for, where that was typed rather than a name."""
        return selection_typed(self.typed)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The things that go with what was typed, each once."""
        part = "" if self.wanted is not None else self.typed.strip()
        known = dict.fromkeys(self.used_last, USED_LAST)
        known |= {name: FOUND for name in self.found if name not in known}
        offers = [Offer(*each) for each in known.items() if part.lower() in each[0].lower()]
        if part and part not in known and thing_name_problem(part) is None:
            offers.insert(0, Offer(part, AS_TYPED))
        return tuple(offers)

    @property
    def selected(self) -> Offer | None:
        """The offer that the cursor is on."""
        offers = self.offers
        return offers[min(self.at, len(offers) - 1)] if offers else None

    @property
    def chosen(self) -> tuple[str, ...]:
        """What would be watched: the marked ones, else the one under the cursor."""
        if self.marked:
            return self.marked
        return () if self.selected is None else (self.selected.name,)

    def type(self, text: str) -> "ThingChoice":
        """Take in what stands in the field now."""
        return self if text == self.typed else replace(self, typed=text, at=0)

    def move(self, by: int) -> "ThingChoice":
        """Move the cursor by so many offers."""
        last = len(self.offers) - 1
        return replace(self, at=max(0, min(last, min(self.at, last) + by)))

    def find(self, names: tuple[str, ...]) -> "ThingChoice":
        """Take in what was found so far; the cursor stays on the thing that it is on."""
        selected = self.selected
        found = replace(self, found=names)
        if selected is None:
            return found
        places = [offer.name for offer in found.offers]
        return replace(found, at=places.index(selected.name) if selected.name in places else 0)

    def toggle(self, names: Iterable[str]) -> "ThingChoice":
        """Mark things, or take the marks away where all of them have one."""
        names = tuple(names)
        if all(name in self.marked for name in names):
            return replace(self, marked=tuple(each for each in self.marked if each not in names))
        return replace(self, marked=tuple(dict.fromkeys((*self.marked, *names))))


def selection_typed(text: str) -> ThingSelection | None:
    """What to search for: `*`, `PREFIX*`, `group=NAME` or `query=QUERY`; None for anything else."""
    kind, equals, rest = text.strip().partition("=")
    if equals and rest.strip():
        if kind == "group":
            return ThingGroup(rest.strip())
        if kind == "query":
            return FleetQuery(rest.strip())
    prefix = text.strip().removesuffix(ANY)
    if prefix == text.strip() or ANY in prefix:
        return None
    if not prefix:
        return AllThings()
    return NamePrefix(prefix) if thing_name_problem(prefix) is None else None


def begins_a_search(text: str) -> bool:
    """Whether what was typed so far can only become a search, in which blanks are text."""
    return text.startswith(("group=", "query="))
