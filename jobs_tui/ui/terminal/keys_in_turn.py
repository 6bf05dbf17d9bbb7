"""One key after the other: each is done with before the next one is looked at.

Textual hands a key to whatever has the focus when the key arrives, and only then lets it travel up
to the bindings. Keys that arrive together, as they do over a slow link, would overtake one another:
text typed after Tab would land in the field before it, and a letter typed after the key that opens
a dialog would be lost.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from textual import constants, events
from textual.dom import NoScreen
from textual.errors import NoWidget
from textual.message_pump import MessagePump

from jobs_tui.ui.terminal.parts import AppPart

PATIENCE_SECONDS = 2.0
"""How long a key may take before the next one is looked at all the same."""

OVERDUE_SECONDS = 30.0
"""How long what has to come after a key waits for one that takes longer than that."""

Turn = events.Key | events.Paste | Callable[[], object]


class KeysInTurn(AppPart):
    """Part of an app that takes typed-ahead keys and pastes in the order in which they came."""

    escape_delay_seconds: float = constants.ESCAPE_DELAY
    """How long an escape character may stand alone before it is the key Escape.

    May be set at any time. At first from ESCDELAY, or 100 ms. A line that delivers the bytes of an
    arrow key further apart needs more.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed: asyncio.Queue[Turn] = asyncio.Queue()
        self._turns: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._clicked: Sequence[MessagePump] = ()
        self._free = asyncio.Event()
        self._free.set()

    async def on_event(self, event: events.Event) -> None:
        """Put keys and pastes that come from the terminal into the queue; let all else pass."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._enter(event)
            return
        await super().on_event(event)
        if isinstance(event, events.MouseUp) and not event.is_forwarded:
            with suppress(NoWidget, NoScreen):
                widget, _ = self.screen.get_widget_at(int(event.x), int(event.y))
                self._clicked = widget.ancestors_with_self

    def in_turn(self, call: Callable[[], object]) -> None:
        """Call this when all keys, pastes and clicks that came before have done what they do."""
        self._enter(call)

    def hold_keys(self) -> asyncio.Event:
        """Keep keys back, until this is set, while the screen that they are meant for comes."""
        before, self._free = self._free, asyncio.Event()
        before.set()
        return self._free

    def _enter(self, turn: Turn) -> None:
        if self._turns is None:
            self._turns = asyncio.create_task(self._take_turns())
        self._typed.put_nowait(turn)

    async def _take_turns(self) -> None:
        while self.is_running:
            turn = await self._typed.get()
            while not (free := self._free).is_set():
                await free.wait()
            if isinstance(turn, events.Event):
                way = self._way()
                self.call_later(super().on_event, turn)
                travel = asyncio.create_task(self._done_with_key(way))
            else:
                before = tuple(self._under_way)
                travel = asyncio.create_task(self._called(turn, before))
            self._under_way.add(travel)
            travel.add_done_callback(self._under_way.discard)
            await asyncio.wait({travel}, timeout=PATIENCE_SECONDS)

    def _way(self) -> Sequence[MessagePump]:
        """The queues through which a key travels: from the focus up to the app."""
        return (self.focused or self.screen).ancestors_with_self

    async def _done_with_key(self, way: Sequence[MessagePump]) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(OVERDUE_SECONDS):
                # once for the key itself, once more for what it set off where the focus is now
                await _travelled((self, *way))
                await _travelled((*self._way(), self))

    async def _called(
        self, call: Callable[[], object], before: Iterable[asyncio.Task[None]]
    ) -> None:
        """Call when the keys before are done, and a click, which does not queue up with them."""
        if keys := set(before):
            await asyncio.wait(keys)
        clicked, self._clicked = self._clicked, ()
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                # once for the click, once more for what it set off
                await _travelled((self, *clicked))
                await _travelled((*clicked, self))
        call()
        # who waited for it goes on before the next key is looked at
        await asyncio.sleep(0)


async def _travelled(way: Sequence[MessagePump]) -> None:
    """Return when each queue, one after the other, has dealt with what was in it before."""
    for pump in way:
        done = asyncio.Event()
        if pump.call_later(done.set):
            await done.wait()
