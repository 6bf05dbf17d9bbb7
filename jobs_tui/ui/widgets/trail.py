"""Where one was: the places that a jump has led away from, and those that one came back from."""

from typing import NamedTuple

from jobs_tui.domain.execution import ExecutionKey

KEPT = 50
"""Places in either direction."""


class Spot(NamedTuple):
    """A row of a panel, or only the panel."""

    thing_name: str
    key: ExecutionKey | None = None


class Trail:
    """Back and forward, as in a browser: another jump cuts off what lay ahead. Pure."""

    def __init__(self) -> None:
        """Nowhere yet."""
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []

    @property
    def behind(self) -> bool:
        """Whether one can go back."""
        return bool(self._behind)

    @property
    def ahead(self) -> bool:
        """Whether one can go forward."""
        return bool(self._ahead)

    def jump(self, here: Spot) -> None:
        """Keep where one is: one is about to leave it."""
        if not self._behind or self._behind[-1] != here:
            self._behind.append(here)
            del self._behind[:-KEPT]
        self._ahead.clear()

    def back(self, here: Spot) -> Spot | None:
        """The place before this one; None where there is none."""
        return self._step(self._behind, self._ahead, here)

    def forward(self, here: Spot) -> Spot | None:
        """The place that one came back from; None where there is none."""
        return self._step(self._ahead, self._behind, here)

    def forget(self, thing_name: str) -> None:
        """Drop what lies in the panel of a thing that is there no more."""
        self._behind = [spot for spot in self._behind if spot.thing_name != thing_name]
        self._ahead = [spot for spot in self._ahead if spot.thing_name != thing_name]

    @staticmethod
    def _step(source: list[Spot], target: list[Spot], here: Spot) -> Spot | None:
        while source:
            spot = source.pop()
            if spot != here:
                target.append(here)
                del target[:-KEPT]
                return spot
        return None
