"""Tells what happens to things while somebody reads lines, each at once: no line waits for others.

What time alone does (an execution gets stuck, or near its deadline) is told when it is so.
"""

from __future__ import annotations

from collections.abc import Callable

from jobs_tui.domain.attention import Attention, attention, latest_report
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary
from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.happenings import Happening, Standing, What, happenings_between
from jobs_tui.engine.refreshing.wakeable_sleep import WakeableSleep
from jobs_tui.engine.telling import LOOK_AGAIN_SECONDS
from jobs_tui.engine.thing_state import ThingState

NEVER = float("inf")

OF_DEADLINES = frozenset({Attention.DUE, Attention.OVERDUE})


class Watching:
    """Listens to the store of an engine from the beginning; `run` goes on for ever."""

    def __init__(self, engine: Engine, tell: Callable[[Happening], None]) -> None:
        """Follow what an engine learns, and tell what happens; `tell` must not raise."""
        self._engine = engine
        self._store = engine.store
        self._tell = tell
        self._seen: dict[str, ThingState] = {}
        self._unasked = set(self._store.thing_names)
        self._told_failed: set[str] = set()
        """Things of which it is told that they could not be asked."""
        self._lost = False
        """Whether it is told that the endpoint is."""
        self._told_needs: dict[ExecutionKey, Attention] = {}
        self._changes_at: dict[ExecutionKey, float] = {}
        """When what an execution in progress needs will be another thing, in service time."""
        self._keys_of: dict[str, set[ExecutionKey]] = {}
        """What is in progress on each thing."""
        self._sleep = WakeableSleep(engine.clock)
        self._told_unread = False
        """Whether it is told that deadlines may not be read."""
        self._store.subscribe(self._heard)

    async def run(self) -> None:
        """Tell what time does, until cancelled."""
        clock = self._engine.clock
        while True:
            nearest = min(self._changes_at.values(), default=NEVER)
            left = max(0.0, nearest - self._store.service_now())
            moment = (
                NEVER if nearest == NEVER else clock.monotonic() + min(left, LOOK_AGAIN_SECONDS)
            )
            await self._sleep.sleep_until(moment)
            now = self._store.service_now()
            for key in [key for key, moment in self._changes_at.items() if moment <= now]:
                self._note_attention(self._store.thing(key.thing_name), now)

    def _heard(self, thing_name: str | None) -> None:
        if thing_name is None:
            # the service's clock may have been learned anew
            self._sleep.wake()
            return
        before, after = self._seen.get(thing_name), self._store.thing(thing_name)
        self._seen[thing_name] = after
        self._tell_of_endpoint(after.failure)
        now = self._store.service_now()
        for happening in happenings_between(before, after, now):
            self._tell_one(happening, now)
        self._note_attention(after, now)
        self._tell_unread(thing_name)
        if self._unasked and (after.pending is not None or not self._lost):
            self._unasked.discard(thing_name)
            if not self._unasked:
                self._tell(Happening(What.ALL_ASKED, standing=self._standing()))

    def _tell_one(self, happening: Happening, now: float) -> None:
        name = happening.thing_name or ""
        if happening.what is What.NOT_ASKED:
            if self._lost:
                return
            self._told_failed.add(name)
        elif happening.what is What.ASKED_AGAIN:
            if name not in self._told_failed:
                return
            self._told_failed.discard(name)
        elif happening.what is What.STANDING and happening.summary is not None:
            needs = attention(happening.summary, None, now, self._engine.attention)
            if needs is not None:
                self._told_needs[self._seen[name].key_of(happening.summary)] = needs
                happening = happening._replace(needs=needs)
        self._tell(happening)

    def _tell_of_endpoint(self, failure: Failure | None) -> None:
        away = self._engine.refresher.away or isinstance(self._store.link, Failure)
        if away and failure is not None and not self._lost:
            self._lost = True
            self._tell(Happening(What.ENDPOINT_LOST, failure=failure))
        elif self._lost and not away:
            self._lost = False
            self._tell(Happening(What.ENDPOINT_BACK))

    def _note_attention(self, after: ThingState, now: float) -> None:
        at_work = after.pending.in_progress if after.pending is not None else ()
        keys = set(map(after.key_of, at_work))
        for known in (self._told_needs, self._changes_at):
            for key in self._keys_of.get(after.thing_name, set()) - keys:
                known.pop(key, None)
        self._keys_of[after.thing_name] = keys
        unread = tuple(after.unread)
        for summary in at_work:
            self._look_at(after, summary, now, is_read=summary not in unread)

    def _look_at(
        self, state: ThingState, summary: JobExecutionSummary, now: float, *, is_read: bool
    ) -> None:
        """Tell what an execution in progress needs, if that is news; note when to look again."""
        key, limits = state.key_of(summary), self._engine.attention
        deadline = state.deadline_of(summary)
        needs, told = attention(summary, deadline, now, limits), self._told_needs.get(key)
        if not is_read and told in OF_DEADLINES and needs is None:
            # somebody has reported: whether that puts the deadline off is read before it is told
            needs = told
        if needs is None:
            self._told_needs.pop(key, None)
        elif needs is not told:
            self._told_needs[key] = needs
            happening = Happening(What.NEEDS_ATTENTION, state.thing_name, summary, needs=needs)
            self._tell(happening._replace(deadline=deadline))
        latest = latest_report(summary)
        moments = [] if latest is None else [latest + limits.stuck_after]
        if deadline is not None:
            moments += [deadline - limits.due_within, deadline]
        self._changes_at[key] = min((each for each in moments if each > now), default=NEVER)
        self._sleep.wake()

    def _tell_unread(self, thing_name: str) -> None:
        refusal = self._engine.deadlines_refused
        if refusal is not None and not self._told_unread:
            self._told_unread = True
            self._tell(Happening(What.DEADLINES_UNREAD, thing_name, failure=refusal))

    def _standing(self) -> Standing:
        lists = [state.pending for state in self._store.things if state.pending is not None]
        in_progress = sum(len(each.in_progress) for each in lists)
        return Standing(len(self._seen), in_progress, sum(len(each.queued) for each in lists))
