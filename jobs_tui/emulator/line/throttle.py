"""How many requests a second the data plane takes, reads and writes counted apart.

The service has one quota for GetPendingJobExecutions and DescribeJobExecution, and one for
StartNextPendingJobExecution and UpdateJobExecution (developer guide, "AWS IoT Jobs quotas").
"""

from dataclasses import dataclass
from typing import Self

from jobs_tui.domain.clock import Clock
from jobs_tui.emulator.rules.service_error import throttled
from jobs_tui.emulator.wire.data_plane import READS, WRITES


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests per second."""

    reads: float
    writes: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read READS/WRITES, as 100/20; raises ValueError with what is wrong."""
        parts = text.split("/")
        try:
            rates = [float(part) for part in parts]
        except ValueError:
            rates = []
        if len(rates) != 2 or not all(0 < rate < 1e9 for rate in rates):
            raise ValueError(f"'{text}' is not READS/WRITES, two numbers above 0 such as 100/20")
        return cls(*rates)


class Throttle:
    """Lets through what the rates allow; a second's worth may come at once."""

    def __init__(self, rates: Rates, clock: Clock) -> None:
        self._clock = clock
        self._buckets = {
            **dict.fromkeys(READS, _Bucket(rates.reads, clock.monotonic())),
            **dict.fromkeys(WRITES, _Bucket(rates.writes, clock.monotonic())),
        }

    def check(self, operation: str) -> None:
        """Count a request of the data plane; raises ServiceError (429) if it is one too many."""
        if not self._buckets[operation].take(self._clock.monotonic()):
            raise throttled()


class _Bucket:
    """Fills at a rate, up to one second's worth, one request at least."""

    def __init__(self, rate: float, now: float) -> None:
        self._rate = rate
        self._room = max(1.0, rate)
        self._left = self._room
        self._at = now

    def take(self, now: float) -> bool:
        self._left = min(self._room, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
