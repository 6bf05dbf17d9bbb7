"""One change of many executions on its way: each by the change queue, like any single change."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, TypeAlias

from jobs_tui.domain.description import JobExecution
from jobs_tui.engine.bulk import Planned
from jobs_tui.engine.change import Change, ChangeRequest, ChangeState
from jobs_tui.engine.in_turn import AT_ONCE, InTurn
from jobs_tui.engine.store import Store

Send: TypeAlias = "Callable[[ChangeRequest, JobExecution | None], Awaitable[Change]]"
"""Records and sends a change; see `Engine.change`."""


class BulkRow(NamedTuple):
    """How far one of the changes is."""

    planned: Planned
    begun: bool
    change: Change | None
    """What the change queue last said of it; None before its first news."""

    @property
    def state(self) -> ChangeState | None:
        """Where it stands; None while it was not begun."""
        if self.change is not None:
            return self.change.state
        return ChangeState.SENDING if self.begun else None


class BulkRun:
    """Sends what was planned, each once, until it is stopped.

    No outcome of one stops the others. Those of one thing are begun one after the other, each when
    it is known what became of the one before, as the change queue would have it anyway: what has
    begun is really under way, and the rest can be stopped.
    """

    def __init__(
        self, planned: Sequence[Planned], send: Send, store: Store, in_turn: InTurn
    ) -> None:
        """Make one for plans that all have a request."""
        self._planned = tuple(planned)
        self._send = send
        self._store = store
        self._in_turn = in_turn
        self._rest = {
            index: each.key.thing_name for index, each in enumerate(planned) if each.request
        }
        """What has yet to be begun, and of which thing each is."""
        self._busy: dict[str, int | None] = {}
        """The things with a change that has not ended, and its number once that is known."""
        self._wake = asyncio.Event()
        self._begun: set[int] = set()
        self._changes: dict[int, Change] = {}
        self.ended = False
        """Whether nothing will be begun any more, and all that was has been heard of."""

    @property
    def stopped(self) -> bool:
        """Whether no more are begun because the user said so."""
        return self._in_turn.stopped

    @property
    def rows(self) -> tuple[BulkRow, ...]:
        """How far each of them is now."""
        return tuple(self._row(index, each) for index, each in enumerate(self._planned))

    async def run(self) -> None:
        """Send them; what is in doubt afterwards is settled by the change queue."""
        self._store.subscribe(self._heard)
        try:
            async with asyncio.TaskGroup() as work:
                for _ in range(AT_ONCE):
                    work.create_task(self._work_off())
        finally:
            self._store.unsubscribe(self._heard)
            self.ended = True

    def stop(self) -> None:
        """Begin no more; what is under way is settled as always."""
        self._in_turn.stop()
        self._wake.set()

    async def _work_off(self) -> None:
        while (index := await self._next()) is not None and await self._in_turn.turn():
            planned = self._planned[index]
            if planned.request is not None:
                self._begun.add(index)
                change = await self._send(planned.request, planned.seen)
                self._changes[index] = change
                self._busy[planned.key.thing_name] = change.number
                self._heard(planned.key.thing_name)

    async def _next(self) -> int | None:
        """The first one whose thing is free, as soon as there is one; its thing is taken then."""
        while self._rest and not self.stopped:
            for index, thing_name in self._rest.items():
                if thing_name not in self._busy:
                    del self._rest[index]
                    self._busy[thing_name] = None
                    if not self._rest:
                        # whoever waits for another one need not
                        self._wake.set()
                    return index
            self._wake.clear()
            await self._wake.wait()
        return None

    def _heard(self, thing_name: str | None) -> None:
        """Free a thing when its change has come to an end."""
        number = self._busy.get(thing_name or "")
        if thing_name is None or number is None:
            return
        change = self._store.change(number)
        if change is None or change.state.settled:
            del self._busy[thing_name]
            self._wake.set()

    def _row(self, index: int, planned: Planned) -> BulkRow:
        change = self._changes.get(index)
        if change is not None and not change.state.good:
            # kept, since the store forgets old ones; a conflict may have been applied anew
            later = self._store.latest_change(planned.key)
            if later is None or later.number < change.number:
                later = self._store.change(change.number)
            change = self._changes[index] = later or change
        return BulkRow(planned, index in self._begun, change)
