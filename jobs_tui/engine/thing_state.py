"""Everything known about one thing, as one frozen record; a refresh makes a new one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Failure

if TYPE_CHECKING:
    # nothing is described before the first frame
    from jobs_tui.domain.description import JobExecution


_told_apart = attrgetter("job_id", "execution_number")
"""What tells the executions of one thing apart: a key without the name of the thing."""


class Described(NamedTuple):
    """What DescribeJobExecution last said of an execution, beyond its row in the pending list."""

    execution: "JobExecution"
    """Its job document is the one last fetched, also when a later read left it out."""
    read_at: float
    """Service time of the read, seconds since the epoch."""
    document_read_at: float | None = None

    @property
    def deadline(self) -> float | None:
        """Service time at which the nearest timer runs out; None without a timer."""
        seconds = self.execution.approximate_seconds_before_timed_out
        return None if seconds is None else self.read_at + seconds


class ReadDeadline(NamedTuple):
    """When an execution in progress times out, read while nobody looked: nothing else is kept."""

    job_id: str
    execution_number: int | None
    version_number: int | None
    """The version for which it was read; another one may have set another timer."""
    moment: float | None
    """Service time at which the nearest timer runs out; None without one, or if refused."""

    def is_of(self, summary: JobExecutionSummary) -> bool:
        """Whether it holds for a row, which may be older than the reading."""
        if (self.job_id, self.execution_number) != _told_apart(summary):
            return False
        read, listed = self.version_number, summary.version_number
        return read == listed or (read is not None and listed is not None and read > listed)


class LeftExecution(NamedTuple):
    """An execution that was listed and is not any more: finished, canceled or removed."""

    last_seen: JobExecutionSummary
    left_at: float
    """Service time of the first refresh without it."""


@dataclass(frozen=True, slots=True)
class ThingState:
    """One thing as the service last told it, and how the latest round with it ended."""

    thing_name: str
    pending: PendingJobExecutions | None = None
    """None until the first answer."""
    answered_at: float | None = None
    """Service time of the latest answer."""
    failure: Failure | None = None
    """Why the latest round failed; None after a good one."""
    described: Mapping[ExecutionKey, Described] = field(default_factory=dict)
    left: tuple[LeftExecution, ...] = ()
    ever_listed: bool = False
    """Whether anything was ever pending in this run, so that the service knows the thing."""
    earlier_run: bool = False
    """Whether `pending` and `answered_at` come from the snapshot that an earlier run has left."""
    deadlines: tuple[ReadDeadline, ...] = ()
    """At most one for each execution in progress, beside what `described` tells."""

    def as_of(self, now: float) -> float:
        """The service time for which the pending list holds: of an earlier run's, when it was told.

        What was in progress yesterday may not be any more, so it is not stuck since then.
        """
        return self.answered_at if self.earlier_run and self.answered_at is not None else now

    def key_of(self, summary: JobExecutionSummary) -> ExecutionKey:
        """The identity of one of this thing's rows."""
        return ExecutionKey(self.thing_name, summary.job_id, summary.execution_number)

    @property
    def first_pending(self) -> "JobExecution | None":
        """The execution that StartNextPendingJobExecution is about, as it was last listed."""
        return self.last_known(next(iter(self.pending))) if self.pending else None

    def last_known(self, summary: JobExecutionSummary) -> "JobExecution":
        """All that is known of a row, with the status details only if they were read."""
        described = self.description_of(summary)
        if described is not None:
            return replace(described.execution, job_document=None)
        from jobs_tui.domain.description import JobExecution  # noqa: PLC0415 - where one is wanted

        return JobExecution(
            job_id=summary.job_id,
            thing_name=self.thing_name,
            status=summary.status,
            queued_at=summary.queued_at,
            started_at=summary.started_at,
            last_updated_at=summary.last_updated_at,
            version_number=summary.version_number,
            execution_number=summary.execution_number,
        )

    def description_of(self, summary: JobExecutionSummary) -> Described | None:
        """What was read of a row, if it was read at the version that the row shows."""
        found = self.described.get(self.key_of(summary))
        if found is None or found.execution.version_number != summary.version_number:
            return None
        return found

    def deadline_of(self, summary: JobExecutionSummary) -> float | None:
        """Service time at which a row's nearest timer runs out, if that was read at its version."""
        if self.described and (found := self.description_of(summary)) is not None:
            return found.deadline
        return next((read.moment for read in self.deadlines if read.is_of(summary)), None)

    @property
    def unread(self) -> Iterator[JobExecutionSummary]:
        """The rows in progress whose deadline was not read at their version, in this run's list."""
        if self.pending is None or self.earlier_run:
            return
        for summary in self.pending.in_progress:
            known = self.described and self.description_of(summary) is not None
            if not known and not any(read.is_of(summary) for read in self.deadlines):
                yield summary


