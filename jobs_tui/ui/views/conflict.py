"""A conflict in three columns: what one saw, what stands there now, what one wanted."""

from collections.abc import Sequence
from itertools import zip_longest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.requests import CANCEL_STEP_TIMER, UpdateJobExecution
from jobs_tui.engine.change import Change, ChangeRequest
from jobs_tui.ui.forms.change_form import DetailRow, fill_update, rebased
from jobs_tui.ui.terminal.lines import Line, Piece, line, padded, wrapped
from jobs_tui.ui.views.changes import preview

LABEL_WIDTH = 14


def again(change: Change) -> ChangeRequest | None:
    """The same wish on what stands there now; None where that takes no change any more.

    Details that were not touched follow the other writer.
    """
    standing, request = change.standing, change.request
    if standing is None or standing.status.terminal:
        return None
    if not isinstance(request, UpdateJobExecution):
        return request
    seen: StatusDetails = change.based_on.status_details if change.based_on else {}
    wanted = seen if request.status_details is None else request.status_details
    rows = rebased(
        [DetailRow(name, value) for name, value in wanted.items()], seen, standing.status_details
    )
    minutes = request.step_timeout_in_minutes
    text = "" if minutes is None else f"{minutes}"
    return fill_update(standing, request.status, rows, text).sendable


def conflict_lines(change: Change, width: int) -> list[Line]:
    """What was seen, what stands, what was wanted; and what applying it now would send."""
    seen, standing = change.based_on, change.standing
    subject = f"{change.thing_name} / {change.job_id or 'next job'}"
    lines = [
        line(Piece("Conflict  ", "alarm"), Piece(subject, "strong")),
        *_paragraph(change.explanation, "warning", width),
        Line(),
        *_row("", ("you saw", "stands there", "you wanted"), width, "dim"),
    ]
    wished = str(change.wish)
    lines += _row("status", (_status(seen), _status(standing), wished), width)
    lines += _row("version", (_version(seen), _version(standing), ""), width)
    if isinstance(change.request, UpdateJobExecution):
        lines += _details(change, width)
    else:
        jobs = (seen.job_id if seen else "none", standing.job_id if standing else "none", "")
        lines += _row("job", jobs, width)
    minutes = change.request.step_timeout_in_minutes
    if minutes is not None:
        told = "cancel" if minutes == CANCEL_STEP_TIMER else f"{minutes} min"
        lines += _row("step timeout", ("", "", told), width)
    lines.append(Line())
    request = again(change)
    if request is None:
        told = "It takes no change any more."
        if standing is not None and standing.status.terminal:
            told = f"It has finished as {standing.status}: it takes no change any more."
        return [*lines, *_paragraph(told, "strong", width)]
    start, body = preview(request)
    lines += wrapped(line(Piece("Apply sends ", "strong"), start), width)
    return [*lines, *wrapped(line(body), width, words=True)]


def _details(change: Change, width: int) -> list[Line]:
    seen = change.based_on.status_details if change.based_on else {}
    standing = change.standing.status_details if change.standing else {}
    request = change.request
    wanted = seen if request.status_details is None else request.status_details
    names = dict.fromkeys([*seen, *standing, *wanted])
    return [
        each
        for name in names
        for each in _row(
            name, (seen.get(name, ""), standing.get(name, ""), wanted.get(name, "")), width
        )
    ]


def _row(label: str, columns: Sequence[str], width: int, look: str = "") -> list[Line]:
    """What another writer changed, and what the user did, stand out; the rest does not.

    Nothing is cut: what is too long for its column goes on below.
    """
    label_width = min(LABEL_WIDTH, max(6, width // 4))
    room = max(6, (width - label_width) // 3)
    before, now, wanted = columns
    looks = ("", "warning" if now != before else "", "dim" if wanted == before else "strong")
    blocks = [
        [Piece(padded(part, label_width), "dim") for part in _parts(label, label_width - 1)],
        *(
            [Piece(padded(part, room), look or each) for part in _parts(text, room - 1)]
            for text, each in zip(columns, looks, strict=True)
        ),
    ]
    widths = (label_width, room, room, room)
    return [
        line(*(piece or Piece(" " * each) for piece, each in zip(pieces, widths, strict=True)))
        for pieces in zip_longest(*blocks)
    ]


def _parts(text: str, width: int) -> list[str]:
    rows = wrapped(line(text), width, words=True)
    return ["".join(piece.text for piece in row.pieces) for row in rows]


def _paragraph(text: str, look: str, width: int) -> list[Line]:
    return list(wrapped(line(Piece(text, look)), max(1, width), words=True)) if text else []


def _status(execution: JobExecution | None) -> str:
    return "not known" if execution is None else str(execution.status)


def _version(execution: JobExecution | None) -> str:
    version = execution.version_number if execution else None
    return "" if version is None else f"{version}"
