"""A job document as lines to read."""

import re
from collections.abc import Iterator

from jobs_tui.domain.job_document import JobDocument, read_job_document
from jobs_tui.domain.presigned_url import presigned_urls
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.durations import coarse

LONGEST_COLOURED = 2000
"""Characters of a line beyond which it is shown in one colour."""

MOST_COLOURED = 20_000
"""Lines beyond which a document is shown in one colour: one looks at a few, and all would be made.
"""

_MEMBER = re.compile(r'(\s*)("(?:[^"\\]|\\.)*")(\s*:\s*)(.*)')


class DocumentReader:
    """Makes the lines of one document at a time, and keeps what does not change between draws."""

    def __init__(self) -> None:
        self._document: JobDocument | None = None
        self._expires_at: float | None = None
        self._shown_as: tuple[bool, bool] | None = None
        self._lines: list[Line] = []

    def lines(self, described: Described, now: float, *, masked: bool, raw: bool) -> list[Line]:
        """The document of an execution, with what a reader has to know about it above.

        Empty where the execution was read without its document.
        """
        text = described.execution.job_document
        if text is None:
            return []
        if self._document is None or self._document.raw != text:
            self._document = read_job_document(text)
            expiries = [url.expires_at for url in presigned_urls(text) if url.expires_at]
            self._expires_at = min(expiries, default=None)
            self._shown_as = None
        if self._shown_as != (masked, raw):
            self._shown_as = (masked, raw)
            shown = self._document.lines(masked=masked, raw=raw)
            look_at = _coloured if len(shown) <= MOST_COLOURED else line
            self._lines = [look_at(text_line) for text_line in shown]
        read_at = described.document_read_at or described.read_at
        return [*self._remarks(self._document, read_at, now), *self._lines]

    def _remarks(self, document: JobDocument, read_at: float, now: float) -> Iterator[Line]:
        if document.problem is not None:
            yield line(Piece(f"shown as received: {document.problem}", "warning"))
        if document.warning is not None:
            yield line(Piece(document.warning, "warning"))
        if self._expires_at is not None and self._expires_at > now:
            left = coarse(self._expires_at - now)
            yield line(Piece(f"presigned URL: valid for {left} more", "warning"))
        elif self._expires_at is not None:
            yield line(
                Piece("presigned URL: no longer valid; a new fetch makes a new one", "alarm")
            )
        if now - read_at >= 60:
            yield line(Piece(f"fetched {coarse(now - read_at)} ago", "dim"))


def _coloured(text: str) -> Line:
    if len(text) > LONGEST_COLOURED:
        return line(text)
    match = _MEMBER.fullmatch(text)
    if match is None:
        indent = len(text) - len(text.lstrip(" "))
        return line(text[:indent], Piece(text[indent:], _value_look(text[indent:])))
    indent_text, name, colon, value = match.groups()
    return line(indent_text, Piece(name, "name"), colon, Piece(value, _value_look(value)))


def _value_look(value: str) -> str:
    if value.startswith('"'):
        return "text"
    return "" if value[:1] in "{}[]," else "number"
