"""The app: which screen lies under all others, and what it needs of the terminal."""

import asyncio
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.screen import Screen

from jobs_tui.engine.context import Context, Contexts
from jobs_tui.ui.commands.command import KEYS_IN_FORCE
from jobs_tui.ui.screens.cockpit import CockpitScreen
from jobs_tui.ui.screens.ground_screen import GroundScreen
from jobs_tui.ui.terminal.abilities import has_few_colors
from jobs_tui.ui.terminal.bare_screens import BareScreens
from jobs_tui.ui.terminal.crash import QuietCrash
from jobs_tui.ui.terminal.looks import PLAIN_THEME
from jobs_tui.ui.terminal.painted import PaintedScreens
from jobs_tui.ui.terminal.safe_text import safe_lines
from jobs_tui.ui.terminal.signals import LeavesOnSignal
from jobs_tui.ui.terminal.start_checks import in_browser
from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver
from jobs_tui.ui.views.bars import Notice

if TYPE_CHECKING:
    from textual.command import Provider

SETTLED_SECONDS = 2.0
"""After the first frame: by then there is data on the screen, or that takes long anyway."""

THIN_ESCAPE_SECONDS = 0.5
"""Over a thin line: how long an escape character may stand alone before it is the key Escape."""


def _command_palette() -> "type[Provider]":
    from jobs_tui.ui.screens.palette import CommandPalette  # noqa: PLC0415 - on first use

    return CommandPalette


