"""Time as it passes in a soak: so many times as fast, and at its end with a date that stands."""

import asyncio
import time

BEGIN = 1_800_000_000.0


class FastClock:
    """Runs `factor` times as fast as the machine's, from the same date in every run."""

    def __init__(self, factor: float) -> None:
        self.factor = factor
        self._began = time.monotonic()
        self._held: float | None = None

    @property
    def passed(self) -> float:
        """Seconds of this clock since the beginning."""
        return (time.monotonic() - self._began) * self.factor

    def hold_date(self) -> None:
        """Let the date stand still from now on, so that ages do; what is measured goes on."""
        self._held = BEGIN + self.passed

    def now(self) -> float:
        return self._held or BEGIN + self.passed

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.factor)
