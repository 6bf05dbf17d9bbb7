"""How a change that was asked for on the command line has ended, for people and for programs."""

import io
from typing import NamedTuple

from jobs_tui.cli.change_arguments import Wish
from jobs_tui.cli.describe import masked_details
from jobs_tui.cli.output import write_table
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.masking import mask
from jobs_tui.domain.parameters import parameters
from jobs_tui.domain.requests import CANCEL_STEP_TIMER, UpdateJobExecution
from jobs_tui.engine.change import Change, ChangeState

NOT_SENT = "not sent"
"""The outcome where it did not come to a change at all."""


class Ending(NamedTuple):
    """The outcome, and what the command knows besides."""

    wish: Wish
    outcome: str
    """A `ChangeState`, or `NOT_SENT`."""
    reason: str
    """May hold foreign text."""
    advice: str = ""
    seen: JobExecution | None = None
    """What the change is based on, or what held it back."""
    change: Change | None = None
    """None where nothing was recorded, and so nothing sent."""

    @property
    def good(self) -> bool:
        """Whether the user got what was asked for."""
        return self.outcome == ChangeState.CONFIRMED

    @property
    def sentence(self) -> str:
        """What was asked for and what became of it, with the next step where there is one."""
        wish = self.wish
        subject = wish.thing_name if wish.job_id is None else f"{wish.thing_name} / {wish.job_id}"
        told = f"{subject}: {_wanted(wish)}, {self.outcome}: {self.reason}"
        if self.advice and not self.good:
            told += f"; {self.advice}"
        return mask(told)


def ending_of(wish: Wish, seen: JobExecution, change: Change, *, recorded: bool) -> Ending:
    """How a change stands that is not waited for any longer; `recorded` if on disk."""
    outcome, reason, advice = change.state, change.explanation, change.advice
    if not change.state.settled:
        outcome = ChangeState.NOT_CONFIRMED
        reason = reason or "no answer so far"
        advice = "it is not recorded: look at what stands there by `jobs-tui describe`"
        if recorded:
            advice = after_all(change)
    elif outcome is ChangeState.CONFLICT:
        job = change.job_id or seen.job_id
        advice = f"look at what stands there: `jobs-tui describe {wish.thing_name} {job}`"
        if change.standing is not None and change.standing.status.terminal:
            advice = "it takes no change any more"
    return Ending(wish, outcome, reason, advice, seen, change)


def after_all(change: Change) -> str:
    """What becomes of a change that is open still."""
    return (
        f"it is number {change.number} in `jobs-tui journal`; `jobs-tui {change.thing_name}`, or "
        "the next change of the thing, settles it"
    )


def given_up(ending: Ending, waiting: Change) -> Ending:
    """The ending of a change that could not be sent for as long as it was waited for."""
    if ending.outcome is not ChangeState.DROPPED:
        return ending
    reason = f"{waiting.explanation or 'it waited for its turn'}; nothing was changed"
    return ending._replace(reason=reason, advice=waiting.advice)


def members_of(ending: Ending) -> dict[str, object]:
    """An ending as programs get it."""
    wish, change = ending.wish, ending.change
    standing = _standing(ending)
    known = standing or ending.seen
    return {
        "outcome": ending.outcome,
        "reason": mask(ending.reason),
        "advice": mask(ending.advice) or None,
        "change": (change.number or None) if change else None,
        "sent": bool(change and change.attempts),
        "thing": wish.thing_name,
        "job": wish.job_id or (known.job_id if known else None),
        "execution_number": known.execution_number if known else wish.execution_number,
        "wanted": _wanted(wish),
        "request": _masked(parameters(change.request)) if change else None,
        "seen": _state(ending.seen),
        "execution": _state(standing),
    }


def conflict_table(change: Change) -> list[str]:
    """What was seen, what stands there now and what was wanted, in lines."""
    seen, standing, request = change.based_on, change.standing, change.request
    before = seen.status_details if seen else {}
    now = standing.status_details if standing else {}
    rows: list[tuple[str, ...]] = [
        ("", "YOU SAW", "STANDS THERE", "YOU WANTED"),
        ("job", seen.job_id if seen else "-", standing.job_id if standing else "not known", ""),
        ("status", seen.status if seen else "-", _status(standing), change.wish),
        ("version", _version(seen), _version(standing), ""),
    ]
    wanted = request.status_details
    if wanted is None:
        wanted = before if isinstance(request, UpdateJobExecution) else {}
    rows += [
        (mask(name), *(mask(each.get(name, "-")) for each in (before, now, wanted)))
        for name in dict.fromkeys([*before, *now, *wanted])
    ]
    if (minutes := request.step_timeout_in_minutes) is not None:
        cancelled = minutes == CANCEL_STEP_TIMER
        rows.append(("step timeout", "", "", "cancelled" if cancelled else f"{minutes} min"))
    table = io.StringIO()
    write_table(rows, table)
    return table.getvalue().splitlines(keepends=True)


def _wanted(wish: Wish) -> str:
    return "start next" if wish.status is None else wish.status


def _standing(ending: Ending) -> JobExecution | None:
    """What stands there now, as far as it is known or proven."""
    seen, change = ending.seen, ending.change
    if change is None:
        return seen
    if change.standing is not None or not ending.good or seen is None:
        return change.standing
    request = change.request
    if not isinstance(request, UpdateJobExecution):
        return None
    # it was accepted at the version that was seen, and each acceptance counts that up by one
    details = seen.status_details if request.status_details is None else request.status_details
    version = None if seen.version_number is None else seen.version_number + 1
    return JobExecution(
        seen.job_id,
        seen.thing_name,
        request.status,
        details,
        version_number=version,
        execution_number=seen.execution_number,
    )


def _state(execution: JobExecution | None) -> dict[str, object] | None:
    if execution is None:
        return None
    return {
        "job": execution.job_id,
        "status": execution.status,
        "version": execution.version_number,
        "status_details": masked_details(execution),
    }


def _masked(sent: dict[str, object]) -> dict[str, object]:
    details = sent.get("statusDetails")
    if isinstance(details, dict):
        sent["statusDetails"] = {name: mask(value) for name, value in details.items()}
    return sent


def _status(execution: JobExecution | None) -> str:
    return "not known" if execution is None else execution.status


def _version(execution: JobExecution | None) -> str:
    version = execution.version_number if execution else None
    return "-" if version is None else f"{version}"
