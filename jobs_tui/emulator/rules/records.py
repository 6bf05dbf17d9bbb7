"""What the emulated account holds: things, their groups, jobs, and each thing's executions of them.

All of it is frozen: an operation puts a new record in the place of the old one. Times are seconds
since the epoch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jobs_tui.domain.description import JobExecutionState
from jobs_tui.domain.execution import JobExecutionSummary, StatusDetails
from jobs_tui.domain.status import PENDING, Status
from jobs_tui.emulator.rules.targets import Target

PRESIGNED_URL_SECONDS = 3600
"""How long a presigned URL is valid unless CreateJob says otherwise (the `iot` service model)."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What CreateThing made."""

    name: str
    thing_id: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThingGroup:
    """What CreateThingGroup made."""

    name: str
    group_id: str
    parent: str | None = None
    """The name of the group that this one is a part of."""
    description: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Membership:
    """That AddThingToThingGroup put a thing into a group."""

    group_name: str
    thing_name: str


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
    """What CreateJob made."""

    job_id: str
    document: str = field(repr=False)
    """As it was created; devices get it without null members and with placeholders filled."""
    targets: tuple[Target, ...] = ()
    created_at: float = 0.0
    description: str | None = None
    continuous: bool = False
    """Whether things that join a target group later get it too."""
    in_progress_timeout_in_minutes: int | None = None
    retry_criteria: tuple[RetryCriterion, ...] = ()
    presigned_url_seconds: int = PRESIGNED_URL_SECONDS
    presigned_url_role: str | None = None
    """The ARN of the role that would sign; told back, and used for nothing."""


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What CancelJob left behind."""

    job_id: str
    at: float
    force: bool = False
    reason_code: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Execution:
    """One try of one job on one thing."""

    job: Job = field(repr=False)
    thing_name: str
    execution_number: int
    queued_at: float
    last_updated_at: float
    status: Status = Status.QUEUED
    status_details: StatusDetails = field(default_factory=dict)
    version_number: int = 1
    retry_attempt: int = 0
    """How many tries failed before this one."""
    force_canceled: bool = False
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

    def seconds_left(self, now: float) -> int | None:
        """ApproximateSecondsBeforeTimedOut at a moment; None while no timer runs."""
        return None if self.deadline is None else max(0, int(self.deadline) - int(now))


Record = Thing | ThingGroup | Membership | Job | Cancellation | Execution
"""Whatever an account holds."""
