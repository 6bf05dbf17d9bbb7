"""A screen with a job document in it: looked at in several ways, folded, searched, compared."""

from collections.abc import Sequence

from textual import on
from textual.widget import Widget

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.opened_documents import OpenedDocument, OpenedDocuments
from jobs_tui.engine.change import Change
from jobs_tui.engine.engine import Engine
from jobs_tui.ui.forms.open_document import OpenDocument, Way
from jobs_tui.ui.screens.reading_screen import ReadingScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.durations import coarse
from jobs_tui.ui.widgets.cursor_view import CursorView
from jobs_tui.ui.widgets.search_field import SearchField


class DocumentScreen(ReadingScreen):
    """The cursor stays on its line of the document, whatever comes above it and is folded."""

    def __init__(
        self, engine: Engine, key: ExecutionKey, opened: OpenedDocuments, *, document_only: bool
    ) -> None:
        super().__init__(engine)
        self._key = key
        self._document_only = document_only
        self._opened = opened
        self._before = opened.last(key)
        """What the document was before it was shown here."""
        self._changed = False
        self._document: OpenDocument | None = None
        self._above = 0
        """How many lines are shown above the document."""
        self._line: int | None = None
        """The line of the document that the cursor is on; None above it."""
        self._to_place = False
        """Whether it goes to the place that was found in the line."""
        self._searched_from = 0
        self.masked = True

    def text_parts(self) -> Sequence[Widget]:
        """What is told of the document, and the text."""
        return LineWidget(id="about"), CursorView(id="text")

    def status_part(self) -> Widget:
        """The status line, in which one also types what is searched for."""
        return SearchField(id="notice")

    def show_status(self, notice: Notice | None, conflicts: Sequence[Change]) -> None:
        """Draw the status line."""
        self._field.tell(notice, conflicts)

    @property
    def document_read(self) -> bool:
        """Whether there is a document to show."""
        return self._document is not None

    @property
    def document_text(self) -> str | None:
        """The job document as received, its secrets in it; None before it is read."""
        return None if self._document is None else self._document.text

    @property
    def selected_value(self) -> tuple[str, str] | None:
        """Path and text of the value under the cursor, as one would paste it, secrets in it."""
        if self._document is None or self._line is None:
            return None
        return self._document.value_at(self._line)

    @property
    def only_way(self) -> str | None:
        """Why the document can be looked at in one way only, or None."""
        return None if self._document is None else self._document.only_way

    @property
    def folds(self) -> bool:
        """Whether the document is shown as a tree."""
        return self._document is not None and self._document.way is Way.TREE

    @property
    def searched(self) -> bool:
        """Whether something is searched for."""
        return self._document is not None and bool(self._document.wanted)

    @property
    def opened_before(self) -> bool:
        """Whether it is known what the document was when last opened."""
        return self._before is not None

    @property
    def shows_changes(self) -> bool:
        """Whether what changed is shown, and not the document."""
        return self._document is not None and self._document.way is Way.CHANGES

    @property
    def page(self) -> int:
        """How many lines of the text a page moves."""
        return self._view.page

    def move(self, by: int) -> None:
        """Move the cursor by so many lines."""
        self._view.move(by)
        self._note_line()

    def take_document(self, text: str | None, now: float) -> None:
        """Show this document from now on, and remember it as opened; `now` is service time."""
        earlier = self._document
        if text is None or (earlier is not None and earlier.text == text):
            return
        self._document = OpenDocument(text, masked=self.masked)
        if earlier is not None:
            self._document.continue_from(earlier)
            self._before = self._before or self._opened.last(self._key)
        elif self._document_only:
            self._line = 0
        before = self._before
        self._changed = before is not None and self._document.differs_from(before.lines)
        self._opened.remember(self._key, OpenedDocument(self._document.masked_lines, now))

    def next_way(self) -> None:
        """Look at the document in the next way."""
        if self._document is not None:
            self._document.next_way()
            self._go(0)

    def toggle_mask(self) -> None:
        """Show or hide the secrets."""
        self.masked = not self.masked
        words = "hidden" if self.masked else "shown: a copy of this screen holds them"
        self.notice(Notice(f"secrets are {words}", "" if self.masked else "warning"))
        if self._document is not None:
            self._document.mask(on=self.masked)
        self.show()

    def fold(self, *, on: bool | None = None) -> None:
        """Fold what the cursor is on, or unfold it, or the one or the other."""
        if self._document is not None and self._line is not None:
            self._go(self._document.fold(self._line, on=on))

    def fold_all(self, *, on: bool) -> None:
        """Fold all within the document, or unfold everything."""
        if self._document is not None:
            self._document.fold_all(on=on)
            self.show()

    def open_search(self) -> None:
        """Take what is to be searched for."""
        if self._document is not None:
            self._searched_from = self._line or 0
            self._field.begin(self._document.wanted)
            self._field.count(self._document.count)

    def find_next(self, by: int) -> None:
        """Go to the next place that was found, or to the one before."""
        if self._document is not None:
            line = -1 if self._line is None else self._line
            self._go(self._document.find_next(by, line), found=True)
            self._tell_found()

    def end_search(self) -> bool:
        """Search no more; whether anything was searched for."""
        if self._document is None or not self._document.wanted:
            return False
        self._document.find("", 0)
        self.notice(Notice(""))
        self.show()
        return True

    def toggle_changes(self) -> None:
        """Show what changed since it was last opened, or the document again."""
        document, before = self._document, self._before
        if document is None or before is None:
            return
        if self.leave_changes():
            return
        if self._changed:
            document.compare(before.lines)
            self._go(0)
        else:
            self.notice(Notice("same as when last opened"))

    def leave_changes(self) -> bool:
        """Show the document again instead of what changed; whether that was shown."""
        left = self._document is not None and self._document.leave_changes()
        if left:
            self._go(0)
        return left

    def way_words(self, now: float) -> str:
        """How the document is looked at; `now` is service time."""
        if self._document is None:
            return ""
        if self._document.way is Way.CHANGES and self._before is not None:
            return f"changes since it was opened {coarse(now - self._before.opened_at)} ago"
        return self._document.way

    @on(SearchField.Changed)
    def _typed(self, event: SearchField.Changed) -> None:
        if self._document is not None:
            self._go(self._document.find(event.text, self._searched_from), found=True)
            self._field.count(self._document.count)

    @on(SearchField.Closed)
    def _typed_all(self, event: SearchField.Closed) -> None:
        self._view.focus()
        if not event.keep:
            self.end_search()
        elif self.searched:
            self._tell_found()

    @on(CursorView.Opened)
    def _clicked_twice(self) -> None:
        self.action_press("enter")

    @on(CursorView.Moved)
    def _note_line(self) -> None:
        position = self._view.line - self._above
        document = self._document
        self._line = None if document is None or position < 0 else document.line_at(position)

    def show_text(self, above: list[Line]) -> None:
        """Show these lines, and the document below them."""
        document, position = self._document, self._view.line
        lines = list(above)
        if document is not None:
            lines += document.lines
            below = self._line or 0
            if self._line is not None or position >= len(above):
                position = len(above) + document.position_of(below)
        self._above = len(above)
        self._view.show_text(lines, position, "found-now" if self._to_place else "")
        self._to_place = False
        self._note_line()

    def _go(self, line: int, *, found: bool = False) -> None:
        self._line = max(0, line)
        self._to_place = found and self._document is not None and self._document.at_place
        self.show()

    def _tell_found(self) -> None:
        if self._document is not None:
            words = f"/{self._document.wanted}: {self._document.count}"
            self.notice(Notice(words, "" if self._document.at_place else "warning"))

    @property
    def _view(self) -> CursorView:
        return self.query_one(CursorView)

    @property
    def _field(self) -> SearchField:
        return self.query_one(SearchField)
