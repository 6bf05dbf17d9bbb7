"""Job executions as the list of a thing's pending ones tells them.

Times are seconds since the epoch in the service's time. A member that the service left out is None.
Names follow the shapes of botocore's `iot-jobs-data` model.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jobs_tui.domain.status import Status

StatusDetails = Mapping[str, str]
"""Name and value pairs that a device reports with a status; the service replaces all at once."""

PENDING_LIST_LIMIT = 10
"""How many executions GetPendingJobExecutions lists at most; a full list may hide more."""


class ExecutionKey(NamedTuple):
    """What makes one execution the same one from refresh to refresh."""

    thing_name: str
    job_id: str
    execution_number: int | None = None
    """Opaque 64-bit number; tells a retry from the first try of the same job."""


class JobExecutionSummary(NamedTuple):
    """One row of GetPendingJobExecutions; its status is the list in which it stands.

    A tuple, since each answer makes up to ten, which are compared with those of the one before.
    """

    job_id: str
    status: Status
    queued_at: float | None = None
    started_at: float | None = None
    last_updated_at: float | None = None
    version_number: int | None = None
    execution_number: int | None = None


@dataclass(frozen=True, slots=True)
class PendingJobExecutions:
    """The answer of GetPendingJobExecutions: in progress first, each list by time of creation."""

    in_progress: tuple[JobExecutionSummary, ...] = ()
    queued: tuple[JobExecutionSummary, ...] = ()

    def __iter__(self) -> Iterator[JobExecutionSummary]:
        return iter(self.in_progress + self.queued)

    def __len__(self) -> int:
        return len(self.in_progress) + len(self.queued)

    @property
    def capped(self) -> bool:
        """Whether the list is as long as the service makes it, so that there may be more."""
        return len(self) >= PENDING_LIST_LIMIT
