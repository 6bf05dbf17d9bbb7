"""The board: a panel for each thing on it, and the room that each gets."""

from collections.abc import Callable, Container

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.store import Store
from jobs_tui.ui.terminal.looks import is_plain
from jobs_tui.ui.views.allotment import allot
from jobs_tui.ui.views.panel import Freshness, Panel, panel
from jobs_tui.ui.views.rows import Row, version_of
from jobs_tui.ui.widgets.panel_cursor import PanelCursor
from jobs_tui.ui.widgets.panel_rows import PanelRows
from jobs_tui.ui.widgets.thing_panel import ThingPanel

FreshnessOf = Callable[[str], Freshness]
"""How fresh the data of a thing is."""


class PanelBoard(Widget):
    """Panels in one column; the focused one is served first where they do not all fit."""

    class SelectionChanged(Message):
        """The cursor is on another execution, or on another version of it."""

        def __init__(self, row: Row | None) -> None:
            super().__init__()
            self.row = row

    class Resized(Message):
        """There is other room than what was drawn for."""

    class Turned(Message):
        """The wheel was turned over the panels."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by
            """Rows down."""

    def __init__(
        self,
        store: Store,
        rows: PanelRows,
        cursor: PanelCursor,
        marked: Container[ExecutionKey],
    ) -> None:
        """Make a board without panels, for what the cursor is among."""
        super().__init__(id="panels")
        self._drawn_for: Size | None = None
        self._store = store
        self._rows = rows
        self._cursor = cursor
        self._marked = marked
        self._panels: list[ThingPanel] = []
        self._told: Row | None = None

    def compose(self) -> ComposeResult:
        """The panels of the things that are on it when it is mounted."""
        yield from self._panels

    def put(self, thing_names: tuple[str, ...]) -> None:
        """Show these things; the focus stays on its thing, or else goes to the first one."""
        if thing_names == self._cursor.thing_names:
            return
        self._cursor.take(thing_names)
        while len(self._panels) < len(thing_names):
            self._panels.append(ThingPanel())
            if self.is_attached:
                self.mount(self._panels[-1])
        for index, each in enumerate(self._panels):
            each.display = index < len(thing_names)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Have the cursor go on: the row that it is on is always in sight."""
        self._turned(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Have the cursor go back."""
        self._turned(event, -1)

    def _turned(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Turned(by))

    def on_resize(self) -> None:
        """Have the panels drawn once it is known how much room they have."""
        if self.size != self._drawn_for:
            self.post_message(self.Resized())

    def show(self, freshness: FreshnessOf, *, focused: bool, first_fills: bool, full: bool) -> None:
        """Draw every panel from the store; unchanged lines are not painted.

        Args:
            freshness: how fresh the data of a thing is.
            focused: whether the focus is on the board at all; its cursor is shown in any case.
            first_fills: whether the first panel takes all the room that is left, so that nothing
                moves when it shows another thing.
            full: whether the panel with the focus has all the room.
        """
        self._drawn_for = self.size
        cursor, names = self._cursor, self._cursor.thing_names
        self._rows.look_again(names)
        width = max(20, self.scrollable_content_region.width or self.app.size.width)
        height = self.size.height or self.app.size.height
        panels = [self._panel(name, freshness(name), width, focused=focused) for name in names]
        if not is_plain(self) or not panels[cursor.focused].selected:
            # over a thin line the rows of a panel get their room when the cursor is moved among
            # them: with each step of the focus all that are in sight would be sent again
            cursor.served = cursor.focused
        heights = allot([each.height_needed for each in panels], cursor.served, height)
        if full:
            heights = [height if index == cursor.focused else 0 for index in range(len(panels))]
        elif first_fills:
            heights[0] += max(0, height - sum(heights))
        for index, (shown, lines) in enumerate(zip(panels, heights, strict=True)):
            self._panels[index].display = lines > 0
            if lines:
                self._panels[index].show_panel(names[index], shown.lines(lines))
        if sum(heights) > height:
            self.scroll_to_widget(self._panels[cursor.focused], animate=False)
        self._tell_selection()

    def _panel(self, name: str, freshness: Freshness, width: int, *, focused: bool) -> Panel:
        everything = self._rows.all_of(name)
        rows = self._rows.shown_among(name, everything)
        at = self._cursor.row_in(name, rows)
        has_cursor = name == self._cursor.thing_name
        shown = panel(
            self._store.thing(name),
            rows,
            at if has_cursor else None,
            freshness,
            width,
            focused=focused and has_cursor,
            marked=self._marked,
            told=self._rows.told(name, len(rows), len(everything)),
            hidden=len(everything) - len(rows),
        )
        if is_plain(self) and rows:
            # the rows that show stay the same when the focus goes elsewhere
            shown = shown._replace(selected=rows[at].key)
        return shown

    def _tell_selection(self) -> None:
        row = self._cursor.selected_row
        before, self._told = self._told, row
        if version_of(row) != version_of(before):
            self.post_message(self.SelectionChanged(row))
        self._rows.hold(row.key if row else None)
