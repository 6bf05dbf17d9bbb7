"""A sleep by the clock that somebody else can end; one task at most, and none without a moment."""

import asyncio

from jobs_tui.domain.clock import Clock


class WakeableSleep:
    """Slept in by one at a time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._woken: asyncio.Future[None] | None = None
        self._until = float("-inf")

    async def sleep_until(self, moment: float) -> None:
        """Return at this moment, in monotonic seconds, or when woken; infinite is until woken."""
        self._until = moment
        self._woken = woken = asyncio.get_running_loop().create_future()
        nap = None
        if moment != float("inf"):
            seconds = max(0.0, moment - self._clock.monotonic())
            nap = asyncio.ensure_future(self._clock.sleep(seconds))
            nap.add_done_callback(lambda _: _end(woken))
        try:
            await woken
        finally:
            self._until, self._woken = float("-inf"), None
            if nap is not None:
                nap.cancel()

    def wake(self) -> None:
        """End the sleep, if there is one."""
        if self._woken is not None:
            _end(self._woken)

    def wake_for(self, moment: float) -> None:
        """End the sleep if it would last longer than to this moment."""
        if moment < self._until:
            self.wake()


def _end(sleep: "asyncio.Future[None]") -> None:
    if not sleep.done():
        sleep.set_result(None)
