"""A change: one StartNextPendingJobExecution or UpdateJobExecution that the user asked for."""

from dataclasses import dataclass
from enum import StrEnum

from jobs_tui.domain.execution import JobExecution
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution

ChangeRequest = StartNextPendingJobExecution | UpdateJobExecution


class ChangeState(StrEnum):
    """Where a change stands; the words are those on the screen."""

    SENDING = "sending"
    CONFIRMED = "confirmed"
    NOTHING_STARTED = "nothing started"
    REFUSED = "refused"
    CONFLICT = "conflict"
    NOT_SENT = "not sent"
    NOT_CONFIRMED = "not confirmed"
    DID_NOT_LAND = "did not land"
    NOT_CONFIRMABLE = "not confirmable"

    @property
    def settled(self) -> bool:
        """Whether nothing more will be learned about the change."""
        return self not in (ChangeState.SENDING, ChangeState.NOT_CONFIRMED)

    @property
    def good(self) -> bool:
        """Whether the user got what was asked for."""
        return self is ChangeState.CONFIRMED


@dataclass(frozen=True, slots=True)
class Change:
    """What was asked for, on what it was based, and what became of it."""

    number: int
    """Counts the changes of this run from 1."""
    request: ChangeRequest
    based_on: JobExecution | None
    """The execution as the user saw it: for a start, the one that `$next` stood for."""
    asked_at: float
    """Service time, seconds since the epoch."""
    state: ChangeState = ChangeState.SENDING
    explanation: str = ""
    """One sentence for the user; may hold foreign text."""
    advice: str = ""
    standing: JobExecution | None = None
    """What stands there now, where that was read or told."""

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
    def wish(self) -> str:
        """What was asked for, in two words."""
        if isinstance(self.request, UpdateJobExecution):
            return str(self.request.status)
        return "start next"


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
