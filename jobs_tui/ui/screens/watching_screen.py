"""A ground screen with an engine behind it, which runs from the first frame to the leaving."""

import asyncio
import contextlib
import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker

from jobs_tui.engine.context import Context
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.screens.ground_screen import GroundScreen
from jobs_tui.ui.terminal.comparing_output import ComparingOutput

if TYPE_CHECKING:
    from jobs_tui.engine.notices import Notice
    from jobs_tui.ui.screens.leave_dialog import LeaveDialog
    from jobs_tui.ui.terminal.alerts import Alerts

LEAVE_WITHIN = 2.0
"""Seconds that leaving waits for connections and the journal to be closed."""


class WatchingScreen(GroundScreen):
    """Runs the engine for some things, and asks before it is left while a change is in doubt."""

    def __init__(self, context: Context, things: tuple[str, ...], others: tuple[str, ...]) -> None:
        """Make it for things of a context; `others` are the contexts that one can switch to."""
        super().__init__(context, others)
        self.engine = context.watch(things)
        self._watched = things
        self._work: Worker[None] | None = None
        self._question: LeaveDialog | None = None
        self._alerts: Alerts | None = None

    def begin(self) -> None:
        """Connect and refresh from now on, and remember what is watched."""
        for problem in self.context.problems:
            self.engine.notices.tell(problem, "warning", once=problem)
        if self.context.call_by != "off":
            self._call_by(self.context.call_by)
        self._work = self.app.run_worker(self.engine.run(), name="engine")
        self.remember(self._watched)

    def remember(self, things: tuple[str, ...]) -> None:
        """Have these offered next time."""
        self.app.run_worker(asyncio.to_thread(self.context.remember, things), name="remember")

    def _call_by(self, how: str) -> None:
        """Have the terminal call who does not look, when there are bad news."""
        from jobs_tui.ui.terminal.alerts import Alerts  # noqa: PLC0415 - where it is wanted

        self._alerts = Alerts(how, os.environ, self.engine.clock.monotonic, self._alert)
        self.engine.notices.subscribe(self._call)

    def _call(self, notice: "Notice") -> None:
        if self._alerts is not None and notice.calls:
            self._alerts.call(notice.text)

    def _alert(self, sequence: str) -> None:
        app = self.app
        if isinstance(app, ComparingOutput):
            app.alert(sequence)

    async def end(self) -> None:
        """Let the engine give back its connections and the journal."""
        if self._work is None:
            return
        if self._alerts is not None:
            self._alerts = None
            self.engine.notices.unsubscribe(self._call)
        self._work.cancel()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_WITHIN):
                await self.engine.wait_for_end()

    @property
    def leave_key(self) -> str:
        """The key that ends the program here."""
        return key_of("quit", "q")

    def leave(self) -> None:
        """End the program; ask first while a change is not settled, and only once."""
        if self.asks_whether_to_leave:
            self.app.exit(0)
        else:
            self._leaving(lambda: self.app.exit(0))

    @property
    def asks_whether_to_leave(self) -> bool:
        """Whether the question is open."""
        return self._question is not None and self._question.is_open

    def switch_context(self, name: str) -> None:
        """Go to another context; ask first while a change is not settled."""
        self._leaving(partial(super().switch_context, name))

    def _leaving(self, leave: Callable[[], None]) -> None:
        unsettled = self.engine.changes.unsettled
        if not unsettled:
            leave()
            return
        from jobs_tui.ui.screens.leave_dialog import LeaveDialog  # noqa: PLC0415 - on first use

        self._question = LeaveDialog(unsettled, recorded=self.engine.recorded)
        self.app.push_screen(self._question, lambda sure: leave() if sure else None)
