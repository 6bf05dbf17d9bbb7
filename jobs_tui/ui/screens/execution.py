"""One execution and its job document, or only the document."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.binding import BindingType

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.opened_documents import OpenedDocuments
from jobs_tui.domain.outcome import Failure, Outcome
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.commands.command import bindings, key_of
from jobs_tui.ui.commands.execution import EXECUTION_COMMANDS
from jobs_tui.ui.screens.document_screen import DocumentScreen
from jobs_tui.ui.screens.taking_out import TakesOut
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.terminal.looks import is_plain
from jobs_tui.ui.views.bars import rule
from jobs_tui.ui.views.document_about import about_line
from jobs_tui.ui.views.execution import LEFT_LINE, Around, execution_lines, failure_lines
from jobs_tui.ui.widgets.cursor_view import CursorView

Read = Callable[[], Awaitable[Outcome[JobExecution | None]]]
"""A DescribeJobExecution with the document; what it tells is in the store afterwards."""

TICK_SECONDS = 5.0

READING = " reading \u2026"


class ExecutionScreen(DocumentScreen, TakesOut):
    """Fetches the document when it opens, and only then or when asked to."""

    COMMAND_LIST = EXECUTION_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(EXECUTION_COMMANDS)

    help_title = "An execution and its document"
    help_notes = ("What it was when last opened is kept in memory only.",)

    @property
    def notes(self) -> tuple[str, ...]:
        """What its help says below the keys."""
        pressed = f"until {key_of('toggle-mask', 'u')} is pressed"
        masked = f"Secrets of presigned URLs are masked {pressed}, and not found until then."
        return (masked, *self.help_notes)

    def __init__(
        self,
        engine: Engine,
        key: ExecutionKey,
        read: Read,
        opened: OpenedDocuments,
        *,
        document_only: bool,
    ) -> None:
        super().__init__(engine, key, opened, document_only=document_only)
        self._store = engine.store
        self._read = read
        self._failure: Failure | None = None
        self._reading = True
        self._described: Described | None = None

    def on_mount(self) -> None:
        """Begin to read."""
        self.set_interval(TICK_SECONDS, self.show)
        self.fetch()

    def fetch(self) -> None:
        """Read execution and document from the service."""
        self._reading = True
        self.show()
        self.run_worker(self._fetch(), exclusive=True)

    def back(self) -> None:
        """End the search, or leave what changed, or return to the panels."""
        if not (self.end_search() or self.leave_changes()):
            self.dismiss()

    async def _fetch(self) -> None:
        outcome = await self._read()
        self._reading = False
        self._failure = outcome if isinstance(outcome, Failure) else None
        self.show()

    def title_line(self, width: int) -> Line:
        """The execution."""
        del width
        title = "job document" if self._document_only else "execution"
        words = f" {self._key.thing_name} / {self._key.job_id}  {title}"
        return line(Piece(words, "strong"), look="bar")

    def draw_text(self) -> None:
        """Draw what has become different."""
        now = self._store.service_now()
        known = self._store.thing(self._key.thing_name).described.get(self._key)
        left = known is None and self._described is not None
        self._described = described = known or self._described
        if described is not None:
            self.take_document(described.execution.job_document, now)
        self.query_one("#about", LineWidget).show_lines([self._about(now)])
        above = failure_lines(self._failure)
        if left:
            above.append(LEFT_LINE)
        if described is not None:
            above += self._above_document(described, now, self.query_one(CursorView).room)
        self.show_text(above)

    def _above_document(self, described: Described, now: float, width: int) -> list[Line]:
        above: list[Line] = []
        if not self._document_only:
            around = Around(
                width,
                self._store.versions(self._key),
                self._store.latest_change(self._key),
                None if self._failure else self._store.thing(self._key.thing_name).failure,
                is_plain(self),
            )
            above += [*execution_lines(described, now, around), Line(), rule("job document", width)]
        if self._document is not None:
            above += self._document.remarks
        elif not self._reading:
            above.append(line(Piece("the answer held no document", "dim")))
        return above

    def _about(self, now: float) -> Line:
        if self._reading:
            return line(Piece(READING, "dim"))
        document, described = self._document, self._described
        if document is None or described is None:
            return Line()
        return about_line(
            self.way_words(now),
            document.validity,
            now,
            described.document_read_at or described.read_at,
            masked=self.masked,
            changed=self._changed and not self.shows_changes,
            in_minutes=is_plain(self),
        )
