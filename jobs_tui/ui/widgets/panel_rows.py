"""The rows of the panels: all of a thing, and those that the filter lets through, in order."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.store import Store
from jobs_tui.ui.views.rows import Row, rows_of

if TYPE_CHECKING:
    # nothing is looked for before the first frame
    from jobs_tui.ui.widgets.row_search import RowSearch


class PanelRows:
    """Made anew from the store each time; until something is looked for, all of them show."""

    def __init__(self, store: Store, limits: AttentionLimits) -> None:
        self._store = store
        self._limits = limits
        self._search: RowSearch | None = None

    @property
    def search(self) -> "RowSearch":
        """Which rows show, and in which order."""
        if self._search is None:
            from jobs_tui.ui.widgets.row_search import RowSearch  # noqa: PLC0415 - on first use

            self._search = RowSearch()
        return self._search

    @property
    def filtered(self) -> bool:
        """Whether only some of the rows show."""
        return self._search is not None and not self._search.wanted.empty

    def all_of(self, thing_name: str) -> tuple[Row, ...]:
        """Every row of a thing, as it comes."""
        store = self._store
        state, now = store.thing(thing_name), store.service_now()
        return rows_of(state, store.latest_change, now, self._limits)

    def shown_of(self, thing_name: str) -> tuple[Row, ...]:
        """The rows of a thing that show, in the order in which they do."""
        return self.shown_among(thing_name, self.all_of(thing_name))

    def shown_among(self, thing_name: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """The same, of rows of the thing that are there already."""
        return self._search.rows(thing_name, rows) if self._search else rows

    def fails(self, thing_name: str) -> bool:
        """Whether the thing could not be asked."""
        return self._store.thing(thing_name).failure is not None

    def told(self, thing_name: str, shown: int, of: int) -> str:
        """What the title of a panel says of filter and order."""
        return self._search.told(thing_name, shown, of) if self._search else ""

    def look_again(self, thing_names: Iterable[str]) -> None:
        """Look whether the words of the filter are found as they stand, in these things."""
        if self._search is not None:
            self._search.update(thing_names, self.all_of)

    def hold(self, key: ExecutionKey | None) -> None:
        """Have this row show, as the cursor is on it, although it may be wanted no more."""
        if self._search is not None:
            self._search.held = key
