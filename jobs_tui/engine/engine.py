"""The engine behind the screen: one link to the service, one store, one refresher, one queue."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Done, Failure, Outcome, Unreachable
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.journal.journal import Journal, NoJournal
from jobs_tui.engine.notices import Notices
from jobs_tui.engine.refresher import Refresher
from jobs_tui.engine.refreshing.cadence import wait_after
from jobs_tui.engine.snapshot.keeper import NoSnapshot
from jobs_tui.engine.store import Connected, Connecting, Store

if TYPE_CHECKING:
    # nothing is asked, nor changed, before the first frame
    from jobs_tui.domain.description import JobExecution
    from jobs_tui.domain.opened_documents import OpenedDocuments
    from jobs_tui.domain.requests import DescribeJobExecution
    from jobs_tui.engine.byte_budget import ByteBudget
    from jobs_tui.engine.change import Author, Change, ChangeRequest
    from jobs_tui.engine.change_queue import ChangeQueue
    from jobs_tui.engine.pulse import Pulse
    from jobs_tui.service.data_plane import JobsDataPlane
    from jobs_tui.service.opening import OpeningStage, TellStage

OpenDataPlane: TypeAlias = "Callable[[TellStage], Awaitable[JobsDataPlane | Failure]]"
"""Opens the link to the service; tells what it waits for, and why it cannot."""

NO_LINK_YET = Unreachable(reason="not connected yet", advice="wait a moment, or press R")


class EngineSettings(NamedTuple):
    """How often, and how much at most, the engine asks."""

    refresh_seconds: float = 5.0
    calls_per_second: float = 10.0
    read_only: bool = False
    """Whether nothing may be changed, not even what an earlier run left."""
    attention: AttentionLimits = AttentionLimits()
    """From when on an execution needs a person; kept for the screen."""
    low_bandwidth: bool = False
    """Whether bytes are spared from the start."""


NEWS_WITHIN = 1.0
"""Seconds that the journal waits for the first answer, or for the first failure, at the start."""


def nobody() -> Author:
    """The author where it is not known who sits at the keys."""
    from jobs_tui.engine.change import Author  # noqa: PLC0415 - after the first frame

    return Author("", "")


class Engine:
    """What the screen talks to; it never calls the service itself."""

    def __init__(
        self,
        things: Iterable[str],
        open_data_plane: OpenDataPlane,
        settings: EngineSettings,
        clock: Clock,
        randomness: random.Random,
        journal: Journal,
        author: Callable[[], Author] = nobody,
        snapshot: NoSnapshot | None = None,
        traffic: Traffic | None = None,
    ) -> None:
        self._open = open_data_plane
        self._random = randomness
        self.read_only = settings.read_only
        self.attention = settings.attention
        self.recorded = not isinstance(journal, NoJournal)
        """Whether changes are recorded on disk."""
        self.clock = clock
        self.store = Store(things, clock)
        self.notices = Notices(self.store.service_now)
        """What was told in this run."""
        self.traffic = Traffic() if traffic is None else traffic
        """What has gone over the wire, as far as whoever opens the link counts it there."""
        self.byte_budget: ByteBudget | None = None
        """For what is asked by itself, where bytes are spared."""
        self._snapshot = snapshot or NoSnapshot()
        self._snapshot.begin(self.store, self.notices)
        self.budget = CallBudget(settings.calls_per_second, clock)
        self.refresher = Refresher(
            self.store, self.budget, clock, randomness, settings.refresh_seconds
        )
        self.journal = journal
        """The record of changes; only the change queue writes to it."""
        self._author = author
        self._changes: ChangeQueue | None = None
        self._pulse: Pulse | None = None
        self._data_plane: JobsDataPlane | None = None
        self._retry = asyncio.Event()
        self.ended = asyncio.Event()
        """Set when `run` has given everything back."""
        self._ready_to_change = asyncio.Event()
        self._changing: set[asyncio.Task[Change]] = set()
        self._ending: asyncio.Task[None] | None = None
        if settings.low_bandwidth:
            self.save_bandwidth(on=True)

    @cached_property
    def opened_documents(self) -> OpenedDocuments:
        """What the job documents were when they were opened in this run."""
        from jobs_tui.domain.opened_documents import (  # noqa: PLC0415 - on first use
            OpenedDocuments,
        )

        return OpenedDocuments()

    @property
    def changes(self) -> ChangeQueue:
        """What sends changes; it is there from `run` on, or from the first question on."""
        if self._changes is None:
            from jobs_tui.engine.change_queue import (  # noqa: PLC0415 - after the first frame
                ChangeQueue,
            )

            self._changes = ChangeQueue(
                self.store,
                self.budget,
                self.clock,
                self._random,
                self._refresh,
                self.journal,
                self._author(),
            )
        return self._changes

    @property
    def low_bandwidth(self) -> bool:
        """Whether bytes are spared."""
        return self.byte_budget is not None

    def save_bandwidth(self, *, on: bool) -> None:
        """Spare bytes from now on, or no more: ask within a budget, and less often."""
        if on == self.low_bandwidth:
            return
        if not on:
            self.byte_budget = None
            self.refresher.spare(None)
            return
        from jobs_tui.engine.byte_budget import ByteBudget  # noqa: PLC0415 - on thin lines
        from jobs_tui.engine.refreshing.sparing import Sparing  # noqa: PLC0415 - as above

        self.byte_budget = ByteBudget(self.traffic, self.clock)
        self.refresher.spare(Sparing(self.byte_budget, self.clock))

    async def run(self) -> None:
        """Connect and refresh until cancelled; a link that cannot be opened is tried on refresh."""
        from jobs_tui.engine.measuring import sample_for_ever  # noqa: PLC0415 - as below
        from jobs_tui.engine.refreshing.deadline_reader import (  # noqa: PLC0415 - as below
            DeadlineReader,
        )
        from jobs_tui.engine.telling import Telling  # noqa: PLC0415 - after the first frame

        deadlines = DeadlineReader(
            self.store,
            self.refresher,
            self.budget,
            self.clock,
            self._random,
            lambda: self.low_bandwidth,
        )
        telling = Telling(
            self.store,
            self.notices,
            self.clock,
            self.attention.due_within,
            lambda: self.refresher.away,
            lambda: self.low_bandwidth,
            self.refresher.is_in_sight,
        )
        self._snapshot.start()
        try:
            data_plane = await self._connect()
            async with asyncio.TaskGroup() as work:
                work.create_task(telling.run())
                work.create_task(
                    sample_for_ever(self.store, self.pulse, self.clock, self.attention)
                )
                work.create_task(self.refresher.run(data_plane))
                work.create_task(deadlines.run(data_plane))
                if not self.read_only:
                    work.create_task(self._begin_changes(data_plane))
        finally:
            # whoever cancels once more, as the app does after its screen, must not cut it short
            self._ending = asyncio.create_task(self._give_back())
            await asyncio.shield(self._ending)

    async def _begin_changes(self, data_plane: JobsDataPlane) -> None:
        """Look after what an earlier run left, once there is something on the screen.

        That takes a journal, which takes a while to open, and says nothing that cannot wait.
        """
        news = asyncio.Event()

        def heard(_thing_name: str | None) -> None:
            news.set()

        self.store.subscribe(heard)
        await self._wait_for(news, NEWS_WITHIN)
        self.store.unsubscribe(heard)
        await self.changes.begin(data_plane)
        self._ready_to_change.set()

    async def wait_for_end(self) -> None:
        """Return when all is given back; raises what went wrong with that."""
        await self.ended.wait()
        if self._ending is not None:
            await self._ending

    async def _give_back(self) -> None:
        try:
            keeping = asyncio.create_task(self._snapshot.end())
            if self._changes is not None:
                await self._changes.stop()
            if self._data_plane is not None:
                await self._data_plane.close()
            await self.journal.close()
            await keeping
        finally:
            self.ended.set()

    def refresh_now(self, thing_name: str | None = None) -> None:
        """Ask for one thing, or all, at once; also tries again to connect."""
        self._retry.set()
        if self._changes is not None:
            self._changes.wake()
        self.refresher.refresh_now(thing_name)

    def watch(self, thing_name: str) -> None:
        """Watch another thing from now on; does nothing where it is watched already."""
        if self.store.watches(thing_name):
            return
        self.store.watch(thing_name)
        if isinstance(self.store.link, Failure):
            self.store.record_failure(thing_name, self.store.link)
        self.refresher.watch(thing_name)

    def unwatch(self, thing_name: str) -> None:
        """Watch a thing no more; raises KeyError for one that is not watched."""
        self.refresher.unwatch(thing_name)
        self.store.unwatch(thing_name)

    async def describe(self, request: DescribeJobExecution) -> Outcome[JobExecution | None]:
        """Read one execution because the user looks at it."""
        if self._data_plane is None:
            link = self.store.link
            return link if isinstance(link, Failure) else NO_LINK_YET
        self.budget.count()
        outcome = await self._data_plane.describe_job_execution(request)
        if isinstance(outcome, Done):
            self.refresher.endpoint_answered()
            self.store.learn_time(outcome.service_time)
            if outcome.value is not None:
                self.store.record_execution(outcome.value)
        return outcome

    async def change(self, request: ChangeRequest, based_on: JobExecution | None) -> Change:
        """Send a change; it goes on although the caller stops waiting for it.

        A dialog can only ask for a change after a read, so there is a link.
        """
        if self.read_only:
            raise RuntimeError("a change was asked for in a run that is read-only")
        task = asyncio.create_task(self._submit(request, based_on))
        self._changing.add(task)
        task.add_done_callback(self._changing.discard)
        return await asyncio.shield(task)

    async def _submit(self, request: ChangeRequest, based_on: JobExecution | None) -> Change:
        await self._ready_to_change.wait()
        return await self.changes.submit(request, based_on)

    def _refresh(self, thing_name: str) -> None:
        """Ask for a thing after a change of it; one of an earlier run may not be watched."""
        if self.store.watches(thing_name):
            self.refresher.refresh_now(thing_name)

    async def _connect(self) -> JobsDataPlane:
        failures = 0
        while True:
            self._retry.clear()
            opened = await self._open(self._tell_stage)
            if not isinstance(opened, Failure):
                self._snapshot.linked(opened)
                self._data_plane = opened = self._measured(opened)
                self.store.set_link(
                    Connected(opened.endpoint, opened.region, opened.endpoint_source)
                )
                return opened
            failures += 1
            self.store.set_link(opened)
            for state in self.store.things:
                self.store.record_failure(state.thing_name, opened)
            await self._wait_to_connect(opened, failures)

    @property
    def pulse(self) -> Pulse:
        """How its calls went, and how the things stood."""
        if self._pulse is None:
            from jobs_tui.engine.pulse import Pulse  # noqa: PLC0415 - after the first frame

            self._pulse = Pulse(self.clock.monotonic())
        return self._pulse

    def _measured(self, data_plane: JobsDataPlane) -> JobsDataPlane:
        from jobs_tui.engine.measuring import (  # noqa: PLC0415 - after the first frame
            MeasuredDataPlane,
        )

        return MeasuredDataPlane(data_plane, self.pulse, self.clock)

    def _tell_stage(self, stage: OpeningStage) -> None:
        """Say what is waited for; once it has failed, the reason for that stays instead."""
        if not isinstance(self.store.link, Failure):
            self.store.set_link(Connecting(stage, self.clock.monotonic()))

    async def _wait_to_connect(self, failure: Failure, failures: int) -> None:
        """Until the user asks to refresh, or for a while where that may help by itself.

        What refuses credentials is asked again only by the user: it may open a window, or lock an
        account after so many times.
        """
        if not isinstance(failure, Unreachable):
            await self._retry.wait()
            return
        await self._wait_for(
            self._retry, wait_after(self.refresher.interval, failures, self._random.random())
        )

    async def _wait_for(self, event: asyncio.Event, at_most: float) -> None:
        """Until the event, or for so many seconds."""
        nap = asyncio.ensure_future(self.clock.sleep(at_most))
        woken = asyncio.ensure_future(event.wait())
        try:
            await asyncio.wait((nap, woken), return_when=asyncio.FIRST_COMPLETED)
        finally:
            nap.cancel()
            woken.cancel()
