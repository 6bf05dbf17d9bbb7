"""The snapshot as text: a line that says whose it is, then one line of JSON for each thing.

A line begins with the thing's name and the time of its answer, so that it can be told whose line it
is, and how old, before it is read: only the lines of things that are watched are. A row holds what
GetPendingJobExecutions tells of an execution, and nothing that any other operation does.
"""

import json
import sys
from typing import Any, NamedTuple

from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.status import Status
from jobs_tui.engine.thing_state import ThingState

VERSION = 1
PROGRAM = "jobs-tui"

LINE_MOST = 64 * 1024
"""Bytes of a line at most; ten executions take about a thousand."""

LABEL_MOST = 256
"""Within so many bytes of a line stand name and time."""

_LARGEST = sys.float_info.max

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


class UnreadableSnapshotError(OSError):
    """A file is no snapshot that this program can read; `strerror` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(0, reason)


class Label(NamedTuple):
    """What a line says of itself before it is read."""

    thing_name: str
    answered_at: float
    """Service time, seconds since the epoch; may be any number."""


def owner_of(identity: str, endpoint: str, region: str) -> str:
    """What tells whose things a snapshot holds from anybody else's, and tells nothing more."""
    import hashlib  # noqa: PLC0415 - after the first frame

    return hashlib.sha256(_encode([identity, endpoint, region]).encode()).hexdigest()


def header_of(owner: str) -> bytes:
    """The first line."""
    return _encode({"program": PROGRAM, "version": VERSION, "owner": owner}).encode() + b"\n"


def owner_in(header: bytes) -> str:
    """Whose things the lines after this first one are about. Raises UnreadableSnapshotError."""
    try:
        found = json.loads(header)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("program") != PROGRAM:
        raise UnreadableSnapshotError("it is damaged")
    if found.get("version") != VERSION:
        raise UnreadableSnapshotError("another version of jobs-tui has written it")
    owner = found.get("owner")
    if not isinstance(owner, str):
        raise UnreadableSnapshotError("it is damaged")
    return owner


def line_of(state: ThingState) -> bytes:
    """The line of a thing that has answered; nothing for one that is too long to be read again."""
    pending = state.pending or PendingJobExecutions()
    members = [
        state.thing_name,
        state.answered_at,
        [_row(summary) for summary in pending.in_progress],
        [_row(summary) for summary in pending.queued],
    ]
    line = _encode(members).encode() + b"\n"
    return line if len(line) <= LINE_MOST else b""


def label_of(line: bytes) -> Label | None:
    """Whose line it is, and of when; None for one that is damaged that far."""
    name, mark, rest = line[:LABEL_MOST].partition(b'",')
    if not mark or not name.startswith(b'["') or b"\\" in name:
        return None
    try:
        return Label(name[2:].decode("ascii"), float(rest.partition(b",")[0]))
    except ValueError:
        return None


def state_in(line: bytes) -> ThingState | None:
    """The thing as an earlier run last saw it; None for a damaged line."""
    try:
        name, answered_at, in_progress, queued = json.loads(line)
        if not (isinstance(name, str) and -_LARGEST <= answered_at <= _LARGEST):
            return None
        pending = PendingJobExecutions(
            _summaries(in_progress, Status.IN_PROGRESS), _summaries(queued, Status.QUEUED)
        )
        return ThingState(name, pending, answered_at, earlier_run=True)
    except (ValueError, TypeError, RecursionError):
        return None


def _row(summary: JobExecutionSummary) -> list[Any]:
    return [
        summary.job_id,
        summary.queued_at,
        summary.started_at,
        summary.last_updated_at,
        summary.version_number,
        summary.execution_number,
    ]


def _summaries(rows: Any, status: Status) -> tuple[JobExecutionSummary, ...]:
    """Raises ValueError or TypeError for what no answer can have held."""
    found = []
    for job_id, queued_at, started_at, last_updated_at, version, number in rows:
        # one condition, since a hundred thousand rows may have to pass it
        if not (
            (queued_at is None or -_LARGEST <= queued_at <= _LARGEST)
            and (started_at is None or -_LARGEST <= started_at <= _LARGEST)
            and (last_updated_at is None or -_LARGEST <= last_updated_at <= _LARGEST)
            and (version is None or type(version) is int)
            and (number is None or type(number) is int)
        ):
            raise ValueError(job_id)
        found.append(
            JobExecutionSummary(
                # a job has one id and a thousand executions: the id is kept once
                sys.intern(job_id),
                status,
                queued_at,
                started_at,
                last_updated_at,
                version,
                number,
            )
        )
    return tuple(found)
