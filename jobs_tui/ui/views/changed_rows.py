"""What a change of this run does to the row of its execution."""

from typing import NamedTuple

from jobs_tui.domain.execution import JobExecutionSummary
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.ui.views.durations import coarse

CONFLICT = "conflict"
"""The flag of a row whose latest change met another writer, as long as that version stands."""


class Told(NamedTuple):
    """What a row says of a change; what is empty stays as it is without one."""

    status: str = ""
    note: str = ""
    flag: str = ""


def while_listed(change: Change, summary: JobExecutionSummary, now: float) -> Told:
    """What a row in the list says of its latest change at service time `now`."""
    if not change.state.settled:
        return _under_way(change, now)
    if not change.still_stands(summary.version_number):
        return Told()
    flag = CONFLICT if change.state is ChangeState.CONFLICT else ""
    return Told(note=f"{change.wish}: {change.state}", flag=flag)


def once_gone(change: Change) -> tuple[str, str] | None:
    """Status and remark of a row that has left the list, if its latest change tells any."""
    if not isinstance(change.request, UpdateJobExecution):
        return None
    if change.state.good and change.request.status.terminal:
        return str(change.request.status), f"confirmed: {change.explanation}"
    if change.state is ChangeState.CONFIRMED:
        return None
    return "gone", f"{change.wish}: {change.state}"


def _under_way(change: Change, now: float) -> Told:
    if change.state is ChangeState.WAITING and not change.in_doubt:
        age = coarse(max(0.0, now - change.asked_at))
        return Told("waiting", f"{change.wish}, {age} so far")
    return Told(str(change.state), f"{change.wish} asked for")
