"""Reads when executions in progress time out that nobody looks at, by calls that nobody else needs.

A list does not tell a deadline, DescribeJobExecution does: it is asked once for each version of an
execution, without the job document, and only the deadline is kept.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Done, NotAllowed, NotConfirmed, Throttled, Unreachable
from jobs_tui.domain.requests import DescribeJobExecution
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.refresher import Refresher
from jobs_tui.engine.refreshing.cadence import wait_after
from jobs_tui.engine.refreshing.wakeable_sleep import WakeableSleep
from jobs_tui.engine.store import Store
from jobs_tui.engine.thing_state import ReadDeadline

if TYPE_CHECKING:
    from collections.abc import Callable

    from jobs_tui.domain.description import JobExecution
    from jobs_tui.domain.execution import JobExecutionSummary
    from jobs_tui.domain.outcome import Outcome
    from jobs_tui.service.data_plane import JobsDataPlane

SHARE = 0.1
"""The part of the budget that this takes at most, however much of it is spare.

At 10 calls a second that is 300 executions in five minutes, and so long before a deadline is it
told; agents that report every few seconds, each time as a new version, cannot make it take more.
"""

PATIENCE_CALLS = 50
"""After so many calls of others without a spare one, one is taken that was not spare.

A thousand things want more calls than there are, for as long as the program runs, and then none is
ever spare. It makes a round longer by a fiftieth until all deadlines are read, a fifth of the
jitter of a single turn, and never the first round.
"""

LOOK_FOR_SPARE_SECONDS = 0.25
"""Seconds between two looks for a spare call at least; else a fourth of those between calls."""

LOOK_AGAIN_SECONDS = 5.0
"""Seconds between two looks whether anything may be asked again, while something waits for it."""


class DeadlineReader:
    """One call at a time; none while bytes are spared, or all is paused, throttled or away."""

    def __init__(
        self,
        store: Store,
        refresher: Refresher,
        budget: CallBudget,
        clock: Clock,
        randomness: random.Random,
        is_thin: Callable[[], bool],
    ) -> None:
        """Follow the store from `run` on; `is_thin` tells whether bytes are spared."""
        self._store = store
        self._refresher = refresher
        self._budget = budget
        self._clock = clock
        self._random = randomness
        self._is_thin = is_thin
        self._waiting: dict[str, None] = {}
        """Things that have, or had, something to read; the one that waits for longest is first."""
        self._rests_until = float("-inf")
        self._looked_since: float | None = None
        """Since when a spare call is looked for, in monotonic seconds."""
        self._failures = 0
        """How many calls in a row brought nothing that a next one would not lack as well."""
        self.refused: NotAllowed | None = None
        """The latest answer, if that was that this identity may not read."""
        self._sleep = WakeableSleep(clock)

    async def run(self, data_plane: JobsDataPlane) -> None:
        """Read for ever."""
        self._store.subscribe(self._heard)
        try:
            for name in self._store.thing_names:
                self._heard(name)
            while True:
                await self._sleep.sleep_until(self._next_moment())
                row = self._take()
                if row is not None:
                    await self._read(data_plane, *row)
        finally:
            self._store.unsubscribe(self._heard)

    def _heard(self, thing_name: str | None) -> None:
        if thing_name is None or thing_name in self._waiting:
            return
        if self._store.watches(thing_name) and any(self._store.thing(thing_name).unread):
            self._waiting[thing_name] = None
            self._sleep.wake()

    def _next_moment(self) -> float:
        if not self._waiting:
            return math.inf
        now = self._clock.monotonic()
        if self._is_held():
            return now + LOOK_AGAIN_SECONDS
        return max(self._rests_until, now)

    def _is_held(self) -> bool:
        refresher, budget = self._refresher, self._budget
        throttled = budget.rate < budget.limit
        return refresher.paused or refresher.away or throttled or self._is_thin()

    def _take(self) -> tuple[str, JobExecutionSummary] | None:
        """The row to read now; None where there is none, or no call is spare for it."""
        now = self._clock.monotonic()
        if now < self._rests_until or self._is_held():
            return None
        if self._budget.spare_in and not self._is_owed_one(now):
            self._rests_until = now + max(LOOK_FOR_SPARE_SECONDS, self._gap / 4)
            return None
        self._rests_until = now + self._gap
        for name in tuple(self._waiting):
            if not self._store.watches(name):
                del self._waiting[name]
            elif name not in self._refresher.paused_things:
                del self._waiting[name]
                row = next(self._store.thing(name).unread, None)
                if row is not None:
                    return name, row
        if self._waiting:
            self._rests_until = now + LOOK_AGAIN_SECONDS
        return None

    def _is_owed_one(self, now: float) -> bool:
        """Whether no call was spare for so long that one is taken all the same."""
        if self._refresher.first_round is not None:
            self._looked_since = None
            return False
        if self._looked_since is None:
            self._looked_since = now
        return now - self._looked_since >= PATIENCE_CALLS / self._budget.limit

    @property
    def _gap(self) -> float:
        """Seconds from one call to the next."""
        return 1 / (SHARE * self._budget.limit)

    async def _read(
        self, data_plane: JobsDataPlane, thing_name: str, row: JobExecutionSummary
    ) -> None:
        request = DescribeJobExecution(thing_name, row.job_id, row.execution_number)
        self._looked_since = None
        spare = not self._budget.spare_in
        sent_at = self._budget.spend_spare() if spare else self._budget.count()
        outcome = await data_plane.describe_job_execution(request)
        self._take_in(thing_name, row, outcome, sent_at)
        if self._failures:
            pause = wait_after(max(1.0, self._gap), self._failures, self._random.random())
            self._rests_until = self._clock.monotonic() + pause

    def _take_in(
        self,
        thing_name: str,
        row: JobExecutionSummary,
        outcome: Outcome[JobExecution | None],
        sent_at: float,
    ) -> None:
        if isinstance(outcome, Throttled | Unreachable | NotConfirmed):
            if isinstance(outcome, Throttled):
                self._budget.throttled(sent_at)
            self._failures += 1
            self._waiting[thing_name] = None
            return
        self._refresher.endpoint_answered()
        self._budget.answered(sent_at)
        self.refused = outcome if isinstance(outcome, NotAllowed) else None
        # an identity that may not read this one may not read the next one, most likely
        self._failures = self._failures + 1 if self.refused else 0
        execution = None
        if isinstance(outcome, Done):
            self._store.learn_time(outcome.service_time)
            execution = outcome.value
        read = read_deadline(row, execution, self._store.service_now())
        self._store.record_deadline(thing_name, read)


def read_deadline(
    row: JobExecutionSummary, execution: JobExecution | None, now: float
) -> ReadDeadline:
    """What is kept of an answer of service time `now` for a row; None is a refusal. Pure."""
    version, moment = row.version_number, None
    if execution is not None:
        version = max(filter(None, (version, execution.version_number)), default=None)
        seconds = execution.approximate_seconds_before_timed_out
        moment = None if seconds is None else now + seconds
    return ReadDeadline(row.job_id, row.execution_number, version, moment)
