"""What the palette finds beside commands: things, and the executions that are listed.

There may be 10,000 things with ten executions each, and every letter begins a new search: so only
the beginning of what matches is kept, and the loop has its turn in between.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import NamedTuple

from jobs_tui.domain.alike import is_alike
from jobs_tui.engine.store import Store
from jobs_tui.engine.thing_state import ThingState
from jobs_tui.ui.widgets.trail import Spot

HITS = 20
"""Things, and executions, that are found at most."""

CHUNK = 500
"""Things that are looked at before the loop has its turn."""

EXACT, BEGINNING, PART, ALIKE = range(4)
"""How well a name matches, the best first."""

Match = Callable[[str], int | None]


class Find(NamedTuple):
    """Something that one can go to."""

    name: str
    spot: Spot
    words: str
    """What it is."""


class _Best:
    """The first hits of each rank, in the order in which they come."""

    def __init__(self) -> None:
        self._of: tuple[list[Find], ...] = ([], [], [])

    def full(self, rank: int) -> bool:
        """Whether another one of this rank would not be kept."""
        return len(self._of[rank]) >= HITS

    def add(self, rank: int, find: Find) -> None:
        self._of[rank].append(find)

    def __iter__(self) -> Iterator[tuple[int, Find]]:
        ranked = ((rank, find) for rank, finds in enumerate(self._of) for find in finds)
        return (each for each, _ in zip(ranked, range(HITS), strict=False))


async def finds(store: Store, query: str) -> AsyncIterator[tuple[int, Find]]:
    """Things and executions whose names match, the best first, with how well they do.

    Names in which only the letters stand in this order are found where no other is.
    """
    asked = query.strip().lower()
    if not asked:
        return
    found = False
    async for each in _finds(store, lambda name: _rank(asked, name)):
        found = True
        yield each
    if not found:
        async for _, find in _finds(store, lambda name: PART if is_alike(asked, name) else None):
            yield ALIKE, find


async def _finds(store: Store, match: Match) -> AsyncIterator[tuple[int, Find]]:
    things, jobs = _Best(), _Best()
    for index, name in enumerate(store.thing_names):
        if index % CHUNK == CHUNK - 1:
            await asyncio.sleep(0)
        rank = match(name.lower())
        if rank is not None and not things.full(rank):
            things.add(rank, Find(name, Spot(name), "go to this thing"))
        if store.watches(name):
            _add_jobs(store.thing(name), match, jobs)
    for best in (things, jobs):
        for each in best:
            yield each


def _add_jobs(state: ThingState, match: Match, jobs: _Best) -> None:
    for summary in state.pending or ():
        rank = match(summary.job_id.lower())
        if rank is None or jobs.full(rank):
            continue
        name = f"{summary.job_id} at {state.thing_name}"
        spot = Spot(state.thing_name, state.key_of(summary))
        jobs.add(rank, Find(name, spot, f"go to this row: {summary.status}"))


def _rank(asked: str, name: str) -> int | None:
    if asked not in name:
        return None
    if not name.startswith(asked):
        return PART
    return EXACT if name == asked else BEGINNING
