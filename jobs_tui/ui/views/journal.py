"""The journal as lines: the list of changes, and everything about one of them."""

from collections.abc import Sequence

from jobs_tui.domain.description import JobExecution
from jobs_tui.engine.change import Attempt, Author, Change, ChangeState
from jobs_tui.ui.terminal.lines import Line, Piece, line, padded, spread, wrapped
from jobs_tui.ui.views.changes import outcome_words, preview
from jobs_tui.ui.views.durations import coarse, moment

LABEL_WIDTH = 14
AGE_WIDTH = 7
ROOMY = 120
"""Columns from which on a change is told with what it was based on, and why it ended so."""
_LOOKS = {
    ChangeState.CONFIRMED: "good",
    ChangeState.CONFLICT: "alarm",
    ChangeState.REFUSED: "alarm",
    ChangeState.DROPPED: "dim",
}


def journal_line(change: Change, now: float, width: int, *, selected: bool) -> Line:
    """One change in one line."""
    age = coarse(max(0.0, now - change.asked_at))
    subject = f"{change.thing_name} / {change.job_id or '$next'}"
    wish, wish_width, state_width = change.wish, 12, 16
    if width >= ROOMY and change.based_on is not None:
        wish = f"{change.based_on.status} \u2192 {wish}"
    if width >= ROOMY:
        wish_width, state_width = 26, width // 2
    room = width - len("\u25b6 ") - AGE_WIDTH - wish_width - state_width - len("   ")
    state = outcome_words(change) if width >= ROOMY else str(change.state)
    return line(
        "\u25b6 " if selected else "  ",
        Piece(padded(age, AGE_WIDTH) + " ", "dim"),
        padded(subject, max(12, room)) + " ",
        padded(wish, wish_width) + " ",
        Piece(padded(state, state_width), _LOOKS.get(change.state, "warning")),
        look="cursor" if selected else "",
    )


def journal_title(shown: int, width: int, problem: str) -> Line:
    """The line above the list."""
    right = Piece(f"{shown} latest " if shown else "", "dim")
    left = (Piece(" journal", "strong"), Piece("  changes, newest first", "dim"))
    if problem:
        left = (Piece(" journal", "strong"), Piece(f"  {problem}", "alarm"))
    return Line(spread(left, (right,), width).pieces, "bar")


def entry_lines(change: Change, width: int) -> list[Line]:
    """Everything that the journal holds of a change."""
    title = f"#{change.number}  {change.thing_name} / {change.job_id or '$next'}"
    lines = [
        line(Piece("Change ", "strong"), Piece(title, "strong")),
        *_wrapped("state", outcome_words(change), _LOOKS.get(change.state, "warning"), width),
        *_wrapped("asked", f"{moment(change.asked_at)} {author_words(change.author)}", "", width),
        *_wrapped("endpoint", change.endpoint, "", width),
        *_wrapped("seen", _seen(change.based_on), "", width),
    ]
    start, body = preview(change.request)
    lines += _wrapped("sends", f"{start} {body}", "", width)
    if change.standing is not None:
        lines += _wrapped("stands there", _seen(change.standing), "", width)
    lines.append(Line())
    if not change.attempts:
        lines.append(line(Piece("nothing was sent yet", "dim")))
    lines += [each for attempt in change.attempts for each in _attempt(attempt, width)]
    return lines


def author_words(author: Author) -> str:
    """Who asked for a change, and from where."""
    told = f"by {author.user or 'somebody'}@{author.host or 'this host'}"
    return f"{told} from {author.ssh_client}" if author.ssh_client else told


def _seen(execution: JobExecution | None) -> str:
    if execution is None:
        return "nothing pending"
    told = f"{execution.job_id} {execution.status}"
    if execution.version_number is not None:
        told += f", version {execution.version_number}"
    if execution.execution_number is not None:
        told += f", execution {execution.execution_number}"
    details = ", ".join(f"{name}={value}" for name, value in execution.status_details.items())
    return f"{told}, {details}" if details else told


def _attempt(attempt: Attempt, width: int) -> Sequence[Line]:
    told = f"{attempt.kind}, {attempt.outcome or 'no end recorded'}"
    for more in (attempt.reason, attempt.code, attempt.request_id and f"id {attempt.request_id}"):
        told += f"; {more}" if more else ""
    return _wrapped(moment(attempt.at)[11:19], told, "", width)


def _wrapped(label: str, text: str, look: str, width: int) -> list[Line]:
    room = max(10, width - LABEL_WIDTH)
    rows = [each.pieces for each in wrapped(line(Piece(text, look)), room, words=True)]
    return [
        Line((Piece(padded(label if index == 0 else "", LABEL_WIDTH), "dim"), *pieces))
        for index, pieces in enumerate(rows)
    ]
