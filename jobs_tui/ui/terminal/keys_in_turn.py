"""One key after the other: each is done with before the next one is looked at.

Textual hands a key to whatever has the focus when the key arrives, and only then lets it travel up
to the bindings. Keys that arrive together, as they do over a slow link, would overtake one another:
text typed after Tab would land in the field before it, and a letter typed after the key that opens
a dialog would be lost.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from textual import events
from textual.message_pump import MessagePump

from jobs_tui.ui.terminal.parts import AppPart

PATIENCE_SECONDS = 2.0
"""How long a key may take before the next one is looked at all the same."""


class KeysInTurn(AppPart):
    """Part of an app that takes typed-ahead keys and pastes in the order in which they came."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: asyncio.Queue[events.Key | events.Paste] = asyncio.Queue()
        self._turns: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Put keys and pastes that come from the terminal into the queue; let all else pass."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if self._turns is None:
                self._turns = asyncio.create_task(self._take_turns())
            self._typed.put_nowait(event)
            return
        await super().on_event(event)

    async def _take_turns(self) -> None:
        while self.is_running:
            event = await self._typed.get()
            way = self._way()
            self.call_later(super().on_event, event)
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    # once for the key itself, once more for what it set off where the focus is now
                    await _travelled((self, *way))
                    await _travelled((*self._way(), self))

    def _way(self) -> Sequence[MessagePump]:
        """The queues through which a key travels: from the focus up to the app."""
        return (self.focused or self.screen).ancestors_with_self


async def _travelled(way: Sequence[MessagePump]) -> None:
    """Return when each queue, one after the other, has dealt with what was in it before."""
    for pump in way:
        done = asyncio.Event()
        if pump.call_later(done.set):
            await done.wait()
