"""Takes every change from its record in the journal to an end that is known, or honestly is not.

One change at a time per thing. Nothing is sent before the journal holds that it is going to be;
what no answer confirmed is settled by reading, and sent again only when a read has shown that it
did not arrive.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.requests import StartNextPendingJobExecution
from jobs_tui.engine.attempts import Attempts, pause_before_next
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.change import Author, Change, ChangeRequest, ChangeState, Verdict
from jobs_tui.engine.journal.journal import Journal, JournalError
from jobs_tui.engine.logged_change import log_change, log_dropping, log_pause
from jobs_tui.engine.settling import (
    left_by_an_earlier_run,
    verdict_before_late_send,
    verdict_by_reading,
    verdict_of_drop,
)
from jobs_tui.engine.store import Store
from jobs_tui.service.data_plane import JobsDataPlane

LEFT = Verdict(
    ChangeState.LEFT, "an earlier run of jobs-tui ended before it was sent", "send it or drop it"
)


class ChangeQueue:
    """Every change ends in one of the settled states, or stays visibly open."""

    def __init__(
        self,
        store: Store,
        budget: CallBudget,
        clock: Clock,
        randomness: random.Random,
        refresh: Callable[[str], None],
        journal: Journal,
        author: Author,
    ) -> None:
        self._store = store
        self._budget = budget
        self._clock = clock
        self._random = randomness
        self._refresh = refresh
        self._journal = journal
        self._author = author
        self._linked: Attempts | None = None
        self._writers: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._driving: set[asyncio.Task[None]] = set()
        self._first_news: dict[int, asyncio.Future[Change]] = {}
        self._dropped: set[int] = set()
        self._away: set[str] = set()
        """The things about which the endpoint did not answer when it was last asked."""
        self._wake = asyncio.Event()
        store.subscribe(self._heard)

    @property
    def unsettled(self) -> tuple[Change, ...]:
        """The changes of which it is not known yet what will have become of them."""
        return tuple(change for change in self._store.changes if not change.state.settled)

    async def begin(self, data_plane: JobsDataPlane, thing_name: str | None = None) -> None:
        """Send by this link from now on, and look after what an earlier run left.

        Of one thing only, if it is named. That is settled as far as reading can; what it left
        unsent waits for the user's word.
        """
        self._linked = Attempts(data_plane, self._store, self._budget)
        try:
            left = await self._journal.take_over(
                data_plane.endpoint, data_plane.identity, thing_name
            )
        except JournalError as error:
            self._store.set_journal_problem(error)
            return
        for change in left:
            await self._take_up(change)

    async def _take_up(self, change: Change) -> None:
        if change.in_doubt:
            change = replace(change, state=ChangeState.NOT_CONFIRMED)
            self._record(change)
            self._drive(change, earlier=True)
        else:
            await self._conclude(change, LEFT)

    async def submit(self, request: ChangeRequest, based_on: JobExecution | None) -> Change:
        """Record a change and send it; returns at the first news of it. The rest goes on by itself.

        The caller has checked the request and shown it to the user. A change that cannot be
        recorded is not sent.
        """
        link = self._attempts.link
        change = Change(
            number=0,
            request=request,
            based_on=None if based_on is None else replace(based_on, job_document=None),
            asked_at=self._store.service_now(),
            endpoint=link.endpoint,
            identity=link.identity,
            author=self._author,
        )
        try:
            change = await self._journal.record(change)
        except JournalError as error:
            change = replace(
                change,
                state=ChangeState.NOT_RECORDED,
                explanation=f"nothing was sent: {error.reason}",
                advice=error.advice,
            )
            log_change(None, change)
            return change
        news: asyncio.Future[Change] = asyncio.get_running_loop().create_future()
        self._first_news[change.number] = news
        self._record(change)
        self._drive(change)
        return await news

    def send_left(self, number: int) -> None:
        """Send a change that an earlier run left unsent: the user has said so."""
        change = self._store.change(number)
        if change is not None and change.state is ChangeState.LEFT:
            change = replace(change, state=ChangeState.WAITING, explanation="", advice="")
            self._record(change)
            self._drive(change, late=True)

    async def drop(self, number: int) -> None:
        """Do not send a change that waits, or do not follow up one that is in doubt.

        One that is being sent at this moment is followed up all the same. A conflict is left as it
        stands.
        """
        change = self._store.change(number)
        if change is not None and change.state is ChangeState.CONFLICT:
            told = f"dropped at a conflict: {change.explanation}"
            await self._conclude(change, Verdict(ChangeState.DROPPED, told))
        elif change is not None and not change.state.settled:
            self._dropped.add(number)
            log_dropping(change)
            if change.state is ChangeState.LEFT:
                self._drive(change)
            self.wake()

    def wake(self) -> None:
        """Try at once what waits."""
        self._wake.set()

    async def stop(self) -> None:
        """Leave everything as the journal has it."""
        for task in tuple(self._driving):
            task.cancel()
        await asyncio.gather(*self._driving, return_exceptions=True)

    @property
    def _attempts(self) -> Attempts:
        if self._linked is None:
            raise RuntimeError("a change was asked for before there was a link")
        return self._linked

    def _heard(self, thing_name: str | None) -> None:
        """Try at once when the endpoint is back: an answer about any thing says that it is."""
        if thing_name is None:
            return
        if not self._store.answers(thing_name):
            self._away.add(thing_name)
        elif thing_name in self._away:
            self._away.clear()
            self._wake.set()

    def _drive(self, change: Change, *, earlier: bool = False, late: bool = False) -> None:
        task = asyncio.create_task(self._to_the_end(change, earlier=earlier, late=late))
        self._driving.add(task)
        task.add_done_callback(self._driving.discard)

    async def _to_the_end(self, change: Change, *, earlier: bool, late: bool) -> None:
        async with self._writers[change.thing_name]:
            # while this waited for its turn, the user may have decided otherwise
            change = self._store.change(change.number) or change
            while not change.state.settled:
                if change.number not in self._dropped:
                    if change.state is ChangeState.LEFT:
                        return
                    pause = pause_before_next(change)
                    log_pause(change, pause)
                    await self._pause(pause)
                if change.number in self._dropped:
                    self._dropped.discard(change.number)
                    change = await self._conclude(change, verdict_of_drop(change))
                elif change.state is ChangeState.WAITING:
                    change = await self._try_to_send(change, late=late)
                    late = True
                else:
                    change = await self._try_to_read(change, earlier=earlier)
            # one that was dropped while it was being sent may have come to an end by itself
            self._dropped.discard(change.number)

    async def _try_to_send(self, change: Change, *, late: bool) -> Change:
        if late and isinstance(change.request, StartNextPendingJobExecution):
            change, read = await self._attempts.read(change)
            held = verdict_before_late_send(change, read)
            if held is not None:
                return await self._conclude(change, held)
        sending = self._attempts.begun(change)
        try:
            await self._journal.write(sending)
        except JournalError as error:
            self._store.set_journal_problem(error)
            verdict = Verdict(ChangeState.WAITING, f"not sent: {error.reason}", error.advice)
            return await self._conclude(change, verdict, lasting=False)
        self._store.set_journal_problem(None)
        self._record(sending)
        change, verdict = await self._attempts.send(change)
        return await self._conclude(change, verdict)

    async def _try_to_read(self, change: Change, *, earlier: bool) -> Change:
        change, read = await self._attempts.read(change)
        verdict = verdict_by_reading(change, read)
        return await self._conclude(change, left_by_an_earlier_run(verdict) if earlier else verdict)

    async def _conclude(self, change: Change, verdict: Verdict, *, lasting: bool = True) -> Change:
        """Take in what is known now; `lasting` unless the journal has just failed to write."""
        standing = verdict.standing
        change = replace(
            change,
            state=verdict.state,
            explanation=verdict.explanation,
            advice=verdict.advice,
            standing=change.standing if standing is None else replace(standing, job_document=None),
        )
        if lasting:
            try:
                await self._journal.write(change)
                self._store.set_journal_problem(None)
            except JournalError as error:
                self._store.set_journal_problem(error)
        if standing is not None:
            self._store.record_execution(standing)
        self._record(change)
        news = self._first_news.pop(change.number, None)
        if news is not None and not news.done():
            news.set_result(change)
        self._refresh(change.thing_name)
        return change

    def _record(self, change: Change) -> None:
        log_change(self._store.change(change.number), change)
        self._store.record_change(change)

    async def _pause(self, seconds: float) -> None:
        """Wait so long, up to a quarter less so that not all come at once, or until woken."""
        if seconds <= 0:
            return
        self._wake.clear()
        nap = asyncio.ensure_future(self._clock.sleep(seconds * (1 - self._random.random() / 4)))
        woken = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait((nap, woken), return_when=asyncio.FIRST_COMPLETED)
        finally:
            nap.cancel()
            woken.cancel()
