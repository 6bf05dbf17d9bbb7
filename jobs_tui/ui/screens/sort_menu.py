"""By what to sort: a short menu; what is in force is marked, and chosen again turns round."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from jobs_tui.ui.terminal.framed_screen import FramedScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, cells, line, padded
from jobs_tui.ui.views.bars import NARROW, rule
from jobs_tui.ui.views.fleet import MARKER
from jobs_tui.ui.views.orders import REVERSED, Order

HINT = "enter sorts, the one in force again: reversed \u00b7 esc back"
BRIEF_HINT = "enter sorts or reverses \u00b7 esc back"
"""On narrow screens."""


class SortMenu(FramedScreen, ModalScreen[Order | None]):
    """Answers with the order that was chosen, or with None after Escape."""

    CSS_PATH = "dialog.tcss"
    CSS = "SortMenu #sort-columns { height: auto; } SortMenu #dialog { width: 60; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q", "dismiss(None)", "Back"),
        ("enter", "choose", "Sort"),
        ("comma,down,j,tab", "move(1)", "Down"),
        ("up,k,shift+tab", "move(-1)", "Up"),
    ]

    def __init__(self, what: str, as_they_come: str, columns: tuple[str, ...], now: Order) -> None:
        """Make it.

        Args:
            what: what is sorted.
            as_they_come: the order without a column, in words.
            columns: the names to choose from.
            now: the order in force.
        """
        super().__init__(classes="over")
        self._what = what
        self._names = {"": as_they_come} | {column: column for column in columns}
        self._now = now
        self._at = list(self._names).index(now.column)

    def compose(self) -> ComposeResult:
        """The names, and the keys."""
        with Vertical(id="dialog"):
            yield LineWidget(id="dialog-title")
            yield LineWidget(id="sort-columns")
            yield LineWidget(id="dialog-hint")

    def on_mount(self) -> None:
        """As high as there are columns."""
        self.query_one("#sort-columns", LineWidget).styles.height = len(self._names)

    def on_resize(self) -> None:
        """Draw it at its width."""
        self.set_class(self.size.width < NARROW, "compact")
        self.call_after_refresh(self._show)

    def action_move(self, by: int) -> None:
        """Go to the name below or above, around the ends."""
        self._at = (self._at + by) % len(self._names)
        self._show()

    def action_choose(self) -> None:
        """Sort by what the cursor is on."""
        self.dismiss(self._now.chosen(list(self._names)[self._at]))

    def _show(self) -> None:
        title = self.query_one("#dialog-title", LineWidget)
        width = title.size.width or self.size.width
        title.show_lines([rule(f"sort {self._what}", width)])
        names = list(self._names)
        lines = [self._line(name, name == names[self._at]) for name in names]
        self.query_one("#sort-columns", LineWidget).show_lines(lines)
        hint = line(Piece(BRIEF_HINT if width < cells(HINT) else HINT, "dim"))
        self.query_one("#dialog-hint", LineWidget).show_lines([hint])

    def _line(self, column: str, selected: bool) -> Line:  # noqa: FBT001
        in_force = column == self._now.column
        told = f"  in force{REVERSED if self._now.reverse else ''}"
        name = padded(self._names[column], max(map(len, self._names.values())))
        return line(
            Piece(f"{MARKER if selected else ' '} {name}", "cursor-name" if selected else ""),
            Piece(told if in_force else "", "dim"),
        )
