"""What the rest of the program may ask of the service, and with what settings."""

from dataclasses import dataclass, field
from typing import Protocol

from jobs_tui.domain.execution import JobExecution, PendingJobExecutions, UpdatedJobExecution
from jobs_tui.domain.outcome import Outcome
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)


@dataclass(frozen=True, slots=True)
class StaticCredentials:
    """Keys given by the program itself; nothing else is looked for then."""

    access_key_id: str
    secret_access_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """How to reach the service; what is None is left to the SDK's own chain."""

    region: str | None = None
    profile: str | None = None
    endpoint_url: str | None = None
    credentials: StaticCredentials | None = None
    """With these, no AWS configuration of any kind is read, and no proxy is used."""
    read_only: bool = False
    """Whether to have no connection at all over which a change could be sent."""
    read_time_limit: float = 8.0
    """Seconds in all for one DescribeJobExecution or GetPendingJobExecutions, retries included."""
    write_time_limit: float = 15.0
    """Seconds in all for one StartNextPendingJobExecution or UpdateJobExecution, sent once."""
    open_time_limit: float = 30.0
    """Seconds in all to import the SDK, read its configuration and look for credentials."""
    concurrency: int = 8
    """Reads under way at once; also the size of their connection pool."""


class JobsDataPlane(Protocol):
    """The four operations; no call raises, and every call ends within its time limit."""

    @property
    def endpoint(self) -> str:
        """The URL that is asked."""
        ...

    @property
    def region(self) -> str:
        """The region for which requests are signed."""
        ...

    @property
    def identity(self) -> str:
        """Whose things are asked for, as far as is known without asking.

        Two accounts have the same endpoint, and may have things of the same name.
        """
        ...

    async def get_pending_job_executions(
        self, request: GetPendingJobExecutions
    ) -> Outcome[PendingJobExecutions]:
        """List what is in progress and queued for a thing."""
        ...

    async def describe_job_execution(
        self, request: DescribeJobExecution
    ) -> Outcome[JobExecution | None]:
        """Read one execution; None only for `$next` when nothing is pending."""
        ...

    async def start_next_pending_job_execution(
        self, request: StartNextPendingJobExecution
    ) -> Outcome[JobExecution | None]:
        """Start the first queued execution, or get the one in progress; None if none is pending."""
        ...

    async def update_job_execution(
        self, request: UpdateJobExecution
    ) -> Outcome[UpdatedJobExecution]:
        """Report a status."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
