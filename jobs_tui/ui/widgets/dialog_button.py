"""A button that takes every press: Textual's flashes for a while, and is deaf meanwhile."""

from textual.content import Content
from textual.widgets import Button

from jobs_tui.ui.terminal.safe_text import safe_line


class DialogButton(Button):
    """A button of one line that looks the same while it is pressed."""

    def __init__(self, label: str, *, id: str) -> None:  # noqa: A002 - as Textual has it
        super().__init__(Content(safe_line(label)), id=id, compact=True)
        self.active_effect_duration = 0

    def say(self, label: str) -> None:
        """Show another label."""
        self.label = Content(safe_line(label))
