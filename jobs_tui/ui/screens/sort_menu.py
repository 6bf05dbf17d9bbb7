"""By what to sort: a short menu; what is in force is marked, and chosen again turns round."""

from typing import ClassVar

from textual.binding import BindingType

from jobs_tui.ui.screens.menu import Menu
from jobs_tui.ui.terminal.lines import Line, Piece, line, padded
from jobs_tui.ui.views.fleet import MARKER
from jobs_tui.ui.views.orders import REVERSED, Order

HINT = "enter sorts, the one in force again: reversed \u00b7 esc back"
BRIEF_HINT = "enter sorts or reverses \u00b7 esc back"
"""On narrow screens."""


class SortMenu(Menu[Order | None]):
    """Answers with the order that was chosen, or with None after Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [("comma", "move(1)", "Down")]

    def __init__(self, what: str, as_they_come: str, columns: tuple[str, ...], now: Order) -> None:
        """Make it.

        Args:
            what: what is sorted.
            as_they_come: the order without a column, in words.
            columns: the names to choose from.
            now: the order in force.
        """
        self._names = {as_they_come: ""} | {column: column for column in columns}
        at = list(self._names.values()).index(now.column)
        super().__init__(f"sort {what}", tuple(self._names), at, (HINT, BRIEF_HINT))
        self._now = now

    def action_choose(self) -> None:
        """Sort by what the cursor is on."""
        self.dismiss(self._now.chosen(self._names[self.selected]))

    def entry_line(self, name: str, *, selected: bool) -> Line:
        """A column, and whether it is sorted by that now."""
        in_force = self._names[name] == self._now.column
        told = f"  in force{REVERSED if self._now.reverse else ''}"
        shown = padded(name, max(map(len, self._names)))
        return line(
            Piece(f"{MARKER if selected else ' '} {shown}", "cursor-name" if selected else ""),
            Piece(told if in_force else "", "dim"),
        )
