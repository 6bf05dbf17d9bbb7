"""When a list takes up a new order: soon where somebody is needed, else seldom. Pure.

Things change several times a second in a large fleet. A list that followed at once could not be
read; what the lines say is always of now, only their places are not.
"""

from math import inf

URGENT_SECONDS = 1.0
"""The least between two new orders, where a thing has come to need a person."""

CALM_SECONDS = 5.0
"""The least between two new orders otherwise."""

MOVING_SECONDS = 1.5
"""How long after a key the list keeps its order whatever happens."""

LEFT_ALONE_SECONDS = 10.0
"""How long after the last key whoever had the list at its top wants to see the top again."""


class CalmOrder:
    """Decides, given the monotonic seconds at which it is asked."""

    def __init__(self) -> None:
        """No order was taken up, and nobody has touched a key."""
        self._taken = (-1, -1)
        self._taken_at = -inf
        self._touched_at = -inf

    def touched(self, now: float) -> None:
        """Somebody moved the cursor, or the window."""
        self._touched_at = now

    def take(self, version: int, urgent_version: int, now: float) -> None:
        """The order of this version of the fleet was taken up."""
        self._taken, self._taken_at = (version, urgent_version), now

    def due_at(self, version: int, urgent_version: int) -> float:
        """When to take up the order of this version; infinity where it is the one in force."""
        if (version, urgent_version) == self._taken:
            return inf
        urgent = urgent_version != self._taken[1]
        rested = self._taken_at + (URGENT_SECONDS if urgent else CALM_SECONDS)
        return max(rested, self._touched_at + MOVING_SECONDS)

    @property
    def left_alone_at(self) -> float:
        """From when on nobody seems to be at the keys."""
        return self._touched_at + LEFT_ALONE_SECONDS
