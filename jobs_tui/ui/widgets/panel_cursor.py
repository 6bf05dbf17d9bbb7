"""The cursor among the rows of the panels: which panel has the focus, and which row in each."""

from collections.abc import Callable

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.ui.views.rows import Row


class _Place:
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
        self.put(rows, max(0, min(self.index, len(rows) - 1)))
        return self.index

    def put(self, rows: tuple[Row, ...], index: int) -> None:
        """Go to the row at this place."""
        self.index = index
        self.key = rows[index].key if rows else None


class PanelCursor:
    """Stays on its execution while rows and panels change around it. Pure."""

    def __init__(self, rows_of: Callable[[str], tuple[Row, ...]]) -> None:
        """Without panels; `rows_of` tells which rows of a thing show."""
        self._rows_of = rows_of
        self._names: tuple[str, ...] = ()
        self._places: dict[str, _Place] = {}
        self.focused = 0
        """The place, from the top, of the panel that has the focus."""
        self.served = 0
        """The panel among whose rows the cursor was last moved or put."""
        self._origin: tuple[str, dict[str, ExecutionKey | None]] | None = None
        """Focus and rows from before the rows are narrowed down."""

    @property
    def thing_names(self) -> tuple[str, ...]:
        """The things that have panels, from top to bottom."""
        return self._names

    @property
    def thing_name(self) -> str:
        """The thing whose panel has the focus."""
        return self._names[self.focused]

    @property
    def neighbour(self) -> str | None:
        """The thing beside it: the next one, or at the end the one before."""
        if len(self._names) < 2:
            return None
        return self._names[self.focused + (1 if self.focused + 1 < len(self._names) else -1)]

    @property
    def selected_row(self) -> Row | None:
        """The row that the cursor is on."""
        rows = self.panel_rows
        return rows[self.row_in(self.thing_name, rows)] if rows else None

    @property
    def panel_rows(self) -> tuple[Row, ...]:
        """The rows of the panel with the focus."""
        return self._rows_of(self.thing_name)

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows of all panels, from top to bottom."""
        return tuple(row for name in self._names for row in self._rows_of(name))

    def row_in(self, thing_name: str, rows: tuple[Row, ...]) -> int:
        """The place of the cursor among the rows of a thing, whether or not it has the focus."""
        return self._place(thing_name).follow(rows)

    def take(self, thing_names: tuple[str, ...]) -> None:
        """Let these be the panels; the focus stays on its thing, or else goes to the first one."""
        focused = self._names[self.focused] if self._names else None
        self._names = thing_names
        self.focused = self.served = thing_names.index(focused) if focused in thing_names else 0

    def move(self, by: int, *, within: bool) -> None:
        """Go so many rows on; `within` the panel, or past its end into the one beside it."""
        self.forget()
        rows = self.panel_rows
        target = self.row_in(self.thing_name, rows) + by
        if within:
            target = max(0, min(target, len(rows) - 1))
        if 0 <= target < len(rows):
            self.served = self.focused
            self._place(self.thing_name).put(rows, target)
            return
        neighbour = self.focused + (1 if by > 0 else -1)
        if within or not 0 <= neighbour < len(self._names):
            return
        self.focused = neighbour
        rows = self.panel_rows
        self._place(self.thing_name).put(rows, 0 if by > 0 else len(rows) - 1)

    def select(self, thing_name: str, key: ExecutionKey | None) -> None:
        """Put focus and cursor on a row, or only the focus on a panel."""
        self.focused = self.served = self._names.index(thing_name)
        if key is not None:
            self._place(thing_name).key = key

    def remember(self) -> None:
        """Keep where it is: the rows are going to be narrowed down, letter by letter."""
        keys = {name: place.key for name, place in self._places.items()}
        self._origin = self.thing_name, keys

    def forget(self) -> None:
        """Keep no longer where it was."""
        self._origin = None

    def return_to_remembered(self) -> None:
        """Go back to where it was, unless it was moved since."""
        if self._origin is None:
            return
        thing_name, keys = self._origin
        for name, key in keys.items():
            self._place(name).key = key
        if thing_name in self._names:
            self.focused = self._names.index(thing_name)

    def find_rows(self, only_in: str | None) -> None:
        """Other rows show now: go to the first one where its own does not.

        The focus goes to the panel of `only_in`, or else on to one in which there are rows.
        """
        for name in self._names:
            place, rows = self._place(name), self._rows_of(name)
            if rows and all(row.key != place.key for row in rows):
                place.put(rows, 0)
        if only_in in self._names:
            self.focused = self._names.index(only_in)
            return
        order = [*range(self.focused, len(self._names)), *range(self.focused)]
        shown = (index for index in order if self._rows_of(self._names[index]))
        self.focused = next(shown, self.focused)

    def _place(self, thing_name: str) -> _Place:
        return self._places.setdefault(thing_name, _Place())
