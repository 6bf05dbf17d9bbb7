"""Widgets that show lines, and repaint only those that changed."""

from collections.abc import Sequence
from functools import partial

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from jobs_tui.ui.terminal.lines import Line, fitted, to_strip, wrapped
from jobs_tui.ui.terminal.looks import is_plain, line_style, piece_style
from jobs_tui.ui.terminal.parts import WidgetPart


class _Painted(WidgetPart):
    """Part of a widget that looks its styles up each time that it is painted, not for each line."""

    _unders: dict[str, Style] | None = None
    """None before it was ever painted; Textual asks for the line under the mouse even so."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The cells of what is in sight."""
        self._unders = {}
        return super().render_lines(crop)

    def strip_of(self, shown: Line, width: int) -> Strip:
        """The cells of one line."""
        if is_plain(self):
            from jobs_tui.ui.terminal.plain_looks import (  # noqa: PLC0415 - where bytes are spared
                plain_strip,
            )

            return plain_strip(shown, width, self.rich_style, partial(piece_style, self))
        unders = {} if self._unders is None else self._unders
        under = unders.get(shown.look)
        if under is None:
            under = unders[shown.look] = line_style(self, shown.look)
        return to_strip(shown, width, under, partial(piece_style, self, under=shown.look))


class LineWidget(_Painted, Widget):
    """Shows the lines that it is given, from the top."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; only those that differ from what is shown are painted again."""
        before, self._lines = self._lines, tuple(lines)
        for y in range(max(len(before), len(self._lines))):
            same = y < min(len(before), len(self._lines)) and before[y] == self._lines[y]
            if not same:
                self.refresh(Region(0, y, max(1, self.size.width), 1))

    def render_line(self, y: int) -> Strip:
        """The cells of one line."""
        shown = self._lines[y] if y < len(self._lines) else Line()
        return self.strip_of(fitted(shown, self.size.width), self.size.width)


class LineView(_Painted, ScrollView, can_focus=True):
    """A text that one scrolls through; long lines are wrapped, whatever its length."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._source: tuple[Line, ...] = ()
        self._rows: list[Line] = []
        self._wrapped_at = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown, before it is wrapped."""
        return self._source

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; does nothing if they are shown already."""
        source = tuple(lines)
        if source != self._source:
            self._source = source
            self._wrap(self.scrollable_content_region.width)

    def on_resize(self) -> None:
        """Wrap again where the width changed."""
        width = self.scrollable_content_region.width
        if width != self._wrapped_at:
            self._wrap(width)

    def render_line(self, y: int) -> Strip:
        """The cells of one line of what is in sight."""
        shown = self.row_shown(y + self.scroll_offset.y)
        return self.strip_of(shown, self.scrollable_content_region.width)

    def row_shown(self, row: int) -> Line:
        """What stands in a row of the text, once it is wrapped."""
        return self._rows[row] if row < len(self._rows) else Line()

    def _wrap(self, width: int) -> None:
        self._wrapped_at = width
        room = max(10, width)
        self._rows = [row for source in self._source for row in wrapped(source, room)]
        self.virtual_size = Size(room, len(self._rows))
        self.refresh()
