"""A row of fields in which what is wrong has a sign before it."""

from collections.abc import Collection, Iterable

from textual.widget import Widget

from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line

SIGN = "!"


class MarkedRow(LineWidget):
    """Draws the signs between its fields, in the column before each; reads without colour."""

    _wrong: Collection[Widget] = ()

    def mark_fields(self, wrong: Iterable[Widget]) -> None:
        """Mark these, and no others."""
        before, self._wrong = self._wrong, tuple(wrong)
        if before != self._wrong:
            for field in {*before, *self._wrong}:
                field.set_class(field in self._wrong, "wrong")
            self._draw()

    def on_resize(self) -> None:
        """Draw them where the fields are now."""
        self._draw()

    def _draw(self) -> None:
        columns = {field.region.x - self.region.x - 1 for field in self._wrong}
        signs = "".join(
            SIGN if at in columns else " " for at in range(max(columns, default=-1) + 1)
        )
        self.show_lines([line(Piece(signs, "alarm")) if signs else Line()])
