"""Tells by notices what happens to things while nobody looks; in a flood, how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.events import (
    MOST_SINGLY,
    Event,
    EventKind,
    deadlines_of,
    events_between,
    news_of,
)
from jobs_tui.engine.notices import Notices
from jobs_tui.engine.refreshing.wakeable_sleep import WakeableSleep
from jobs_tui.engine.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from jobs_tui.engine.thing_state import ThingState

GATHER_SECONDS = 1.0
"""What comes within so many seconds of each other is told together."""

FLOOD_SECONDS = 5.0
"""The same after more than a few came together, and over a thin line."""

LOOK_AGAIN_SECONDS = 60.0
"""How long is slept at most while a deadline is known: the machine's clock may be set anew."""

NEVER = float("inf")

_CAME_TO_NOTHING = frozenset(
    {
        ChangeState.LEFT,
        ChangeState.REFUSED,
        ChangeState.CONFLICT,
        ChangeState.DROPPED,
        ChangeState.NOT_RECORDED,
    }
)


def may_have_ended_it(change: Change | None) -> bool:
    """Whether a change may be why its execution is not listed any more: then its own end tells."""
    return (
        change is not None
        and isinstance(change.request, UpdateJobExecution)
        and change.request.status.terminal
        and change.state not in _CAME_TO_NOTHING
    )


def _has_deadlines(state: ThingState) -> bool:
    return bool(state.described or state.deadlines)


class Telling:
    """Listens to the store from the beginning; `run` tells, and sleeps while nothing happens."""

    def __init__(
        self,
        store: Store,
        notices: Notices,
        clock: Clock,
        due_within: float,
        is_away: Callable[[], bool],
        is_thin: Callable[[], bool],
        is_in_sight: Callable[[str], bool],
    ) -> None:
        """Follow the store from now on.

        Args:
            store: what is listened to.
            notices: where it is told.
            clock: by which is slept.
            due_within: seconds before a deadline from which on it is about to time out.
            is_away: whether the endpoint as a whole does not answer.
            is_thin: whether bytes are spared.
            is_in_sight: whether a thing, by its name, is on screen.
        """
        self._store = store
        self._notices = notices
        self._clock = clock
        self._due_within = due_within
        self._is_away = is_away
        self._is_thin = is_thin
        self._is_in_sight = is_in_sight
        self._seen: dict[str, ThingState] = {}
        self._events: list[Event] = []
        self._tell_at = NEVER
        """When what has come in is told, in monotonic seconds."""
        self._rested_until = float("-inf")
        self._deadlines: dict[ExecutionKey, float] = {}
        """Those that are not told of yet, in service time."""
        self._told_due: set[ExecutionKey] = set()
        self._lost_at: float | None = None
        """When it was told, in monotonic seconds, that the endpoint is away."""
        self._failure: Failure | None = None
        self._sleep = WakeableSleep(clock)
        store.subscribe(self._heard)

    async def run(self) -> None:
        """Tell for ever."""
        try:
            while True:
                await self._sleep.sleep_until(self._next_moment())
                self._find_due()
                if self._clock.monotonic() >= self._tell_at:
                    self._tell()
        finally:
            self._store.unsubscribe(self._heard)

    def _heard(self, thing_name: str | None) -> None:
        if thing_name is None:
            # the service's clock may have been learned anew
            if self._deadlines:
                self._sleep.wake()
            return
        if not self._store.watches(thing_name):
            self._seen.pop(thing_name, None)
            for key in [key for key in self._deadlines if key.thing_name == thing_name]:
                del self._deadlines[key]
            return
        before, after = self._seen.get(thing_name), self._store.thing(thing_name)
        self._seen[thing_name] = after
        away = self._is_away()
        if away and after.failure is not None:
            self._failure = after.failure
        found = events_between(before, after, self._is_ours, self._store.service_now())
        self._events += found
        if found or away is (self._lost_at is None):
            self._tell_soon()
        if _has_deadlines(after) or (before is not None and _has_deadlines(before)):
            self._note_deadlines(after)

    def _is_ours(self, key: ExecutionKey) -> bool:
        return may_have_ended_it(self._store.latest_change(key))

    def _tell_soon(self) -> None:
        if self._tell_at == NEVER:
            self._tell_at = max(self._clock.monotonic() + GATHER_SECONDS, self._rested_until)
            self._sleep.wake_for(self._tell_at)

    def _note_deadlines(self, after: ThingState) -> None:
        """Note when a thing's executions are about to time out.

        What is so already when that is first read is no news where somebody sees it.
        """
        known = dict(deadlines_of(after))
        listed = {after.key_of(each): each for each in after.pending or ()}
        soon = self._store.service_now() + self._due_within
        for key in [key for key in self._deadlines if key.thing_name == after.thing_name]:
            if key not in listed:
                del self._deadlines[key]
            elif key not in known:
                # somebody has reported since, and may have set another deadline
                self._deadlines[key] = NEVER
        self._told_due -= {
            key for key in self._told_due if key.thing_name == after.thing_name
        } - listed.keys()
        for key, deadline in known.items():
            if deadline > soon:
                self._told_due.discard(key)
            elif key not in self._deadlines and self._is_seen(after, listed[key]):
                self._told_due.add(key)
            if key not in self._told_due:
                self._deadlines[key] = deadline
        if self._deadlines:
            self._sleep.wake()

    def _is_seen(self, state: ThingState, summary: JobExecutionSummary) -> bool:
        """Whether a row is on screen, or was opened by whoever wants to know."""
        return self._is_in_sight(state.thing_name) or state.description_of(summary) is not None

    def _find_due(self) -> None:
        soon = self._store.service_now() + self._due_within
        for key in [key for key, deadline in self._deadlines.items() if deadline <= soon]:
            del self._deadlines[key]
            self._told_due.add(key)
            self._events.append(Event(EventKind.DUE, key))
            self._tell_soon()

    def _next_moment(self) -> float:
        nearest = min(self._deadlines.values(), default=NEVER)
        if nearest == NEVER:
            return self._tell_at
        left = nearest - self._due_within - self._store.service_now()
        now = self._clock.monotonic()
        return min(self._tell_at, now + min(max(0.0, left), LOOK_AGAIN_SECONDS))

    def _tell(self) -> None:
        events, self._events = self._events, []
        now = self._clock.monotonic()
        self._tell_at = NEVER
        many = len(events) > MOST_SINGLY or self._is_thin()
        self._rested_until = now + (FLOOD_SECONDS if many else GATHER_SECONDS)
        for news in news_of(events):
            self._notices.tell(news.text, news.level, place=news.place, news=True)
        self._tell_of_endpoint(now)

    def _tell_of_endpoint(self, now: float) -> None:
        away = self._is_away()
        if away and self._lost_at is None:
            self._lost_at = now
            reason = f": {self._failure.reason}" if self._failure is not None else ""
            self._notices.tell(f"the endpoint is lost{reason}", "alarm", news=True)
        elif not away and self._lost_at is not None:
            seconds = now - self._lost_at
            self._lost_at = None
            told = f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
            self._notices.tell(f"the endpoint is back after {told}", "good", news=True)
