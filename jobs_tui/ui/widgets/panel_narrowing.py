"""Narrowing the rows of the panels down, and sorting them, with the cursor going along."""

from collections.abc import Callable

from textual.widget import Widget

from jobs_tui.ui.views.orders import Order
from jobs_tui.ui.views.row_filter import RowFilter
from jobs_tui.ui.widgets.panel_cursor import PanelCursor
from jobs_tui.ui.widgets.panel_filter import PanelFilter
from jobs_tui.ui.widgets.panel_rows import PanelRows


class PanelNarrowing:
    """The filter of the panels, as it is typed or set by a key, and their order."""

    def __init__(
        self, rows: PanelRows, cursor: PanelCursor, mount: Callable[[Widget], object]
    ) -> None:
        """Show everything at first; `mount` puts the field on the screen."""
        self._search = rows.search
        self._rows = rows
        self._cursor = cursor
        self._mount = mount
        self._field: PanelFilter | None = None

    @property
    def order(self) -> Order:
        """What the rows are sorted by."""
        return self._search.order

    @order.setter
    def order(self, order: Order) -> None:
        self._search.order = order

    @property
    def wanted(self) -> RowFilter:
        """Which rows show."""
        return self._search.wanted

    def open_filter(self) -> None:
        """Take what is typed as the filter from now on."""
        if self._field is None:
            self._field = PanelFilter(self)
            self._mount(self._field)
        self._field.begin()

    def begin(self) -> None:
        """The filter is going to be typed: from where the cursor is now."""
        self._cursor.remember()

    def take_typed(self, text: str) -> None:
        """Show what matches this text."""
        self._want(self.wanted._replace(text=text))

    def toggle_scope(self) -> None:
        """Have the filter hold for the panel with the focus only, or for all."""
        wanted = self.wanted
        only_in = self._cursor.thing_name if wanted.only_in is None else None
        self._want(wanted._replace(only_in=only_in))

    def end(self, *, kept: bool) -> None:
        """The filter is kept, or given up: then the cursor returns to where it was."""
        if not kept:
            self._want(self.wanted._replace(text="", only_in=None))
        self._cursor.forget()

    def toggle_urgent(self) -> None:
        """Show only what needs a person, or everything again."""
        self._want(self.wanted._replace(urgent=not self.wanted.urgent))

    def clear_filter(self) -> None:
        """Show all rows."""
        self._cursor.forget()
        self._want(RowFilter())

    def _want(self, wanted: RowFilter) -> None:
        self._cursor.return_to_remembered()
        self._search.want(wanted, self._cursor.thing_names, self._rows.all_of)
        self._cursor.find_rows(wanted.only_in)
