"""Below the panels on a high screen: what became of the latest changes of this run."""

from jobs_tui.engine.store import Store
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.bars import rule

NO_CHANGE = line(Piece("  No change was asked for yet", "dim"))


class ChangesPart(LineWidget):
    """The changes, the latest first."""

    def __init__(self, store: Store) -> None:
        """Without lines until it is shown."""
        super().__init__(id="changes")
        self._store = store

    def show(self, width: int, height: int) -> None:
        """Draw what the store holds; unchanged lines are not painted."""
        self.show_lines([rule("changes of this run", width), *self._lines_in(height - 1)])

    def _lines_in(self, height: int) -> list[Line]:
        store = self._store
        if not store.changes:
            return [NO_CHANGE]
        from jobs_tui.ui.views.changes import (  # noqa: PLC0415 - where something was changed
            change_lines,
        )

        return change_lines(store.changes, store.service_now(), height)
