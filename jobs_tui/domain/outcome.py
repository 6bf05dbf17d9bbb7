"""How a call can end: a small closed set, whatever went wrong below.

Every failure carries the reason, in the service's own words where it gave any, and the next step.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    # a failure is shown before anything was read
    from jobs_tui.domain.description import JobExecutionState

T_co = TypeVar("T_co", covariant=True)


class Done(NamedTuple, Generic[T_co]):
    """The service did it and proved it."""

    value: T_co
    service_time: float | None = None
    """The Date header of the answer, seconds since the epoch; whole seconds."""
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What the six ways not to be done have in common; made only as one of them."""

    reason: str
    """One sentence, foreign text included: make it safe before it is drawn."""
    advice: str = ""
    """What the user can do next."""
    code: str = ""
    """The service's name of the error, or empty where the service gave none."""
    request_id: str | None = None
    standing: "JobExecutionState | None" = None
    """What the service says stands there, where it said so with its refusal of an update."""


class Refused(Failure):
    """The request was understood and turned down: nothing changed, asking again will not help."""

    __slots__ = ()


class Conflict(Failure):
    """The execution is not at the version that the change was based on: nothing changed."""

    __slots__ = ()


class NotConfirmed(Failure):
    """No answer, or one that proves nothing: a change may or may not have landed."""

    __slots__ = ()


class Unreachable(Failure):
    """The endpoint could not be asked: nothing was sent, or a read went unanswered."""

    __slots__ = ()


class Throttled(Failure):
    """Too many requests: nothing changed, ask later."""

    __slots__ = ()


class NotAllowed(Failure):
    """Credentials are missing, expired or not permitted to do this."""

    __slots__ = ()


Outcome = Done[T_co] | Failure
"""Done, or exactly one of the six failures below their common base."""

_WORDS: dict[type, str] = {
    Done: "done",
    Refused: "refused",
    Conflict: "conflict",
    NotConfirmed: "not confirmed",
    Unreachable: "unreachable",
    Throttled: "throttled",
    NotAllowed: "not allowed",
}


def word_of(outcome: Outcome[object]) -> str:
    """How a call ended, in the word that journal and log have for it."""
    return _WORDS[type(outcome)]


RESOURCE_NOT_FOUND = "ResourceNotFoundException"
INVALID_STATE_TRANSITION = "InvalidStateTransitionException"
TERMINAL_STATE = "TerminalStateException"
INVALID_REQUEST = "InvalidRequestException"
