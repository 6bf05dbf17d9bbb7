"""What the answer to GetPendingJobExecutions, or its failure, means to all who have to know."""

import random
from collections.abc import Callable

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.execution import PendingJobExecutions
from jobs_tui.domain.logged import decided, seconds
from jobs_tui.domain.outcome import Done, NotConfirmed, Outcome, Throttled, Unreachable
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.refreshing.cadence import wait_for_endpoint
from jobs_tui.engine.refreshing.outage import Outage
from jobs_tui.engine.refreshing.schedule import Schedule
from jobs_tui.engine.refreshing.turn_queue import AT_ONCE, Turn
from jobs_tui.engine.store import Store


class Answers:
    """Stands behind the refresher's calls."""

    def __init__(
        self,
        store: Store,
        schedule: Schedule,
        outage: Outage,
        budget: CallBudget,
        clock: Clock,
        randomness: random.Random,
        endpoint_answered: Callable[[], None],
    ) -> None:
        """`endpoint_answered` is told of whatever proves that the endpoint is there."""
        self._store = store
        self._schedule = schedule
        self._outage = outage
        self._budget = budget
        self._clock = clock
        self._random = randomness
        self._endpoint_answered = endpoint_answered

    def take_in(self, turn: Turn, outcome: Outcome[PendingJobExecutions]) -> float:
        """Put a thing back; returns when the next call may be due for it, in monotonic seconds."""
        now, sent_at = self._clock.monotonic(), turn.asked_at
        tried = self._outage.ended(turn)
        if not self._schedule.knows(turn):
            self._take_in_dropped(turn, outcome, tried=tried)
            return AT_ONCE
        if isinstance(outcome, Done):
            self._endpoint_answered()
            self._budget.answered(sent_at)
            due = self._take_in_list(turn, outcome, now)
        elif isinstance(outcome, Unreachable | NotConfirmed):
            if self._outage.not_reached(turn, tried=tried):
                tries, chance = self._outage.tries, self._random.random()
                interval = self._schedule.classes.interval
                wait = wait_for_endpoint(interval, tries, chance)
                self._outage.wait(now, wait)
                decided("outage", state="away", tries=tries, next_try=seconds(wait))
            due = self._schedule.failed(turn, now)
            self._store.record_failure(turn.thing_name, outcome)
        elif isinstance(outcome, Throttled):
            self._endpoint_answered()
            self._budget.throttled(sent_at)
            due = self._schedule.throttled(turn, now)
            self._store.record_failure(turn.thing_name, outcome)
        else:
            self._endpoint_answered()
            self._budget.answered(sent_at)
            due = self._schedule.failed(turn, now)
            self._store.record_failure(turn.thing_name, outcome)
        if not isinstance(outcome, Done) and not self._outage.held:
            name = turn.thing_name
            decided("back-off", thing_name=name, next_try=seconds(max(0.0, due - now)))
        return AT_ONCE if self._outage.held else due

    def _take_in_dropped(
        self, turn: Turn, outcome: Outcome[PendingJobExecutions], *, tried: bool
    ) -> None:
        """Of a thing that is watched no more only what its call says of the endpoint counts."""
        self._schedule.dropped(turn)
        if not isinstance(outcome, Unreachable | NotConfirmed):
            self._endpoint_answered()
        elif tried:
            # the next try is with another thing, and its turn has come already
            self._outage.wait(self._clock.monotonic(), 0.0)

    def _take_in_list(self, turn: Turn, answer: Done[PendingJobExecutions], now: float) -> float:
        before = self._store.thing(turn.thing_name).pending
        self._store.record_answer(turn.thing_name, answer)
        pending = self._store.thing(turn.thing_name).pending
        changed = pending is not before and pending != before
        return self._schedule.answered(turn, now, pending=bool(pending), changed=changed)
