"""What the user has confirmed is sent, as soon as the record of changes is open."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from jobs_tui.domain.clock import Clock
from jobs_tui.engine.refreshing.wakeable_sleep import WakeableSleep
from jobs_tui.engine.store import Store

if TYPE_CHECKING:
    # nothing is changed before the first frame
    from collections.abc import Callable

    from jobs_tui.domain.description import JobExecution
    from jobs_tui.engine.change import Change, ChangeRequest
    from jobs_tui.engine.change_queue import ChangeQueue
    from jobs_tui.service.data_plane import JobsDataPlane

NEWS_WITHIN = 1.0
"""Seconds that the journal waits for the first answer, or for the first failure, at the start."""


class Changing:
    """Stands before the queue of changes, and makes it when it is needed."""

    def __init__(self, store: Store, clock: Clock, make_queue: Callable[[], ChangeQueue]) -> None:
        """Make no queue yet."""
        self._store = store
        self._clock = clock
        self._make_queue = make_queue
        self._queue: ChangeQueue | None = None
        self._ready = asyncio.Event()
        self._submitting: set[asyncio.Task[Change]] = set()

    @property
    def queue(self) -> ChangeQueue:
        """What sends changes; it is there from `begin` on, or from the first question on."""
        if self._queue is None:
            self._queue = self._make_queue()
        return self._queue

    async def begin(self, data_plane: JobsDataPlane) -> None:
        """Look after what an earlier run left, once there is something on the screen.

        That takes a journal, which takes a while to open, and says nothing that cannot wait.
        """
        sleep = WakeableSleep(self._clock)

        def heard(_thing_name: str | None) -> None:
            sleep.wake()

        self._store.subscribe(heard)
        await sleep.sleep_until(self._clock.monotonic() + NEWS_WITHIN)
        self._store.unsubscribe(heard)
        await self.queue.begin(data_plane)
        self._ready.set()

    async def submit(self, request: ChangeRequest, based_on: JobExecution | None) -> Change:
        """Send a change; it goes on although the caller stops waiting for it."""
        task = asyncio.create_task(self._submit(request, based_on))
        self._submitting.add(task)
        task.add_done_callback(self._submitting.discard)
        return await asyncio.shield(task)

    def wake(self) -> None:
        """Try at once what waits."""
        if self._queue is not None:
            self._queue.wake()

    async def stop(self) -> None:
        """Leave everything as the journal has it."""
        if self._queue is not None:
            await self._queue.stop()

    async def _submit(self, request: ChangeRequest, based_on: JobExecution | None) -> Change:
        await self._ready.wait()
        return await self.queue.submit(request, based_on)
