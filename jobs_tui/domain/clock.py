"""The one clock and the one sleep, passed to whatever measures or waits."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Time as the program sees it; a test passes its own and never waits."""

    def now(self) -> float:
        """Seconds since the epoch, by this machine's own clock (which may be wrong)."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow, for measuring how long something took."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after this many seconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds since some moment in the past."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Sleep on the running event loop."""
        await asyncio.sleep(seconds)
