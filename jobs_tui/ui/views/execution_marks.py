"""What the timeline of an execution marks: its moments, the updates seen, and its deadlines."""

from collections.abc import Iterator

from jobs_tui.domain.description import JobExecution
from jobs_tui.engine.history import Versions
from jobs_tui.ui.views.timeline import (
    DEADLINE,
    ENDED,
    OURS,
    QUEUED,
    STARTED,
    STEP_DEADLINE,
    UPDATE,
    Mark,
)
from jobs_tui.ui.views.timers import IN_PROGRESS, STEP, Timers

SAME_MOMENT = 1.0
"""Seconds within which two moments are one: the service tells whole ones."""

_WORDS = {OURS: "update by us", UPDATE: "update"}
_DEADLINES = {STEP: "step deadline", IN_PROGRESS: "in-progress deadline"}


def marks_of(execution: JobExecution, timers: Timers, versions: Versions | None) -> list[Mark]:
    """Queued, started, each update that was seen, the deadlines, and the end."""
    marks = [
        Mark(at, sign, words)
        for at, sign, words in (
            (execution.queued_at, QUEUED, "queued"),
            (execution.started_at, STARTED, "started"),
        )
        if at is not None
    ]
    for at, sign in _updates(execution, versions):
        if all(abs(at - mark.at) > SAME_MOMENT for mark in marks):
            marks.append(Mark(at, sign, _WORDS[sign]))
    if timers.nearest is not None:
        sign = STEP_DEADLINE if timers.which == STEP else DEADLINE
        words = _DEADLINES.get(timers.which, "deadline, in-progress or step")
        marks.append(Mark(timers.nearest, sign, words))
    if timers.in_progress_after is not None:
        words = "in-progress deadline at the earliest"
        marks.append(Mark(timers.in_progress_after, DEADLINE, words))
    if versions is not None and versions.left_at is not None:
        marks.append(Mark(versions.left_at, ENDED, "not listed any more"))
    return marks


def _updates(execution: JobExecution, versions: Versions | None) -> Iterator[tuple[float, str]]:
    for version in versions.seen if versions else ():
        if version.at is not None:
            yield version.at, UPDATE if version.change is None else OURS
    if execution.last_updated_at is not None:
        yield execution.last_updated_at, UPDATE
