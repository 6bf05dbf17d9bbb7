"""What happens to each execution of a thing, one by one, for whoever reads lines. Pure.

`events` knows what is news for somebody at the screen, and many of a kind are told there as one.
Here every change of status and version counts, too, and each is told with all that is known of it.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from jobs_tui.domain.attention import Attention
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary
from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.events import EventKind, events_between
from jobs_tui.engine.thing_state import ThingState


class What(StrEnum):
    """What has happened, spelled as programs get it."""

    STANDING = "standing"
    """It was pending when its thing was first asked, or came into a list that had no room."""
    NEW = "new"
    CHANGED = "changed"
    """Its status, its version, or both."""
    NEEDS_ATTENTION = "needs_attention"
    GONE = "gone"
    """It is not listed any more; nobody tells how it ended."""
    THERE_MAY_BE_MORE = "there_may_be_more"
    """The list of a thing is as long as the service makes it."""
    NOT_ASKED = "could_not_be_asked"
    ASKED_AGAIN = "asked_again"
    ENDPOINT_LOST = "endpoint_lost"
    ENDPOINT_BACK = "endpoint_back"
    DEADLINES_UNREAD = "deadlines_unread"
    """Nothing can be told of deadlines from now on."""
    ALL_ASKED = "all_asked"
    """Every thing was asked once: what stands there is told."""


class Standing(NamedTuple):
    """How all things stand."""

    things: int
    in_progress: int
    """Job executions."""
    queued: int
    """Job executions."""


class Happening(NamedTuple):
    """One of them, with what is known of it."""

    what: What
    thing_name: str | None = None
    """None where it is about no one thing."""
    summary: JobExecutionSummary | None = None
    """The execution as it is listed now, or was last; None where it is about none."""
    before: JobExecutionSummary | None = None
    """The same as it was before a change."""
    needs: Attention | None = None
    deadline: float | None = None
    """Service time at which the nearest timer runs out, as far as it was read."""
    past_deadline: bool = False
    """Of what is gone: whether that was after its deadline, so that it has likely timed out."""
    failure: Failure | None = None
    standing: Standing | None = None


def happenings_between(
    before: ThingState | None, after: ThingState, now: float
) -> tuple[Happening, ...]:
    """What has happened to a thing's executions from one state to the next, at service time `now`.

    That a thing could not be asked, or could again, comes first.
    """
    return (*_of_asking(before, after), *_of_executions(before, after, now))


def _of_asking(before: ThingState | None, after: ThingState) -> Iterator[Happening]:
    failed = before.failure if before is not None else None
    if after.failure is None:
        if failed is not None:
            yield Happening(What.ASKED_AGAIN, after.thing_name)
    elif failed is None or failed.reason != after.failure.reason:
        yield Happening(What.NOT_ASKED, after.thing_name, failure=after.failure)


def _of_executions(before: ThingState | None, after: ThingState, now: float) -> Iterator[Happening]:
    name = after.thing_name
    was = before.pending if before is not None else None
    if after.pending is None or after.pending is was:
        return
    known = {after.key_of(each): each for each in was or ()}
    kinds = {each.key: each.kind for each in events_between(before, after, _not_ours, now)}
    for key, summary in known.items():
        if key in kinds:
            past_deadline = kinds[key] is EventKind.PAST_DEADLINE
            yield Happening(What.GONE, name, summary, past_deadline=past_deadline)
    for summary in after.pending:
        earlier = known.get(after.key_of(summary))
        if earlier is None:
            what = What.NEW if after.key_of(summary) in kinds else What.STANDING
            yield Happening(what, name, summary)
        elif _told_apart(earlier) != _told_apart(summary):
            yield Happening(What.CHANGED, name, summary, earlier)
    if after.pending.capped and not (was is not None and was.capped):
        yield Happening(What.THERE_MAY_BE_MORE, name)


def _told_apart(summary: JobExecutionSummary) -> tuple[str, int | None]:
    return summary.status, summary.version_number


def _not_ours(_key: ExecutionKey) -> bool:
    """Who watches lines changes nothing."""
    return False
