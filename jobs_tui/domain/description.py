"""Job executions as the operations on a single one tell them.

Times are seconds since the epoch in the service's time. A member that the service left out is None.
Names follow the shapes of botocore's `iot-jobs-data` model.
"""

from dataclasses import dataclass, field

from jobs_tui.domain.execution import ExecutionKey, StatusDetails
from jobs_tui.domain.status import Status


@dataclass(frozen=True, slots=True)
class JobExecution:
    """The answer of DescribeJobExecution and of StartNextPendingJobExecution."""

    job_id: str
    thing_name: str
    status: Status
    status_details: StatusDetails = field(default_factory=dict)
    queued_at: float | None = None
    started_at: float | None = None
    last_updated_at: float | None = None
    approximate_seconds_before_timed_out: int | None = None
    """Absent without a timer; counted from the moment of the answer."""
    version_number: int | None = None
    execution_number: int | None = None
    job_document: str | None = field(default=None, repr=False)
    """The document as the service sent it; live presigned URLs in it are secrets."""

    @property
    def key(self) -> ExecutionKey:
        """Which execution this is."""
        return ExecutionKey(self.thing_name, self.job_id, self.execution_number)


@dataclass(frozen=True, slots=True)
class JobExecutionState:
    """What UpdateJobExecution says stands after it."""

    status: Status
    status_details: StatusDetails = field(default_factory=dict)
    version_number: int | None = None


@dataclass(frozen=True, slots=True)
class UpdatedJobExecution:
    """The answer of UpdateJobExecution that proves that the update landed."""

    execution_state: JobExecutionState
    job_document: str | None = field(default=None, repr=False)
