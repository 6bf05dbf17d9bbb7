"""A change: one StartNextPendingJobExecution or UpdateJobExecution that the user asked for."""

from dataclasses import dataclass, field
from enum import StrEnum

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.outcome import Done, Failure, Outcome, word_of
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution

ChangeRequest = StartNextPendingJobExecution | UpdateJobExecution


class ChangeState(StrEnum):
    """Where a change stands; the words are those on the screen and in the journal."""

    WAITING = "waiting for the endpoint"
    SENDING = "sending"
    NOT_CONFIRMED = "not confirmed"
    LEFT = "left unsent"
    CONFIRMED = "confirmed"
    NOTHING_STARTED = "nothing started"
    REFUSED = "refused"
    CONFLICT = "conflict"
    NOT_CONFIRMABLE = "not confirmable"
    DROPPED = "dropped"
    NOT_RECORDED = "not recorded"

    @property
    def settled(self) -> bool:
        """Whether nothing more will become of the change."""
        return self not in _OPEN

    @property
    def good(self) -> bool:
        """Whether the user got what was asked for."""
        return self is ChangeState.CONFIRMED


_OPEN = frozenset(
    {
        ChangeState.WAITING,
        ChangeState.SENDING,
        ChangeState.NOT_CONFIRMED,
        ChangeState.LEFT,
    }
)


class AttemptKind(StrEnum):
    """What an attempt did."""

    SEND = "send"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One time that the service was asked on behalf of a change. Times are service time."""

    kind: AttemptKind
    at: float
    """Seconds since the epoch."""
    outcome: str
    """How it ended, in one word; empty while it is under way."""
    reason: str = ""
    """In the service's own words; may hold foreign text."""
    code: str = ""
    request_id: str | None = None


def attempt_of(kind: AttemptKind, at: float, outcome: "Outcome[object]") -> Attempt:
    """The record of an attempt that has ended."""
    if isinstance(outcome, Done):
        return Attempt(kind, at, word_of(outcome), request_id=outcome.request_id)
    return Attempt(kind, at, word_of(outcome), outcome.reason, outcome.code, outcome.request_id)


@dataclass(frozen=True, slots=True)
class Author:
    """Who asked for a change, as far as this machine knows."""

    user: str
    host: str
    ssh_client: str | None = None
    """The address that the SSH session comes from, where there is one; or `a browser`."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was asked for, on what it was based, and what became of it."""

    number: int
    """Its number in the journal, from 1; 0 before it was recorded."""
    request: ChangeRequest
    based_on: JobExecution | None
    """The execution as the user saw it: for a start, the one that `$next` stood for."""
    asked_at: float
    """Service time, seconds since the epoch."""
    endpoint: str = ""
    """The URL of the endpoint that it is for."""
    author: Author = Author("", "")
    state: ChangeState = ChangeState.WAITING
    explanation: str = ""
    """One sentence for the user; may hold foreign text."""
    advice: str = ""
    standing: JobExecution | None = None
    """What stands there now, where that was read or told; its job document is never kept."""
    attempts: tuple[Attempt, ...] = field(default=(), repr=False)
    identity: str = ""
    """Whose things are asked for at the endpoint, see `JobsDataPlane.identity`."""

    @property
    def thing_name(self) -> str:
        """The thing that it is about."""
        return self.request.thing_name

    @property
    def job_id(self) -> str | None:
        """The job that it is about; of a start, once that is known."""
        if isinstance(self.request, UpdateJobExecution):
            return self.request.job_id
        known = self.standing or self.based_on
        return known.job_id if known else None

    @property
    def execution_number(self) -> int | None:
        """The execution that it is about, where that is known."""
        if isinstance(self.request, UpdateJobExecution):
            return self.request.execution_number
        known = self.standing or self.based_on
        return known.execution_number if known else None

    @property
    def wish(self) -> str:
        """What was asked for, in two words."""
        if isinstance(self.request, UpdateJobExecution):
            return str(self.request.status)
        return "start next"

    def still_stands(self, version_number: int | None) -> bool:
        """Whether it came to nothing and is still about the version that stands there."""
        if self.state in (ChangeState.CONFIRMED, ChangeState.NOTHING_STARTED):
            return False
        seen = self.standing or self.based_on
        return seen is not None and seen.version_number == version_number

    @property
    def in_doubt(self) -> bool:
        """Whether it was sent at least once without proof that it did not arrive."""
        return any(
            each.kind is AttemptKind.SEND and each.outcome in {"", "not confirmed"}
            for each in self.attempts
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer, or a later read, proves about a change."""

    state: ChangeState
    explanation: str
    advice: str = ""
    standing: JobExecution | None = None


def verdict_of_failure(failure: Failure, state: ChangeState) -> Verdict:
    """A verdict in the words of a failure."""
    return Verdict(state, failure.reason, failure.advice)
