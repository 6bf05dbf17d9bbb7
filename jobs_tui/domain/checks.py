"""What may be sent: the service's constraints, checked before a request leaves.

botocore checks only required members, types and minimum lengths; the patterns, ranges and maximum
lengths of its model are checked here, all at once and by field.
"""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.names import detail_name_problem, job_id_problem, thing_name_problem
from jobs_tui.domain.requests import (
    CANCEL_STEP_TIMER,
    NEXT_JOB,
    DescribeJobExecution,
    GetPendingJobExecutions,
    Request,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import SETTABLE

DETAIL_VALUE_MAX = 1024
DETAILS_ADVISED_MAX = 10
STEP_TIMEOUT_MIN = 1
STEP_TIMEOUT_MAX = 10080
"""Minutes: seven days."""


class FieldProblem(NamedTuple):
    """One thing wrong with one field of a request."""

    field: str
    """The member's name as the service spells it; `statusDetails.NAME` for one detail."""
    message: str


def problems(request: Request) -> tuple[FieldProblem, ...]:
    """Everything in a request that the service would refuse, in the order of its fields."""
    return tuple(_problems(request))


def detail_value_problem(value: str) -> str | None:
    """What is wrong with the value of a status detail, or None."""
    if not value:
        return "must not be empty"
    if len(value) > DETAIL_VALUE_MAX:
        return f"has {len(value)} characters, {DETAIL_VALUE_MAX} at most"
    for position, character in enumerate(value, start=1):
        if unicodedata.category(character).startswith("C"):
            return f"holds a control or invisible character (U+{ord(character):04X}) at {position}"
    return None


def step_timeout_problem(minutes: int, *, cancellable: bool) -> str | None:
    """What is wrong with a step timeout in minutes; only an update can cancel the timer."""
    if cancellable and minutes == CANCEL_STEP_TIMER:
        return None
    if STEP_TIMEOUT_MIN <= minutes <= STEP_TIMEOUT_MAX:
        return None
    cancel = f", or {CANCEL_STEP_TIMER} to cancel the timer" if cancellable else ""
    return f"must be {STEP_TIMEOUT_MIN} to {STEP_TIMEOUT_MAX} minutes{cancel}"


def details_warning(details: StatusDetails) -> str | None:
    """A doubt about the number of details; the guide contradicts itself, so it is no problem."""
    if len(details) <= DETAILS_ADVISED_MAX:
        return None
    return f"{len(details)} details: the service may accept only {DETAILS_ADVISED_MAX}"


def _problems(request: Request) -> Iterator[FieldProblem]:
    yield from _found("thingName", thing_name_problem(request.thing_name))
    match request:
        case GetPendingJobExecutions():
            pass
        case DescribeJobExecution():
            if request.job_id != NEXT_JOB:
                yield from _found("jobId", job_id_problem(request.job_id))
            yield from _found("executionNumber", _whole_number_problem(request.execution_number))
        case StartNextPendingJobExecution():
            yield from _detail_problems(request.status_details)
            yield from _step_timeout(request.step_timeout_in_minutes, cancellable=False)
        case UpdateJobExecution():
            yield from _found("jobId", job_id_problem(request.job_id))
            if request.status not in SETTABLE:
                yield FieldProblem("status", f"a device cannot set {request.status}")
            yield from _detail_problems(request.status_details)
            yield from _found("expectedVersion", _whole_number_problem(request.expected_version))
            yield from _found("executionNumber", _whole_number_problem(request.execution_number))
            yield from _step_timeout(request.step_timeout_in_minutes, cancellable=True)


def _found(field: str, message: str | None) -> Iterator[FieldProblem]:
    if message is not None:
        yield FieldProblem(field, message)


def _detail_problems(details: StatusDetails | None) -> Iterator[FieldProblem]:
    for name, value in (details or {}).items():
        yield from _found(f"statusDetails.{name}", detail_name_problem(name))
        yield from _found(f"statusDetails.{name}", detail_value_problem(value))


def _step_timeout(minutes: int | None, *, cancellable: bool) -> Iterator[FieldProblem]:
    if minutes is not None:
        problem = step_timeout_problem(minutes, cancellable=cancellable)
        yield from _found("stepTimeoutInMinutes", problem)


def _whole_number_problem(number: int | None) -> str | None:
    if number is None or 0 <= number < 2**63:
        return None
    return "must be a whole number of 64 bits, not negative"
