"""One budget in calls per second for everything that the program asks by itself."""

from collections import deque

from jobs_tui.domain.clock import Clock

WINDOW_SECONDS = 10.0
"""Over how long the calls per second on the screen are reckoned."""

RECOVERY = 1.05
"""Each good answer after throttling raises the rate by this factor, up to the one asked for."""

SLOWEST = 0.2
"""Calls per second below which throttling does not push the rate."""


class CallBudget:
    """Spaces calls evenly; throttling halves the rate, good answers bring it back slowly."""

    def __init__(self, calls_per_second: float, clock: Clock) -> None:
        self._clock = clock
        self.limit = calls_per_second
        """Calls per second asked for."""
        self.rate = calls_per_second
        """Calls per second in force now."""
        self._free_at = clock.monotonic()
        self._calls: deque[float] = deque()

    async def take(self) -> None:
        """Wait for this caller's turn and count the call."""
        now = self._clock.monotonic()
        turn = max(now, self._free_at)
        self._free_at = turn + 1 / self.rate
        if turn > now:
            await self._clock.sleep(turn - now)
        self.count()

    def count(self) -> None:
        """Count a call that did not wait: one that the user asked for."""
        self._calls.append(self._clock.monotonic())
        self._forget()

    def throttled(self) -> None:
        """The service answered 429."""
        self.rate = max(SLOWEST, self.rate / 2)

    def answered(self) -> None:
        """The service answered, and not with 429."""
        self.rate = min(self.limit, self.rate * RECOVERY)

    @property
    def calls_per_second(self) -> float:
        """Calls per second over the last window."""
        self._forget()
        return len(self._calls) / WINDOW_SECONDS

    def _forget(self) -> None:
        horizon = self._clock.monotonic() - WINDOW_SECONDS
        while self._calls and self._calls[0] < horizon:
            self._calls.popleft()
