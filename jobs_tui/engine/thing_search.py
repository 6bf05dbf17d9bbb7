"""Looking for things, page by page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.thing_selection import ThingSelection


@dataclass(frozen=True, slots=True)
class Progress:
    """How a search stands."""

    selection: ThingSelection
    names: tuple[str, ...] = ()
    looked_at: int = 0
    finished: bool = False
    failure: Failure | None = None
    capped: bool = False


class ThingSearch(Protocol):
    """One search."""

    async def run(self, listener: Callable[[Progress], None]) -> None:
        """Look, telling the listener after each page."""
        ...
