"""What an answer or a read proves about a change. Pure: it decides and sends nothing.

An update is told apart from another writer's by the version number, which the service raises by one
for each accepted update and for each start. A verdict that leaves the change open also says what to
do next: WAITING is to send it (again), NOT_CONFIRMED is to read (again).
"""

from dataclasses import replace

from jobs_tui.domain.description import JobExecution, JobExecutionState
from jobs_tui.domain.outcome import (
    RESOURCE_NOT_FOUND,
    TERMINAL_STATE,
    Conflict,
    Done,
    Failure,
    NotAllowed,
    NotConfirmed,
    Outcome,
    Refused,
)
from jobs_tui.domain.requests import (
    NEXT_JOB,
    DescribeJobExecution,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import (
    AttemptKind,
    Change,
    ChangeState,
    Verdict,
    verdict_of_failure,
)
from jobs_tui.engine.settling_starts import (
    ALIKE,
    NOTHING_PENDING_ANY_MORE,
    may_still_arrive,
    same,
    stands,
    started_by_somebody,
    verdict_of_started,
)

_LOOK = "look at what stands there, then apply it to that or drop it"
_ASK_CONTROL_PLANE = "who may can ask the control plane: aws iot describe-job-execution"

_TURNED_DOWN = frozenset({"refused", "conflict", "not allowed"})
"""The outcomes of an attempt to which asking once more would get the same answer."""


def read_for(change: Change) -> DescribeJobExecution:
    """The read that tells what became of a change: of the execution that the user saw."""
    seen = change.based_on
    if isinstance(change.request, UpdateJobExecution):
        request = change.request
        return DescribeJobExecution(request.thing_name, request.job_id, request.execution_number)
    if seen is None:
        return DescribeJobExecution(change.thing_name, NEXT_JOB)
    return DescribeJobExecution(change.thing_name, seen.job_id, seen.execution_number)


def verdict_of_update(state: JobExecutionState, request: UpdateJobExecution) -> Verdict:
    """Judge the `executionState` that answered an UpdateJobExecution."""
    if state.status is not request.status:
        return Verdict(
            ChangeState.NOT_CONFIRMED,
            f"the answer says {state.status} where {request.status} was sent",
        )
    return Verdict(ChangeState.CONFIRMED, f"version {state.version_number}")


def verdict_of_failed_send(change: Change, failure: Failure) -> Verdict:
    """Judge the failure that answered a change.

    A refusal is the last word only if nothing that was sent before is in doubt: the refusal may
    come from the change itself, which landed although its first answer was lost.
    """
    match failure:
        case NotConfirmed():
            return verdict_of_failure(failure, ChangeState.NOT_CONFIRMED)
        case Conflict() | Refused() if change.in_doubt:
            return _verdict_of_doubtful_refusal(change, failure)
        case Conflict():
            return verdict_of_failure(failure, ChangeState.CONFLICT)
        case Refused():
            return verdict_of_failure(failure, ChangeState.REFUSED)
        case NotAllowed() if not change.in_doubt:
            return verdict_of_failure(failure, ChangeState.REFUSED)
    state = ChangeState.NOT_CONFIRMED if change.in_doubt else ChangeState.WAITING
    return verdict_of_failure(failure, state)


def verdict_by_reading(change: Change, read: Outcome[JobExecution | None]) -> Verdict:
    """Judge a change in doubt by what DescribeJobExecution says now."""
    if isinstance(read, Failure):
        return _verdict_of_failed_read(change, read)
    if read.value is None:
        return NOTHING_PENDING_ANY_MORE
    verdict = _verdict_of_standing(change, read.value)
    if verdict.state is ChangeState.WAITING:
        return _refused_before(change, read.value) or verdict
    return verdict


def _verdict_of_failed_read(change: Change, failure: Failure) -> Verdict:
    if failure.code not in {TERMINAL_STATE, RESOURCE_NOT_FOUND}:
        return verdict_of_failure(failure, ChangeState.NOT_CONFIRMED)
    if isinstance(change.request, StartNextPendingJobExecution) and not change.in_doubt:
        return Verdict(ChangeState.NOTHING_STARTED, "nothing is pending any more")
    if failure.code == TERMINAL_STATE:
        return _verdict_of_finished(change)
    return Verdict(
        ChangeState.NOT_CONFIRMABLE,
        "the execution is gone: it was deleted with its job, or its retries replaced it",
        _ASK_CONTROL_PLANE,
    )


def verdict_before_late_send(change: Change, read: Outcome[JobExecution | None]) -> Verdict | None:
    """Judge by a fresh read whether a change that had to wait may still go out; None if it may.

    A start names no job: it would start whatever stands first by then. An update is held back by
    its expected version, where it has one.
    """
    seen = change.based_on
    match read:
        case Done(value=JobExecution(status=Status.IN_PROGRESS)) if change.in_doubt:
            return verdict_by_reading(change, read)
        case Done(value=standing):
            same = (standing is None and seen is None) or (
                standing is not None
                and seen is not None
                and standing.key == seen.key
                and standing.version_number == seen.version_number
            )
            if same:
                return may_still_arrive(change, standing)
            told = "nothing is pending" if standing is None else stands(standing)
            return Verdict(ChangeState.CONFLICT, f"meanwhile: {told}", _LOOK, standing)
        case Refused(code=code) if code in (TERMINAL_STATE, RESOURCE_NOT_FOUND):
            return Verdict(
                ChangeState.CONFLICT, "meanwhile the execution has finished", _ASK_CONTROL_PLANE
            )
        case Failure() as failure:
            return verdict_of_failure(failure, ChangeState.WAITING)
    raise TypeError(read)


def verdict_of_drop(change: Change) -> Verdict:
    """Judge an open change that the user has dropped: what is known of it by now."""
    if not change.in_doubt:
        return Verdict(ChangeState.DROPPED, "dropped before it was sent")
    if change.state is ChangeState.LEFT and not _known_to_be_finished(change):
        return Verdict(ChangeState.DROPPED, f"not sent again; {change.explanation}")
    return Verdict(
        ChangeState.NOT_CONFIRMABLE,
        "no longer followed up, as you asked; whether it landed is open",
    )


def left_by_an_earlier_run(verdict: Verdict) -> Verdict:
    """A verdict on a change of an earlier run: what it left unsent goes out only when asked for."""
    if verdict.state is ChangeState.WAITING:
        return replace(verdict, state=ChangeState.LEFT, advice="send it or drop it")
    return verdict


def _verdict_of_standing(change: Change, standing: JobExecution) -> Verdict:
    request = change.request
    if isinstance(request, StartNextPendingJobExecution):
        details = request.status_details
        if standing.status is Status.QUEUED:
            return may_still_arrive(change, standing) or _did_not_land(standing)
        verdict = verdict_of_started(change, request, standing)
        if verdict.state is ChangeState.CONFIRMED and change.based_on is None and not details:
            return started_by_somebody(standing)
        return _with_doubt(verdict, request)
    state = JobExecutionState(standing.status, standing.status_details, standing.version_number)
    verdict = _verdict_of_state(change, request, state)
    minutes = request.step_timeout_in_minutes
    if minutes is not None and minutes > 0 and verdict.state is ChangeState.CONFIRMED:
        left = standing.approximate_seconds_before_timed_out
        if not standing.status.terminal and (left is None or left > 60 * minutes):
            told = f"another writer was there: version {standing.version_number} has another timer"
            verdict = Verdict(ChangeState.CONFLICT, told, _LOOK)
    return replace(verdict, standing=standing)


def _verdict_of_state(
    change: Change, request: UpdateJobExecution, state: JobExecutionState
) -> Verdict:
    """Judge an update by the state of its execution, read after it may have landed."""
    base, version = request.expected_version, state.version_number
    told = f"now {state.status}, version {version}"
    if base is not None and version == base:
        return Verdict(ChangeState.WAITING, f"did not arrive: still {told.removeprefix('now ')}")
    as_asked = state.status is request.status and same(
        state.status_details, request, change.based_on
    )
    if base is not None and version == base + 1 and as_asked:
        verdict = Verdict(ChangeState.CONFIRMED, f"version {version}, by reading again")
        return _with_doubt(verdict, request)
    if base is None and as_asked:
        return Verdict(
            ChangeState.NOT_CONFIRMABLE, f"{told}, as asked for; by whom is not known", _LOOK
        )
    if base is None or version is None or version > base + 1:
        told += "; whether this one landed before is not known"
    return Verdict(ChangeState.CONFLICT, f"another writer was there: {told}", _LOOK)


def _verdict_of_doubtful_refusal(change: Change, failure: Failure) -> Verdict:
    """Judge the refusal of a change that was sent before: its words may tell that it landed."""
    request = change.request
    if failure.standing is not None and isinstance(request, UpdateJobExecution):
        verdict = _verdict_of_state(change, request, failure.standing)
        if verdict.state is not ChangeState.WAITING:
            return verdict
    if _known_to_be_finished(change):
        return Verdict(
            ChangeState.NOT_CONFIRMABLE,
            f"the execution has finished, by whom is not known: {failure.reason}",
            _ASK_CONTROL_PLANE,
        )
    return verdict_of_failure(failure, ChangeState.NOT_CONFIRMED)


def _verdict_of_finished(change: Change) -> Verdict:
    """An execution that has ended takes no change any more, so that sending once more is safe.

    What the refusal says may tell how it ended. Of a start there is no refusal to hear.
    """
    heard = any(
        each.kind is AttemptKind.SEND and each.outcome in _TURNED_DOWN
        for each in change.attempts[_first_terminal(change) :]
    )
    if isinstance(change.request, UpdateJobExecution) and not heard:
        return Verdict(
            ChangeState.WAITING, "the execution has finished; only sending once more tells how"
        )
    return Verdict(
        ChangeState.NOT_CONFIRMABLE,
        "the execution has finished; by whom and how is not known",
        _ASK_CONTROL_PLANE,
    )


def _refused_before(change: Change, standing: JobExecution) -> Verdict | None:
    """The refusal that was in doubt until a read showed that nothing has arrived; else None."""
    sends = [each for each in change.attempts if each.kind is AttemptKind.SEND]
    if sends and sends[-1].outcome in _TURNED_DOWN:
        return Verdict(ChangeState.REFUSED, sends[-1].reason, "", standing)
    return None


def _known_to_be_finished(change: Change) -> bool:
    return _first_terminal(change) < len(change.attempts)


def _first_terminal(change: Change) -> int:
    """The place of the first read that found the execution finished, or past the last attempt."""
    for index, each in enumerate(change.attempts):
        if each.kind is AttemptKind.READ and each.code == TERMINAL_STATE:
            return index
    return len(change.attempts)


def _did_not_land(standing: JobExecution) -> Verdict:
    return Verdict(ChangeState.WAITING, f"did not arrive: still {stands(standing)}", "", standing)


def _with_doubt(
    verdict: Verdict, request: StartNextPendingJobExecution | UpdateJobExecution
) -> Verdict:
    """Say where the service leaves no way to tell ours from another writer's alike."""
    if verdict.state is ChangeState.CONFIRMED and not request.status_details:
        return replace(verdict, explanation=f"{verdict.explanation.removesuffix(ALIKE)}{ALIKE}")
    return verdict
