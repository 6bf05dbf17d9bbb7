"""All things, kept in order while they change: what changed is reckoned once, when it is wanted."""

from bisect import bisect_left, insort
from heapq import heappop, heappush

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.engine.fleet.standing import NEVER, Need, Standing, standing_of
from jobs_tui.engine.fleet.totals import Totals
from jobs_tui.engine.store import Store

_Place = tuple[Need, float, int, str]
"""What things are sorted by: the need, since when, and the order in which they were given."""

MANY = 16
"""Where one thing in so many has moved, all are sorted anew: cheaper than one after the other."""


class Fleet:
    """How each thing of a store stands, in the order of what needs a person most.

    Nothing is reckoned when an answer comes in; `update` does so for the things that changed.
    """

    def __init__(self, store: Store, limits: AttentionLimits) -> None:
        """Reckon all things once, and follow the store from now on."""
        self._store = store
        self._limits = limits
        self.totals = Totals()
        """The sums of all things, as of the latest update."""
        self.version = 0
        """Grows whenever any thing stands otherwise."""
        self.urgent_version = 0
        """Grows whenever a thing has come to need a person, or needs one for something else."""
        self._standings: dict[str, Standing] = {}
        self._places: list[_Place] = []
        self._order: tuple[str, ...] | None = None
        self._shown: tuple[FleetFilter, int, tuple[str, ...]] | None = None
        self._position = {name: position for position, name in enumerate(store.thing_names)}
        self._changes_at: dict[str, float] = {}
        """Where time alone changes how a thing stands: when."""
        self._coming: list[tuple[float, str]] = []
        """A heap of moments to look at a thing, none later than it changes."""
        self._earliest: dict[str, float] = {}
        """The earliest moment in the heap for each thing that has one there."""
        self._dirty: set[str] = set()
        self._others_watched = False
        """Whether a thing was added to the store, or dropped from it."""
        self._reckoned_at = store.service_now()
        for state in store.things:
            self._take(self._standing_now(state.thing_name))
        self._sort()
        store.subscribe(self._note)

    def __len__(self) -> int:
        return len(self._standings)

    @property
    def thing_names(self) -> tuple[str, ...]:
        """All things, in the order in which they were given."""
        return tuple(self._position)

    def standing(self, thing_name: str) -> Standing:
        """How a thing stood at the latest update; raises KeyError for one that is not watched."""
        return self._standings[thing_name]

    def update(self) -> frozenset[str]:
        """Reckon what changed, or came due, since the latest update; tells which things did."""
        now = self._store.service_now()
        if now < self._reckoned_at:
            # the clock was set back: what came due has not come yet
            self._dirty |= {name for name, each in self._standings.items() if each.in_progress}
        self._reckoned_at = now
        while self.next_change <= now:
            self._dirty.add(self._pop())
        dirty, self._dirty = self._dirty, set()
        if self._others_watched:
            self._others_watched = False
            self._follow_watched()
        # a change may be about a thing that is not watched
        dirty &= self._standings.keys()
        before = {name: self._standings[name] for name in dirty}
        changed = [name for name in dirty if self._take(self._standing_now(name))]
        if changed:
            self.version += 1
            self._move([before[name] for name in changed])
        return frozenset(changed)

    def shown(self, wanted: FleetFilter) -> tuple[str, ...]:
        """The things that a filter lets through, in order; the same tuple while nothing changes.

        Where no name has the words of the filter, those that have their letters in this order.
        """
        if self._order is None:
            self._order = tuple(place[-1] for place in self._places)
        if wanted.empty:
            return self._order
        if self._shown is None or self._shown[:2] != (wanted, self.version):
            lets_through, standings = wanted.test(), self._standings
            names = tuple(name for name in self._order if lets_through(standings[name]))
            if not names and wanted.can_be_alike:
                lets_through = wanted.test(alike=True)
                names = tuple(name for name in self._order if lets_through(standings[name]))
            self._shown = (wanted, self.version, names)
        return self._shown[2]

    @property
    def next_change(self) -> float:
        """Service time at which `update` has something to do even if nothing comes in."""
        while self._coming:
            moment, name = self._coming[0]
            if moment == self._changes_at.get(name, NEVER):
                return moment
            self._pop()
            self._schedule(name)
        return NEVER

    def _standing_now(self, name: str) -> Standing:
        """How a thing stands now; also notes when it will stand otherwise."""
        store = self._store
        latest_change = store.latest_change if store.asked_for(name) else None
        standing, moment = standing_of(
            store.thing(name), latest_change, self._reckoned_at, self._limits
        )
        if moment == NEVER:
            self._changes_at.pop(name, None)
        else:
            self._changes_at[name] = moment
            self._schedule(name)
        return standing

    def _follow_watched(self) -> None:
        """Take in which things the store has now; rare, so that all are put in order again."""
        names = self._store.thing_names
        self._position = {name: position for position, name in enumerate(names)}
        for name in self._standings.keys() - self._position.keys():
            self.totals.remove(self._standings.pop(name))
            self._changes_at.pop(name, None)
        for name in self._position.keys() - self._standings.keys():
            self._take(self._standing_now(name))
        self._order = None
        self._sort()
        self.version += 1

    def _schedule(self, name: str) -> None:
        """Have a thing looked at when it changes; what comes up too early is put off then."""
        moment = self._changes_at.get(name, NEVER)
        if moment < self._earliest.get(name, NEVER):
            self._earliest[name] = moment
            heappush(self._coming, (moment, name))

    def _pop(self) -> str:
        moment, name = heappop(self._coming)
        if self._earliest.get(name) == moment:
            del self._earliest[name]
        return name

    def _take(self, standing: Standing) -> bool:
        """Count a standing in the place of the one before; tells whether they differ."""
        before = self._standings.get(standing.thing_name)
        if before == standing:
            return False
        if before is not None:
            self.totals.remove(before)
            self.urgent_version += standing.need.urgent and standing.need != before.need
        self.totals.add(standing)
        self._standings[standing.thing_name] = standing
        return True

    def _move(self, before: list[Standing]) -> None:
        """Put those that stood so before where they belong now."""
        after = [self._standings[each.thing_name] for each in before]
        places = zip(map(self._place, before), map(self._place, after), strict=True)
        moved = [(old, new) for old, new in places if old != new]
        if not moved:
            return
        self._order = None
        if len(moved) * MANY > len(self._places):
            self._sort()
            return
        for old, new in moved:
            del self._places[bisect_left(self._places, old)]
            insort(self._places, new)

    def _sort(self) -> None:
        self._places = sorted(self._place(each) for each in self._standings.values())

    def _place(self, standing: Standing) -> _Place:
        name = standing.thing_name
        return (standing.need, standing.since, self._position[name], name)

    def _note(self, thing_name: str | None) -> None:
        # None tells of the clock or the journal: what comes due is looked at with each update
        if thing_name is not None:
            self._dirty.add(thing_name)
            self._others_watched |= self._store.watches(thing_name) != (
                thing_name in self._standings
            )
