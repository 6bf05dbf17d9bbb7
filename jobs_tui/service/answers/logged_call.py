"""What is logged of a call: what was asked, and how it ended. No value that a secret could be.

Of status details there are the names, of a job document whether it was asked for; neither tokens of
pages nor anything of a request's headers.
"""

from collections.abc import Mapping
from itertools import count
from typing import Any

from jobs_tui.domain import logged
from jobs_tui.domain.clock import Clock
from jobs_tui.domain.description import JobExecution, UpdatedJobExecution
from jobs_tui.domain.execution import PendingJobExecutions
from jobs_tui.domain.outcome import Done, Outcome, word_of
from jobs_tui.service.control_plane import ThingPage

TOLD = (
    "status",
    "expectedVersion",
    "executionNumber",
    "stepTimeoutInMinutes",
    "endpointType",
    "thingGroupName",
    "indexName",
    "queryString",
)
"""The members of requests that are logged as they are, beside the thing and the job."""

GIVEN_UP = "given up"
"""The word for a call that somebody here did not wait for any longer."""

_NUMBERS = count(1)


class LoggedCall:
    """One call, from its beginning to its end."""

    def __init__(self, operation: str, members: Mapping[str, Any], clock: Clock) -> None:
        """Log that an operation is asked for, with these members of the request."""
        self._clock = clock
        self._began = clock.monotonic()
        self._about = members.get("thingName"), members.get("jobId")
        self._named: dict[str, Any] = {"call": next(_NUMBERS), "operation": operation}
        told: dict[str, Any] = {name: members[name] for name in TOLD if name in members}
        if members.get("statusDetails"):
            told["statusDetails"] = tuple(members["statusDetails"])
        if members.get("includeJobDocument"):
            told["includeJobDocument"] = True
        if "nextToken" in members:
            told["page"] = "next"
        thing_name, job_id = self._about
        logged.asked(thing_name, job_id, **self._named, **told)

    def ended(
        self, outcome: Outcome[object], *, sends: int, status: int | None, size: int | None
    ) -> None:
        """Log how it ended: sent so often, answered with this HTTP status and so many bytes."""
        value = outcome.value if isinstance(outcome, Done) else None
        if isinstance(value, JobExecution) and self._about[1] is None:
            self._about = (self._about[0], value.job_id)
        self._answered(
            outcome.request_id,
            outcome=word_of(outcome),
            http=status,
            bytes=size,
            sent=sends if sends != 1 else None,
            **(_found(value) if isinstance(outcome, Done) else {}),
            code=getattr(outcome, "code", None) or None,
            reason=getattr(outcome, "reason", None),
        )

    def given_up(self) -> None:
        """Log that nobody waits for the answer any longer."""
        self._answered(None, outcome=GIVEN_UP)

    def _answered(self, request_id: str | None, **fields: object) -> None:
        milliseconds = round(1000 * (self._clock.monotonic() - self._began))
        thing_name, job_id = self._about
        logged.answered(thing_name, job_id, request_id, **self._named, ms=milliseconds, **fields)


def _found(value: object) -> dict[str, object]:
    """What a good answer says, in short."""
    found: dict[str, object] = {}
    match value:
        case PendingJobExecutions():
            found = {"in_progress": len(value.in_progress), "queued": len(value.queued)}
        case JobExecution():
            found = {
                "found": value.job_id,
                "status": value.status,
                "version": value.version_number,
                "execution": value.execution_number,
            }
        case UpdatedJobExecution():
            state = value.execution_state
            found = {"status": state.status, "version": state.version_number}
        case ThingPage():
            found = {"things": len(value.names), "more": value.next_token is not None}
        case None:
            found = {"found": "nothing"}
        case str():
            found = {"found": value}
    return found
