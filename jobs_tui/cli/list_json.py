"""The JSON of `jobs-tui list`, which programs rely on.

One object with these members, all of them always there; the same number in `format` means that none
was renamed, taken away or given another meaning, though some may have been added.

- `format`: 1.
- `executions`: the pending ones, thing by thing in the order in which they were named, those in
  progress first. Each has `thing`, `job`, `execution_number` (which tells a retry from the first
  try), `status` (`QUEUED` or `IN_PROGRESS`), `version`, `queued_at`, `started_at`,
  `last_updated_at`, `deadline` (when the nearest timer runs out, to some seconds; null where there
  is none, where it was not read, and for what is queued), and `needs`: `stuck`, `due` (about to
  time out), `overdue` (past its deadline and still listed), or null.
- `there_may_be_more`: the things of which the service lists no more than ten executions.
- `failed`: the things that could not be asked, each with `thing`, `reason` and the service's `code`
  or null.
- `deadlines_unread`: the executions in progress of which the deadline could not be read, each with
  `thing`, `job`, `reason` and `code`.

Moments are UTC, such as `2026-11-25T10:00:00Z`; what the service left out is null.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from jobs_tui.domain.attention import Attention
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary
from jobs_tui.domain.moments import timestamp
from jobs_tui.domain.outcome import Failure

FORMAT = 1


class Row(NamedTuple):
    """One pending execution."""

    thing_name: str
    summary: JobExecutionSummary
    deadline: float | None = None
    """Service time, seconds since the epoch."""
    needs: Attention | None = None


def list_members(
    rows: Iterable[Row],
    capped: Iterable[str],
    failed: Mapping[str, Failure],
    unread: Mapping[ExecutionKey, Failure],
) -> dict[str, object]:
    """What was found, as it is printed."""
    return {
        "format": FORMAT,
        "executions": [
            {
                "thing": row.thing_name,
                "job": row.summary.job_id,
                "execution_number": row.summary.execution_number,
                "status": row.summary.status,
                "version": row.summary.version_number,
                "queued_at": moment(row.summary.queued_at),
                "started_at": moment(row.summary.started_at),
                "last_updated_at": moment(row.summary.last_updated_at),
                "deadline": moment(row.deadline),
                "needs": row.needs,
            }
            for row in rows
        ],
        "there_may_be_more": list(capped),
        "failed": [
            {"thing": thing, "reason": failure.reason, "code": failure.code or None}
            for thing, failure in failed.items()
        ],
        "deadlines_unread": [
            {
                "thing": key.thing_name,
                "job": key.job_id,
                "reason": failure.reason,
                "code": failure.code or None,
            }
            for key, failure in unread.items()
        ],
    }


def moment(seconds: float | None) -> str | None:
    """A moment as programs get it."""
    return None if seconds is None else timestamp(seconds)
