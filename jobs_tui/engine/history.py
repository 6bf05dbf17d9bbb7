"""The versions of an execution as this run saw them: the service itself keeps none.

Held in memory only, for executions that changed while they were looked at. What nobody saw stays a
gap, and whoever is not known to have made a version is not named.
"""

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jobs_tui.domain.execution import ExecutionKey, StatusDetails
from jobs_tui.domain.status import Status
from jobs_tui.engine.thing_state import ThingState, key_in_list

if TYPE_CHECKING:
    # nothing is described, nor changed, before the first frame
    from jobs_tui.domain.description import JobExecution
    from jobs_tui.domain.execution import JobExecutionSummary
    from jobs_tui.engine.change import Change

VERSIONS_KEPT = 50
"""Versions of one execution; older ones are forgotten."""

EXECUTIONS_KEPT = 2000
"""Executions that changed; those that did so longest ago are forgotten."""

Told: TypeAlias = "JobExecutionSummary | JobExecution"


class DetailsChanged(NamedTuple):
    """What became of the status details, by name; the values stand in the execution itself."""

    since: int
    """The version with which they were compared: the one before, or an earlier one."""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class VersionSeen(NamedTuple):
    """One version of an execution."""

    number: int
    status: Status
    at: float | None = None
    """Service time at which it came about, as far as that was told; else when it was seen."""
    details: DetailsChanged | None = None
    """None where the details were not read, or there was nothing to compare them with."""
    change: int | None = None
    """The number of our change that made it; None where that was somebody else, or is not known."""
    step_timeout: int | None = None
    """The stepTimeoutInMinutes of our change; None where that set none, or it was not ours."""


class Versions(NamedTuple):
    """What was seen of one execution, oldest first."""

    seen: tuple[VersionSeen, ...] = ()
    forgotten: int = 0
    """How many there were before, beyond those that are kept."""
    details_of: int = 0
    """The version at which the details were last read; 0 before that."""
    details: StatusDetails | None = None
    latest_deadline: float | None = None
    """The latest of the deadlines told since it was started: the in-progress timer, which does not
    move, does not run out before."""
    left_at: float | None = None
    """Service time of the first answer that did not list it any more; None while it is listed."""

    def missing_before(self, index: int) -> int:
        """How many versions between this one and the one before were not seen."""
        return self.seen[index].number - self.seen[index - 1].number - 1 if index > 0 else 0


def sighted(known: Versions, sight: VersionSeen, details: StatusDetails | None = None) -> Versions:
    """What is known after a version was seen, with its details where those were read.

    A version that is known already learns what it lacked.
    """
    if details is not None and sight.number >= known.details_of:
        if known.details is not None and known.details_of < sight.number:
            compared = _compared(known.details, details, known.details_of)
            sight = sight._replace(details=compared)
        known = known._replace(details=details, details_of=sight.number)
    older = tuple(each for each in known.seen if each.number < sight.number)
    newer = known.seen[len(older) :]
    if newer and newer[0].number == sight.number:
        sight, newer = _completed(newer[0], sight), newer[1:]
    elif not older and newer:
        # older than all that is known: nobody needs what a late answer tells
        return known
    seen = (*older, sight, *newer)
    surplus = max(0, len(seen) - VERSIONS_KEPT)
    return known._replace(seen=seen[surplus:], forgotten=known.forgotten + surplus)


def _completed(known: VersionSeen, sight: VersionSeen) -> VersionSeen:
    if known.change is None and sight.change is not None:
        known = known._replace(change=sight.change, step_timeout=sight.step_timeout)
    return known._replace(
        status=sight.status,
        at=known.at if known.at is not None else sight.at,
        details=known.details if known.details is not None else sight.details,
    )


def _compared(before: StatusDetails, after: StatusDetails, since: int) -> DetailsChanged:
    return DetailsChanged(
        since,
        tuple(name for name in after if name not in before),
        tuple(name for name in after if name in before and before[name] != after[name]),
        tuple(name for name in before if name not in after),
    )


