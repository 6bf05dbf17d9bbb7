"""The four operations over aiobotocore: a time limit around each, every end an outcome."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.execution import JobExecution, PendingJobExecutions, UpdatedJobExecution
from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Outcome
from jobs_tui.domain.parameters import parameters
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    GetPendingJobExecutions,
    Request,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.service import errors, replies
from jobs_tui.service.answer_body import MEMBERS, take_body
from jobs_tui.service.bad_reply import BadReply
from jobs_tui.service.call import Call
from jobs_tui.service.clients import WRITES_AT_ONCE, Clients, open_clients
from jobs_tui.service.endpoint import EndpointSource
from jobs_tui.service.opening import TellStage
from jobs_tui.service.replies import JsonObject
from jobs_tui.service.session import new_session
from jobs_tui.service.settings import ServiceSettings

T = TypeVar("T")

READ_ONLY = NotAllowed("nothing was sent: this run is read-only", "leave out --read-only")


@dataclass(slots=True)
class _Sending:
    """Whether the request of one call was handed to the network."""

    begun: bool = False


_SENDING: ContextVar[_Sending] = ContextVar("sending")


def _note_sending(**_: object) -> None:
    """Handle `before-send`."""
    _SENDING.get().begun = True


async def open_aio_data_plane(
    settings: ServiceSettings, clock: Clock, tell: TellStage
) -> "AioJobsDataPlane | Failure":
    """Read the configuration, find credentials and make the clients; takes as long as they take."""
    try:
        session = await asyncio.to_thread(new_session, settings)
        session.register("before-send.iot-jobs-data-plane", _note_sending)
        session.register("before-parse.iot-jobs-data-plane", take_body)
        clients = await open_clients(session, settings, clock, tell)
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises becomes an outcome
        return errors.opening_failure(error)
    return AioJobsDataPlane(clients, settings, clock)


class AioJobsDataPlane:
    """A JobsDataPlane on two clients that are open already."""

    def __init__(self, clients: Clients, settings: ServiceSettings, clock: Clock) -> None:
        self._clients = clients
        self._settings = settings
        self._clock = clock
        # as many as each pool has connections, so that who waits is known not to have sent
        self._read_turns = asyncio.Semaphore(settings.concurrency)
        self._write_turns = asyncio.Semaphore(WRITES_AT_ONCE)

    @property
    def endpoint(self) -> str:
        """The URL that is asked."""
        return str(self._clients.reads.meta.endpoint_url)

    @property
    def endpoint_source(self) -> EndpointSource:
        """Who says that this endpoint is asked."""
        return self._clients.endpoint_source

    @property
    def region(self) -> str:
        """The region for which requests are signed."""
        return str(self._clients.reads.meta.region_name)

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
        call = self._call(request)
        sending = _Sending()
        _SENDING.set(sending)
        turns = self._write_turns if call.writes else self._read_turns
        try:
            async with asyncio.timeout(call.time_limit), turns:
                answer = await operation(**parameters(request))
            headers = answer["ResponseMetadata"]["HTTPHeaders"]
            request_id = headers.get("x-amzn-requestid")
            try:
                value = read(answer[MEMBERS])
            except BadReply as reply:
                return errors.bad_reply(reply, call, request_id)
            return Done(value, errors.service_time(headers), request_id)
        except Exception as error:  # noqa: BLE001 - the boundary: whatever happens becomes an outcome
            now = self._clock.now()
            return errors.failure(error, call, sent=sending.begun, now=now)

    def _call(self, request: Request) -> Call:
        writes = isinstance(request, StartNextPendingJobExecution | UpdateJobExecution)
        limits = self._settings
        return Call(
            operation=type(request).__name__,
            thing_name=request.thing_name,
            writes=writes,
            endpoint=self.endpoint,
            region=self.region,
            partition=str(self._clients.reads.meta.partition),
            time_limit=limits.write_time_limit if writes else limits.read_time_limit,
        )
