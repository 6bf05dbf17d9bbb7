"""The four operations' requests, with every parameter that the service model gives them.

A parameter that is None is left out of the request. Nothing here is checked: `checks` does that.
"""

from dataclasses import dataclass
from typing import Final

from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.status import Status

NEXT_JOB: Final = "$next"
"""The job id that stands for the first pending execution of a thing, in DescribeJobExecution."""

CANCEL_STEP_TIMER: Final = -1
"""The stepTimeoutInMinutes of UpdateJobExecution that stops a running step timer."""


@dataclass(frozen=True, slots=True)
class GetPendingJobExecutions:
    """List what is in progress and queued for a thing."""

    thing_name: str


@dataclass(frozen=True, slots=True)
class DescribeJobExecution:
    """Read one execution, with or without its job document."""

    thing_name: str
    job_id: str
    """A job id or `NEXT_JOB`."""
    execution_number: int | None = None
    include_job_document: bool = False
    """Always sent: the model and the guide disagree on the default."""


@dataclass(frozen=True, slots=True)
class StartNextPendingJobExecution:
    """Start the first queued execution, or get the one already in progress unchanged."""

    thing_name: str
    status_details: StatusDetails | None = None
    step_timeout_in_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class UpdateJobExecution:
    """Report a status for an execution."""

    thing_name: str
    job_id: str
    status: Status
    status_details: StatusDetails | None = None
    """Replaces all details; None leaves them as they are."""
    expected_version: int | None = None
    execution_number: int | None = None
    include_job_execution_state: bool = True
    """Without it the answer is empty and proves nothing."""
    include_job_document: bool = False
    step_timeout_in_minutes: int | None = None
    """Minutes, or `CANCEL_STEP_TIMER`."""


Request = (
    GetPendingJobExecutions
    | DescribeJobExecution
    | StartNextPendingJobExecution
    | UpdateJobExecution
)
