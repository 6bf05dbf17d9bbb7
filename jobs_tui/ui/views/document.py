"""A job document as lines to read."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from jobs_tui.domain.job_document import JobDocument, read_job_document
from jobs_tui.domain.known_documents import known_parts
from jobs_tui.domain.presigned_url import presigned_urls
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.document_parts import parts_lines
from jobs_tui.ui.views.durations import coarse

LONGEST_COLOURED = 2000
"""Characters of a line beyond which it is shown in one colour."""

MOST_COLOURED = 20_000
"""Lines beyond which a document is shown in one colour: one looks at a few, and all would be made.
"""

NO_LONGER_VALID = "no longer valid; f fetches a new one"

SOON_SECONDS = 120.0
"""What runs out within that is told in steps of ten seconds."""

_MEMBER = re.compile(r'(\s*)("(?:[^"\\]|\\.)*")(\s*:\s*)(.*)')


class Validity(NamedTuple):
    """The presigned URLs of a document."""

    number: int = 0
    expires_at: float | None = None
    """When the first of them runs out; None where none says so."""

    def words(self, now: float, *, in_minutes: bool = False) -> str:
        """Until when they can be used; empty where there are none.

        With `in_minutes` it is never told in seconds, so that it seldom changes.
        """
        if not self.number:
            return ""
        name = "presigned URL" if self.number == 1 else f"{self.number} presigned URLs"
        if self.expires_at is None:
            return name
        left = self.expires_at - now
        if left <= 0:
            return f"{name}: {NO_LONGER_VALID}"
        seconds = left < SOON_SECONDS and not in_minutes
        return f"{name}: valid for {f'{-int(-left // 10) * 10} s' if seconds else coarse(left)}"


def validity_of(text: str) -> Validity:
    """The presigned URLs of a document as received."""
    urls = presigned_urls(text)
    expiries = [url.expires_at for url in urls if url.expires_at is not None]
    return Validity(len(urls), min(expiries, default=None))


def document_lines(texts: Sequence[str]) -> list[Line]:
    """JSON in its colours, unless it is so much that making them would be felt."""
    look_at = _coloured if len(texts) <= MOST_COLOURED else line
    return [look_at(text_line) for text_line in texts]


def remarks(document: JobDocument) -> list[Line]:
    """What a reader of it has to know."""
    told = []
    if document.problem is not None:
        told.append(line(Piece(f"shown as received: {document.problem}", "warning")))
    if document.warning is not None:
        told.append(line(Piece(document.warning, "warning")))
    return told


class DocumentReader:
    """Makes the lines of one document at a time, and keeps what does not change between draws.

    For where it is only looked at: its secrets are masked, and it is told by its steps or files
    where it has such.
    """

    def __init__(self) -> None:
        self._text: str | None = None
        self._validity = Validity()
        self._remarks: list[Line] = []
        self._lines: list[Line] = []

    def lines(self, described: Described, now: float) -> list[Line]:
        """The document of an execution, with what a reader has to know about it above.

        Empty where the execution was read without its document.
        """
        text = described.execution.job_document
        if text is None:
            return []
        if self._text != text:
            self._text = text
            document = read_job_document(text)
            self._validity = validity_of(text)
            self._remarks = remarks(document)
            parts = known_parts(text)
            if parts is None:
                self._lines = document_lines(document.lines(masked=True, raw=False))
            else:
                self._lines = [told.line for told in parts_lines(parts, masked=True)]
        read_at = described.document_read_at or described.read_at
        told = list(self._remarks)
        if words := self._validity.words(now, in_minutes=True):
            told.append(line(Piece(words, validity_look(self._validity, now))))
        if now - read_at >= 60:
            told.append(line(Piece(f"fetched {coarse(now - read_at)} ago", "dim")))
        return [*told, *self._lines]


def validity_look(validity: Validity, now: float) -> str:
    """How pressing it is that presigned URLs run out."""
    ended = validity.expires_at is not None and validity.expires_at <= now
    return "alarm" if ended else "warning"


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
