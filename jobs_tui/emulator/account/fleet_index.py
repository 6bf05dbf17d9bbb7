"""The index of fleet indexing over the account's things."""

from collections.abc import Iterator

from jobs_tui.emulator.account.things import ThingOperations
from jobs_tui.emulator.rules.fleet_query import IndexedThing, parse
from jobs_tui.emulator.rules.service_error import index_not_ready, not_found

THINGS_INDEX = "AWS_Things"
"""The index of things; the one of thing groups, AWS_ThingGroups, is not played."""


class FleetIndexOperations(ThingOperations):
    """SearchIndex of the service model `iot`."""

    def search_index(self, query: str, index_name: str = THINGS_INDEX) -> Iterator[IndexedThing]:
        """SearchIndex: the things that a query finds, in the order of their creation.

        The live index follows changes with a delay and tells no order; this one is always up to
        date. An index that is off does not exist ("OFF: no indexing/delete index", developer
        guide), one that is being built cannot be searched ("Describing a thing index"): that they
        are answered by these two of the model's errors is unverified.
        """
        if index_name != THINGS_INDEX or self.settings.fleet_indexing == "off":
            raise not_found(f"Index {index_name} not found")
        if self.settings.fleet_indexing == "building":
            raise index_not_ready(f"Index {index_name} is not ready: it is being built")
        condition = parse(query)
        return (each for each in self._indexed() if condition.matches(each))

    def _indexed(self) -> Iterator[IndexedThing]:
        for thing in self._things.values():
            groups = tuple(name for name, there in self._members.items() if thing.name in there)
            yield IndexedThing(thing.name, thing.thing_id, thing.attributes, groups)
