"""The step timeout of a change: its name, a field for the minutes, and what may be typed."""

from textual.app import ComposeResult

from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Piece, line
from jobs_tui.ui.widgets.marked_row import MarkedRow
from jobs_tui.ui.widgets.safe_input import SafeInput


class StepTimeout(MarkedRow):
    """One row; the dialog says what may be typed."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as Textual has it
        super().__init__(id=id)
        self.field = SafeInput(placeholder="none", classes="timeout")

    def compose(self) -> ComposeResult:
        """From the left."""
        label = LineWidget(id="timeout-label")
        label.show_lines([line(Piece("Step timeout", "strong"))])
        yield label
        yield self.field
        yield LineWidget(id="timeout-hint")

    @property
    def value(self) -> str:
        """What is typed."""
        return self.field.value

    def mark(self, *, wrong: bool) -> None:
        """Show whether it is wrong."""
        self.mark_fields([self.field] if wrong else [])
