"""The help of a screen, over it."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from jobs_tui.ui.terminal.framed_screen import FramedScreen
from jobs_tui.ui.terminal.line_widgets import LineView
from jobs_tui.ui.terminal.lines import Line


class HelpScreen(FramedScreen, ModalScreen[None]):
    """Any of the keys that opened or would leave it closes it."""

    CSS = """
    HelpScreen { align: center middle; background: transparent; }
    #help { width: 84; max-width: 100%; height: 90%; background: $surface; border: round $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,question_mark,enter", "dismiss(None)", "Back"),
    ]

    def __init__(self, build: Callable[[int], list[Line]]) -> None:
        super().__init__()
        self._build = build

    def compose(self) -> ComposeResult:
        """One text."""
        yield LineView(id="help")

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(LineView).focus()

    def on_resize(self) -> None:
        """Draw it at its width."""
        view = self.query_one(LineView)
        view.show_lines(self._build(view.scrollable_content_region.width or self.size.width))
