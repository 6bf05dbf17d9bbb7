"""Beside the panels on a wide screen: the selected execution and its job document."""

from typing import TYPE_CHECKING

from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.store import Store
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.terminal.line_widgets import LineView
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.bars import rule
from jobs_tui.ui.views.rows import Row, version_of

if TYPE_CHECKING:
    from jobs_tui.engine.thing_state import Described
    from jobs_tui.ui.views.document import DocumentReader

READING = "reading \u2026"
READ_LATER = "seen by the last run; it is read once the service has answered"


class SelectionPane(LineView, can_focus=False):
    """What was read of the selected execution; secrets in its document are always masked."""

    def __init__(self, store: Store) -> None:
        super().__init__(id="selection")
        self._store = store
        self._row: Row | None = None
        self._failure: Failure | None = None
        self._reader: DocumentReader | None = None

    def follow(self, row: Row | None) -> None:
        """Show what is known of this execution; an earlier failure is of an earlier version."""
        if version_of(row) != version_of(self._row):
            self._failure = None
            if (row.key if row else None) != (self._row.key if self._row else None):
                self.scroll_home(animate=False)
        self._row = row
        self.show()

    def tell(self, failure: Failure | None) -> None:
        """Say why the selected execution could not be read, or that it could."""
        self._failure = failure
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
        head = rule(row.key.job_id, width)
        if described is None and self._failure is None and not row.left:
            words = READ_LATER if row.earlier_run else READING
            return [head, line(Piece(words, "dim"))]
        return [head, *self._lines_read(row, described, width)]

    def _lines_read(self, row: Row, described: "Described | None", width: int) -> list[Line]:
        # there is nothing to read before the first frame
        from jobs_tui.ui.views.document import DocumentReader  # noqa: PLC0415
        from jobs_tui.ui.views.execution import (  # noqa: PLC0415
            LEFT_LINE,
            failure_lines,
            short_execution_lines,
        )

        self._reader = self._reader or DocumentReader()
        lines = failure_lines(self._failure)
        if row.left:
            lines.append(LEFT_LINE)
        if described is None:
            return lines if self._failure else [*lines, line(Piece(READING, "dim"))]
        now = self._store.service_now()
        lines += short_execution_lines(described, now, width)
        document = self._reader.lines(described, now)
        document = document or [line(Piece(f"{key_of('open-document', 'o')} opens it", "dim"))]
        return [*lines, Line(), rule("job document", width), *document]
