"""A dialog at any size of the terminal: what wraps, what scrolls, and that it says what is cut."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget

from jobs_tui.ui.screens.seen_first import SeenFirst
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, wrapped
from jobs_tui.ui.views.bars import NARROW
from jobs_tui.ui.views.outlook import Outlook, told_lines
from jobs_tui.ui.views.paged import missing_words
from jobs_tui.ui.widgets.paged_lines import PagedLines

COMPACT_BELOW = (NARROW, 20)
"""Columns and lines below which the dialog takes all there is, and wraps what is too long."""

BORDER_LINES = 2
LINES_IN_SIGHT = 2
"""The buttons and the hint: it always shows what Enter presses, and what that does."""

DETAIL_LINES = 5
"""Lines of the table of details at most, where the screen has 24."""


def detail_lines_most(height: int) -> int:
    """Lines of the table of details at most, on a screen of that height; the rest scrolls."""
    if height < 24:
        return max(2, DETAIL_LINES - (24 - height))
    return DETAIL_LINES + (height - 24) // 6


class FittingDialog(SeenFirst, ModalScreen[ScreenResultType]):
    """A part that scrolls where it has to, `#scrolled`; under it buttons and a hint, always seen.

    Where there is room, only what goes out (`#sends`) may be longer than its place, and pages by
    itself; where there is little, all of the dialog is one text that one pages through.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Down", show=False),
    ]

    lines_around: ClassVar[int]
    """Lines of the dialog, border and hint too, that are neither details nor preview."""
    outlook_lines_min: ClassVar[int]
    """Lines that the preview and what there is to say about it keep, so that nothing moves."""

    def __init__(self) -> None:
        super().__init__(classes="over")

    def on_mount(self) -> None:
        """Follow what is out of sight."""
        for what in ("scroll_y", "virtual_size"):
            self.watch(self.scrolled, what, self.show_hint, init=False)

    def on_resize(self) -> None:
        """Draw it at its width, once that is known."""
        self.fit()
        self.call_after_refresh(self._show_with_focus)

    @abstractmethod
    def show(self) -> None:
        """Draw all that may have changed."""

    @abstractmethod
    def show_hint(self) -> None:
        """Tell the keys, and what is out of sight."""

    def action_page(self, pages: int) -> None:
        """Move through what is cut."""
        if self.compact:
            scrolled = self.scrolled
            scrolled.scroll_relative(y=pages * max(1, scrolled.size.height - 1), animate=False)
        else:
            self.query_one(PagedLines).page(pages)

    @property
    def compact(self) -> bool:
        """Whether there is little room."""
        columns, lines = self.size
        return columns < COMPACT_BELOW[0] or lines < COMPACT_BELOW[1]

    @property
    def scrolled(self) -> Vertical:
        """All but the buttons and the hint."""
        return self.query_one("#scrolled", Vertical)

    @property
    def missing(self) -> Sequence[str]:
        """What of the whole dialog is out of sight."""
        if not self.compact:
            return ()
        at, last = self.scrolled.scroll_offset.y, int(self.scrolled.max_scroll_y)
        return missing_words(at, max(0, last - at), short=True)

    def fit(self) -> None:
        """Take the size of the terminal; buttons and hint keep their lines."""
        self.set_class(self.compact, "compact")
        around = LINES_IN_SIGHT if self.compact else LINES_IN_SIGHT + BORDER_LINES
        self.scrolled.styles.max_height = max(1, self.size.height - around)
        most = None if self.compact else detail_lines_most(self.size.height)
        self.query_one("#details").styles.max_height = most

    def in_sight(self, widget_id: str) -> bool:
        """Whether all of a widget is on the screen."""
        widget = self.query_one(f"#{widget_id}")
        begin, node = 0, widget
        while node is not self.scrolled and isinstance(node.parent, Widget):
            # where it is on the screen is known only once that has been drawn
            begin, node = begin + node.virtual_region.y, node.parent
        shown_from = self.scrolled.scroll_offset.y
        end = begin + widget.size.height
        return shown_from <= begin and end <= shown_from + self.scrolled.size.height

    def text(self, widget_id: str, *lines: Line) -> None:
        """Show lines in a widget; they wrap where there is little room."""
        widget = self.query_one(f"#{widget_id}", LineWidget)
        if not self.compact or not widget.size.width:
            widget.styles.clear_rule("height")
            widget.show_lines(lines)
            return
        rows = [row for each in lines for row in wrapped(each, widget.size.width, words=True)]
        widget.styles.height = max(1, len(rows))
        widget.show_lines(rows)

    def show_outlook(self, outlook: Outlook, told: Piece, width: int, details: int) -> None:
        """Show what goes out and what is told; all but the details keeps its place if it can.

        Args:
            outlook: made for that width.
            told: what there is to say.
            width: cells of the preview.
            details: lines that the table of details takes.
        """
        room = max(self.outlook_lines_min, self.size.height - self.lines_around - details)
        said = told_lines(outlook.always, told, width, None if self.compact else room - 2)
        rows, least = len(outlook.sends), 0
        if not self.compact:
            rows, least = min(rows, room - len(said)), self.outlook_lines_min
        self.query_one(PagedLines).show_rows(outlook.sends, rows)
        widget = self.query_one("#told", LineWidget)
        widget.styles.height = max(len(said), least - rows)
        widget.show_lines(said)

    def scroll_to_focus(self) -> None:
        """Show the field with the focus, and what stands above it as far as there is room."""
        if self.focused is not None:
            self.scrolled.scroll_home(animate=False)
            self.focused.scroll_visible(animate=False)

    def _show_with_focus(self) -> None:
        self.show()
        if self.is_open and self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)
