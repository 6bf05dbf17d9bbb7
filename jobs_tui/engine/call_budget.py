"""One budget in calls per second for everything that the program asks by itself."""

from collections import deque

from jobs_tui.domain.clock import Clock

WINDOW_SECONDS = 10.0
"""Over how long the calls per second on the screen are reckoned."""

RECOVERY_SECONDS = 30.0
"""How long good answers take to bring the rate from half of the limit back to all of it."""

ANSWER_VOUCHES_SECONDS = 10.0
"""For how long before it a good answer says that the service was content with the rate."""

SLOWEST = 0.2
"""Calls per second below which throttling does not push the rate, unless the limit is lower."""

GRAIN_SECONDS = 0.0005
"""Nobody sleeps for less: it would take longer than that to fall asleep and wake."""

LATE_AT_MOST_SECONDS = 0.05
"""A caller who woke so late for its slot does not move the slots after it."""

DEBT_AT_MOST_SECONDS = 1.0
"""How far calls that did not wait push back those that do."""


class CallBudget:
    """Spaces calls evenly; throttling halves the rate, time with good answers brings it back."""

    def __init__(self, calls_per_second: float, clock: Clock) -> None:
        self._clock = clock
        self.limit = calls_per_second
        """Calls per second asked for."""
        self.rate = calls_per_second
        """Calls per second in force now."""
        self._free_at = clock.monotonic()
        self._waited_for = self._free_at
        self._halved_at = float("-inf")
        self._good_until = self._free_at
        self._calls: deque[float] = deque()

    @property
    def free_in(self) -> float:
        """Seconds until the next call may go out; 0 when it may at once."""
        wait = self._free_at - self._clock.monotonic()
        return wait if wait > GRAIN_SECONDS else 0.0

    async def wait(self) -> None:
        """Return when a call may go out; somebody else may have spent the slot by then."""
        wait = self.free_in
        if wait:
            self._waited_for = self._free_at
            await self._clock.sleep(wait)

    def spend(self) -> float:
        """Count a call that goes out now, in its slot; returns when that is, for `throttled`."""
        now = self._clock.monotonic()
        # who slept wakes a little late: counted from the slot, lateness does not add up
        awaited = self._waited_for == self._free_at and now - self._free_at < LATE_AT_MOST_SECONDS
        slot = self._free_at if awaited else max(now, self._free_at)
        self._free_at = slot + 1 / self.rate
        self._record(now)
        return now

    async def take(self) -> float:
        """Wait for this caller's turn and count the call; returns when it goes out."""
        while self.free_in:
            await self.wait()
        return self.spend()

    def count(self) -> float:
        """Count a call that did not wait: one that the user asked for. Returns when it goes out.

        Those that wait make up for it, within a second.
        """
        now = self._clock.monotonic()
        pushed = max(now, self._free_at) + 1 / self.rate
        self._free_at = max(self._free_at, min(pushed, now + DEBT_AT_MOST_SECONDS))
        self._record(now)
        return now

    @property
    def spare_in(self) -> float:
        """Seconds until a slot has gone by that nobody used; 0 when one has."""
        wait = self._free_at + 1 / self.rate - self._clock.monotonic()
        return wait if wait > GRAIN_SECONDS else 0.0

    def spend_spare(self) -> float:
        """Count a call in a slot that has gone by, so that nobody ever waits for it.

        Returns when it goes out.
        """
        self._free_at += 1 / self.rate
        now = self._clock.monotonic()
        self._record(now)
        return now

    def throttled(self, sent_at: float | None = None) -> None:
        """The service answered 429 to a call that went out then, as `spend` or `count` told.

        Calls that were under way when the rate was halved say nothing about the half.
        """
        if sent_at is not None and sent_at <= self._halved_at:
            return
        self._halved_at = self._good_until = self._clock.monotonic()
        self.rate = max(min(SLOWEST, self.limit), self.rate / 2)
        self._log_rate()
        self._free_at = max(self._free_at, self._halved_at + 1 / self.rate)

    def answered(self, sent_at: float | None = None) -> None:
        """The service answered, and not with 429, a call that went out then."""
        if self.rate >= self.limit or (sent_at is not None and sent_at <= self._halved_at):
            return
        now = self._clock.monotonic()
        good = min(now - self._good_until, ANSWER_VOUCHES_SECONDS)
        self._good_until = now
        self.rate = min(self.limit, self.rate + self.limit / 2 * good / RECOVERY_SECONDS)
        if self.rate >= self.limit:
            self._log_rate()

    @property
    def calls_per_second(self) -> float:
        """Calls per second over the last window."""
        self._forget(self._clock.monotonic())
        return len(self._calls) / WINDOW_SECONDS

    def _log_rate(self) -> None:
        from jobs_tui.domain.logged import decided  # noqa: PLC0415 - seldom

        decided("rate", now=f"{self.rate:.3g}/s", limit=f"{self.limit:.3g}/s")

    def _record(self, now: float) -> None:
        self._calls.append(now)
        self._forget(now)

    def _forget(self, now: float) -> None:
        while self._calls and self._calls[0] < now - WINDOW_SECONDS:
            self._calls.popleft()
