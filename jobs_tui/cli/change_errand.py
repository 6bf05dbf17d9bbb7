"""One change on its way: the fresh look, the question, the queue and the journal of the cockpit."""

import asyncio
import os
import random
from collections.abc import Callable
from typing import NamedTuple

from jobs_tui.cli import links
from jobs_tui.cli.change_arguments import Wish
from jobs_tui.cli.change_ending import NOT_SENT, Ending, after_all, ending_of, given_up
from jobs_tui.cli.change_request import (
    filled_in,
    held_back,
    moved_on,
    nothing_there,
    shown_before,
)
from jobs_tui.cli.contexts import journal_of
from jobs_tui.cli.journal_folder import journal_folder
from jobs_tui.cli.output import tell
from jobs_tui.cli.progress import Progress
from jobs_tui.cli.question import answered_yes
from jobs_tui.cli.settings.declared import RATE
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.short_run import look_freshly
from jobs_tui.domain.clock import Clock
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.outcome import Done, Failure, Outcome
from jobs_tui.domain.requests import NEXT_JOB, DescribeJobExecution
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.change import Change, ChangeRequest, ChangeState
from jobs_tui.engine.change_queue import ChangeQueue
from jobs_tui.engine.journal.author import this_author
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.store import Store
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.ui.terminal.safe_text import safe_line
from jobs_tui.ui.views.changes import notice_of

DROPPED_WITHIN = 5.0
"""Seconds within which a change that waits is dropped, once that is asked for."""


class _Ready(NamedTuple):
    """What would be sent, and on what it is based."""

    seen: JobExecution
    request: ChangeRequest
    warning: str | None


