"""Screens that draw what comes by itself in groups: over a thin line once a second."""

from abc import abstractmethod

from jobs_tui.engine.engine import Engine
from jobs_tui.ui.terminal.framed_screen import FramedScreen

PAUSE_SECONDS = 0.1
CALM_PAUSE_SECONDS = 1.0


class DrawnSeldom(FramedScreen):
    """Part of a screen that hears of more than is worth drawing."""

    engine: Engine
    _due = False

    @abstractmethod
    def show(self) -> None:
        """Draw it as it stands now."""

    def show_soon(self) -> None:
        """Draw it in a moment, together with what comes until then."""
        if not self._due:
            self._due = True
            pause = CALM_PAUSE_SECONDS if self.engine.low_bandwidth else PAUSE_SECONDS
            self.set_timer(pause, self._show_now)

    def _show_now(self) -> None:
        self._due = False
        self.show()
