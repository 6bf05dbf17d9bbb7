"""A clock that stands still until it is told to move, for tests of timers that do not wait."""

import asyncio


class ManualClock:
    """Shows the moment that it was set to. May be moved from any thread."""

    def __init__(self, now: float) -> None:
        """Begin at a moment, in seconds since the epoch."""
        self._now = now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._now

    def monotonic(self) -> float:
        """The same: it is only ever moved forward."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Sleep on the running event loop, in real time: nobody moves this clock meanwhile."""
        await asyncio.sleep(seconds)
