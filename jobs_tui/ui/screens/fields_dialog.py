"""A dialog with fields, a preview and a button that sends, at any size of the terminal."""

from abc import abstractmethod
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Input

from jobs_tui.ui.screens.seen_first import SeenFirst
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, wrapped
from jobs_tui.ui.views.bars import NARROW
from jobs_tui.ui.widgets.details_table import DetailsTable

TOO_EARLY = "Enter came before this was on the screen; press it again"
LEAVING = "nothing was sent; Escape again leaves and forgets what is typed"

COMPACT_BELOW = (NARROW, 20)
"""Columns and lines below which the dialog takes all there is, and wraps what is too long."""


class FieldsDialog(SeenFirst, ModalScreen[ScreenResultType]):
    """What the dialogs that change one execution, or many, have in common on the screen."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("tab", "next_field", "Next field", show=False),
        Binding("pageup", "scroll(-1)", "Up", show=False),
        Binding("pagedown", "scroll(1)", "Down", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="over")
        self._too_early = False
        self._leaving = False
        self._message = Piece("")

    @abstractmethod
    def show(self) -> None:
        """Draw everything that depends on what was read and typed."""

    @abstractmethod
    def apply(self) -> None:
        """Send what the preview shows, or say what is in the way."""

    def apply_in_sight(self) -> None:
        """Send what the preview shows, or show it first where it has no room beside the fields."""
        in_sight = self.query_one("#dialog").region.contains_region(
            self.query_one("#outlook").region
        )
        if in_sight:
            self.apply()
        else:
            self.query_one("#apply", Button).focus()

    @on(DetailsTable.Changed)
    @on(Input.Changed, ".timeout")
    def _typed(self) -> None:
        self._leaving = False
        self._message = Piece("")
        self.show()

    @on(DetailsTable.Finished)
    @on(Input.Submitted, ".timeout")
    def _field_done(self) -> None:
        self.query_one("#apply", Button).focus()

    @on(Button.Pressed, "#apply")
    def _apply_pressed(self) -> None:
        self.apply()

    def _say(self, text: str, look: str = "") -> None:
        self._message = Piece(text, look)
        self.show()

    def _text(self, widget_id: str, *lines: Line) -> None:
        widget = self.query_one(f"#{widget_id}", LineWidget)
        if not self._compact or not widget.size.width:
            widget.styles.clear_rule("height")
            widget.show_lines(lines)
            return
        rows = [row for each in lines for row in wrapped(each, widget.size.width, words=True)]
        if widget_id != "timeout-hint":
            widget.styles.height = max(1, len(rows))
        widget.show_lines(rows)

    @property
    def _compact(self) -> bool:
        columns, lines = self.size
        return columns < COMPACT_BELOW[0] or lines < COMPACT_BELOW[1]
