"""What the emulated account holds: things, jobs, and each thing's executions of them.

All of it is frozen: an operation puts a new record in the place of the old one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jobs_tui.domain.execution import JobExecutionState, JobExecutionSummary, StatusDetails
from jobs_tui.domain.status import PENDING, Status

PRESIGNED_URL_SECONDS = 3600
"""How long a presigned URL is valid unless CreateJob says otherwise (the `iot` service model)."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What CreateThing made."""

    name: str
    thing_id: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RetryCriterion:
    """One entry of CreateJob's jobExecutionsRetryConfig."""

    failure_type: str
    """FAILED, TIMED_OUT, or ALL for both."""
    number_of_retries: int

    def counts(self, status: Status) -> bool:
        """Whether an execution that ended so uses up one of these retries."""
        if self.failure_type == "ALL":
            return status in {Status.FAILED, Status.TIMED_OUT}
        return status == self.failure_type


@dataclass(frozen=True, slots=True)
class Job:
    """What CreateJob made, as far as its executions need it."""

    job_id: str
    document: str = field(repr=False)
    """The document as the devices get it: compact, without null members, placeholders standing."""
    description: str | None = None
    in_progress_timeout_in_minutes: int | None = None
    retry_criteria: tuple[RetryCriterion, ...] = ()
    presigned_url_seconds: int = PRESIGNED_URL_SECONDS


@dataclass(frozen=True, slots=True)
class Execution:
    """One try of one job on one thing. Times are seconds since the epoch."""

    job: Job = field(repr=False)
    thing_name: str
    execution_number: int
    queued_at: float
    last_updated_at: float
    status: Status = Status.QUEUED
    status_details: StatusDetails = field(default_factory=dict)
    version_number: int = 1
    started_at: float | None = None
    in_progress_deadline: float | None = None
    """When the in-progress timer runs out; set once, when the execution starts."""
    step_deadline: float | None = None
    """When the step timer runs out; each new step timer replaces the one before."""

    @property
    def pending(self) -> bool:
        """Whether GetPendingJobExecutions lists it."""
        return self.status in PENDING

    @property
    def deadline(self) -> float | None:
        """When it times out; None while no timer runs.

        A step timer cannot outlive the in-progress timer (developer guide, "Timers for job
        timeouts").
        """
        if self.status is not Status.IN_PROGRESS:
            return None
        running = [at for at in (self.in_progress_deadline, self.step_deadline) if at is not None]
        return min(running, default=None)

    @property
    def summary(self) -> JobExecutionSummary:
        """What GetPendingJobExecutions tells of it."""
        return JobExecutionSummary(
            job_id=self.job.job_id,
            status=self.status,
            queued_at=self.queued_at,
            started_at=self.started_at,
            last_updated_at=self.last_updated_at,
            version_number=self.version_number,
            execution_number=self.execution_number,
        )

    @property
    def state(self) -> JobExecutionState:
        """What UpdateJobExecution tells of it, also when it refuses."""
        return JobExecutionState(self.status, self.status_details, self.version_number)
