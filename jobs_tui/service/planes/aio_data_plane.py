"""The four operations over aiobotocore: a time limit around each, every end an outcome."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiobotocore.session import AioSession

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.description import JobExecution, UpdatedJobExecution
from jobs_tui.domain.execution import PendingJobExecutions
from jobs_tui.domain.outcome import Failure, NotAllowed, Outcome
from jobs_tui.domain.parameters import parameters
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    GetPendingJobExecutions,
    Request,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.service.access.mutual_tls import UNKNOWN_REGION
from jobs_tui.service.access.sdk_handlers import leave_out_what_is_for_others
from jobs_tui.service.access.session import new_session
from jobs_tui.service.access.signing import sign_by_key_of_the_day
from jobs_tui.service.answers import errors, replies
from jobs_tui.service.answers.calling import outcome_of, watch_calls
from jobs_tui.service.answers.replies import JsonObject
from jobs_tui.service.chosen_endpoint import EndpointSource
from jobs_tui.service.opening import TellStage
from jobs_tui.service.planes.client_configs import WRITES_AT_ONCE
from jobs_tui.service.planes.clients import Clients, open_clients
from jobs_tui.service.planes.job_calls import job_call
from jobs_tui.service.settings import ServiceSettings

T = TypeVar("T")

SERVICE_IN_EVENTS = "iot-jobs-data-plane"
"""What the SDK's events call the service, whose client it calls `iot-jobs-data`."""

READ_ONLY = NotAllowed(
    "nothing was sent: this run is read-only",
    "leave out --read-only, and read-only in the settings",
)


async def open_aio_data_plane(
    settings: ServiceSettings, clock: Clock, tell: TellStage
) -> "AioJobsDataPlane | Failure":
    """Read the configuration, find credentials and make the clients; takes as long as they take."""
    try:
        session = await asyncio.to_thread(new_session, settings)
        return await data_plane_on(session, settings, clock, tell)
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises becomes an outcome
        return errors.opening_failure(error)


async def data_plane_on(
    session: AioSession, settings: ServiceSettings, clock: Clock, tell: TellStage
) -> "AioJobsDataPlane":
    """The data plane by a session of one's own; raises what `open_clients` raises."""
    leave_out_what_is_for_others(session)
    watch_calls(session, SERVICE_IN_EVENTS)
    sign_by_key_of_the_day(session, SERVICE_IN_EVENTS)
    clients = await open_clients(session, settings, clock, tell)
    return AioJobsDataPlane(clients, settings, clock)


class AioJobsDataPlane:
    """A JobsDataPlane on two clients that are open already."""

    def __init__(self, clients: Clients, settings: ServiceSettings, clock: Clock) -> None:
        self._clients = clients
        self._settings = settings
        self._clock = clock
        meta = clients.reads.meta
        self._endpoint, self._region = str(meta.endpoint_url), str(meta.region_name)
        self._partition = str(meta.partition)
        # as many as each pool has connections, so that who waits is known not to have sent
        self._read_turns = asyncio.Semaphore(settings.concurrency)
        self._write_turns = asyncio.Semaphore(WRITES_AT_ONCE)

    @property
    def endpoint(self) -> str:
        """The URL that is asked."""
        return self._endpoint

    @property
    def endpoint_source(self) -> EndpointSource:
        """Who says that this endpoint is asked."""
        return self._clients.endpoint_source

    @property
    def region(self) -> str:
        """The region for which requests are signed; empty where none is, and nobody says which."""
        return "" if self._region == UNKNOWN_REGION else self._region

    @property
    def identity(self) -> str:
        """Whose things are asked for, as far as is known without asking."""
        return self._clients.identity

    async def get_pending_job_executions(
        self, request: GetPendingJobExecutions
    ) -> Outcome[PendingJobExecutions]:
        """List what is in progress and queued for a thing."""
        return await self._outcome(
            self._clients.reads.get_pending_job_executions,
            request,
            replies.pending_job_executions,
        )

    async def describe_job_execution(
        self, request: DescribeJobExecution
    ) -> Outcome[JobExecution | None]:
        """Read one execution; None only for `$next` when nothing is pending."""
        return await self._outcome(
            self._clients.reads.describe_job_execution,
            request,
            lambda body: replies.described_job_execution(body, request),
        )

    async def start_next_pending_job_execution(
        self, request: StartNextPendingJobExecution
    ) -> Outcome[JobExecution | None]:
        """Start the first queued execution, or get the one in progress; None if none is pending."""
        if self._clients.writes is None:
            return READ_ONLY
        return await self._outcome(
            self._clients.writes.start_next_pending_job_execution,
            request,
            lambda body: replies.started_job_execution(body, request),
        )

    async def update_job_execution(
        self, request: UpdateJobExecution
    ) -> Outcome[UpdatedJobExecution]:
        """Report a status."""
        if self._clients.writes is None:
            return READ_ONLY
        return await self._outcome(
            self._clients.writes.update_job_execution,
            request,
            lambda body: replies.updated_job_execution(body, request),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._clients.closing.aclose()

    async def _outcome(
        self,
        operation: Callable[..., Awaitable[Any]],
        request: Request,
        read: Callable[[JsonObject], T],
    ) -> Outcome[T]:
        call = job_call(
            request,
            self._settings,
            endpoint=self.endpoint,
            region=self.region,
            partition=self._partition,
        )
        turns = self._write_turns if call.writes else self._read_turns
        return await outcome_of(
            call, operation, parameters(request), read, turns=turns, clock=self._clock
        )
