"""The rows of a panel: which executions it shows, in which order, and what each says."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jobs_tui.domain.attention import (
    Attention,
    AttentionLimits,
    attention,
    seconds_without_update,
)
from jobs_tui.domain.execution import ExecutionKey, JobExecutionSummary
from jobs_tui.domain.status import Status
from jobs_tui.engine.store import KEEP_LEFT_SECONDS
from jobs_tui.engine.thing_state import ThingState
from jobs_tui.ui.views.durations import coarse

if TYPE_CHECKING:
    # nothing is asked, nor changed, before the first frame
    from jobs_tui.domain.requests import DescribeJobExecution
    from jobs_tui.engine.change import Change

LatestChange: TypeAlias = "Callable[[ExecutionKey], Change | None]"


class Row(NamedTuple):
    """One execution as its panel shows it."""

    key: ExecutionKey
    summary: JobExecutionSummary
    status: str
    """The status as the service spells it, or what is under way with it."""
    version: str
    age: str
    remark: str = ""
    flag: str = ""
    """Why it needs a person, in one word."""
    left: bool = False
    """It is not in the pending list any more."""
    earlier_run: bool = False
    """Only an earlier run saw it; the service has not answered in this one."""

    @property
    def listed(self) -> bool:
        """Whether the service listed it when it was last asked in this run."""
        return not self.left and not self.earlier_run

    def request(self, *, document: bool) -> "DescribeJobExecution":
        """What to ask to know more of it, with or without its job document."""
        from jobs_tui.domain.requests import (  # noqa: PLC0415 - after the first frame
            DescribeJobExecution,
        )

        key = self.key
        return DescribeJobExecution(key.thing_name, key.job_id, key.execution_number, document)


def version_of(row: Row | None) -> object:
    """What of a row makes what was read of it old when it changes."""
    return row and (row.key, row.summary, row.left, row.earlier_run)


def rows_of(
    state: ThingState, latest_change: LatestChange, now: float, limits: AttentionLimits
) -> tuple[Row, ...]:
    """The rows of a thing at service time `now`: in progress first, then queued, by creation.

    A row that left the list stays in its place for a while.
    """
    listed = [
        _listed(state, summary, latest_change, now, limits) for summary in state.pending or ()
    ]
    gone = [
        _gone(state, entry.last_seen, latest_change)
        for entry in state.left
        if now - entry.left_at < KEEP_LEFT_SECONDS
    ]
    return tuple(sorted([*listed, *gone], key=_place))


def _place(row: Row) -> tuple[bool, float]:
    """Within the same second the service's own order stays: it says which is started first."""
    summary = row.summary
    return (summary.status is not Status.IN_PROGRESS, summary.queued_at or 0.0)


def _listed(
    state: ThingState,
    summary: JobExecutionSummary,
    latest_change: LatestChange,
    now: float,
    limits: AttentionLimits,
) -> Row:
    deadline = state.deadline_of(summary)
    as_of = state.as_of(now)
    needs = attention(summary, deadline, as_of, limits)
    key = state.key_of(summary)
    change = latest_change(key)
    status, note, flag = str(summary.status), "", str(needs or "")
    if change is not None:
        from jobs_tui.ui.views import changed_rows  # noqa: PLC0415 - where something was changed

        told = changed_rows.while_listed(change, summary, now)
        status, note, flag = told.status or status, told.note, told.flag or flag
    return Row(
        key=key,
        summary=summary,
        status=status,
        version=_version(summary),
        age=_age(summary, now),
        remark=note or _remark(summary, deadline, needs, as_of),
        flag=flag,
        earlier_run=state.earlier_run,
    )


def _gone(state: ThingState, summary: JobExecutionSummary, latest_change: LatestChange) -> Row:
    key = state.key_of(summary)
    change = latest_change(key)
    status, remark = "gone", "left the list: finished, canceled or removed"
    if change is not None:
        from jobs_tui.ui.views import changed_rows  # noqa: PLC0415 - where something was changed

        status, remark = changed_rows.once_gone(change) or (status, remark)
    return Row(key, summary, status, "", "", remark, left=True)


def _remark(
    summary: JobExecutionSummary, deadline: float | None, needs: Attention | None, now: float
) -> str:
    silence = seconds_without_update(summary, now)
    if needs is Attention.STUCK and silence is not None:
        return f"no update for {coarse(silence)}"
    if deadline is not None and deadline <= now:
        return "past its deadline"
    if deadline is not None:
        return f"times out in {coarse(deadline - now)}"
    return ""


def _version(summary: JobExecutionSummary) -> str:
    return "" if summary.version_number is None else f"v{summary.version_number}"


def _age(summary: JobExecutionSummary, now: float) -> str:
    """How long it has been in the state of its list."""
    since = summary.started_at if summary.status is Status.IN_PROGRESS else summary.queued_at
    since = since or summary.queued_at
    return "" if since is None else coarse(max(0.0, now - since))
