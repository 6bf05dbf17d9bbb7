"""Asks GetPendingJobExecutions for each thing, spread evenly, within the budget."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Iterable
from typing import TYPE_CHECKING

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Done
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.refreshing.forecast import Round
from jobs_tui.engine.refreshing.outage import Outage
from jobs_tui.engine.refreshing.pace import Pace
from jobs_tui.engine.refreshing.schedule import Schedule
from jobs_tui.engine.refreshing.turn_queue import Turn
from jobs_tui.engine.refreshing.wakeable_sleep import WakeableSleep
from jobs_tui.engine.store import Store

if TYPE_CHECKING:
    # nothing is asked before the first frame
    from jobs_tui.engine.refreshing.answers import Answers
    from jobs_tui.engine.refreshing.sparing import Sparing
    from jobs_tui.service.data_plane import JobsDataPlane


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
        self._pace = Pace(budget)
        self._sleep = WakeableSleep(clock)
        self._door = asyncio.Lock()
        """Held by the one worker that waits for the next turn."""
        self._workers = 0

    @property
    def interval(self) -> float:
        """Seconds between two refreshes of a thing that is at work."""
        return self._schedule.classes.interval

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
        from jobs_tui.domain.logged import decided  # noqa: PLC0415 - seldom

        decided("refreshing", thing_name=thing_name, state="paused" if paused else "resumed")

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
        from jobs_tui.domain.logged import decided  # noqa: PLC0415 - seldom

        decided("refreshing", every=f"{seconds:g}s")

    def spare(self, sparing: Sparing | None) -> None:
        """Ask by itself no more than this allows, or as usual again."""
        before, self._sparing = self._sparing, sparing
        self._schedule.classes.sparing = sparing is not None
        interval = before.end(self.interval) if before else self.interval
        self.set_interval(sparing.begin(interval) if sparing else interval)

    def interval_of(self, thing_name: str) -> float:
        """Seconds between two refreshes of a thing, as things stand.

        That is the interval, stretched while nothing is pending or it fails, and by what the budget
        does not allow. For a thing that is paused it is as if it were not. Raises KeyError for one
        that is not watched.
        """
        turn = self._schedule.turns[thing_name]
        return self._schedule.forecast.interval_of(turn, self._calls_per_second)

    @property
    def round_seconds(self) -> float:
        """Seconds in which every thing that is not paused by name is asked, as things stand."""
        return self._schedule.forecast.round_seconds(self._calls_per_second)

    @property
    def first_round(self) -> Round | None:
        """How far the first round has come; None once every thing was asked."""
        on_screen, others = self._schedule.unasked()
        left = on_screen + others
        if not left:
            return None
        seconds = self._schedule.forecast.seconds_for(on_screen, others, self._calls_per_second)
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
            from jobs_tui.domain.logged import decided  # noqa: PLC0415 - seldom

            decided("outage", state="back", unreached=len(unreached))
            self._schedule.bring_back(unreached, self._clock.monotonic())
            self._sleep.wake()

    async def run(self, data_plane: JobsDataPlane) -> None:
        """Ask for ever; cancelled, it returns when nothing is under way any more."""
        from jobs_tui.engine.refreshing.answers import (  # noqa: PLC0415 - after the first frame
            Answers,
        )

        answers = Answers(
            self._store,
            self._schedule,
            self._outage,
            self._budget,
            self._clock,
            self._random,
            self.endpoint_answered,
        )
        self._workers = 0
        async with asyncio.TaskGroup() as workers:
            self._engage(data_plane, answers, workers)

    def _engage(
        self, data_plane: JobsDataPlane, answers: Answers, workers: asyncio.TaskGroup
    ) -> None:
        while self._workers < self._pace.under_way:
            self._workers += 1
            workers.create_task(self._work(data_plane, answers, workers))

    async def _work(
        self, data_plane: JobsDataPlane, answers: Answers, workers: asyncio.TaskGroup
    ) -> None:
        from jobs_tui.domain.requests import (  # noqa: PLC0415 - after the first frame
            GetPendingJobExecutions,
        )

        while self._workers <= self._pace.under_way:
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
            sent_at = turn.asked_at
            self._sleep.wake_for(answers.take_in(turn, outcome))
            if isinstance(outcome, Done):
                self._pace.answered_within(self._clock.monotonic() - sent_at)
            self._engage(data_plane, answers, workers)
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

    @property
    def _calls_per_second(self) -> float:
        return self._pace.calls_per_second(self._sparing)
