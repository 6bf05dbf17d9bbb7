"""One change of many executions on its way: each by the change queue, like any single change."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, TypeAlias

from jobs_tui.domain.description import JobExecution
from jobs_tui.engine.bulk import Planned
from jobs_tui.engine.change import Change, ChangeRequest, ChangeState
from jobs_tui.engine.in_turn import InTurn
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

    No outcome of one stops the others. Those of one thing go out one after the other, as the change
    queue would have it anyway: what has begun is really under way, and the rest can be stopped.
    """

    def __init__(
        self, planned: Sequence[Planned], send: Send, store: Store, in_turn: InTurn
    ) -> None:
        """Make one for plans that all have a request."""
        self._planned = tuple(planned)
        self._send = send
        self._store = store
        self._in_turn = in_turn
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
        try:
            by_thing: dict[str, list[int]] = {}
            for index, each in enumerate(self._planned):
                by_thing.setdefault(each.key.thing_name, []).append(index)
            await self._in_turn.run(by_thing.values(), self._one_after_the_other)
        finally:
            self.ended = True

    def stop(self) -> None:
        """Begin no more; what is under way is settled as always."""
        self._in_turn.stop()

    async def _one_after_the_other(self, indices: Sequence[int]) -> None:
        """The changes of one thing; the turn of the first one has come."""
        for index in indices:
            if index == indices[0] or await self._in_turn.turn():
                await self._begin(index)

    async def _begin(self, index: int) -> None:
        planned = self._planned[index]
        if planned.request is None:
            return
        self._begun.add(index)
        self._changes[index] = await self._send(planned.request, planned.seen)

    def _row(self, index: int, planned: Planned) -> BulkRow:
        change = self._changes.get(index)
        if change is not None and not change.state.good:
            # kept, since the store forgets old ones; a conflict may have been applied anew
            later = self._store.latest_change(planned.key)
            if later is None or later.number < change.number:
                later = self._store.change(change.number)
            change = self._changes[index] = later or change
        return BulkRow(planned, index in self._begun, change)
