"""One change of many executions: which requests it comes to, and what is left out, and why.

Pure: it asks and sends nothing. Each request carries the version that was read of its execution, so
that none overwrites another writer.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from jobs_tui.domain.checks import problems
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey, StatusDetails
from jobs_tui.domain.outcome import Failure, Outcome
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status, transition_problem
from jobs_tui.engine.change import ChangeState
from jobs_tui.engine.store import Store

GONE = "it has left the pending list"
NO_VERSION = "the service told no version of it: change it by itself"
TWICE = "the same execution stands above already"
NOT_SETTLED = {
    ChangeState.WAITING: "a change of this thing waits for the endpoint",
    ChangeState.LEFT: "an earlier run left a change of this thing unsent",
}
IN_DOUBT = "the last change of this thing is not confirmed yet"

Found: TypeAlias = JobExecution | str
"""What was read of an execution, or why it is left out."""


class Wish(NamedTuple):
    """What all executions are to become."""

    status: Status
    details: StatusDetails
    """Empty leaves the details of each as they are."""
    replaces: bool
    """Whether these are all details that each has afterwards, or are added to its own."""
    step_timeout_in_minutes: int | None = None


class Planned(NamedTuple):
    """What would become of one execution."""

    key: ExecutionKey
    seen: JobExecution | None
    """What was just read; None where that failed, or was not begun."""
    request: UpdateJobExecution | None
    """What goes out for it."""
    problem: str = ""
    """Why it is left out; may hold foreign text."""


def left_out(store: Store, key: ExecutionKey) -> str | None:
    """Why there is no need to read an execution: nothing can be asked for it now."""
    state = store.thing(key.thing_name)
    known = state.pending is not None and not state.earlier_run
    if known and all(state.key_of(summary) != key for summary in state.pending or ()):
        return GONE
    for change in store.changes:
        if change.thing_name == key.thing_name and not change.state.settled:
            return NOT_SETTLED.get(change.state, IN_DOUBT)
    return None


def found_by(read: Outcome[JobExecution | None]) -> Found:
    """What a read says of an execution."""
    if isinstance(read, Failure):
        return f"not read: {read.reason}"
    return GONE if read.value is None else read.value


def plan(
    keys: Sequence[ExecutionKey], found: Mapping[ExecutionKey, Found], wish: Wish | None
) -> tuple[Planned, ...]:
    """What would become of each execution, in this order; without a wish nothing would."""
    planned: list[Planned] = []
    taken: set[ExecutionKey] = set()
    for key in keys:
        seen = found.get(key)
        if seen is None or isinstance(seen, str):
            planned.append(Planned(key, None, None, seen or ""))
            continue
        if seen.key in taken:
            planned.append(Planned(key, seen, None, TWICE))
            continue
        taken.add(seen.key)
        planned.append(_planned(key, seen, wish))
    return tuple(planned)


def sendable(planned: Sequence[Planned]) -> tuple[Planned, ...]:
    """Those for which something goes out."""
    return tuple(each for each in planned if each.request is not None)


def _planned(key: ExecutionKey, seen: JobExecution, wish: Wish | None) -> Planned:
    illegal = transition_problem(seen.status, wish.status if wish else Status.FAILED)
    if illegal is not None or wish is None:
        return Planned(key, seen, None, illegal or "")
    if seen.version_number is None:
        return Planned(key, seen, None, NO_VERSION)
    request = UpdateJobExecution(
        thing_name=seen.thing_name,
        job_id=seen.job_id,
        status=wish.status,
        status_details=_details(seen.status_details, wish),
        expected_version=seen.version_number,
        execution_number=seen.execution_number,
        step_timeout_in_minutes=wish.step_timeout_in_minutes,
    )
    wrong = problems(request)
    if wrong:
        told = "; ".join(f"{each.field}: {each.message}" for each in wrong)
        return Planned(key, seen, None, told)
    return Planned(key, seen, request)


def _details(own: StatusDetails, wish: Wish) -> StatusDetails | None:
    """None leaves them: nothing was typed, or it would make no difference."""
    if not wish.details:
        return None
    wanted = dict(wish.details) if wish.replaces else {**own, **wish.details}
    return None if wanted == dict(own) else wanted
