"""A budget in bytes for what the program asks by itself, where the line is thin.

A GetPendingJobExecutions with nothing in its answer takes 0.7 kB over a connection that was kept;
ten executions take 1.3 kB more, the session token of a role 0.9 kB, a new connection 6.5 kB
(`tests/benchmarks wire`). The budget is a sixteenth of what an uplink of 64 kbit/s can do: enough
to ask four things with some executions each every 15 s, and 43 MB a day.
"""

from collections import deque

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.traffic import Traffic

BYTES_PER_MINUTE = 30_000
"""Bytes of both directions together that are spent by itself, on average."""

KEPT_SECONDS = 30.0
"""So much of the budget can be saved up, for the first look at what comes on screen."""

DEBT_AT_MOST_SECONDS = 60.0
"""How long what the user asked for holds up what is asked by itself, however much it was."""

GRAIN_SECONDS = 0.0005
"""Nobody waits for less."""

CALL = 2_000
"""Bytes that a call is taken for before there was one."""

CALL_AT_MOST = 10_000
"""Bytes beyond which it was not a call alone: a document was read meanwhile, or a change sent."""

LATEST_CALL_WEIGHT = 0.125

WINDOW_SECONDS = 60.0
"""Over how long the kilobytes per minute on the screen are reckoned."""

TOLD_ANEW_SECONDS = 10.0
"""How seldom that figure changes: each time it does, the terminal's line carries it, too."""


class ByteBudget:
    """Fills evenly; what goes over the wire empties it, whoever asked for it."""

    def __init__(
        self, traffic: Traffic, clock: Clock, bytes_per_minute: float = BYTES_PER_MINUTE
    ) -> None:
        self._traffic = traffic
        self._clock = clock
        self.limit = bytes_per_minute
        """Bytes per minute."""
        self._rate = bytes_per_minute / 60
        self._left = self._rate * KEPT_SECONDS
        self._seen_at, self._seen = clock.monotonic(), traffic.total
        self._call = float(CALL)
        self._samples = deque([(self._seen_at, self._seen)])
        self._told: int | None = None

    @property
    def free_in(self) -> float:
        """Seconds until something may be asked that nobody asked for; 0 when it may at once."""
        self._settle()
        wait = -self._left / self._rate
        return wait if wait > GRAIN_SECONDS else 0.0

    @property
    def calls_per_second(self) -> float:
        """How many calls it is good for, as much as calls have taken lately."""
        return self._rate / self._call

    @property
    def total(self) -> int:
        """Bytes that have gone over the wire, to be compared with later."""
        return self._traffic.total

    def called(self, total_before: int) -> None:
        """Learn from a call that has ended what calls take."""
        taken = min(self._traffic.total - total_before, CALL_AT_MOST)
        self._call += LATEST_CALL_WEIGHT * (taken - self._call)

    @property
    def kilobytes(self) -> tuple[int | None, int]:
        """Kilobytes over the last minute, rounded, and how many it may be on average.

        None before there was a minute: it would grow, and be told anew, with each look. Each
        figure stands for ten seconds at least.
        """
        return self._kilobytes_per_minute(), round(self.limit / 1000)

    def _kilobytes_per_minute(self) -> int | None:
        now = self._clock.monotonic()
        if now - self._samples[-1][0] < TOLD_ANEW_SECONDS:
            return self._told
        self._samples.append((now, self._traffic.total))
        while len(self._samples) > 2 and now - self._samples[1][0] >= WINDOW_SECONDS:
            self._samples.popleft()
        since, before = self._samples[0]
        minutes = (now - since) / WINDOW_SECONDS
        if minutes < 1:
            return self._told
        self._told = rounded((self._traffic.total - before) / minutes / 1000)
        return self._told

    def _settle(self) -> None:
        """Take in what time has brought and the wire has taken."""
        now, total = self._clock.monotonic(), self._traffic.total
        self._left += (now - self._seen_at) * self._rate - (total - self._seen)
        self._left = max(-self._rate * DEBT_AT_MOST_SECONDS, self._left)
        self._left = min(self._rate * KEPT_SECONDS, self._left)
        self._seen_at, self._seen = now, total


def rounded(kilobytes: float) -> int:
    """A figure that changes seldom: by ones below 10, by fives below 100, by tens beyond."""
    step = 1 if kilobytes < 9.5 else 5 if kilobytes < 97.5 else 10
    return step * round(kilobytes / step)
