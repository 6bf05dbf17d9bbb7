"""The engine behind the screen: one link to the service, one store, one refresher, one queue."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Outcome, Unreachable
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.journal.journal import Journal, NoJournal
from jobs_tui.engine.notices import Notices
from jobs_tui.engine.refresher import Refresher
from jobs_tui.engine.snapshot.keeper import NoSnapshot
from jobs_tui.engine.store import Connected, Store

if TYPE_CHECKING:
    # nothing is asked, nor changed, before the first frame
    from jobs_tui.domain.description import JobExecution
    from jobs_tui.domain.opened_documents import OpenedDocuments
    from jobs_tui.domain.requests import DescribeJobExecution
    from jobs_tui.engine.byte_budget import ByteBudget
    from jobs_tui.engine.change import Author, Change, ChangeRequest
    from jobs_tui.engine.change_queue import ChangeQueue
    from jobs_tui.engine.changing import Changing
    from jobs_tui.engine.deadline_reader import DeadlineReader
    from jobs_tui.engine.link_opener import LinkOpener, OpenDataPlane
    from jobs_tui.engine.pulse import Pulse
    from jobs_tui.service.data_plane import JobsDataPlane

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
    read_only_in: str = ""
    """Where it is shown, if that is why nothing may be changed: `a browser`."""


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
        self._random = randomness
        self.read_only = settings.read_only
        self.read_only_in = settings.read_only_in
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
        self._open = open_data_plane
        self._opener: LinkOpener | None = None
        self._pulse: Pulse | None = None
        self._data_plane: JobsDataPlane | None = None
        self._deadlines: DeadlineReader | None = None
        self.ended = asyncio.Event()
        """Set when `run` has given everything back."""
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

    @cached_property
    def _changing(self) -> Changing:
        from jobs_tui.engine.changing import Changing  # noqa: PLC0415 - after the first frame

        return Changing(self.store, self.clock, self._new_queue)

    def _new_queue(self) -> ChangeQueue:
        from jobs_tui.engine.change_queue import ChangeQueue  # noqa: PLC0415 - after the first frame

        return ChangeQueue(
            self.store,
            self.budget,
            self.clock,
            self._random,
            self._refresh_changed,
            self.journal,
            self._author(),
        )

    def _refresh_changed(self, thing_name: str) -> None:
        """Ask for a thing after a change of it; one of an earlier run may not be watched."""
        if self.store.watches(thing_name):
            self.refresher.refresh_now(thing_name)

    @property
    def changes(self) -> ChangeQueue:
        """What sends changes; it is there from `run` on, or from the first question on."""
        return self._changing.queue

    @property
    def pulse(self) -> Pulse:
        """How its calls went, and how the things stood."""
        if self._pulse is None:
            from jobs_tui.engine.pulse import Pulse  # noqa: PLC0415 - after the first frame

            self._pulse = Pulse(self.clock.monotonic())
        return self._pulse

    @property
    def low_bandwidth(self) -> bool:
        """Whether bytes are spared."""
        return self.byte_budget is not None

    def save_bandwidth(self, *, on: bool) -> None:
        """Spare bytes from now on, or no more: ask within a budget, and less often."""
        if on == self.low_bandwidth:
            return
        from jobs_tui.domain.logged import decided  # noqa: PLC0415 - seldom

        decided("bandwidth", low="yes" if on else "no")
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
        from jobs_tui.domain.logged import decided  # noqa: PLC0415 - as below
        from jobs_tui.engine.measuring import sample_for_ever  # noqa: PLC0415 - as below
        from jobs_tui.engine.telling import Telling  # noqa: PLC0415 - after the first frame

        telling = Telling(
            self.store,
            self.notices,
            self.clock,
            self.attention.due_within,
            lambda: self.refresher.away,
            lambda: self.low_bandwidth,
            self.refresher.is_in_sight,
        )
        decided(
            "run",
            things=len(self.store.thing_names),
            read_only=self.read_only,
            recorded=self.recorded,
            refresh=f"{self.refresher.interval:g}s",
            rate=f"{self.budget.limit:g}/s",
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
                work.create_task(self._read_deadlines(data_plane))
                if not self.read_only:
                    work.create_task(self._changing.begin(data_plane))
        finally:
            # whoever cancels once more, as the app does after its screen, must not cut it short
            self._ending = asyncio.create_task(self._give_back())
            await asyncio.shield(self._ending)

    async def wait_for_end(self) -> None:
        """Return when all is given back; raises what went wrong with that."""
        await self.ended.wait()
        if self._ending is not None:
            await self._ending

    async def _give_back(self) -> None:
        try:
            keeping = asyncio.create_task(self._snapshot.end())
            await self._changing.stop()
            if self._data_plane is not None:
                await self._data_plane.close()
                from jobs_tui.domain.logged import decided  # noqa: PLC0415 - as in `run`

                decided("link", state="closed")
            await self.journal.close()
            await keeping
        finally:
            self.ended.set()

    @property
    def deadlines_refused(self) -> NotAllowed | None:
        """Why deadlines of what nobody looks at cannot be told, where reading is not allowed."""
        return self._deadlines.refused if self._deadlines is not None else None

    def refresh_now(self, thing_name: str | None = None) -> None:
        """Ask for one thing, or all, at once; also tries again to connect."""
        if self._opener is not None:
            self._opener.try_again()
        self._changing.wake()
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
        return await self._changing.submit(request, based_on)

    async def _connect(self) -> JobsDataPlane:
        from jobs_tui.engine.link_opener import LinkOpener  # noqa: PLC0415 - after the first frame
        from jobs_tui.engine.measuring import MeasuredDataPlane  # noqa: PLC0415 - as above

        self._opener = LinkOpener(
            self._open, self.store, self.clock, self._random, lambda: self.refresher.interval
        )
        opened = await self._opener.open()
        self._snapshot.linked(opened)
        self._data_plane = MeasuredDataPlane(opened, self.pulse, self.clock)
        self.store.set_link(Connected(opened.endpoint, opened.region, opened.endpoint_source))
        return self._data_plane

    async def _read_deadlines(self, data_plane: JobsDataPlane) -> None:
        from jobs_tui.engine.deadline_reader import DeadlineReader  # noqa: PLC0415 - as above

        self._deadlines = DeadlineReader(
            self.store,
            self.refresher,
            self.budget,
            self.clock,
            self._random,
            lambda: self.low_bandwidth,
        )
        await self._deadlines.run(data_plane)
