"""What all things come to."""

from collections import Counter
from dataclasses import dataclass, field

from jobs_tui.engine.fleet.standing import Need, Standing


@dataclass(slots=True)
class Totals:
    """Sums over the things, kept up to date one thing at a time."""

    things: int = 0
    in_progress: int = 0
    """Job executions."""
    queued: int = 0
    """Job executions."""
    capped: int = 0
    """Things of which the service lists as many as it ever does: there may be more queued."""
    stuck: int = 0
    """Job executions, the overdue ones among them."""
    overdue: int = 0
    """Job executions."""
    conflicts: int = 0
    """Job executions."""
    errors: int = 0
    """Things of which the latest round failed."""
    by_need: Counter[Need] = field(default_factory=Counter)
    """How many things are shown for what."""

    def add(self, standing: Standing) -> None:
        """Count a thing in."""
        self._count(standing, 1)

    def remove(self, standing: Standing) -> None:
        """Count a thing out."""
        self._count(standing, -1)

    def _count(self, standing: Standing, by: int) -> None:
        self.things += by
        self.in_progress += by * standing.in_progress
        self.queued += by * standing.queued
        self.capped += by * standing.capped
        self.stuck += by * standing.stuck
        self.overdue += by * standing.overdue
        self.conflicts += by * standing.conflicts
        self.errors += by * (standing.failure is not None)
        self.by_need[standing.need] += by
