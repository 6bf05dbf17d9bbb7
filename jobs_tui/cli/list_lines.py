"""The lines of `jobs-tui list --watch`: sentences for people and screen readers, or JSON.

A line of JSON is one object with these members, all of them always there, null where they say
nothing; `format` is 1 for as long as none is renamed, taken away or given another meaning.

- `format`; `at`: when it was seen, in the service's time, such as `2026-11-25T10:00:00Z`.
- `event`: `standing` (pending already when its thing was first asked), `new`, `changed`,
  `needs_attention`, `gone`, `there_may_be_more` (of this thing the service lists no more than ten),
  `could_not_be_asked`, `asked_again`, `endpoint_lost`, `endpoint_back`, `deadlines_unread` (so
  nothing is told of deadlines from then on), `all_asked` (what stood there is told).
- `thing`, `job`, `execution_number`, `status`, `version`: of the execution as it is listed now, or
  was last; `was_status`, `was_version`: before it changed.
- `needs`: `stuck`, `due` (about to time out) or `overdue`; `deadline`: as far as it was read.
- `past_deadline`: of what is gone, whether that was after its deadline.
- `reason`, `code`: why not, and the service's name of the error.
- `things`, `in_progress`, `queued`: with `all_asked`, how many there are.
"""

import json
from collections.abc import Callable

from jobs_tui.cli.list_json import FORMAT, moment
from jobs_tui.domain.attention import Attention
from jobs_tui.domain.execution import JobExecutionSummary
from jobs_tui.domain.moments import duration, timestamp
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.status import Status
from jobs_tui.engine.events import EventKind
from jobs_tui.engine.happenings import Happening, Standing, What

Told = Callable[[Happening, float], list[str]]
"""The lines for what has happened, seen at this service time."""


def json_line(happening: Happening, now: float) -> list[str]:
    """One object; its text has no control characters, whoever wrote it."""
    summary, before, standing = happening.summary, happening.before, happening.standing
    failure = happening.failure
    members = {
        "format": FORMAT,
        "at": timestamp(now),
        "event": happening.what,
        "thing": happening.thing_name,
        "job": summary.job_id if summary else None,
        "execution_number": summary.execution_number if summary else None,
        "status": summary.status if summary else None,
        "version": summary.version_number if summary else None,
        "was_status": before.status if before else None,
        "was_version": before.version_number if before else None,
        "needs": happening.needs,
        "deadline": moment(happening.deadline),
        "past_deadline": happening.past_deadline if happening.what is What.GONE else None,
        "reason": failure.reason if failure else None,
        "code": (failure.code or None) if failure else None,
        "things": standing.things if standing else None,
        "in_progress": standing.in_progress if standing else None,
        "queued": standing.queued if standing else None,
    }
    return [json.dumps(members)]


class Sentences:
    """What is said, in words that can be heard; the date is told when it is another one."""

    def __init__(self, stuck_after: float) -> None:
        """`stuck_after` is in seconds."""
        self._stuck = f"stuck, without any update for {duration(stuck_after)}"
        self._date = ""

    def __call__(self, happening: Happening, now: float) -> list[str]:
        """The sentence, after the time of day."""
        date, _, time = timestamp(now).rstrip("Z").partition("T")
        lines = [] if date == self._date else [f"It is {date}, times are UTC."]
        self._date = date
        return [*lines, f"{time} {self._about(happening)}".rstrip()]

    def _about(self, happening: Happening) -> str:
        words = self._words(happening)
        if happening.thing_name is None:
            return f"{words[:1].upper()}{words[1:]}."
        job = f", job {happening.summary.job_id}" if happening.summary else ""
        return f"{happening.thing_name}{job}: {words}."

    def _words(self, happening: Happening) -> str:
        match happening:
            case Happening(what=What.CHANGED, summary=now, before=before) if now and before:
                return _change(before, now)
            case Happening(what=What.GONE, summary=summary) if summary:
                return _end(summary, past_deadline=happening.past_deadline)
            case Happening(what=What.STANDING | What.NEW, summary=summary) if summary:
                new = ["new"] if happening.what is What.NEW else []
                needs = [self._needs(happening.needs)] if happening.needs else []
                return ", ".join([*new, *_state(summary), *needs])
            case Happening(what=What.NEEDS_ATTENTION, needs=needs, deadline=deadline) if needs:
                at = "" if deadline is None else f", at {timestamp(deadline)[11:19]}"
                return f"{self._needs(needs)}{at if needs is Attention.DUE else ''}"
            case Happening(failure=failure) if failure:
                return f"{_FAILED[happening.what]}: {_why(failure)}"
        return _PLAIN[happening.what] if happening.standing is None else _all(happening.standing)

    def _needs(self, needs: Attention) -> str:
        return self._stuck if needs is Attention.STUCK else _NEEDS[needs]


_NEEDS = {
    Attention.DUE: EventKind.DUE.words,
    Attention.OVERDUE: "past its deadline and still listed",
}
_FAILED = {
    What.NOT_ASKED: "could not be asked",
    What.ENDPOINT_LOST: "the endpoint is lost",
    What.DEADLINES_UNREAD: "deadlines cannot be read, so nothing is told of them",
}
_PLAIN = {
    What.THERE_MAY_BE_MORE: "the service lists no more, there may be more",
    What.ASKED_AGAIN: "could be asked again",
    What.ENDPOINT_BACK: "the endpoint is back",
}


def _state(summary: JobExecutionSummary) -> list[str]:
    version = summary.version_number
    return [_spoken(summary.status), *([] if version is None else [f"version {version}"])]


def _change(before: JobExecutionSummary, now: JobExecutionSummary) -> str:
    if before.status is now.status:
        return ", ".join([f"still {_spoken(now.status)}", *_state(now)[1:]])
    return ", ".join(
        [f"was {_spoken(before.status)}", f"is {_spoken(now.status)}", *_state(now)[1:]]
    )


def _end(summary: JobExecutionSummary, *, past_deadline: bool) -> str:
    if past_deadline:
        return f"{EventKind.PAST_DEADLINE.words}, so it has likely timed out"
    if summary.status is Status.IN_PROGRESS:
        return EventKind.LEFT_IN_PROGRESS.words
    return EventKind.LEFT_QUEUE.words


def _all(standing: Standing) -> str:
    things = _number(standing.things, "thing")
    are = _number(standing.in_progress, "execution")
    return f"{things} asked, {are} in progress, {standing.queued:,} queued"


def _spoken(status: Status) -> str:
    return status.replace("_", " ").lower()


def _why(failure: Failure) -> str:
    told = f"{failure.reason}; {failure.advice}" if failure.advice else failure.reason
    return told.rstrip(".")


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"
