"""Lines that one pages through, and that tell where they are cut."""

from collections.abc import Sequence

from textual import events

from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.paged import paged


class PagedLines(LineWidget):
    """As high as it is told to be; it has no keys of its own, since the focus is elsewhere."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as Textual has it
        super().__init__(id=id)
        self._rows: Sequence[Line] = ()
        self._height = 0
        self._first = 0

    def show_rows(self, rows: Sequence[Line], height: int) -> None:
        """Show what fits into so many lines; the rows have the width of the widget at most."""
        self._rows, self._height = rows, height
        self.styles.height = height
        self._draw(self._first)

    def page(self, pages: int) -> None:
        """Move by so many pages."""
        self._draw(self._first + pages * max(1, self._height - 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move a line down."""
        self._turned(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move a line up."""
        self._turned(event, -1)

    def _turned(self, event: events.MouseEvent, lines: int) -> None:
        if len(self._rows) > self._height:
            event.stop()
            self._draw(self._first + lines)

    def _draw(self, first: int) -> None:
        lines, self._first = paged(self._rows, first, self._height)
        self.show_lines(lines)
