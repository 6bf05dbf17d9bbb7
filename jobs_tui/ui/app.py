"""The app: the engine in the background, the cockpit in front."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.driver import Driver
from textual.screen import Screen

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.engine.engine import Engine
from jobs_tui.ui.screens.cockpit import CockpitScreen
from jobs_tui.ui.terminal.crash import QuietCrash
from jobs_tui.ui.terminal.keys_in_turn import KeysInTurn
from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver
from jobs_tui.ui.views.bars import Notice

if TYPE_CHECKING:
    from textual.command import Provider


def _command_palette() -> "type[Provider]":
    from jobs_tui.ui.screens.palette import CommandPalette  # noqa: PLC0415 - on first use

    return CommandPalette


LEAVE_WITHIN = 2.0
"""Seconds that leaving waits for connections and the journal to be closed."""


class CockpitApp(KeysInTurn, QuietCrash):
    """Paints first, then connects: nothing before the first frame waits for the network."""

    CSS_PATH = "app.tcss"
    TITLE = "jobs-tui"
    COMMANDS: ClassVar = {_command_palette}
    ENABLE_COMMAND_PALETTE = True
    # the terminal selects text itself, with shift where it reports the mouse
    ALLOW_SELECT = False

    def __init__(
        self,
        engine: Engine,
        caption: str = "",
        *,
        on_first_frame: Callable[[], object] = lambda: None,
    ) -> None:
        """Make the app; `on_first_frame` is called once the panels are painted."""
        super().__init__()
        self._on_first_frame = on_first_frame
        self.engine = engine
        self._begun = False
        self._cockpit = CockpitScreen(engine, caption, AttentionLimits())
        self.animation_level = "none"

    def get_driver_class(self) -> type[Driver]:
        """Our own reader of keys, where Textual would take the one that it is made from."""
        theirs = super().get_driver_class()
        return SturdyDriver if theirs is SturdyDriver.__base__ else theirs

    def get_default_screen(self) -> Screen[None]:
        """The screen with the panels; none lies under it."""
        return self._cockpit

    def on_mount(self) -> None:
        """Connect once the panels are painted."""
        self.call_after_refresh(self._begin)

    async def action_quit(self) -> None:
        """Leave as `q` does: not without asking while a change is in doubt."""
        self._cockpit.leave()

    def action_help_quit(self) -> None:
        """Say how to leave to who presses ctrl+c out of habit."""
        self._cockpit.notice(Notice("q leaves the program", "warning"))

    async def on_unmount(self) -> None:
        """Let the engine give back its connections and the journal, if it has ever begun."""
        if self._begun:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LEAVE_WITHIN):
                    await self.engine.ended.wait()

    def _begin(self) -> None:
        self._begun = True
        self._on_first_frame()
        self.run_worker(self.engine.run(), name="engine")
