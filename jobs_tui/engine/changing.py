"""What the user has confirmed is sent, as soon as the record of changes is open."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from jobs_tui.domain.clock import Clock
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.journal.journal import Journal
from jobs_tui.engine.refreshing.wakeable_sleep import WakeableSleep
from jobs_tui.engine.store import Store

if TYPE_CHECKING:
    # nothing is changed before the first frame
    from collections.abc import Callable

    from jobs_tui.domain.description import JobExecution
    from jobs_tui.engine.change import Author, Change, ChangeRequest
    from jobs_tui.engine.change_queue import ChangeQueue
    from jobs_tui.service.data_plane import JobsDataPlane

NEWS_WITHIN = 1.0
"""Seconds that the journal waits for the first answer, or for the first failure, at the start."""


class Changing:
    """Stands before the queue of changes, and makes it when it is needed."""

    def __init__(
        self,
        store: Store,
        budget: CallBudget,
        clock: Clock,
        randomness: random.Random,
        journal: Journal,
        author: Callable[[], Author],
        refresh: Callable[[str], None],
    ) -> None:
        """Make no queue yet; `author` is asked with it, `refresh` asks for a thing that changed."""
        self._store = store
        self._budget = budget
        self._clock = clock
        self._random = randomness
        self._journal = journal
        self._author = author
        self._refresh = refresh
        self._queue: ChangeQueue | None = None
        self._ready = asyncio.Event()
        self._submitting: set[asyncio.Task[Change]] = set()

    @property
    def queue(self) -> ChangeQueue:
        """What sends changes; it is there from `begin` on, or from the first question on."""
        if self._queue is None:
            from jobs_tui.engine.change_queue import (  # noqa: PLC0415 - after the first frame
                ChangeQueue,
            )

            self._queue = ChangeQueue(
                self._store,
                self._budget,
                self._clock,
                self._random,
                self._refresh_watched,
                self._journal,
                self._author(),
            )
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

    def _refresh_watched(self, thing_name: str) -> None:
        """Ask for a thing after a change of it; one of an earlier run may not be watched."""
        if self._store.watches(thing_name):
            self._refresh(thing_name)
