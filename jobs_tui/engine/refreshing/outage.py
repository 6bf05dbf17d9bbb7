"""Tells an endpoint that is away from a thing that fails, and when the endpoint is tried again."""

from jobs_tui.engine.refreshing.turn_queue import Turn

ENOUGH = 3
"""So many things that cannot be reached, one after the other, mean that the endpoint is away."""


class Outage:
    """While the endpoint is away one call at a time tries it; times in monotonic seconds.

    Things that could not be reached before already are no news: where three of four cannot be, the
    endpoint is there for the fourth.
    """

    def __init__(self, things: int) -> None:
        self._enough = min(ENOUGH, things)
        self._unreached: dict[Turn, None] = {}
        self._news = False
        self._tried_with: Turn | None = None
        self._at_once = False
        self._next_try = 0.0
        self.held = False
        """Whether the endpoint is away, so that everything but a try is held back."""
        self.tries = 0
        """How many tries in a row have failed, what told the outage included."""

    def count(self, things: int) -> None:
        """Take in how many things there are now."""
        self._enough = min(ENOUGH, things)

    @property
    def trying(self) -> bool:
        """Whether the endpoint is being tried at this moment."""
        return self._tried_with is not None

    @property
    def next_try(self) -> float:
        """When the endpoint is tried again; infinite while it is being tried."""
        return float("inf") if self.trying else self._next_try

    def begin_try(self, turn: Turn) -> None:
        """Hold back other tries until this thing's call has ended."""
        self._tried_with, self._at_once = turn, False

    def try_at_once(self, now: float) -> None:
        """Do not wait any longer; if it is being tried already, once more after that has failed."""
        if self.held:
            self._next_try, self._at_once = now, True

    def ended(self, turn: Turn) -> bool:
        """Take in that a thing's call has ended; returns whether it was the try."""
        tried = turn is self._tried_with
        if tried:
            self._tried_with = None
        return tried

    def reached(self) -> tuple[Turn, ...]:
        """Take in that the endpoint has answered, whatever it said.

        If it was away, returns what could not be reached meanwhile.
        """
        if not self._unreached:
            return ()
        unreached = tuple(self._unreached) if self.held else ()
        self._unreached.clear()
        self._news = self.held = False
        self.tries = 0
        return unreached

    def not_reached(self, turn: Turn, *, tried: bool) -> bool:
        """Take in that a thing could not be reached; returns whether to wait before the next try.

        `tried` is what `ended` has told.
        """
        self._unreached[turn] = None
        self._news = self._news or not turn.failures
        if self.held:
            self.tries += tried
            return tried
        if len(self._unreached) < self._enough or not self._news:
            return False
        self.held = True
        self.tries = 1
        return True

    def wait(self, now: float, seconds: float) -> None:
        """Try again after so many seconds, or at once if that was asked for during the last try."""
        self._next_try = now if self._at_once else now + seconds
        self._at_once = False
