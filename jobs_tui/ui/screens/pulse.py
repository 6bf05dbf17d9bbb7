"""The pulse: how calls go and how the things stand, drawn every few seconds while it is open."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from jobs_tui.engine.engine import Engine
from jobs_tui.engine.pulse import Pulse, sample_of
from jobs_tui.engine.store import Connected
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.pulse import PULSE_COMMANDS
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.screens.help import HelpScreen
from jobs_tui.ui.terminal.line_widgets import LineView, LineWidget
from jobs_tui.ui.views.bars import Notice, notice_line
from jobs_tui.ui.views.pulse import pulse_lines, pulse_title

DRAW_SECONDS = 2.0
THIN_DRAW_SECONDS = 10.0
"""Over a thin line."""

NOTES = (
    "Now is the last 10 to 20 seconds. A bar is as high as its figure is beside the most.",
    "Failed: no good answer came; what the service refuses for a reason is an answer.",
    "Things are counted once a minute; a bar is the most of its time.",
    "A deadline is known only of what was opened or selected, so that others are not yet due.",
)


class PulseScreen(CommandScreen):
    """A text that follows the engine."""

    COMMAND_LIST = PULSE_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PULSE_COMMANDS)

    def __init__(self, engine: Engine, caption: str, others: Mapping[str, Pulse]) -> None:
        """Make it; `others` are endpoints that are asked besides, by their URL."""
        super().__init__()
        self._others = others
        self._engine = engine
        self._caption = caption
        self._drawn_at = float("-inf")
        self._notice: Notice | None = None

    def compose(self) -> ComposeResult:
        """Title, text, status line, footer."""
        yield LineWidget(id="header")
        yield LineView(id="text")
        yield LineWidget(id="notice")
        yield LineWidget(id="footer")

    def on_mount(self) -> None:
        """Take the keys, and follow the time."""
        self.query_one(LineView).focus()
        self.set_interval(DRAW_SECONDS, self._tick)

    def on_resize(self) -> None:
        """Draw it at its size."""
        self.call_after_refresh(self._show)

    def on_screen_resume(self) -> None:
        """Draw what has come since."""
        self._show()

    def open_help(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(HelpScreen(partial(self.help_text, "The pulse", NOTES)))

    def back(self) -> None:
        """Return to the panels."""
        self.dismiss()

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        self._notice = notice
        self._show()

    def _tick(self) -> None:
        rested = self._engine.clock.monotonic() - self._drawn_at
        thin = self._engine.low_bandwidth
        if self.is_current and (not thin or rested >= THIN_DRAW_SECONDS - DRAW_SECONDS / 2):
            self._show()

    def _show(self) -> None:
        if not self.is_open:
            return
        engine, store = self._engine, self._engine.store
        self._drawn_at = now = engine.clock.monotonic()
        width = self.size.width
        view = self.query_one(LineView)
        link = store.link
        endpoint = link.endpoint if isinstance(link, Connected) else "not connected"
        sample = sample_of(store.things, store.service_now(), engine.attention)
        region = view.scrollable_content_region
        planes = [(endpoint, engine.pulse), *self._others.items()]
        lines = pulse_lines(planes, sample, now, region.width, region.height)
        self.query_one("#header", LineWidget).show_lines([pulse_title(self._caption, width)])
        view.show_lines(lines)
        self.query_one("#notice", LineWidget).show_lines([notice_line(self._notice, width)])
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])
