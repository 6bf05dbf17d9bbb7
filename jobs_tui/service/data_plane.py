"""What the rest of the program may ask of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # who names the protocol before the first frame does not ask by it yet
    from jobs_tui.domain.description import JobExecution, UpdatedJobExecution
    from jobs_tui.domain.execution import PendingJobExecutions
    from jobs_tui.domain.outcome import Outcome
    from jobs_tui.domain.requests import (
        DescribeJobExecution,
        GetPendingJobExecutions,
        StartNextPendingJobExecution,
        UpdateJobExecution,
    )
    from jobs_tui.service.chosen_endpoint import EndpointSource


class JobsDataPlane(Protocol):
    """The four operations; no call raises, and every call ends within its time limit."""

    @property
    def endpoint(self) -> str:
        """The URL that is asked."""
        ...

    @property
    def endpoint_source(self) -> EndpointSource:
        """Who says that this endpoint is asked."""
        ...

    @property
    def region(self) -> str:
        """The region for which requests are signed; empty where none is, and nobody says which."""
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
