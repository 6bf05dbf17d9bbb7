"""All things, kept in order while they change: what changed is reckoned once, when it is wanted."""

from bisect import bisect_left, insort
from heapq import heappop, heappush

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.engine.fleet.standing import NEVER, Need, Standing, standing_of
from jobs_tui.engine.fleet.totals import Totals
from jobs_tui.engine.store import Store

_Place = tuple[int, float, int]
"""What things are sorted by: the need, since when, and the order in which they were given."""


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
        self._standings: dict[str, Standing] = {}
        self._position: dict[str, int] = {}
        self._names: list[str] = []
        self._places: list[_Place] = []
        self._changing: list[tuple[float, str]] = []
        self._dirty: set[str] = set()
        self._begin()
        store.subscribe(self._note)

    def __len__(self) -> int:
        return len(self._standings)

    def standing(self, thing_name: str) -> Standing:
        """How a thing stood at the latest update; raises KeyError for one that is not watched."""
        return self._standings[thing_name]

    def update(self) -> frozenset[str]:
        """Reckon what changed, or came due, since the latest update; tells which things did."""
        now = self._store.service_now()
        while self._changing and self._changing[0][0] <= now:
            self._dirty.add(heappop(self._changing)[1])
        dirty, self._dirty = self._dirty, set()
        changed = frozenset(name for name in dirty if self._reckon(name, now))
        self.version += bool(changed)
        return changed

    def shown(self, wanted: FleetFilter) -> tuple[str, ...]:
        """The things that a filter lets through, in order."""
        names = (self._names[place[2]] for place in self._places)
        if wanted.empty:
            return tuple(names)
        return tuple(name for name in names if wanted.lets_through(self._standings[name]))

    @property
    def next_change(self) -> float:
        """Service time at which `update` has something to do even if nothing comes in."""
        return self._changing[0][0] if self._changing else NEVER

    def _begin(self) -> None:
        now = self._store.service_now()
        for position, state in enumerate(self._store.things):
            standing = standing_of(state, self._store.latest_change, now, self._limits)
            self._position[state.thing_name] = position
            self._names.append(state.thing_name)
            self._take(standing)
            self._places.append(self._place(standing))
        self._places.sort()

    def _reckon(self, name: str, now: float) -> bool:
        before = self._standings[name]
        state = self._store.thing(name)
        standing = standing_of(state, self._store.latest_change, now, self._limits)
        if standing == before:
            return False
        self.totals.remove(before)
        self._take(standing)
        old, new = self._place(before), self._place(standing)
        if old != new:
            del self._places[bisect_left(self._places, old)]
            insort(self._places, new)
        return True

    def _take(self, standing: Standing) -> None:
        before = self._standings.get(standing.thing_name)
        self._standings[standing.thing_name] = standing
        self.totals.add(standing)
        due = standing.changes_at
        if due != NEVER and (before is None or before.changes_at != due):
            heappush(self._changing, (due, standing.thing_name))

    def _place(self, standing: Standing) -> _Place:
        since = standing.oldest
        if standing.need in (Need.OVERDUE, Need.STUCK):
            since = standing.longest_silence
        return (standing.need, since or 0.0, self._position[standing.thing_name])

    def _note(self, thing_name: str | None) -> None:
        if thing_name is None:
            # the service's clock: what is due is reckoned with the next update anyway
            return
        if thing_name in self._standings:
            self._dirty.add(thing_name)
