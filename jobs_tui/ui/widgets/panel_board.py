"""The board: a panel for each thing on it, the cursor among their rows, the room each gets."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.store import Store
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.looks import is_plain
from jobs_tui.ui.views.allotment import allot
from jobs_tui.ui.views.panel import Freshness, Panel, PanelLines, panel
from jobs_tui.ui.views.rows import Row, rows_of, version_of
from jobs_tui.ui.widgets.marks import Marks

if TYPE_CHECKING:
    # nothing is looked for before the first frame
    from jobs_tui.ui.views.row_filter import RowFilter
    from jobs_tui.ui.widgets.row_search import RowSearch
    from jobs_tui.ui.widgets.trail import Spot

FreshnessOf = Callable[[str], Freshness]
"""How fresh the data of a thing is."""


class ThingPanel(LineWidget):
    """The lines of one thing; of another one, once the board shows that in its place."""

    class Clicked(Message):
        """A line of a panel was clicked."""

        def __init__(self, thing_name: str, key: ExecutionKey | None) -> None:
            super().__init__()
            self.thing_name = thing_name
            self.key = key

    def __init__(self) -> None:
        super().__init__()
        self._thing_name = ""
        self._keys: tuple[ExecutionKey | None, ...] = ()

    def show_panel(self, thing_name: str, content: PanelLines) -> None:
        """Show these lines of a thing at this height."""
        self._thing_name = thing_name
        self._keys = content.keys
        if self.styles.height is None or self.styles.height.value != len(content.lines):
            self.styles.height = len(content.lines)
        self.show_lines(content.lines)

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked."""
        key = self._keys[event.y] if event.y < len(self._keys) else None
        self.post_message(self.Clicked(self._thing_name, key))


