"""Whether what was drawn is on the terminal: only then can a key have been meant for it.

A terminal answers DSR 5, "device status report", with a report of its own once it has taken in all
that came before. Keys and reports come in one stream, so a key that comes before the report was
typed before the frame was there. This proves that the frame has reached the terminal program that
is nearest to us. Where that is a tmux on the gateway, the line from there to the user lies behind
it: a frame may still be on its way then, for as long as tmux needs to send it.
"""

import asyncio
from contextlib import suppress
from typing import Any

from textual import events
from textual.screen import Screen

from jobs_tui.ui.terminal.comparing_output import ComparingOutput
from jobs_tui.ui.terminal.key_parser import ASK_STATUS, StatusReport
from jobs_tui.ui.terminal.keys_in_turn import KeysInTurn
from jobs_tui.ui.terminal.patient_writer import PatientOutput

PATIENCE_SECONDS = 1.0
"""How long a terminal that has not answered is waited for, from when all has been written."""

SILENT_AFTER_SECONDS = 10.0
"""After the start: a terminal that answers at all has done so by then, over a serial line too."""

ASK_AGAIN_SECONDS = 10.0
"""After that time the report of a terminal that does answer may have been lost on its way."""

GIVE_UP_SECONDS = 120.0
"""After that time a terminal that did answer seems to do so no longer."""


async def painted(screen: Screen[Any]) -> None:
    """Return when what has been drawn until now is on the terminal.

    Keys, pastes and clicks that were typed before that have done what they do by then. To be
    awaited in a worker only: a handler would hold up the keys that it waits for.
    """
    app = screen.app
    if isinstance(app, PaintedScreens):
        await app.painted(screen)


class PaintedScreens(KeysInTurn, ComparingOutput):
    """Part of an app that knows when a frame has reached the terminal."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = 0
        self._answered = 0
        self._begun_at = 0.0
        self._answers = False
        self._waiting: dict[asyncio.Future[None], int] = {}

    @property
    def awaits_report(self) -> bool:
        """Whether a report of the terminal is still to come."""
        return bool(self._waiting)

    async def on_event(self, event: events.Event) -> None:
        """Put the reports of the terminal between the keys; let all else pass."""
        if isinstance(event, StatusReport):
            self.in_turn(self._reported)
            return
        await super().on_event(event)

    def on_mount(self) -> None:
        """Ask once, to know whether this terminal answers."""
        self._begun_at = asyncio.get_running_loop().time()
        if self._can_ask:
            self._ask()

    async def painted(self, screen: Screen[Any]) -> None:
        """Return when what has been drawn on a screen until now is on the terminal."""
        await _frame_made(screen)
        await self.output_settled()
        if self._can_ask and await self._reports():
            return
        # what was typed meanwhile is older than what is seen from now on
        done = asyncio.Event()
        self.in_turn(done.set)
        await done.wait()

    @property
    def _can_ask(self) -> bool:
        return isinstance(self._driver, PatientOutput)

    def _ask(self) -> int:
        """Ask for a report; its number."""
        self._asked += 1
        if self._driver is not None:
            self._driver.write(ASK_STATUS)
            self._driver.flush()
        return self._asked

    async def _reports(self) -> bool:
        """Ask, and return when the terminal has reported; or that it does not."""
        give_up_at = asyncio.get_running_loop().time() + GIVE_UP_SECONDS
        while not await self._answered_to(number := self._ask()):
            self._answers = self._answers and asyncio.get_running_loop().time() < give_up_at
            if not self._answers:
                return False
            # what is lost must not be missing from the count for ever
            self._answered = max(self._answered, number)
        return True

    async def _answered_to(self, number: int) -> bool:
        """Return when that report has come; or that patience is at its end."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while number > self._answered:
            left = self._patience_ends(begun) - loop.time()
            if left <= 0:
                return False
            report = loop.create_future()
            self._waiting[report] = number
            try:
                with suppress(TimeoutError):
                    async with asyncio.timeout(left):
                        await report
            finally:
                del self._waiting[report]
        return True

    def _patience_ends(self, begun: float) -> float:
        if self._answers:
            return begun + ASK_AGAIN_SECONDS
        return max(begun + PATIENCE_SECONDS, self._begun_at + SILENT_AFTER_SECONDS)

    def _reported(self) -> None:
        self._answers = True
        self._answered = min(self._asked, self._answered + 1)
        for report, number in self._waiting.items():
            if number <= self._answered and not report.done():
                report.set_result(None)


async def _frame_made(screen: Screen[Any]) -> None:
    # once for what is queued, such as new fields, once more for how these are laid out
    for _ in range(2):
        made = asyncio.Event()
        if screen.call_after_refresh(made.set):
            await made.wait()
