"""A clock for replaying what happened before the emulator started."""

from jobs_tui.domain.clock import Clock


class ReplayClock:
    """Shows a moment of the past, and with `catch_up` the time of the clock that it wraps.

    An account on such a clock can be given a history: put the clock back, do what was done then,
    put it back less far, and so on. The moments may be visited thing by thing, since no thing's
    executions depend on another's.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._behind = 0.0

    def go_back(self, minutes: float) -> None:
        """Run this far behind from now on."""
        self._behind = minutes * 60

    def catch_up(self) -> None:
        """Run with the wrapped clock from now on."""
        self._behind = 0.0

    def now(self) -> float:
        """Seconds since the epoch, less what it is behind."""
        return self._clock.now() - self._behind

    def monotonic(self) -> float:
        """The wrapped clock's."""
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Sleep on the wrapped clock."""
        await self._clock.sleep(seconds)