class ChangeErrand:
    """One change from the fresh look to its end, and how far it has come."""

    def __init__(self, settings: Settings, wish: Wish, clock: Clock) -> None:
        self._settings = settings
        self._wish = wish
        self._clock = clock
        self._progress = Progress()
        self._store = Store((), clock)
        self._journal = journal_of(settings, journal_folder, clock)
        self._queue = ChangeQueue(
            self._store,
            CallBudget(RATE.default, clock),
            clock,
            random.Random(),  # noqa: S311 - it only spreads calls
            lambda _: None,
            self._journal,
            this_author(os.environ),
        )
        self._news = asyncio.Event()
        self._request: ChangeRequest | None = None
        """Set from the moment on from which it may be sent."""

    async def run(self) -> Ending:
        """How it ended."""
        self._store.subscribe(self._heard)
        try:
            link = await links.open_link(
                self._settings, self._clock, self._progress.begin, Traffic()
            )
            if isinstance(link, Failure):
                return self._not_sent(link)
            try:
                return await self._on(link)
            finally:
                self._progress.end()
                await self._queue.stop()
                await link.close()
        finally:
            self._progress.end()
            await self._journal.close()

    def when_interrupted(self) -> str:
        """What is known of it when a signal ends the command."""
        change = self._submitted()
        if change is None:
            return self._not_sent("interrupted").sentence
        if change.state.settled:
            return notice_of(change).text
        told = f"interrupted: {change.wish} on {change.thing_name} is {change.state}"
        return f"{told}; {after_all(change)}" if self._settings.journal else told

    async def _on(self, link: JobsDataPlane) -> Ending:
        held = await self._held_by_what_was_left(link)
        if held is not None:
            return held
        ready = await self._made_ready(link)
        if isinstance(ready, Ending):
            return ready
        if not self._wish.unasked:
            held = await self._held_back_by_asking(ready, link)
        return held or await self._send(ready)

    async def _made_ready(self, link: JobsDataPlane) -> _Ready | Ending:
        """What stands there now, and the request that is based on it."""
        self._progress.begin("reading")
        looked = await self._look(link)
        self._progress.end()
        if isinstance(looked, Failure):
            return self._not_sent(looked)
        if looked.value is None:
            return nothing_there(self._wish)
        held = held_back(self._wish, looked.value)
        return held or _Ready(looked.value, *filled_in(self._wish, looked.value))

    async def _held_back_by_asking(self, ready: _Ready, link: JobsDataPlane) -> Ending | None:
        """Show it and ask; None for yes, where what was shown stands there still."""
        shown = shown_before(ready.request, ready.seen, link.endpoint, ready.warning)
        if not await answered_yes(shown):
            return self._not_sent("there was no yes, so that nothing was sent", ready.seen)
        if self._wish.status is not None:
            # its expected version holds it back
            return None
        # a start names no job: it would start whatever stands first by now
        looked = await self._look(link)
        if isinstance(looked, Failure):
            return self._not_sent(looked, ready.seen)
        if moved_on(ready.seen, looked.value):
            return self._not_sent("what stands first has changed since it was shown", looked.value)
        return None

    async def _look(self, link: JobsDataPlane) -> Outcome[JobExecution | None]:
        wish = self._wish
        request = DescribeJobExecution(
            wish.thing_name, wish.job_id or NEXT_JOB, wish.execution_number
        )
        outcome = await look_freshly(link, request, self._clock)
        if isinstance(outcome, Done):
            self._store.learn_time(outcome.service_time)
        return outcome

    async def _held_by_what_was_left(self, link: JobsDataPlane) -> Ending | None:
        """Settle by reading what an earlier run left open of this thing; what stays is in the way.

        What that wanted could not be told from this change any more. What did not arrive is never
        sent from here: that takes somebody who looks at it.
        """
        self._progress.begin("looking after what an earlier run left")
        await self._queue.begin(link, self._wish.thing_name)
        problem = self._store.journal_problem
        if problem is not None:
            return self._not_sent(problem)
        if not self._store.changes:
            return None
        await self._until(lambda: all(map(_stays, self._store.changes)), self._wish.wait)
        if self._wish.drop_left:
            for change in self._store.changes:
                if change.state is ChangeState.LEFT:
                    await self._queue.drop(change.number)
            await self._until(lambda: not self._queue.unsettled, DROPPED_WITHIN)
        self._progress.end()
        tell(
            f"jobs-tui: {safe_line(_told_of(change))}\n"
            for change in self._store.changes
            if change.state.settled
        )
        return next(map(self._held_by, self._queue.unsettled), None)

    def _held_by(self, change: Change) -> Ending:
        told = _told_of(change)
        if change.state is ChangeState.LEFT:
            advice = f"`jobs-tui {change.thing_name}` asks whether to send it, --drop-left drops it"
            return Ending(self._wish, NOT_SENT, told, advice)
        return Ending(self._wish, NOT_SENT, f"{told}; {change.explanation}", change.advice)

    async def _send(self, ready: _Ready) -> Ending:
        self._progress.begin("sending")
        seen, request, _ = ready
        self._request = request
        submitting = asyncio.create_task(self._queue.submit(request, seen))
        submitting.add_done_callback(lambda _: self._news.set())

        def latest() -> Change | None:
            if submitting.done() and not submitting.result().number:
                return submitting.result()
            return self._submitted()

        def settled() -> bool:
            change = latest()
            return change is not None and change.state.settled

        await self._until(settled, self._wish.wait)
        change = latest() or await submitting
        recorded = self._settings.journal
        if change.state is not ChangeState.WAITING or change.in_doubt:
            return ending_of(self._wish, seen, change, recorded=recorded)
        # it did not arrive, and is not to go out when nobody thinks of it any more
        await self._queue.drop(change.number)
        await self._until(settled, DROPPED_WITHIN)
        dropped = self._submitted() or change
        return given_up(ending_of(self._wish, seen, dropped, recorded=recorded), change)

    def _submitted(self) -> Change | None:
        """The change of this run, once it is recorded."""
        for change in self._store.changes:
            if change.request is self._request:
                return change
        return None

    async def _until(self, holds: Callable[[], bool], seconds: float) -> None:
        """Until it holds, or for so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return

    def _heard(self, _thing_name: str | None) -> None:
        self._news.set()
        change = self._submitted()
        if change is not None and not change.state.settled:
            self._progress.begin(change.state)

    def _not_sent(
        self, why: str | Failure | JournalError, seen: JobExecution | None = None
    ) -> Ending:
        if isinstance(why, str):
            return Ending(self._wish, NOT_SENT, why, seen=seen)
        return Ending(self._wish, NOT_SENT, why.reason, why.advice, seen)


def _stays(change: Change) -> bool:
    """Whether a change that was left stands as it will without the user's word."""
    return change.state.settled or change.state is ChangeState.LEFT


def _told_of(change: Change) -> str:
    subject = f"{change.job_id} / " if change.job_id else ""
    return f"number {change.number} of an earlier run, {subject}{change.wish}, is {change.state}"
