"""What of the rows the panels show, and in which order."""

from collections.abc import Callable, Iterable

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.ui.views.orders import Order, in_order
from jobs_tui.ui.views.row_filter import RowFilter, RowTest, needs_to_be_alike
from jobs_tui.ui.views.rows import Row

RowsOf = Callable[[str], tuple[Row, ...]]
"""All rows of a thing."""


class RowSearch:
    """The filter and the order in force in the panels."""

    def __init__(self) -> None:
        """Everything, as it comes."""
        self._wanted = RowFilter()
        self._test: RowTest = self._wanted.test(alike=False)
        self._alike = False
        self.order = Order()
        self.held: ExecutionKey | None = None
        """The row under the cursor: it stays although it is not what is wanted any more."""

    @property
    def wanted(self) -> RowFilter:
        """Which rows are shown."""
        return self._wanted

    def want(self, wanted: RowFilter, things: Iterable[str], rows_of: RowsOf) -> None:
        """Show these rows from now on."""
        self._wanted = wanted
        self.held = None
        self.update(things, rows_of)

    def update(self, things: Iterable[str], rows_of: RowsOf) -> None:
        """Look again whether the words of the filter are found as they stand."""
        wanted = self._wanted
        rows = (row for name in things if wanted.holds_in(name) for row in rows_of(name))
        self._alike = needs_to_be_alike(wanted, rows)
        self._test = wanted.test(alike=self._alike)

    def rows(self, thing_name: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Those of these rows that are shown, in the order in which they are."""
        if self._wanted.holds_in(thing_name):
            test, held = self._test, self.held
            rows = tuple(row for row in rows if row.key == held or test(row))
        return in_order(rows, self.order)

    def told(self, thing_name: str, shown: int, of: int) -> str:
        """What the title of a panel says of it."""
        parts = []
        if self._wanted.holds_in(thing_name):
            alike = " alike" if self._alike and shown else ""
            parts.append(f"{shown} of {of} shown{alike} {self._wanted.words}")
        if self.order.column:
            parts.append(self.order.words)
        return " \u00b7 ".join(parts)
