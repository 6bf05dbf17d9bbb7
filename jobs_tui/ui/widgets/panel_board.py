"""The board: one panel per thing, the cursor among their rows, and the room that each gets."""

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.store import Store
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.views.allotment import allot
from jobs_tui.ui.views.panel import Freshness, Panel, PanelLines, panel
from jobs_tui.ui.views.rows import Row, rows_of


class ThingPanel(LineWidget):
    """The lines of one thing."""

    class Clicked(Message):
        """A line of a panel was clicked."""

        def __init__(self, thing_name: str, key: ExecutionKey | None) -> None:
            super().__init__()
            self.thing_name = thing_name
            self.key = key

    def __init__(self, thing_name: str) -> None:
        super().__init__()
        self.thing_name = thing_name
        self._keys: tuple[ExecutionKey | None, ...] = ()

    def show_panel(self, content: PanelLines) -> None:
        """Show these lines at this height."""
        self._keys = content.keys
        if self.styles.height is None or self.styles.height.value != len(content.lines):
            self.styles.height = len(content.lines)
        self.show_lines(content.lines)

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked."""
        key = self._keys[event.y] if event.y < len(self._keys) else None
        self.post_message(self.Clicked(self.thing_name, key))


@dataclass(slots=True)
class _Cursor:
    """Where the cursor is in a panel: on an execution, and at which place should that be gone."""

    key: ExecutionKey | None = None
    index: int = 0

    def follow(self, rows: tuple[Row, ...]) -> int:
        """The row that the cursor is on now, by identity; else the one that took its place."""
        for index, row in enumerate(rows):
            if row.key == self.key:
                self.index = index
                return index
        self.index = max(0, min(self.index, len(rows) - 1))
        self.key = rows[self.index].key if rows else None
        return self.index


class PanelBoard(Widget):
    """All panels in one column; the focused one is served first where they do not all fit."""

    class SelectionChanged(Message):
        """The cursor is on another execution, or on another version of it."""

        def __init__(self, row: Row | None) -> None:
            super().__init__()
            self.row = row

    def __init__(self, store: Store, limits: AttentionLimits) -> None:
        super().__init__(id="panels")
        self._store = store
        self._limits = limits
        self._panels = {state.thing_name: ThingPanel(state.thing_name) for state in store.things}
        self._cursors = {name: _Cursor() for name in self._panels}
        self._names = tuple(self._panels)
        self._focused = 0
        self._told: Row | None = None

    def compose(self) -> ComposeResult:
        """The panels, in the order in which the things were given."""
        yield from self._panels.values()

    @property
    def thing_name(self) -> str:
        """The thing whose panel has the focus."""
        return self._names[self._focused]

    @property
    def selected_row(self) -> Row | None:
        """The row that the cursor is on."""
        rows = self._rows(self.thing_name)
        return rows[self._cursors[self.thing_name].follow(rows)] if rows else None

    def move_row(self, by: int, *, within: bool) -> bool:
        """Move the cursor; tells whether it moved. Past an end it goes on in the next panel."""
        rows = self._rows(self.thing_name)
        cursor = self._cursors[self.thing_name]
        at = cursor.follow(rows)
        target = at + by
        if within:
            target = max(0, min(target, len(rows) - 1))
        if 0 <= target < len(rows):
            self._place(self.thing_name, rows, target)
            return target != at
        neighbour = self._focused + (1 if by > 0 else -1)
        if within or not 0 <= neighbour < len(self._names):
            return False
        self._focused = neighbour
        rows = self._rows(self.thing_name)
        self._place(self.thing_name, rows, 0 if by > 0 else len(rows) - 1)
        return True

    def move_panel(self, by: int) -> None:
        """Move the focus by so many panels, around the ends."""
        self._focused = (self._focused + by) % len(self._names)

    def select(self, thing_name: str, key: ExecutionKey | None) -> None:
        """Put focus and cursor on a row, or only the focus on a panel."""
        self._focused = self._names.index(thing_name)
        if key is not None:
            self._cursors[thing_name].key = key

    def show(self, freshness: Freshness) -> None:
        """Draw every panel from the store; unchanged lines are not painted."""
        width = max(20, self.scrollable_content_region.width or self.app.size.width)
        height = self.size.height or self.app.size.height
        panels = [self._panel(index, freshness, width) for index in range(len(self._names))]
        heights = allot([each.height_needed for each in panels], self._focused, height)
        for name, shown, lines in zip(self._names, panels, heights, strict=True):
            self._panels[name].show_panel(shown.lines(lines))
        if sum(heights) > height:
            self.scroll_to_widget(self._panels[self.thing_name], animate=False)
        self._tell_selection()

    def _panel(self, index: int, freshness: Freshness, width: int) -> Panel:
        name = self._names[index]
        rows = self._rows(name)
        cursor = self._cursors[name].follow(rows)
        selected = cursor if index == self._focused else None
        return panel(self._store.thing(name), rows, selected, freshness, width)

    def _tell_selection(self) -> None:
        row = self.selected_row
        before, self._told = self._told, row
        if _version_of(row) != _version_of(before):
            self.post_message(self.SelectionChanged(row))

    def _rows(self, name: str) -> tuple[Row, ...]:
        state = self._store.thing(name)
        return rows_of(state, self._store.latest_change, self._store.service_now(), self._limits)

    def _place(self, name: str, rows: tuple[Row, ...], index: int) -> None:
        cursor = self._cursors[name]
        cursor.index = index
        cursor.key = rows[index].key if rows else None


def _version_of(row: Row | None) -> object:
    """What of a row makes its description old when it changes."""
    return row and (row.key, row.summary, row.left)
