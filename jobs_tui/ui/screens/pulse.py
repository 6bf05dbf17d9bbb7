"""The pulse: how calls go and how the things stand, drawn every few seconds while it is open."""

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import BindingType

from jobs_tui.engine.engine import Engine
from jobs_tui.engine.pulse import Pulse, sample_of
from jobs_tui.engine.store import Connected
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.pulse import PULSE_COMMANDS
from jobs_tui.ui.screens.reading_screen import ReadingScreen
from jobs_tui.ui.terminal.line_widgets import LineView
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.pulse import pulse_lines, pulse_title

DRAW_SECONDS = 2.0
THIN_DRAW_SECONDS = 10.0
"""Over a thin line."""


class PulseScreen(ReadingScreen):
    """A text that follows the engine."""

    COMMAND_LIST = PULSE_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PULSE_COMMANDS)

    help_title = "The pulse"
    help_notes = (
        "Now is the last 10 to 20 seconds; _ is none, and a blank is not known.",
        "Failed: no good answer came; what the service refuses for a reason is an answer.",
        "Things are counted once a minute; a bar is the most of its time.",
        "A deadline is known only of what was opened or selected, so that others are not yet due.",
    )

    def __init__(self, engine: Engine, caption: str, others: Mapping[str, Pulse]) -> None:
        """Make it; `others` are endpoints that are asked besides, by their URL."""
        super().__init__(engine)
        self._others = others
        self._caption = caption
        self._drawn_at = float("-inf")

    def on_mount(self) -> None:
        """Follow the time."""
        self.set_interval(DRAW_SECONDS, self._tick)

    def on_resize(self) -> None:
        """Draw it for its height, once that is known."""
        self.call_after_refresh(self.show)

    def on_screen_resume(self) -> None:
        """Draw what has come since."""
        self.show()

    def title_line(self, width: int) -> Line:
        """What it is, and of what."""
        return pulse_title(self._caption, width)

    def draw_text(self) -> None:
        """Draw the figures as they are now."""
        engine, store = self.engine, self.engine.store
        self._drawn_at = now = engine.clock.monotonic()
        view = self.query_one(LineView)
        link = store.link
        endpoint = link.endpoint if isinstance(link, Connected) else "not connected"
        sample = sample_of(store.things, store.service_now(), engine.attention)
        region = view.scrollable_content_region
        planes = [(endpoint, engine.pulse), *self._others.items()]
        view.show_lines(pulse_lines(planes, sample, now, region.width, region.height))

    def _tick(self) -> None:
        rested = self.engine.clock.monotonic() - self._drawn_at
        thin = self.engine.low_bandwidth
        if self.is_current and (not thin or rested >= THIN_DRAW_SECONDS - DRAW_SECONDS / 2):
            self.show()
