"""A clock that runs faster or slower than the one it wraps, for hours of timers in minutes."""

from jobs_tui.domain.clock import Clock


class ScaledClock:
    """Begins at a moment and then runs `factor` times as fast."""

    def __init__(self, clock: Clock, factor: float = 1.0, begin: float | None = None) -> None:
        """Make a clock.

        Args:
            clock: the one to follow.
            factor: its seconds are this many of ours.
            begin: what to show first, in seconds since the epoch; None for what the other shows.
        """
        self._clock = clock
        self._factor = factor
        self._begin = clock.now() if begin is None else begin
        self._began = clock.monotonic()

    def now(self) -> float:
        """Seconds since the epoch, on this clock."""
        return self._begin + (self._clock.monotonic() - self._began) * self._factor

    def monotonic(self) -> float:
        """Seconds of this clock that only ever grow."""
        return self._clock.monotonic() * self._factor

    async def sleep(self, seconds: float) -> None:
        """Sleep for so many seconds of this clock."""
        await self._clock.sleep(seconds / self._factor)
