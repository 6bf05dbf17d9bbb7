"""An execution and its job document as lines to read."""

import re
from collections.abc import Iterator

from jobs_tui.domain.job_document import JobDocument
from jobs_tui.domain.presigned_url import presigned_urls
from jobs_tui.domain.status import Status
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.durations import coarse, exact, moment

NAME_WIDTH = 22

_MEMBER = re.compile(r'(\s*)("(?:[^"\\]|\\.)*")(\s*:\s*)(.*)')


def execution_lines(described: Described, now: float) -> list[Line]:
    """Every member that DescribeJobExecution returned, and the status details."""
    execution = described.execution
    status_look = "progress" if execution.status is Status.IN_PROGRESS else "strong"
    lines = [
        _member("thing", execution.thing_name),
        _member("job", execution.job_id),
        _member("status", execution.status, status_look),
        _member("version number", _number(execution.version_number)),
        _member("execution number", _number(execution.execution_number)),
    ]
    for name, at in (
        ("queued", execution.queued_at),
        ("started", execution.started_at),
        ("last updated", execution.last_updated_at),
    ):
        if at is not None:
            lines.append(_member(name, f"{moment(at)}  ({coarse(max(0.0, now - at))} ago)"))
    if described.deadline is not None:
        left = described.deadline - now
        words = f"in {coarse(left)}" if left > 0 else f"{exact(-left)} ago, by the timer"
        lines.append(_member("times out", words, "" if left > 0 else "alarm"))
    lines.append(Line())
    lines.append(line(Piece("status details", "strong")))
    if not execution.status_details:
        lines.append(line(Piece("  none", "dim")))
    lines += [
        line("  ", Piece(f"{name:<{NAME_WIDTH - 2}}", "name"), Piece(value))
        for name, value in execution.status_details.items()
    ]
    return lines


def document_lines(
    document: JobDocument, read_at: float, now: float, *, masked: bool, raw: bool
) -> list[Line]:
    """The job document, with what a reader has to know about it above."""
    return [
        *_remarks(document, read_at, now),
        *(_json_line(text) for text in document.lines(masked=masked, raw=raw)),
    ]


def _remarks(document: JobDocument, read_at: float, now: float) -> Iterator[Line]:
    if document.problem is not None:
        yield line(Piece(f"shown as received: {document.problem}", "warning"))
    if document.warning is not None:
        yield line(Piece(document.warning, "warning"))
    expiries = [url.expires_at for url in presigned_urls(document.raw) if url.expires_at]
    if expiries:
        left = min(expiries) - now
        if left > 0:
            yield line(Piece(f"presigned URL: valid for {coarse(left)} more", "warning"))
        else:
            yield line(Piece("presigned URL: no longer valid; f fetches a new one", "alarm"))
    if now - read_at >= 60:
        yield line(Piece(f"fetched {coarse(now - read_at)} ago", "dim"))


def _json_line(text: str) -> Line:
    if len(text) > 2000:
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


def _member(name: str, value: str, look: str = "") -> Line:
    return line(Piece(f"{name:<{NAME_WIDTH}}", "dim"), Piece(value, look))


def _number(number: int | None) -> str:
    return "not told" if number is None else str(number)