class History:
    """The versions of all executions that changed in this run; `before` is what was known then."""

    def __init__(self) -> None:
        self._versions: dict[ExecutionKey, Versions] = {}

    def of(self, key: ExecutionKey) -> Versions | None:
        """What was seen of an execution; None where nothing changed."""
        return self._versions.get(key)

    def listed(self, before: ThingState, after: ThingState, now: float) -> None:
        """Take in a list at service time `now` that differs from the one before."""
        earlier = {before.key_of(each): each for each in before.pending or ()}
        for summary in after.pending or ():
            key = after.key_of(summary)
            was = earlier.pop(key, None)
            if was != summary and (was is not None or key in self._versions):
                known = self._begun(before, key)._replace(left_at=None)
                self._take_in(key, _seen(known, summary, now))
        for key in earlier:
            self._take_in(key, self._begun(before, key)._replace(left_at=now))

    def described(self, before: ThingState, execution: "JobExecution", now: float) -> None:
        """Take in a description of service time `now`; one without news changes nothing."""
        key = key_in_list(before, execution)
        if key not in self._versions and not _is_news(before, key, execution):
            return
        known = self._begun(before, key)
        seconds = execution.approximate_seconds_before_timed_out
        if seconds is not None:
            latest = max(now + seconds, known.latest_deadline or 0.0)
            known = known._replace(latest_deadline=latest)
        self._take_in(key, _seen(known, execution, now, execution.status_details))

    def confirmed(self, before: ThingState, change: "Change") -> None:
        """Take in that a change of ours made a version."""
        made, based_on = _made(change), change.based_on
        subject = change.standing or based_on
        if made is None or subject is None:
            return
        key = key_in_list(before, subject)
        known = self._begun(before, key)
        details = change.request.status_details
        if based_on is not None and based_on.job_id == subject.job_id:
            known = _seen(known, based_on, change.asked_at, based_on.status_details)
            details = based_on.status_details if details is None else details
        self._take_in(key, sighted(known, made, details))

    def _begun(self, before: ThingState, key: ExecutionKey) -> Versions:
        """What is known of an execution, be it only what was listed and described before now."""
        known = self._versions.get(key)
        if known is not None:
            return known
        known = Versions()
        described = before.described.get(key)
        if described is not None:
            details = described.execution.status_details
            known = _seen(known, described.execution, described.read_at, details)
            known = known._replace(latest_deadline=described.deadline)
        listed = _listed(before, key)
        return known if listed is None else _seen(known, listed, before.answered_at)

    def _take_in(self, key: ExecutionKey, versions: Versions) -> None:
        """Those that changed last stand last."""
        if versions.seen:
            self._versions.pop(key, None)
            self._versions[key] = versions
            if len(self._versions) > EXECUTIONS_KEPT:
                del self._versions[next(iter(self._versions))]


def _seen(
    known: Versions, told: Told, now: float | None, details: StatusDetails | None = None
) -> Versions:
    if told.version_number is None:
        return known
    at = now if told.last_updated_at is None else told.last_updated_at
    return sighted(known, VersionSeen(told.version_number, told.status, at), details)


def _listed(state: ThingState, key: ExecutionKey) -> "JobExecutionSummary | None":
    return next((each for each in state.pending or () if state.key_of(each) == key), None)


def _is_news(before: ThingState, key: ExecutionKey, execution: "JobExecution") -> bool:
    described = before.described.get(key)
    for told in (_listed(before, key), described.execution if described else None):
        if told is not None and told.version_number != execution.version_number:
            return True
    return False


def _made(change: "Change") -> VersionSeen | None:
    """The version that a confirmed change made: the service counts on by one."""
    from jobs_tui.domain.requests import (  # noqa: PLC0415 - where something was changed
        UpdateJobExecution,
    )

    standing, request = change.standing, change.request
    number = standing.version_number if standing is not None else None
    status = Status.IN_PROGRESS
    if isinstance(request, UpdateJobExecution):
        status = request.status
        if request.expected_version is not None:
            number = request.expected_version + 1
    if number is None:
        return None
    sent = [each.at for each in change.attempts if each.kind == "send"]
    at = sent[-1] if sent else change.asked_at
    return VersionSeen(number, status, at, None, change.number, request.step_timeout_in_minutes)
