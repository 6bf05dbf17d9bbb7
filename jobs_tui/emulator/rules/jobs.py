"""What can be told of a job from its executions: pure functions.

Statuses and counts are those of the `iot` service model's shapes JobStatus and JobProcessDetails.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jobs_tui.domain.status import Status
from jobs_tui.emulator.rules.records import Cancellation, Execution, Job

IN_PROGRESS, COMPLETED, CANCELED = "IN_PROGRESS", "COMPLETED", "CANCELED"
JOB_STATUSES = (IN_PROGRESS, CANCELED, COMPLETED, "DELETION_IN_PROGRESS", "SCHEDULED")
"""The service model's; the emulator deletes at once and schedules nothing."""


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is."""

    job: Job
    cancellation: Cancellation | None
    status: str
    last_updated_at: float
    completed_at: float | None
    things_by_status: Counter[Status]
    """How many things have an execution of this status, each thing's last try counted."""

    @property
    def ended(self) -> bool:
        """Whether DeleteJob takes it without force."""
        return self.status in {COMPLETED, CANCELED}


def job_state(
    job: Job, cancellation: Cancellation | None, last_tries: Sequence[Execution]
) -> JobState:
    """How far a job is, by the last try on each of its things.

    A snapshot job is completed once each of them has ended; a continuous one never is, since other
    things may join.
    """
    counts = Counter(each.status for each in last_tries)
    status, completed_at = IN_PROGRESS, None
    last_updated_at = job.created_at if cancellation is None else cancellation.at
    if cancellation is not None:
        status, completed_at = CANCELED, cancellation.at
    elif not job.continuous and not any(each.pending for each in last_tries):
        status = COMPLETED
        ends = (each.last_updated_at for each in last_tries)
        completed_at = last_updated_at = max(ends, default=job.created_at)
    return JobState(job, cancellation, status, last_updated_at, completed_at, counts)
