"""What is news between two states of a thing, and how a handful of news is told. Pure.

The data plane tells no history: an execution that is not listed any more has finished, or was
canceled or removed, or its time ran out. Nothing here claims to know which.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary
from jobs_tui.domain.status import Status
from jobs_tui.engine.thing_state import ThingState

MOST_SINGLY = 3
"""News of one kind that are told one by one; of more at once, how many they are."""

CLOCK_GRAIN = 2.0
"""Seconds by which two moments told by the service may be wrong: it tells whole seconds."""


class EventKind(Enum):
    """What has happened: the level of its notice, how it is told of one, and of many."""

    NEW_JOB = "", "new job", "new jobs"
    LEFT_QUEUE = (
        "",
        "left the list while queued: canceled, removed or finished",
        "executions left the list while queued",
    )
    LEFT_IN_PROGRESS = (
        "",
        "left the list in progress: ended, not from here",
        "executions in progress ended, not from here",
    )
    DUE = "warning", "about to time out", "executions about to time out"
    PAST_DEADLINE = (
        "alarm",
        "left the list past its deadline",
        "executions left the list past their deadlines",
    )

    @property
    def level(self) -> str:
        """The look of its notice: empty, good, warning or alarm."""
        return self.value[0]

    @property
    def words(self) -> str:
        """What is told of one execution."""
        return self.value[1]

    @property
    def words_of_many(self) -> str:
        """What is told of several, after their number."""
        return self.value[2]


class Event(NamedTuple):
    """Something that has happened to an execution."""

    kind: EventKind
    key: ExecutionKey


class News(NamedTuple):
    """One notice about one event, or about many of a kind."""

    text: str
    level: str
    place: ExecutionKey | None
    """Where it is; the job id is empty where it is about several, None where it is no one thing."""


def events_between(
    before: ThingState | None,
    after: ThingState,
    ours: Callable[[ExecutionKey], bool],
    now: float,
) -> tuple[Event, ...]:
    """What has happened to a thing's executions from one state to the next, at service time `now`.

    Args:
        before: None before the first state; that, and what an earlier run saw, makes nothing new.
        after: the state that took its place.
        ours: whether a change of this run may be why an execution is not listed any more.
        now: service time, against which deadlines are held.
    """
    if before is None or before.pending is after.pending or before.earlier_run:
        return ()
    if before.pending is None or after.pending is None or after.earlier_run:
        return ()
    was = {before.key_of(each): each for each in before.pending}
    listed = {after.key_of(each): each for each in after.pending}
    since = before.answered_at if before.pending.capped else None
    new = (
        Event(EventKind.NEW_JOB, key)
        for key, summary in listed.items()
        if key not in was and _is_new(summary, since)
    )
    left = (
        Event(kind, key)
        for key, summary in was.items()
        if key not in listed
        and not ours(key)
        and (kind := _how_left(before, after, summary, now)) is not None
    )
    return (*left, *new)


def _is_new(summary: JobExecutionSummary, since: float | None) -> bool:
    """A list that was full may have had no room for it: then it is new by its date only."""
    if since is None or summary.queued_at is None:
        return since is None
    return summary.queued_at >= since - CLOCK_GRAIN


def _how_left(
    before: ThingState, after: ThingState, summary: JobExecutionSummary, now: float
) -> EventKind | None:
    if summary.status is not Status.IN_PROGRESS:
        # from a full list it may only have been displaced
        full = after.pending is not None and after.pending.capped
        return None if full else EventKind.LEFT_QUEUE
    deadline = before.deadline_of(summary)
    if deadline is not None and deadline <= now:
        return EventKind.PAST_DEADLINE
    return EventKind.LEFT_IN_PROGRESS


def deadlines_of(state: ThingState) -> Iterator[tuple[ExecutionKey, float]]:
    """The executions in progress of which a deadline is known, with that, in service time."""
    if state.pending is None or state.earlier_run or not (state.described or state.deadlines):
        return
    for summary in state.pending.in_progress:
        deadline = state.deadline_of(summary)
        if deadline is not None:
            yield state.key_of(summary), deadline


def news_of(events: Iterable[Event]) -> list[News]:
    """How some events that came together are told: the less urgent first, many of a kind as one.

    The last one is what the status line then shows.
    """
    by_kind: dict[EventKind, list[ExecutionKey]] = {kind: [] for kind in EventKind}
    for event in events:
        by_kind[event.kind].append(event.key)
    return [news for kind, keys in by_kind.items() for news in _told(kind, keys)]


def _told(kind: EventKind, keys: Sequence[ExecutionKey]) -> list[News]:
    if len(keys) <= MOST_SINGLY:
        return [
            News(f"{key.thing_name} / {key.job_id}: {kind.words}", kind.level, key) for key in keys
        ]
    things = sorted({key.thing_name for key in keys})
    where = things[0] if len(things) == 1 else f"{len(things):,} things"
    place = ExecutionKey(things[0], "") if len(things) == 1 else None
    return [News(f"{len(keys):,} {kind.words_of_many} on {where}", kind.level, place)]
