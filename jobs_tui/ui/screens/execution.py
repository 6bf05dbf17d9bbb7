"""One execution and its job document, or only the document."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.outcome import Failure, Outcome
from jobs_tui.engine.store import Store
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.execution import EXECUTION_COMMANDS
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.screens.help import HelpScreen
from jobs_tui.ui.terminal.line_widgets import LineView, LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.bars import Notice, notice_line, rule
from jobs_tui.ui.views.document import DocumentReader
from jobs_tui.ui.views.execution import LEFT_LINE, execution_lines, failure_lines

Read = Callable[[], Awaitable[Outcome[JobExecution | None]]]
"""A DescribeJobExecution with the document; what it tells is in the store afterwards."""

TICK_SECONDS = 5.0


class ExecutionScreen(CommandScreen):
    """Fetches the document when it opens, and only then or when asked to."""

    COMMAND_LIST = EXECUTION_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(EXECUTION_COMMANDS)

    def __init__(self, key: ExecutionKey, store: Store, read: Read, *, document_only: bool) -> None:
        super().__init__()
        self._key = key
        self._store = store
        self._read = read
        self._document_only = document_only
        self._failure: Failure | None = None
        self._reading = True
        self._raw = False
        self._reader = DocumentReader()
        self._described: Described | None = None
        self.masked = True

    def compose(self) -> ComposeResult:
        """Title, text, status line, footer."""
        yield LineWidget(id="header")
        yield LineView(id="text")
        yield LineWidget(id="notice")
        yield LineWidget(id="footer")

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one(LineView).focus()
        self.set_interval(TICK_SECONDS, self._show)
        self.fetch()

    def on_resize(self) -> None:
        """Draw it at its width."""
        self._show()

    @property
    def document_read(self) -> bool:
        """Whether there is a document to show."""
        return self._described is not None and self._described.execution.job_document is not None

    @property
    def document_text(self) -> str | None:
        """The job document as received, its secrets in it; None before it is read."""
        return None if self._described is None else self._described.execution.job_document

    @property
    def selected_value(self) -> tuple[str, str] | None:
        """Path and text of the value under the cursor, as one would paste it, secrets in it."""
        return None

    def fetch(self) -> None:
        """Read execution and document from the service."""
        self._reading = True
        self._show()
        self.run_worker(self._fetch(), exclusive=True)

    @property
    def page(self) -> int:
        """How many lines of the text a page moves: one less than show."""
        return max(1, self.query_one(LineView).size.height - 1)

    def move(self, by: int) -> None:
        """Move the text by so many lines."""
        self.query_one(LineView).scroll_relative(y=by, animate=False)

    def toggle_mask(self) -> None:
        """Show or hide the secrets."""
        self.masked = not self.masked
        words = "hidden" if self.masked else "shown: a copy of this screen holds them"
        self.notice(Notice(f"secrets are {words}", "" if self.masked else "warning"))
        self._show()

    def toggle_raw(self) -> None:
        """Show the document as received, or indented."""
        self._raw = not self._raw
        self.notice(Notice("as received" if self._raw else "indented"))
        self._show()

    def open_help(self) -> None:
        """Show the keys of this screen."""
        notes = ("Secrets of presigned URLs are masked until u is pressed.",)
        self.app.push_screen(
            HelpScreen(lambda width: self.help_text("An execution and its document", notes, width))
        )

    def back(self) -> None:
        """Return to the panels."""
        self.dismiss()

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        self.query_one("#notice", LineWidget).show_lines([notice_line(notice, self.size.width)])

    async def _fetch(self) -> None:
        outcome = await self._read()
        self._reading = False
        self._failure = outcome if isinstance(outcome, Failure) else None
        self._show()

    def _show(self) -> None:
        if not (self.is_mounted and self.is_open):
            return
        width = self.size.width
        title = "job document" if self._document_only else "execution"
        words = f" {self._key.thing_name} / {self._key.job_id}  {title}"
        self.query_one("#header", LineWidget).show_lines([line(Piece(words, "strong"), look="bar")])
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])
        view = self.query_one(LineView)
        view.show_lines(self._text(view.scrollable_content_region.width))

    def _text(self, width: int) -> list[Line]:
        now = self._store.service_now()
        known = self._store.thing(self._key.thing_name).described.get(self._key)
        lines = failure_lines(self._failure)
        if known is None and self._described is not None:
            lines.append(LEFT_LINE)
        described = self._described = known or self._described
        if self._reading:
            lines += [line(Piece("reading \u2026", "dim"))]
        if described is None:
            return lines
        if not self._document_only:
            lines += [*execution_lines(described, now), Line(), rule("job document", width)]
        document = self._reader.lines(described, now, masked=self.masked, raw=self._raw)
        if not document and not self._reading:
            document = [line(Piece("the answer held no document", "dim"))]
        return lines + document
