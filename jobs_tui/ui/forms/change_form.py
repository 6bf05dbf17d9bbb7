"""From the fields of a dialog to a request, or to everything that is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from jobs_tui.domain.checks import FieldProblem, details_warning, problems
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status, transition_problem
from jobs_tui.ui.terminal.lines import cut

ChangeT = TypeVar("ChangeT", StartNextPendingJobExecution, UpdateJobExecution)


NOT_CHOSEN = FieldProblem("status", "choose one")
NO_NAME = "statusDetails"
"""The field of a value without a name."""
IS_THERE_TWICE = "is there twice"


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One row of the details table, as typed; a row without a name is not sent."""

    name: str
    value: str

    @property
    def empty(self) -> bool:
        """Whether nothing was typed into it."""
        return not self.name and not self.value


@dataclass(frozen=True, slots=True)
class Filled(Generic[ChangeT]):
    """The request that a dialog stands for, and what is wrong with it."""

    request: ChangeT | None
    """None while something that it cannot do without is missing."""
    problems: tuple[FieldProblem, ...]
    warning: str | None = None

    @property
    def sendable(self) -> ChangeT | None:
        """The request if nothing is wrong with it."""
        return None if self.problems else self.request


def fill_start(
    thing_name: str, rows: Sequence[DetailRow], step_timeout: str
) -> Filled[StartNextPendingJobExecution]:
    """The StartNextPendingJobExecution of a dialog; details are left out where none are given."""
    details, found = _details(rows)
    minutes, minutes_found = _minutes(step_timeout)
    request = StartNextPendingJobExecution(thing_name, details or None, minutes)
    return Filled(request, (*found, *minutes_found, *problems(request)), details_warning(details))


def fill_update(
    seen: JobExecution, status: Status | None, rows: Sequence[DetailRow], step_timeout: str
) -> Filled[UpdateJobExecution]:
    """The UpdateJobExecution of a dialog that shows `seen`.

    Details that are as they were are left out, which leaves them unchanged; the service replaces
    all of them when any are sent.
    """
    details, found = _details(rows)
    minutes, minutes_found = _minutes(step_timeout)
    request = UpdateJobExecution(
        thing_name=seen.thing_name,
        job_id=seen.job_id,
        # before one is chosen, so that all else that is typed is judged already
        status=status or Status.IN_PROGRESS,
        status_details=None if details == dict(seen.status_details) else details,
        expected_version=seen.version_number,
        execution_number=seen.execution_number,
        step_timeout_in_minutes=minutes,
    )
    if status is None:
        return Filled(None, (NOT_CHOSEN, *found, *minutes_found, *problems(request)))
    warning = details_warning(details)
    if seen.version_number is None:
        warning = "the service told no version: another writer could be overwritten unseen"
    illegal = transition_problem(seen.status, status)
    if illegal is not None:
        found = (FieldProblem("status", illegal), *found)
    return Filled(request, (*found, *minutes_found, *problems(request)), warning)


def rebased(
    rows: Sequence[DetailRow], before: StatusDetails, after: StatusDetails
) -> tuple[DetailRow, ...]:
    """The rows of a dialog when another writer has changed the details from `before` to `after`.

    What was not touched follows the other writer; what was typed, added or taken away stays so.
    """
    typed = {row.name: row for row in rows}
    kept = [
        typed.get(name) if typed.get(name) != DetailRow(name, before.get(name, "")) else None
        for name in after
    ]
    merged = [
        mine or DetailRow(name, value)
        for (name, value), mine in zip(after.items(), kept, strict=True)
        if mine or name in typed or name not in before
    ]
    own = [row for row in rows if row.name not in after and before.get(row.name) != row.value]
    return (*merged, *own)


def _details(rows: Sequence[DetailRow]) -> tuple[StatusDetails, tuple[FieldProblem, ...]]:
    details: dict[str, str] = {}
    found: list[FieldProblem] = []
    for row in rows:
        if row.name in details:
            found.append(FieldProblem(f"statusDetails.{row.name}", IS_THERE_TWICE))
        elif row.name:
            details[row.name] = row.value
        elif row.value:
            found.append(FieldProblem(NO_NAME, f"the value {cut(row.value, 40)!r} has no name"))
    return details, tuple(found)


def _minutes(text: str) -> tuple[int | None, tuple[FieldProblem, ...]]:
    text = text.strip()
    if not text:
        return None, ()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        return None, (FieldProblem("stepTimeoutInMinutes", "must be a whole number of minutes"),)
    return int(text), ()
