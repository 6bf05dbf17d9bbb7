"""A panel: the lines that show one thing, in the height that it is given."""

from collections.abc import Container
from typing import NamedTuple

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.outcome import (
    Failure,
    NotAllowed,
    NotConfirmed,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.status import Status
from jobs_tui.engine.thing_state import ThingState
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.terminal.lines import (
    Line,
    Piece,
    cut,
    line,
    padded,
    padded_left,
    spread,
    width_of,
    wrapped,
)
from jobs_tui.ui.views.durations import coarse, short
from jobs_tui.ui.views.rows import Row

STATUS_WIDTH = 13
VERSION_WIDTH = 4
AGE_WIDTH = 7
FLAG_WIDTH = len(" ! overdue ")
"""The room that is kept free on narrow screens for why a row needs a person."""

MARKER = "\u25b6"
MARK = "*"
"""Before the name of a row that is marked; the key that marks all in the panel."""
JOB_ID_WIDTH_MIN = 12
JOB_ID_WIDTH_MAX = 32
REMARK_MIN = 6
"""Cells below which a remark would tell nothing."""
SMALLEST_WINDOW = 2
ROOMY = 60
"""Columns from which on version and age are shown beside the status."""

PARAGRAPH_MAX = 3
"""Lines of one message in a panel."""

UNKNOWN_LOOKS_THE_SAME = " (an unknown thing name gets the same answer)"
CAPPED = "{} listed, there may be more"
ALL_HIDDEN = "none of these is shown; esc shows all"
"""In the panel with the focus, while a filter is in force that it has no row for."""

_STATUS_LOOKS = {Status.IN_PROGRESS: "progress", Status.SUCCEEDED: "good", Status.FAILED: "alarm"}


class Freshness(NamedTuple):
    """What tells a panel whether its data is from the latest round."""

    now: float
    """Service time, seconds since the epoch."""
    paused: bool
    live_for: float
    """Seconds for which an answer counts as the latest round's."""
    endpoint: str = ""
    """Who says which endpoint is asked: given, discovered or default."""
    waits_for: str = ""
    """What opening the link to the service waits for, and how long it has."""
    interval: float | None = None
    """Seconds until it is asked again, where that is longer than usual."""
    coarse: bool = False
    """Whether its age is told in minutes at the least, so that it seldom changes."""

    def words(self, seconds: float) -> str:
        """An age, or an interval."""
        return coarse(seconds) if self.coarse else short(seconds)


class PanelLines(NamedTuple):
    """The lines of a panel and which execution each of them stands for."""

    lines: tuple[Line, ...]
    keys: tuple[ExecutionKey | None, ...]


class Panel(NamedTuple):
    """All that a panel has to show, before it is known how much room there is."""

    title: Line
    body: "_Body"
    selected: ExecutionKey | None
    """The row that must be among those that show."""

    @property
    def height_needed(self) -> int:
        """How many lines it takes to show everything."""
        return 1 + len(self.body)

    def lines(self, height: int) -> PanelLines:
        """The panel, exactly `height` lines high."""
        room = height - 1
        body = self.body if len(self.body) <= room else _window(self.body, self.selected, room)
        body = body + [(Line(), None)] * (room - len(body))
        shown = ((self.title, None), *body)
        return PanelLines(tuple(each[0] for each in shown), tuple(each[1] for each in shown))


def panel(
    state: ThingState,
    rows: tuple[Row, ...],
    selected: int | None,
    freshness: Freshness,
    width: int,
    *,
    focused: bool,
    marked: Container[ExecutionKey] = (),
    told: str = "",
    hidden: int = 0,
) -> Panel:
    """The panel of a thing.

    `selected` is the row that the cursor is on, or None in a panel without it; `marked` are the
    executions that are to be changed together; `told` is what the title says of a filter and an
    order in force, and `hidden` how many rows the filter hides.
    """
    return Panel(
        title=_title(state, freshness, width, told, focused=focused),
        body=_body(state, rows, selected, width, marked, focused=focused, hidden=hidden),
        selected=rows[selected].key if rows and selected is not None else None,
    )


def freshness_words(state: ThingState, freshness: Freshness) -> tuple[str, str]:
    """How old a panel's data is and why, and the look of it."""
    failure = state.failure
    if state.answered_at is None:
        return (
            (failure_word(failure), "alarm")
            if failure
            else (freshness.waits_for or "loading", "dim")
        )
    age = max(0.0, freshness.now - state.answered_at)
    told = freshness.words(age)
    seldom = f", every {freshness.words(freshness.interval)}" if freshness.interval else ""
    if failure is not None:
        return f"stale {told}: {failure_word(failure)}", "alarm"
    if state.earlier_run:
        return f"stale {told}: from the last run", "warning"
    if age <= freshness.live_for:
        return ("paused", "warning") if freshness.paused else (f"live{seldom}", "good")
    if freshness.paused:
        return f"paused, {told} old", "warning"
    return f"{told} old{seldom}", "warning"


def _title(
    state: ThingState, freshness: Freshness, width: int, told: str, *, focused: bool
) -> Line:
    words, look = freshness_words(state, freshness)
    mark = "\u25be " if focused else "\u25b8 "
    # what is filtered tells how many there are as well, and that matters more
    left = (Piece(mark), Piece(state.thing_name, "strong"), Piece(f"  {told or _counts(state)}"))
    right: tuple[Piece, ...] = (Piece(words, look), Piece(" "))
    # what is dim cannot be read on the colour of the focus
    faint = "" if focused else "dim"
    source = Piece(f"  {freshness.endpoint} endpoint \u00b7 " if freshness.endpoint else "", faint)
    if width_of([*left, source, *right]) <= width:
        right = (source, *right)
    return Line(
        spread(left, right, width).pieces,
        "title-focused" if focused else "title",
    )


def _counts(state: ThingState) -> str:
    if state.pending is None:
        return ""
    in_progress, queued = len(state.pending.in_progress), len(state.pending.queued)
    return f"{in_progress} in progress \u00b7 {queued} queued"


def failure_word(failure: Failure) -> str:
    """How the latest round with a thing failed, in a word or two."""
    match failure:
        case Unreachable():
            return "unreachable"
        case Throttled():
            return "throttled"
        case NotAllowed():
            return "not allowed"
        case NotConfirmed():
            return "no valid answer"
        case _:
            return "refused"


_Body = list[tuple[Line, ExecutionKey | None]]


def _body(
    state: ThingState,
    rows: tuple[Row, ...],
    selected: int | None,
    width: int,
    marked: Container[ExecutionKey],
    *,
    focused: bool,
    hidden: int,
) -> _Body:
    body: _Body = []
    if state.failure is not None:
        body += _paragraph(f"! {state.failure.reason}", "alarm", 2, width)
        body += _paragraph(state.failure.advice, "dim", 4, width)
    if state.pending is not None and not rows and not hidden:
        doubt = "" if state.ever_listed else UNKNOWN_LOOKS_THE_SAME
        next_step = f"; {key_of('refresh-panel', 'r')} asks again"
        if width < ROOMY:
            # the first line may be all that shows
            body += _paragraph(f"No pending jobs{next_step}", "dim", 2, width)
            body += _paragraph(doubt.strip(), "dim", 2, width)
        else:
            body += _paragraph(f"No pending jobs{doubt}{next_step}", "dim", 2, width)
    if not rows and hidden and focused:
        body += _paragraph(ALL_HIDDEN, "dim", 2, width)
    body += [
        (_row(row, _cursor(index == selected, focused), width, row.key in marked), row.key)
        for index, row in enumerate(rows)
    ]
    if state.pending is not None and state.pending.capped:
        body += _paragraph(CAPPED.format(len(state.pending)), "dim", 2, width)
    return body


def _cursor(selected: bool, focused: bool) -> str:  # noqa: FBT001
    if not selected:
        return ""
    return "cursor-name" if focused else "resting-name"


def _paragraph(text: str, look: str, indent: int, width: int) -> _Body:
    """A text of its own over as many lines as it needs, up to a few."""
    lines = list(wrapped(line(text), max(1, width - indent), words=True)) if text else []
    shown = [cut("".join(piece.text for piece in each.pieces), width) for each in lines]
    return [(line(Piece(" " * indent + words, look)), None) for words in shown[:PARAGRAPH_MAX]]


def _row(row: Row, cursor: str, width: int, marked: bool) -> Line:  # noqa: FBT001
    """A row; `cursor` is the look that the cursor gives its name, empty where that is not on it.

    On the whole row it would cost three times the bytes each time that it moves.
    """
    flag = f" ! {row.flag} " if row.flag else ""
    figures = ""
    if width >= ROOMY:
        age = padded_left(row.age, AGE_WIDTH)
        figures = f"{padded(row.version, VERSION_WIDTH)} {age}  "
    room = width - len(f"{MARKER} ") - STATUS_WIDTH - len(figures) - 2
    id_width = min(JOB_ID_WIDTH_MAX, max(JOB_ID_WIDTH_MIN, room * 2 // 5))
    id_width = max(1, min(id_width, room - FLAG_WIDTH))
    status = _STATUS_LOOKS.get(row.summary.status, "")
    if row.status != row.summary.status:
        status = "alarm" if row.status == Status.FAILED else "good" if row.left else "warning"
    name = padded(row.summary.job_id, id_width)
    remark_width = max(0, room - id_width - len(flag))
    remark = row.remark if remark_width >= REMARK_MIN else ""
    before = (MARKER if cursor else " ") + (MARK if marked else " ")
    return line(
        Piece(f"{before}{name}", cursor or ("" if row.left else "strong")),
        " ",
        Piece(padded(row.status, STATUS_WIDTH) + " ", status),
        figures,
        Piece(padded(remark, remark_width), "dim"),
        Piece(flag, "alarm"),
        look="dim" if row.left else "",
    )


def _window(body: _Body, selected: ExecutionKey | None, room: int) -> _Body:
    """As much as fits, the selected row in it, and how many rows do not show."""
    keys = [key for _, key in body]
    at = keys.index(selected) if selected is not None else 0
    if room < SMALLEST_WINDOW:
        return body[at : at + room]
    start = max(0, at - (room - 1) + 1)
    shown = body[start : start + room - 1]
    hidden = sum(key is not None for key in keys) - sum(key is not None for _, key in shown)
    if not hidden:
        return body[start : start + room]
    return [*shown, (line(Piece(f"    \u2026 {hidden} more", "dim")), None)]
