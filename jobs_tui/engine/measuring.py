"""Measures each call to the data plane, and counts at intervals how the things stand."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from jobs_tui.engine.pulse import SAMPLE_SECONDS, FleetSample, Pulse, sample_of

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from jobs_tui.domain.attention import AttentionLimits
    from jobs_tui.domain.clock import Clock
    from jobs_tui.domain.description import JobExecution, UpdatedJobExecution
    from jobs_tui.domain.execution import PendingJobExecutions
    from jobs_tui.domain.outcome import Outcome
    from jobs_tui.domain.requests import (
        DescribeJobExecution,
        GetPendingJobExecutions,
        StartNextPendingJobExecution,
        UpdateJobExecution,
    )
    from jobs_tui.engine.store import Store
    from jobs_tui.service.chosen_endpoint import EndpointSource
    from jobs_tui.service.data_plane import JobsDataPlane

T = TypeVar("T")

THINGS_AT_ONCE = 500
"""So many are counted before others have their turn."""


class MeasuredDataPlane:
    """A data plane whose calls are counted."""

    def __init__(self, data_plane: JobsDataPlane, pulse: Pulse, clock: Clock) -> None:
        self._data_plane = data_plane
        self._pulse = pulse
        self._clock = clock

    @property
    def endpoint(self) -> str:
        """The URL that is asked."""
        return self._data_plane.endpoint

    @property
    def endpoint_source(self) -> EndpointSource:
        """Who says that this endpoint is asked."""
        return self._data_plane.endpoint_source

    @property
    def region(self) -> str:
        """The region for which requests are signed."""
        return self._data_plane.region

    @property
    def identity(self) -> str:
        """Whose things are asked for."""
        return self._data_plane.identity

    async def get_pending_job_executions(
        self, request: GetPendingJobExecutions
    ) -> Outcome[PendingJobExecutions]:
        """List what is in progress and queued for a thing."""
        return await self._measured(self._data_plane.get_pending_job_executions(request))

    async def describe_job_execution(
        self, request: DescribeJobExecution
    ) -> Outcome[JobExecution | None]:
        """Read one execution."""
        return await self._measured(self._data_plane.describe_job_execution(request))

    async def start_next_pending_job_execution(
        self, request: StartNextPendingJobExecution
    ) -> Outcome[JobExecution | None]:
        """Start the first queued execution, or get the one in progress."""
        return await self._measured(self._data_plane.start_next_pending_job_execution(request))

    async def update_job_execution(
        self, request: UpdateJobExecution
    ) -> Outcome[UpdatedJobExecution]:
        """Report a status."""
        return await self._measured(self._data_plane.update_job_execution(request))

    async def close(self) -> None:
        """Close the connections."""
        await self._data_plane.close()

    async def _measured(self, call: Awaitable[Outcome[T]]) -> Outcome[T]:
        began = self._clock.monotonic()
        outcome = await call
        now = self._clock.monotonic()
        self._pulse.called(now, now - began, outcome)
        return outcome


async def sample_for_ever(
    store: Store, pulse: Pulse, clock: Clock, limits: AttentionLimits
) -> None:
    """Count once a minute how the things stand."""
    while True:
        await clock.sleep(SAMPLE_SECONDS)
        pulse.sampled(clock.monotonic(), await counted(store, limits))


async def counted(store: Store, limits: AttentionLimits) -> FleetSample:
    """How the things stand, a part of them at a time: nothing has to wait for all."""
    sample, states = FleetSample(), iter(store.things)
    while part := tuple(islice(states, THINGS_AT_ONCE)):
        sample = sample.plus(sample_of(part, store.service_now(), limits))
        await asyncio.sleep(0)
    return sample
