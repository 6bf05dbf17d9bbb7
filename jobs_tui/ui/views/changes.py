"""Changes in words: what goes over the wire, and what became of it."""

import json

from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.parameters import parameters
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.engine.change import Change, ChangeRequest, ChangeState
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.durations import coarse

NOT_SETTLED = "the last change here is not confirmed yet"


def preview(request: ChangeRequest) -> tuple[str, str]:
    """The request line and the body of what will be sent."""
    body = parameters(request)
    path = f"/things/{body.pop('thingName')}/jobs"
    if isinstance(request, UpdateJobExecution):
        start = f"POST {path}/{body.pop('jobId')}"
    else:
        start = f"PUT {path}/$next"
    if "statusDetails" in body:
        # last: it stands above already, should there be no room for all
        body["statusDetails"] = body.pop("statusDetails")
    return start, json.dumps(body, ensure_ascii=False)


def notice_of(change: Change) -> Notice:
    """What became of a change, for the status line."""
    look = "good" if change.state.good else "warning"
    if change.state in (ChangeState.CONFLICT, ChangeState.REFUSED):
        look = "alarm"
    subject = change.thing_name
    if isinstance(change.request, UpdateJobExecution):
        subject = f"{subject} / {change.request.job_id}"
    return Notice(f"{subject}: {change.wish}, {outcome_words(change)}", look)


def outcome_words(change: Change) -> str:
    """The state of a change and the reason for it."""
    told = f"{change.state}: {change.explanation}" if change.explanation else str(change.state)
    return f"{told}; {change.advice}" if change.advice else told


def open_words(change: Change) -> str:
    """Why an open change keeps its thing from being changed once more."""
    if change.state is ChangeState.WAITING:
        return f"a change here waits for the endpoint; {key_of('open-journal', 'J')} drops it"
    if change.state is ChangeState.LEFT:
        return f"an earlier run left a change; {key_of('open-journal', 'J')} sends or drops it"
    return NOT_SETTLED


def failure_words(failure: Failure) -> str:
    """A failure's reason and the next step."""
    return f"{failure.reason}; {failure.advice}" if failure.advice else failure.reason


def change_lines(changes: tuple[Change, ...], now: float, count: int) -> list[Line]:
    """The latest of some changes, newest first."""
    lines = []
    for change in reversed(changes[-count:]):
        notice = notice_of(change)
        age = coarse(max(0.0, now - change.asked_at))
        lines.append(line(Piece(f" {age:>7}  ", "dim"), Piece(notice.text, notice.look)))
    return lines
