"""The help of a screen, over it."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from jobs_tui.ui.commands.command import KEYS_IN_FORCE
from jobs_tui.ui.commands.moving_in_list import FAR
from jobs_tui.ui.terminal.framed_screen import FramedScreen
from jobs_tui.ui.terminal.line_widgets import LineView
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.bars import NARROW

LOW = 16
"""Lines below which it has no frame."""


class HelpScreen(FramedScreen, ModalScreen[None]):
    """Any of the keys that opened or would leave it closes it."""

    CSS = """
    HelpScreen { align: center middle; background: transparent; }
    #help { width: 84; max-width: 96%; height: 90%; background: $surface; border: round $primary; }
    HelpScreen.compact #help { width: 100%; max-width: 100%; height: 100%; border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,question_mark,enter", "dismiss(None)", "Back"),
        ("j", "scroll(1)", "Line below"),
        ("k", "scroll(-1)", "Line above"),
        ("space", "scroll(0, 1)", "Page down"),
        ("g", f"scroll({-FAR})", "First line"),
        ("G", f"scroll({FAR})", "Last line"),
    ]

    def __init__(self, build: Callable[[int], list[Line]]) -> None:
        super().__init__()
        self._build = build
        for key in KEYS_IN_FORCE.get().get("help", ()):
            self._bindings.key_to_bindings[key] = [Binding(key, "dismiss(None)", show=False)]

    def compose(self) -> ComposeResult:
        """One text."""
        yield LineView(id="help")

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(LineView).focus()

    def on_click(self, event: events.Click) -> None:
        """Close it where the click is beside it."""
        if self.get_widget_at(*event.screen_offset)[0] is self:
            self.dismiss(None)

    def on_resize(self) -> None:
        """Draw it at its width, without a frame where there is little room."""
        width, height = self.size
        self.set_class(width < NARROW or height < LOW, "compact")
        self.call_after_refresh(self._show)

    def action_scroll(self, lines: int, pages: int = 0) -> None:
        """Move by the keys that lists have beside the arrows, which the text knows itself."""
        view = self.query_one(LineView)
        page = max(1, view.scrollable_content_region.height - 1)
        view.scroll_relative(y=lines + pages * page, animate=False)

    def _show(self) -> None:
        if self.is_open:
            view = self.query_one(LineView)
            view.show_lines(self._build(view.scrollable_content_region.width or self.size.width))