class _Cursor:
    """Where the cursor is in a panel: on an execution, and at which place should that be gone."""

    def __init__(self) -> None:
        self.key: ExecutionKey | None = None
        self.index = 0

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
    """Panels in one column; the focused one is served first where they do not all fit."""

    class SelectionChanged(Message):
        """The cursor is on another execution, or on another version of it."""

        def __init__(self, row: Row | None) -> None:
            super().__init__()
            self.row = row

    class Resized(Message):
        """There is other room than what was drawn for."""

    def __init__(self, store: Store, limits: AttentionLimits) -> None:
        """Make a board without things."""
        super().__init__(id="panels")
        self._drawn_for: Size | None = None
        self._store = store
        self._limits = limits
        self.marks = Marks()
        """The executions that are marked, also those of things that are not on the board."""
        self._panels: list[ThingPanel] = []
        self._cursors: dict[str, _Cursor] = {}
        self._names: tuple[str, ...] = ()
        self._focused = 0
        self._served = 0
        """The panel that gets the room that it needs before the others do."""
        self._told: Row | None = None
        self._search: RowSearch | None = None
        self.full = False
        """Whether the panel with the focus has all the room."""

    def compose(self) -> ComposeResult:
        """The panels of the things that are on it when it is mounted."""
        yield from self._panels

    @property
    def thing_names(self) -> tuple[str, ...]:
        """The things on it, from top to bottom."""
        return self._names

    @property
    def thing_name(self) -> str:
        """The thing whose panel has the focus."""
        return self._names[self._focused]

    @property
    def selected_row(self) -> Row | None:
        """The row that the cursor is on."""
        rows = self._rows(self.thing_name)
        return rows[self._cursor(self.thing_name).follow(rows)] if rows else None

    @property
    def panel_rows(self) -> tuple[Row, ...]:
        """The rows of the panel with the focus."""
        return self._rows(self.thing_name)

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows of all panels, from top to bottom."""
        return tuple(row for name in self._names for row in self._rows(name))

    def put(self, thing_names: tuple[str, ...]) -> None:
        """Show these things; the focus stays on its thing, or else goes to the first one."""
        if thing_names == self._names:
            return
        focused = self._names[self._focused] if self._names else None
        self._names = thing_names
        self._focused = thing_names.index(focused) if focused in thing_names else 0
        self._served = self._focused
        while len(self._panels) < len(thing_names):
            self._panels.append(ThingPanel())
            if self.is_attached:
                self.mount(self._panels[-1])
        for index, each in enumerate(self._panels):
            each.display = index < len(thing_names)

    def move_row(self, by: int, *, within: bool) -> bool:
        """Move the cursor; tells whether it moved. Past an end it goes on in the next panel."""
        if self._search is not None:
            self._search.origin = None
        rows = self._rows(self.thing_name)
        cursor = self._cursor(self.thing_name)
        at = cursor.follow(rows)
        target = at + by
        if within:
            target = max(0, min(target, len(rows) - 1))
        if 0 <= target < len(rows):
            self._served = self._focused
            self._place(self.thing_name, rows, target)
            return target != at
        neighbour = self._focused + (1 if by > 0 else -1)
        if within or not 0 <= neighbour < len(self._names):
            return False
        self._focused = neighbour
        rows = self._rows(self.thing_name)
        self._place(self.thing_name, rows, 0 if by > 0 else len(rows) - 1)
        return True

    def focus_panel(self, index: int) -> None:
        """Put the focus on a panel, by its place from the top."""
        self._focused = index

    @property
    def focused_panel(self) -> int:
        """The place, from the top, of the panel that has the focus."""
        return self._focused

    def select(self, thing_name: str, key: ExecutionKey | None) -> None:
        """Put focus and cursor on a row, or only the focus on a panel."""
        self._focused = self._served = self._names.index(thing_name)
        if key is not None:
            self._cursor(thing_name).key = key

    @property
    def search(self) -> "RowSearch":
        """Which rows are shown, and in which order."""
        if self._search is None:
            from jobs_tui.ui.widgets.row_search import RowSearch  # noqa: PLC0415 - on first use

            self._search = RowSearch()
        return self._search

    @property
    def filtered(self) -> bool:
        """Whether some of the rows are shown only."""
        return self._search is not None and not self._search.wanted.empty

    @property
    def spot(self) -> "Spot":
        """Where the cursor is."""
        from jobs_tui.ui.widgets.trail import Spot  # noqa: PLC0415 - on first use

        row = self.selected_row
        return Spot(self.thing_name, row.key if row else None)

    def shows(self, spot: "Spot") -> bool:
        """Whether a row is shown, the room aside; a panel always is."""
        return spot.key is None or any(row.key == spot.key for row in self._rows(spot.thing_name))

    def begin_search(self) -> None:
        """The filter is going to be typed: from where the cursor is now."""
        keys = {name: cursor.key for name, cursor in self._cursors.items()}
        self.search.origin = self.spot, keys

    def end_search(self, *, kept: bool) -> None:
        """The filter is kept, or given up: then the cursor returns to where it was."""
        if not kept:
            self.want(self.search.wanted._replace(text="", only_in=None))
        self.search.origin = None

    def want(self, wanted: "RowFilter") -> None:
        """Show these rows; a cursor that would be on none goes to the first one that is shown."""
        if self.search.origin is not None:
            spot, keys = self.search.origin
            for name, key in keys.items():
                self._cursor(name).key = key
            if spot.thing_name in self._names:
                self._focused = self._names.index(spot.thing_name)
        self.search.want(wanted, self._names, self._all_rows)
        for name in self._names:
            cursor, rows = self._cursor(name), self._rows(name)
            if rows and all(row.key != cursor.key for row in rows):
                cursor.key, cursor.index = rows[0].key, 0
        if wanted.only_in in self._names:
            self._focused = self._names.index(wanted.only_in)
            return
        order = [*range(self._focused, len(self._names)), *range(self._focused)]
        shown = (index for index in order if self._rows(self._names[index]))
        self._focused = next(shown, self._focused)

    def urgent_spots(self, *, all_rows: bool = False) -> "list[Spot]":
        """What needs a person, from top to bottom; with `all_rows` also what the filter hides."""
        from jobs_tui.ui.widgets.urgent_rows import urgent_spots  # noqa: PLC0415 - on first use

        rows_in = self._all_rows if all_rows else self._rows
        failing = (name for name in self._names if self._store.thing(name).failure)
        return urgent_spots({name: rows_in(name) for name in self._names}, failing)

    def select_urgent_of(self, thing_name: str) -> None:
        """Put the focus on a panel, and the cursor on its first row that needs a person, if any."""
        row = next((row for row in self._rows(thing_name) if row.flag), None)
        self.select(thing_name, row.key if row else None)

    def select_next_urgent(self, *, within: bool = False) -> bool:
        """Go on to the next row that needs a person, around the end; tells whether there is one.

        With `within` only further down in the panel with the focus.
        """
        from jobs_tui.ui.widgets.urgent_rows import next_spot  # noqa: PLC0415 - on first use

        panels = {name: self._rows(name) for name in self._names}
        target = next_spot(
            self.urgent_spots(), panels, self.spot, within=(self.thing_name,) if within else None
        )
        if target is not None:
            self.select(*target)
        return target is not None

    def on_resize(self) -> None:
        """Have the panels drawn once it is known how much room they have."""
        if self.size != self._drawn_for:
            self.post_message(self.Resized())

    def show(self, freshness: FreshnessOf, *, focused: bool, first_fills: bool) -> None:
        """Draw every panel from the store; unchanged lines are not painted.

        Args:
            freshness: how fresh the data of a thing is.
            focused: whether the focus is on the board at all; its cursor is shown in any case.
            first_fills: whether the first panel takes all the room that is left, so that nothing
                moves when it shows another thing.
        """
        self._drawn_for = self.size
        if self._search is not None:
            self._search.update(self._names, self._all_rows)
        width = max(20, self.scrollable_content_region.width or self.app.size.width)
        height = self.size.height or self.app.size.height
        panels = [
            self._panel(index, freshness(name), width, focused=focused)
            for index, name in enumerate(self._names)
        ]
        if not is_plain(self) or not panels[self._focused].selected:
            # over a thin line the rows of a panel get their room when the cursor is moved among
            # them: with each step of the focus all that are in sight would be sent again
            self._served = self._focused
        heights = allot([each.height_needed for each in panels], self._served, height)
        if self.full:
            heights = [height if index == self._focused else 0 for index in range(len(panels))]
        elif first_fills:
            heights[0] += max(0, height - sum(heights))
        for index, (shown, lines) in enumerate(zip(panels, heights, strict=True)):
            self._panels[index].display = lines > 0
            if lines:
                self._panels[index].show_panel(self._names[index], shown.lines(lines))
        if sum(heights) > height:
            self.scroll_to_widget(self._panels[self._focused], animate=False)
        self._tell_selection()
        if self._search is not None:
            self._search.held = self.spot.key

    def _panel(self, index: int, freshness: Freshness, width: int, *, focused: bool) -> Panel:
        name = self._names[index]
        everything = self._all_rows(name)
        rows = self._shown(name, everything)
        cursor = self._cursor(name).follow(rows)
        has_cursor = index == self._focused
        shown = panel(
            self._store.thing(name),
            rows,
            cursor if has_cursor else None,
            freshness,
            width,
            focused=focused and has_cursor,
            marked=self.marks,
            told=self._search.told(name, len(rows), len(everything)) if self._search else "",
            hidden=len(everything) - len(rows),
        )
        if is_plain(self) and rows:
            # the rows that show stay the same when the focus goes elsewhere
            shown = shown._replace(selected=rows[cursor].key)
        return shown

    def _tell_selection(self) -> None:
        row = self.selected_row
        before, self._told = self._told, row
        if version_of(row) != version_of(before):
            self.post_message(self.SelectionChanged(row))

    def _rows(self, name: str) -> tuple[Row, ...]:
        """The rows that show, in the order in which they do."""
        return self._shown(name, self._all_rows(name))

    def _shown(self, name: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return self._search.rows(name, rows) if self._search else rows

    def _all_rows(self, name: str) -> tuple[Row, ...]:
        state = self._store.thing(name)
        return rows_of(state, self._store.latest_change, self._store.service_now(), self._limits)

    def _cursor(self, name: str) -> _Cursor:
        return self._cursors.setdefault(name, _Cursor())

    def _place(self, name: str, rows: tuple[Row, ...], index: int) -> None:
        cursor = self._cursor(name)
        cursor.index = index
        cursor.key = rows[index].key if rows else None