def with_answer(
    state: ThingState, pending: PendingJobExecutions, *, now: float, keep_left: float
) -> ThingState:
    """The state after a good answer of GetPendingJobExecutions at service time `now`.

    Rows that are gone are kept in `left` for `keep_left` seconds, so that none vanishes unseen;
    not those that only an earlier run saw, which may have gone long ago.
    """
    if state.pending == pending and not (state.left or state.failure or state.earlier_run):
        return _answered(state, state.pending, now, state.described, (), state.deadlines)
    listed = set(map(_told_apart, pending))
    gone = [
        LeftExecution(summary, now)
        for summary in (() if state.earlier_run else state.pending or ())
        if _told_apart(summary) not in listed
    ]
    still_shown = [
        left
        for left in state.left
        if now - left.left_at < keep_left and _told_apart(left.last_seen) not in listed
    ]
    left = (*still_shown, *gone)
    described = state.described
    if described:
        listed |= {_told_apart(entry.last_seen) for entry in left}
        described = {key: known for key, known in described.items() if key[1:] in listed}
    deadlines = state.deadlines
    if deadlines:
        rows = pending.in_progress
        deadlines = tuple(read for read in deadlines if any(map(read.is_of, rows)))
    return _answered(state, pending, now, described, left, deadlines)


def _answered(
    state: ThingState,
    pending: PendingJobExecutions,
    now: float,
    described: Mapping[ExecutionKey, Described],
    left: tuple[LeftExecution, ...],
    deadlines: tuple[ReadDeadline, ...],
) -> ThingState:
    """Without `replace`, which takes as long as all the rest: this is done for each answer."""
    name, ever_listed = state.thing_name, state.ever_listed or len(pending) > 0
    return ThingState(name, pending, now, None, described, left, ever_listed, False, deadlines)  # noqa: FBT003


def with_description(state: ThingState, execution: "JobExecution", *, now: float) -> ThingState:
    """The state after DescribeJobExecution or StartNextPendingJobExecution told an execution."""
    key = key_in_list(state, execution)
    document_read_at: float | None = now
    if execution.job_document is None:
        earlier = state.described.get(key)
        document_read_at = earlier.document_read_at if earlier else None
        document = earlier.execution.job_document if earlier else None
        execution = replace(execution, job_document=document)
    described = dict(state.described)
    described[key] = Described(execution, now, document_read_at)
    return replace(state, described=described)


def with_deadline(state: ThingState, read: ReadDeadline) -> ThingState:
    """The state after the deadline of an execution was read while nobody looked."""
    apart = (read.job_id, read.execution_number)
    others = (each for each in state.deadlines if each[:2] != apart)
    return replace(state, deadlines=(*others, read))


def key_in_list(state: ThingState, execution: "JobExecution") -> ExecutionKey:
    """The identity of the row for an execution, also where one answer left out its number."""
    for summary in state.pending or ():
        numbers = (summary.execution_number, execution.execution_number)
        if summary.job_id == execution.job_id and (None in numbers or numbers[0] == numbers[1]):
            return state.key_of(summary)
    return execution.key
