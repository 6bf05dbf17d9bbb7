"""The picture of what the service last said plus what was asked for and is not known yet.

The refresher and the change queue write to it; the screen reads it and is told what became dirty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.thing_state import ThingState, with_answer, with_deadline, with_description

if TYPE_CHECKING:
    # what comes in later is not loaded before the first frame
    from jobs_tui.domain.description import JobExecution
    from jobs_tui.domain.execution import ExecutionKey, PendingJobExecutions
    from jobs_tui.domain.outcome import Done
    from jobs_tui.engine.change import Change
    from jobs_tui.engine.history import History, Versions
    from jobs_tui.engine.journal.journal import JournalError
    from jobs_tui.engine.thing_state import ReadDeadline

KEEP_LEFT_SECONDS = 20.0
"""How long a row that has left the pending list stays on the screen, marked."""

CHANGES_KEPT = 200

CLOCK_TOLERANCE_SECONDS = 2.0
"""The Date header has whole seconds and travels; smaller differences say nothing."""

Listener = Callable[[str | None], None]
"""Told the name of a thing that changed, or None for anything else in the store."""


class Connecting(NamedTuple):
    """What opening the link waits for."""

    stage: str
    since: float
    """Monotonic seconds."""


class Connected(NamedTuple):
    """The endpoint in use."""

    endpoint: str
    region: str
    source: str
    """Who says that it is this one: given, discovered or default."""


Link = Connecting | Connected | Failure


class Store:
    """Holds one frozen record per thing, the changes of this run, and the state of the link."""

    def __init__(self, things: Iterable[str], clock: Clock) -> None:
        self._clock = clock
        self._things = {name: ThingState(name) for name in things}
        self._answered: dict[str, float] = {}
        """When each thing was last answered for; the oldest answer comes first."""
        self._changes: dict[int, Change] = {}
        self._changes_of: dict[str, dict[int, Change]] = {}
        self._listeners: list[Listener] = []
        self._clock_offset = 0.0
        self._link: Link | None = None
        self._journal_problem: JournalError | None = None
        self._history: History | None = None

    @property
    def journal_problem(self) -> JournalError | None:
        """Why the journal could not be written when it was last tried."""
        return self._journal_problem

    @property
    def things(self) -> tuple[ThingState, ...]:
        """All things, in the order in which they were given."""
        return tuple(self._things.values())

    @property
    def thing_names(self) -> tuple[str, ...]:
        """Their names, in the order in which they were given."""
        return tuple(self._things)

    def watches(self, thing_name: str) -> bool:
        """Whether this is one of the things."""
        return thing_name in self._things

    def watch(self, thing_name: str) -> None:
        """Take in another thing, after those that there are."""
        if thing_name not in self._things:
            self._things[thing_name] = ThingState(thing_name)
            self._tell(thing_name)

    def unwatch(self, thing_name: str) -> None:
        """Drop a thing and what is known of it, but for its changes.

        Raises KeyError for one that is not watched.
        """
        del self._things[thing_name]
        self._answered.pop(thing_name, None)
        self._tell(thing_name)

    @property
    def oldest_answer(self) -> float | None:
        """Service time of the answer that is oldest among the latest of each thing."""
        return next(iter(self._answered.values()), None)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of this run, oldest first."""
        return tuple(self._changes.values())

    @property
    def link(self) -> Link | None:
        """The endpoint in use, why there is none, or what is waited for; None before the start."""
        return self._link

    @property
    def clock_offset(self) -> float:
        """Seconds by which the service's clock is ahead of this machine's."""
        return self._clock_offset

    def thing(self, name: str) -> ThingState:
        """The state of one thing; raises KeyError for one that is not watched."""
        return self._things[name]

    def service_now(self) -> float:
        """The time by the service's clock, seconds since the epoch."""
        return self._clock.now() + self._clock_offset

    def subscribe(self, listener: Listener) -> None:
        """Call this listener after each change of the store, from the event loop."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Listener) -> None:
        """Do not call it any more."""
        self._listeners.remove(listener)

    def set_link(self, link: Link) -> None:
        """Record the endpoint in use, why there is none, or what is waited for.

        Nobody is told: an answer or a failure follows at once, and would have to wait for its turn
        on the screen. Whatever takes longer than a moment is looked at with the ages.
        """
        self._link = link

    def record_answer(self, thing_name: str, answer: Done[PendingJobExecutions]) -> None:
        """Take in a good answer of GetPendingJobExecutions.

        One without news tells nobody: that data is live again is looked at with the ages.
        """
        here = self._clock.now()
        self._learn_time(answer.service_time, here)
        now, before = here + self._clock_offset, self._things[thing_name]
        after = with_answer(before, answer.value, now=now, keep_left=KEEP_LEFT_SECONDS)
        self._answered.pop(thing_name, None)
        self._answered[thing_name] = now
        self._things[thing_name] = after
        if before.pending not in (None, after.pending) and not before.earlier_run:
            # how it went from what an earlier run saw to here is not known
            self._seen_so_far.listed(before, after, now)
        if after.pending is not before.pending or before.failure or before.left:
            self._tell(thing_name)

    def answered_since(self, moment: float) -> list[str]:
        """The things that were answered for in this run at this service time or later."""
        names: list[str] = []
        for name, answered_at in reversed(self._answered.items()):
            if answered_at < moment:
                break
            if not self._things[name].earlier_run:
                names.append(name)
        names.reverse()
        return names

    def restore(self, states: Iterable[ThingState]) -> None:
        """Take in what an earlier run saw of things that have not answered in this one."""
        for state in states:
            name = state.thing_name
            known = self._things.get(name)
            if known is None or known.answered_at is not None or state.answered_at is None:
                continue
            self._things[name] = replace(state, failure=known.failure, described=known.described)
            self._answered[name] = state.answered_at
            self._tell(name)
        self._answered = dict(sorted(self._answered.items(), key=itemgetter(1)))

    def forget_earlier_run(self) -> None:
        """Drop what an earlier run saw: it asked for somebody else's things."""
        for name, state in self._things.items():
            if state.earlier_run:
                self._things[name] = ThingState(name, failure=state.failure)
                del self._answered[name]
                self._tell(name)

    def record_failure(self, thing_name: str, failure: Failure) -> None:
        """Take in a failed round: what was known stays, with the reason beside it."""
        self._replace(replace(self._things[thing_name], failure=failure))

    def record_execution(self, execution: JobExecution) -> None:
        """Take in what DescribeJobExecution or StartNextPendingJobExecution told."""
        state = self._things.get(execution.thing_name)
        if state is not None:
            self._seen_so_far.described(state, execution, self.service_now())
            self._replace(with_description(state, execution, now=self.service_now()))

    def record_deadline(self, thing_name: str, read: ReadDeadline) -> None:
        """Take in when an execution times out, as it was read while nobody looked."""
        state = self._things.get(thing_name)
        if state is not None:
            self._replace(with_deadline(state, read))

    def record_change(self, change: Change) -> None:
        """Take in a new change, or what became of one."""
        self._changes[change.number] = change
        self._changes_of.setdefault(change.thing_name, {})[change.number] = change
        settled = [each for each in self._changes.values() if each.state.settled]
        for old in settled[: max(0, len(self._changes) - CHANGES_KEPT)]:
            del self._changes[old.number]
            del self._changes_of[old.thing_name][old.number]
            if old.thing_name != change.thing_name:
                self._tell(old.thing_name)
        state = self._things.get(change.thing_name)
        if change.state.good and state is not None:
            self._seen_so_far.confirmed(state, change)
        self._tell(change.thing_name)

    def versions(self, key: ExecutionKey) -> Versions | None:
        """The versions of an execution that this run saw; None where nothing changed."""
        return None if self._history is None else self._history.of(key)

    @property
    def _seen_so_far(self) -> History:
        """Begins to be kept when something changes."""
        if self._history is None:
            from jobs_tui.engine.history import History  # noqa: PLC0415 - after the first frame

            self._history = History()
        return self._history

    def asked_for(self, thing_name: str) -> bool:
        """Whether any change of this run is about a thing."""
        return bool(self._changes_of.get(thing_name))

    def change(self, number: int) -> Change | None:
        """A change by its number in the journal."""
        return self._changes.get(number)

    def answers(self, thing_name: str) -> bool:
        """Whether the service answered when it was last asked for a thing."""
        state = self._things.get(thing_name)
        if state is None or state.earlier_run:
            return False
        return state.failure is None and state.answered_at is not None

    def set_journal_problem(self, problem: JournalError | None) -> None:
        """Take in that the journal could not be written, or that it can be again."""
        if problem is not self._journal_problem:
            self._journal_problem = problem
            self._tell(None)

    def latest_change(self, key: ExecutionKey) -> Change | None:
        """The latest change of this run that is about an execution."""
        for change in reversed(self._changes_of.get(key.thing_name, {}).values()):
            if change.job_id == key.job_id:
                known = change.standing or change.based_on
                if known is None or known.execution_number in (None, key.execution_number):
                    return change
        return None

    def learn_time(self, service_time: float | None) -> None:
        """Take in the Date header of an answer, seconds since the epoch."""
        self._learn_time(service_time, self._clock.now())

    def _learn_time(self, service_time: float | None, here: float) -> None:
        if service_time is None:
            return
        offset = service_time + 0.5 - here
        if abs(offset - self._clock_offset) > CLOCK_TOLERANCE_SECONDS:
            self._clock_offset = 0.0 if abs(offset) <= CLOCK_TOLERANCE_SECONDS else offset
            from jobs_tui.domain.logged import decided  # noqa: PLC0415 - seldom

            decided("clock", service_ahead=f"{self._clock_offset:.1f}s")
            self._tell(None)

    def _replace(self, state: ThingState) -> None:
        if self._things[state.thing_name] != state:
            self._things[state.thing_name] = state
            self._tell(state.thing_name)

    def _tell(self, thing_name: str | None) -> None:
        for listener in self._listeners:
            listener(thing_name)
