"""Asks GetPendingJobExecutions for each thing, spread evenly, within the budget."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Iterable
from typing import TYPE_CHECKING

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Done, NotConfirmed, Throttled, Unreachable
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.refreshing.cadence import wait_for_endpoint
from jobs_tui.engine.refreshing.forecast import Round
from jobs_tui.engine.refreshing.outage import Outage
from jobs_tui.engine.refreshing.schedule import Schedule
from jobs_tui.engine.refreshing.turn_queue import Turn
from jobs_tui.engine.refreshing.wakeable_sleep import WakeableSleep
from jobs_tui.engine.store import Store

if TYPE_CHECKING:
    # nothing is asked before the first frame
    from jobs_tui.domain.execution import PendingJobExecutions
    from jobs_tui.domain.outcome import Outcome
    from jobs_tui.engine.refreshing.sparing import Sparing
    from jobs_tui.service.data_plane import JobsDataPlane

UNDER_WAY = 8
"""Calls under way at once at most where answers come fast: more would only wait for each other."""

UNDER_WAY_AT_MOST = 16
"""The same where the line is slow, and the budget allows more calls than 8 at once can make."""

SLOW_LINE_SECONDS = 0.05
"""Answers that take longer have spent most of that on the way."""

LATENCY_WEIGHT = 0.125
"""How much of the latency as reckoned the latest answer makes up."""


class Refresher:
    """A few workers; each asks for the thing whose turn it is when the budget has a call free.

    First comes what was asked for by name, then what is on screen, then what has changed lately,
    then the rest; within each, what is due for longest. No class gets more than three calls in a
    row while a lower one has something due. While the endpoint is away, only one call tries it.
    Where bytes are spared, only what the user wants does not wait for them.
    """

    def __init__(
        self,
        store: Store,
        budget: CallBudget,
        clock: Clock,
        randomness: random.Random,
        interval: float,
    ) -> None:
        self._store = store
        self._budget = budget
        self._clock = clock
        self._random = randomness
        names = [state.thing_name for state in store.things]
        self._schedule = Schedule(names, interval, randomness)
        self._outage = Outage(len(names))
        self._sparing: Sparing | None = None
        self._latency = 0.0
        self._sleep = WakeableSleep(clock)
        self._door = asyncio.Lock()
        """Held by the one worker that waits for the next turn."""
        self._workers = 0
        self._workers_needed = UNDER_WAY

    @property
    def interval(self) -> float:
        """Seconds between two refreshes of a thing that is at work."""
        return self._schedule.interval

    @property
    def paused(self) -> bool:
        """Whether nothing is asked by itself, but what is on screen and was never asked."""
        return self._schedule.paused

    def watch(self, thing_name: str) -> None:
        """Ask for another thing, too, and at once; the store must know it."""
        self._schedule.add(thing_name)
        self._outage.count(len(self._schedule.turns))
        self.refresh_now(thing_name)

    def unwatch(self, thing_name: str) -> None:
        """Ask for a thing no more; what is under way for it is not taken in.

        Raises KeyError for one that is not watched.
        """
        self._schedule.remove(thing_name)
        self._outage.count(len(self._schedule.turns))
        self._sleep.wake()

    def refresh_now(self, thing_name: str | None = None) -> None:
        """Ask for one thing, or all, as soon as the budget allows, also while paused.

        What is being asked at this moment is asked once more. An endpoint that is away is tried at
        once. Raises KeyError for a thing that is not watched.
        """
        if thing_name is None:
            self._schedule.want_all()
        else:
            self._schedule.want(thing_name)
        self._outage.try_at_once(self._clock.monotonic())
        self._sleep.wake()

    def look_at(self, thing_names: Iterable[str]) -> None:
        """Tell which things are on screen; names that are not watched are ignored."""
        if self._schedule.look_at(thing_names, self._clock.monotonic()):
            self._sleep.wake()

    def is_in_sight(self, thing_name: str) -> bool:
        """Whether a thing that is watched is on screen."""
        return self._schedule.turns[thing_name].on_screen

    def pause(self, *, paused: bool, thing_name: str | None = None) -> None:
        """Stop or go on asking by itself, for all or for one thing.

        The two do not undo each other: going on with all leaves alone what was paused by name.
        Raises KeyError for a thing that is not watched.
        """
        if thing_name is None:
            self._schedule.paused = paused
        else:
            self._schedule.pause_thing(thing_name, paused=paused)
        self._sleep.wake()

    def is_paused(self, thing_name: str) -> bool:
        """Whether this thing is not asked by itself: because it is paused, or because all are."""
        return self.paused or thing_name in self._schedule.paused_things

    @property
    def paused_things(self) -> frozenset[str]:
        """The things that were paused by name."""
        return frozenset(self._schedule.paused_things)

    def set_interval(self, seconds: float) -> None:
        """Ask each thing this often from now on."""
        self._schedule.set_interval(seconds, self._clock.monotonic())
        self._sleep.wake()

    def spare(self, sparing: Sparing | None) -> None:
        """Ask by itself no more than this allows, or as usual again."""
        before, self._sparing = self._sparing, sparing
        self._schedule.sparing = sparing is not None
        interval = before.end(self.interval) if before else self.interval
        self.set_interval(sparing.begin(interval) if sparing else interval)

    def interval_of(self, thing_name: str) -> float:
        """Seconds between two refreshes of a thing, as things stand.

        That is the interval, stretched while nothing is pending or it fails, and by what the budget
        does not allow. For a thing that is paused it is as if it were not. Raises KeyError for one
        that is not watched.
        """
        turn = self._schedule.turns[thing_name]
        return self._schedule.forecast.interval_of(turn, self._pace)

    @property
    def round_seconds(self) -> float:
        """Seconds in which every thing that is not paused by name is asked, as things stand."""
        return self._schedule.forecast.round_seconds(self._pace)

    @property
    def first_round(self) -> Round | None:
        """How far the first round has come; None once every thing was asked."""
        on_screen, others = self._schedule.unasked()
        left = on_screen + others
        if not left:
            return None
        seconds = self._schedule.forecast.seconds_for(on_screen, others, self._pace)
        answered = self._schedule.answered_once
        return Round(answered, answered + left, seconds + (self.held_back or 0.0))

    @property
    def held_back(self) -> float | None:
        """Seconds until an endpoint that is away is tried again; 0 while it is being tried.

        None while it is there, and where nothing tries it because all are paused.
        """
        if not self._outage.held:
            return None
        if self._outage.trying:
            return 0.0
        if self._schedule.earliest() == math.inf:
            return None
        return max(0.0, self._outage.next_try - self._clock.monotonic())

    @property
    def away(self) -> bool:
        """Whether the endpoint as a whole does not answer."""
        return self._outage.held

    def endpoint_answered(self) -> None:
        """Take in that the endpoint has answered, whatever it said: it is not away any more."""
        unreached = self._outage.reached()
        if unreached:
            self._schedule.bring_back(unreached, self._clock.monotonic())
            self._sleep.wake()

    async def run(self, data_plane: JobsDataPlane) -> None:
        """Ask for ever; cancelled, it returns when nothing is under way any more."""
        self._workers = 0
        async with asyncio.TaskGroup() as workers:
            self._engage(data_plane, workers)

    def _engage(self, data_plane: JobsDataPlane, workers: asyncio.TaskGroup) -> None:
        while self._workers < self._workers_needed:
            self._workers += 1
            workers.create_task(self._work(data_plane, workers))

    async def _work(self, data_plane: JobsDataPlane, workers: asyncio.TaskGroup) -> None:
        from jobs_tui.domain.requests import (  # noqa: PLC0415 - after the first frame
            GetPendingJobExecutions,
        )

        while self._workers <= self._workers_needed:
            turn = await self._next()
            request = GetPendingJobExecutions(turn.thing_name)
            sparing = self._sparing
            bytes_before = sparing.total if sparing else 0
            try:
                outcome = await data_plane.get_pending_job_executions(request)
            except asyncio.CancelledError:
                self._outage.ended(turn)
                self._schedule.given_up(turn)
                raise
            if sparing:
                sparing.called(bytes_before)
            self._take_in(turn, outcome)
            self._engage(data_plane, workers)
        self._workers -= 1

    async def _next(self) -> Turn:
        """Wait for the next turn, and take it together with a call of the budget."""
        async with self._door:
            while True:
                due = self._due()
                if due > self._clock.monotonic():
                    await self._sleep.sleep_until(due)
                elif self._budget.free_in:
                    # whatever happens meanwhile, nobody could be asked before that
                    await self._budget.wait()
                else:
                    return self._take()

    def _due(self) -> float:
        """When something may be asked next, the budget of calls aside."""
        if self._outage.held:
            due = self._schedule.earliest()
            return due if due == math.inf else self._outage.next_try
        return self._sparing.due(self._schedule) if self._sparing else self._schedule.earliest()

    def _take(self) -> Turn:
        held = self._outage.held
        asked_for = self._sparing is not None and not held and self._schedule.is_asked_for()
        turn = self._schedule.take(self._budget.spend(), even_early=held, asked_for=asked_for)
        if self._outage.held:
            self._outage.begin_try(turn)
        return turn

    def _take_in(self, turn: Turn, outcome: Outcome[PendingJobExecutions]) -> None:
        now, sent_at = self._clock.monotonic(), turn.asked_at
        tried = self._outage.ended(turn)
        if not self._schedule.knows(turn):
            self._take_in_dropped(turn, outcome, tried=tried)
            return
        if isinstance(outcome, Done):
            self.endpoint_answered()
            self._budget.answered(sent_at)
            self._learn_latency(now - sent_at)
            due = self._take_in_answer(turn, outcome, now)
        elif isinstance(outcome, Unreachable | NotConfirmed):
            if self._outage.not_reached(turn, tried=tried):
                tries, chance = self._outage.tries, self._random.random()
                self._outage.wait(now, wait_for_endpoint(self.interval, tries, chance))
            due = self._schedule.failed(turn, now)
            self._store.record_failure(turn.thing_name, outcome)
        elif isinstance(outcome, Throttled):
            self.endpoint_answered()
            self._budget.throttled(sent_at)
            due = self._schedule.throttled(turn, now)
            self._store.record_failure(turn.thing_name, outcome)
        else:
            self.endpoint_answered()
            self._budget.answered(sent_at)
            due = self._schedule.failed(turn, now)
            self._store.record_failure(turn.thing_name, outcome)
        if self._outage.held:
            self._sleep.wake()
        else:
            self._sleep.wake_for(due)

    def _take_in_dropped(
        self, turn: Turn, outcome: Outcome[PendingJobExecutions], *, tried: bool
    ) -> None:
        """Of a thing that is watched no more only what its call says of the endpoint counts."""
        self._schedule.dropped(turn)
        if not isinstance(outcome, Unreachable | NotConfirmed):
            self.endpoint_answered()
        elif tried:
            # the next try is with another thing, and its turn has come already
            self._outage.wait(self._clock.monotonic(), 0.0)
        self._sleep.wake()

    def _take_in_answer(self, turn: Turn, answer: Done[PendingJobExecutions], now: float) -> float:
        before = self._store.thing(turn.thing_name).pending
        self._store.record_answer(turn.thing_name, answer)
        pending = self._store.thing(turn.thing_name).pending
        changed = pending is not before and pending != before
        return self._schedule.answered(turn, now, pending=bool(pending), changed=changed)

    def _learn_latency(self, seconds: float) -> None:
        if self._latency:
            seconds = self._latency + LATENCY_WEIGHT * (seconds - self._latency)
        self._latency = seconds
        needed = UNDER_WAY
        if seconds > SLOW_LINE_SECONDS:
            needed = min(UNDER_WAY_AT_MOST, max(needed, math.ceil(self._budget.rate * seconds)))
        self._workers_needed = needed

    @property
    def _pace(self) -> float:
        """Calls per second as things stand: the budget's, or what the latency lets through."""
        if self._sparing:
            return self._sparing.pace(self._budget.rate, self._latency)
        if not self._latency:
            return self._budget.rate
        return min(self._budget.rate, self._workers_needed / self._latency)