class CockpitApp(
    PaintedScreens, QuietCrash, LeavesOnSignal, BareScreens, App[int], inherit_css=False
):
    """Paints first, then connects: nothing before the first frame waits for the network."""

    CSS_PATH = "app.tcss"
    TITLE = "jobs-tui"
    COMMANDS: ClassVar = {_command_palette}
    ENABLE_COMMAND_PALETTE = True
    # the terminal selects text itself, with shift where it reports the mouse
    ALLOW_SELECT = False

    def __init__(
        self, contexts: Contexts, *, on_settled: Callable[[], object] = lambda: None
    ) -> None:
        """Make the app; `on_settled` is called when what is needed from the start is loaded."""
        super().__init__()
        self._on_settled = on_settled
        self._contexts = contexts
        KEYS_IN_FORCE.set(contexts.keys)
        self._usual_theme = self.theme
        self._theme_of_context = "auto"
        self._theme_wanted: str | None = None
        if self.no_color:
            from jobs_tui.ui.terminal.plain_screen import settle_no_color  # noqa: PLC0415 - for few users

            settle_no_color(self, wanted=bool(os.environ.get("NO_COLOR")))
        if has_few_colors(os.environ):
            from jobs_tui.ui.low_bandwidth import spare_colors  # noqa: PLC0415 - for few terminals

            spare_colors(self)
        self._ground = self._first_screen_of(contexts.first)
        self._begun = False
        self._line_is_slow = False
        self.animation_level = "none"

    def get_driver_class(self) -> type[Driver]:
        """Our own reader of keys, where Textual would take the one that it is made from."""
        if in_browser(os.environ):
            from jobs_tui.ui.terminal.browser_driver import (  # noqa: PLC0415 - not in a terminal
                BrowserDriver,
            )

            return BrowserDriver
        theirs = super().get_driver_class()
        return SturdyDriver if theirs is SturdyDriver.__base__ else theirs

    def get_default_screen(self) -> Screen[None]:
        """The screen to begin with."""
        return self._ground

    def on_ready(self) -> None:
        """Connect now that the first screen is painted."""
        self._begin()

    async def action_quit(self) -> None:
        """Leave as `q` does: not without asking while a change is in doubt."""
        self._ground.leave()

    @property
    def no_room_note(self) -> str:
        """How to leave from a window that has no room for the question that comes first."""
        if self._ground.asks_whether_to_leave:
            return "changes are not settled, ctrl+q leaves them"
        return super().no_room_note

    def action_command_palette(self) -> None:
        """Show the command palette."""
        from jobs_tui.ui.screens.palette import PaletteScreen  # noqa: PLC0415 - on first use

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen())

    def action_choose_theme(self) -> None:
        """Let another theme be chosen, which is seen at once."""
        from jobs_tui.ui.screens.theme_menu import ThemeMenu  # noqa: PLC0415 - on first use

        self.push_screen(ThemeMenu(self.theme_in_force, self.wear))

    def copy_to_clipboard(self, text: str) -> None:
        """Have the terminal keep a text of lines, each unsafe character in it as a visible sign."""
        super().copy_to_clipboard(safe_lines(text))

    def action_help_quit(self) -> None:
        """Say how to leave to who presses ctrl+c out of habit."""
        self._ground.notice(Notice(f"{self._ground.leave_key} leaves the program", "warning"))

    def warn(self, text: str) -> None:
        """Tell that something goes wrong that is no part of what is on the screen."""
        self._ground.notice(Notice(text, "warning"))

    async def on_unmount(self) -> None:
        """Let the screen give back what it has taken, such as connections and the journal."""
        if self._begun:
            await self._ground.end()

    def on_ground_screen_watch(self, event: GroundScreen.Watch) -> None:
        """Watch what was chosen."""
        self._replace_ground(self._cockpit(event.context, event.things))

    def on_ground_screen_switch(self, event: GroundScreen.Switch) -> None:
        """Leave what is watched now for another context; changes in doubt stay in the journal."""
        if self._contexts.open is not None:
            from jobs_tui.domain.logged import decided  # noqa: PLC0415 - seldom

            decided("context", name=event.name)
            self._replace_ground(self._first_screen_of(self._contexts.open(event.name)))

    def on_ground_screen_demo(self) -> None:
        """Show the demo to who has not chosen anything."""
        if self._contexts.demo is not None:
            self._replace_ground(self._first_screen_of(self._contexts.demo()))

    @property
    def low_bandwidth(self) -> bool:
        """Whether bytes are spared, on the screen and by the engine."""
        return self.theme == PLAIN_THEME

    def save_bandwidth(self, *, on: bool) -> None:
        """Spare bytes on the screen from now on, or draw as usual again."""
        if on != self.low_bandwidth:
            from jobs_tui.ui.low_bandwidth import spare_bytes  # noqa: PLC0415 - on first use

            spare_bytes(self, on=on)
            # over a thin line the bytes of one key arrive further apart
            self.escape_delay_seconds = max(THIN_ESCAPE_SECONDS * on, ESCAPE_DELAY)

    def action_save_bandwidth(self, on: bool) -> None:  # noqa: FBT001 - as actions take it
        """Spare bytes on the screen from now on, or draw as usual again."""
        self.save_bandwidth(on=on)

    def offer_low_bandwidth(self) -> None:
        """Tell how to spare bytes, now or when there is a key for it: the line is slow."""
        self._line_is_slow = True
        if not self.low_bandwidth:
            self._ground.offer_low_bandwidth()

    @property
    def theme_in_force(self) -> str:
        """What gives the screen its colours; over a thin line, what gave them before that."""
        return self._theme_wanted or self._theme_of_context

    def wear(self, theme: str) -> None:
        """Draw in the colours of a theme for the rest of this run, in every context."""
        self._theme_wanted = theme
        self._wear(theme)

    def _wear(self, theme: str) -> None:
        if not has_few_colors(os.environ):
            from jobs_tui.ui.themes import wear  # noqa: PLC0415 - where another one is wanted

            wear(self, theme, self._usual_theme)

    def _first_screen_of(self, context: Context) -> GroundScreen:
        before, self._theme_of_context = self._theme_of_context, context.theme
        if context.theme != before and self._theme_wanted is None:
            self._wear(context.theme)
        self.save_bandwidth(on=self.low_bandwidth or context.low_bandwidth)
        if context.things:
            return self._cockpit(context, context.things)
        from jobs_tui.ui.screens.thing_picker import (  # noqa: PLC0415 - where none is named
            ThingPicker,
        )

        has_demo = self._contexts.demo is not None
        return ThingPicker(context, self._contexts.names, has_demo=has_demo)

    def _cockpit(self, context: Context, things: tuple[str, ...]) -> CockpitScreen:
        screen = CockpitScreen(context, things, self._contexts.names)
        screen.engine.save_bandwidth(on=self.low_bandwidth)
        return screen

    def _replace_ground(self, screen: GroundScreen) -> None:
        self.run_worker(self._replacing(screen, self.hold_keys()), group="ground", exclusive=True)

    async def _replacing(self, screen: GroundScreen, ready: asyncio.Event) -> None:
        try:
            await self._replace(screen)
        finally:
            ready.set()

    async def _replace(self, screen: GroundScreen) -> None:
        await self._ground.end()
        while self.screen is not self._ground:
            await self.pop_screen()
        self._ground = screen
        # Textual cannot replace the screen that it began with: that one stays below, unseen
        over = self.push_screen if len(self.screen_stack) == 1 else self.switch_screen
        await over(screen)
        if self._line_is_slow:
            self.offer_low_bandwidth()
        screen.call_after_refresh(screen.begin)

    def _begin(self) -> None:
        self._begun = True
        self._ground.begin()
        self.set_timer(SETTLED_SECONDS, self._on_settled)
