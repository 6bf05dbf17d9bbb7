"""Beside the panels on a wide screen: the selected execution and its job document."""

from jobs_tui.domain.job_document import JobDocument, read_job_document
from jobs_tui.engine.store import Store
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.terminal.line_widgets import LineView
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.bars import rule
from jobs_tui.ui.views.execution import document_lines, execution_lines
from jobs_tui.ui.views.rows import Row


class SelectionPane(LineView, can_focus=False):
    """What was read of the selected execution; secrets in its document are always masked."""

    def __init__(self, store: Store) -> None:
        super().__init__(id="selection")
        self._store = store
        self._row: Row | None = None
        self._document: JobDocument | None = None

    def follow(self, row: Row | None) -> None:
        """Show another execution from now on."""
        if (row.key if row else None) != (self._row.key if self._row else None):
            self.scroll_home(animate=False)
        self._row = row
        self.show()

    def wants_document(self, row: Row) -> bool:
        """Whether the document of a row is to be fetched: once, and only where it shows."""
        described = self._store.thing(row.key.thing_name).described.get(row.key)
        return bool(self.display) and (
            described is None or described.execution.job_document is None
        )

    def show(self) -> None:
        """Draw what the store holds of it."""
        self.show_lines(self._lines_of(self._row))

    def _lines_of(self, row: Row | None) -> list[Line]:
        width = self.scrollable_content_region.width
        if row is None:
            return [rule("no execution selected", width)]
        described = self._store.thing(row.key.thing_name).described.get(row.key)
        if described is None:
            return [rule(row.key.job_id, width), line(Piece("reading \u2026", "dim"))]
        now = self._store.service_now()
        lines = [rule(row.key.job_id, width), *execution_lines(described, now)]
        return [*lines, Line(), rule("job document", width), *self._of(described, now)]

    def _of(self, described: Described, now: float) -> list[Line]:
        text = described.execution.job_document
        if text is None:
            return [line(Piece("o opens it", "dim"))]
        if self._document is None or self._document.raw != text:
            self._document = read_job_document(text)
        read_at = described.document_read_at or described.read_at
        return document_lines(self._document, read_at, now, masked=True, raw=False)
