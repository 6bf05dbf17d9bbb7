"""What an answer or a read proves about a StartNextPendingJobExecution. Pure.

The service answers alike whether it started an execution or one was in progress already, and a
start names no job: what tells are the version that came next, startedAt, and the status details.
"""

import math

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.requests import StartNextPendingJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import AttemptKind, Change, ChangeRequest, ChangeState, Verdict

TOLERANCE = 4.0
"""Seconds by which what is taken for the service's time may be wrong; it tells whole seconds."""
SIGNATURE_HOLDS = 330.0
"""Seconds after which nothing that was sent can arrive any more: the five minutes for which the
service takes a signature, and half a minute for clocks and for the sending itself."""
_MAY_HAVE_ARRIVED = frozenset({"", "not confirmed", "done"})
"""The outcomes of a send that do not prove that nothing came of it."""
ALIKE = "; another writer's alike would look the same"
NOTHING_PENDING_ANY_MORE = Verdict(
    ChangeState.NOT_CONFIRMABLE, "nothing is pending any more; by whom is not known"
)


def verdict_of_start(
    started: JobExecution | None,
    seen: JobExecution | None,
    request: StartNextPendingJobExecution,
    asked_at: float,
) -> Verdict:
    """Judge the answer of a StartNextPendingJobExecution asked at service time `asked_at`.

    The service answers alike whether it started an execution or one was in progress already.
    """
    if started is None and seen is None:
        return Verdict(ChangeState.NOTHING_STARTED, "nothing is pending")
    if started is None:
        # what is said so may be a lie: an empty object is also what a wrong answer looks like
        return Verdict(
            ChangeState.NOT_CONFIRMED, "the answer says that nothing is pending; reading again"
        )
    version = started.version_number
    if seen is not None and seen.key == started.key and seen.version_number is not None:
        if seen.status is not Status.QUEUED or version == seen.version_number:
            return _already_in_progress(started)
        ours = version == seen.version_number + 1 and _as_sent(started, request, seen)
        # one that began before it was asked for began after it was read, by another writer
        ours = ours and (started.started_at is None or _started_since(started, asked_at))
        told = f"{started.job_id}, version {version}"
    else:
        ours = _started_since(started, asked_at) and version in {None, 2}
        ours = ours and _as_sent(started, request, None)
        told = f"{started.job_id}, version {version}{ALIKE}"
    if ours:
        return Verdict(ChangeState.CONFIRMED, told, "", started)
    return _already_in_progress(started)


def verdict_of_started(
    change: Change, request: StartNextPendingJobExecution, started: JobExecution | None
) -> Verdict:
    """Judge an execution in progress, read or told as the answer, of a start.

    If the start was sent before, it may have landed then, and others may have gone on from there.
    """
    seen = change.based_on
    verdict = verdict_of_start(started, seen, request, change.asked_at)
    if not change.in_doubt or verdict.state is ChangeState.CONFIRMED:
        return verdict
    if started is None:
        return verdict if seen is not None else NOTHING_PENDING_ANY_MORE
    if seen is not None and seen.key == started.key:
        # the very next version is not as it was sent: that one was another writer's
        next_version = (seen.version_number or 0) + 1
        was_queued = seen.status is Status.QUEUED and started.version_number != next_version
    else:
        was_queued = _started_since(started, change.asked_at)
    if was_queued:
        return started_by_somebody(started)
    return verdict


def may_still_arrive(change: Change, standing: JobExecution | None) -> Verdict | None:
    """Hold a start back that was sent a short while ago, judged at the time of the last read.

    A start names no job: one that arrives after it was sent again, and after the job that this
    started has ended, would start the next one. The service refuses what was signed more than five
    minutes ago, so that a start which has not arrived by then never will. An update needs no such
    wait: its expected version holds it back.
    """
    sends = [
        each
        for each in change.attempts
        if each.kind is AttemptKind.SEND and each.outcome in _MAY_HAVE_ARRIVED
    ]
    if not sends or change.attempts[-1].at - sends[-1].at >= SIGNATURE_HOLDS:
        return None
    left = math.ceil((SIGNATURE_HOLDS - (change.attempts[-1].at - sends[-1].at)) / 60)
    stands_there = "nothing is pending" if standing is None else stands(standing)
    return Verdict(
        ChangeState.NOT_CONFIRMED,
        f"did not arrive so far: {stands_there}; it may within {left} min, and is sent again then",
        "",
        standing,
    )


def started_by_somebody(standing: JobExecution) -> Verdict:
    """A start in doubt, of an execution that is in progress: nobody can tell by whom."""
    told = f"{stands(standing)}; by whom it was started is not known"
    return Verdict(ChangeState.NOT_CONFIRMABLE, told, "", standing)


def stands(standing: JobExecution) -> str:
    """An execution in a few words."""
    return f"{standing.job_id} is {standing.status}, version {standing.version_number}"


def same(details: StatusDetails, request: ChangeRequest, seen: JobExecution | None) -> bool:
    """Whether these are the details as they are after the change: those sent, or those seen."""
    if request.status_details is not None:
        return dict(details) == dict(request.status_details)
    return seen is None or dict(details) == dict(seen.status_details)


def _started_since(execution: JobExecution, asked_at: float) -> bool:
    """Whether it may have been started after a start was asked for."""
    return execution.started_at is not None and execution.started_at >= asked_at - TOLERANCE


def _already_in_progress(standing: JobExecution) -> Verdict:
    told = f"{standing.job_id} is already in progress"
    return Verdict(ChangeState.NOTHING_STARTED, told, "", standing)


def _as_sent(
    standing: JobExecution, request: StartNextPendingJobExecution, seen: JobExecution | None
) -> bool:
    return same(standing.status_details, request, seen)
