"""Which things to look for, where they are not given by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AllThings:
    """Every thing of the account in the region."""

    @property
    def words(self) -> str:
        """What is looked for, as a person would say it; may hold foreign text."""
        return "all things"


@dataclass(frozen=True, slots=True)
class ThingGroup:
    """The things of a group and of the groups below it."""

    name: str

    @property
    def words(self) -> str:
        """What is looked for, as a person would say it; may hold foreign text."""
        return f"the things of group {self.name}"


@dataclass(frozen=True, slots=True)
class NamePrefix:
    """The things whose name begins alike."""

    prefix: str

    @property
    def words(self) -> str:
        """What is looked for, as a person would say it; may hold foreign text."""
        return f"the things whose name begins with {self.prefix}"


@dataclass(frozen=True, slots=True)
class FleetQuery:
    """The things that a fleet indexing query finds, as in `thingName:gw-* AND attributes.site:x`.

    Developer guide, "Query syntax".
    """

    query: str

    @property
    def words(self) -> str:
        """What is looked for, as a person would say it; may hold foreign text."""
        return f"the things of the query {self.query}"


ThingSelection = AllThings | ThingGroup | NamePrefix | FleetQuery
