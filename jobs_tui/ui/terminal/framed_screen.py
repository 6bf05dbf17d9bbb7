"""Screens that leave the drawing to whole frames.

Textual makes a partial update of each repaint, which costs most of what a frame costs. Where frames
are compared, nobody needs it.
"""

from jobs_tui.ui.terminal.closing_screen import ClosingScreen
from jobs_tui.ui.terminal.comparing_output import ComparingOutput


class FramedScreen(ClosingScreen):
    """Part of a screen that only says that a frame is due; without it, all is slower by a third."""

    def _compositor_refresh(self) -> None:
        app = self.app
        if self is app.screen and isinstance(app, ComparingOutput) and app.takes_frames:
            self._dirty_widgets.clear()
            app.frame_is_due()
            app._update_mouse_over(self)  # noqa: SLF001 - as Textual does after each update
        else:
            super()._compositor_refresh()
