"""One change of many executions as lines: what it would do, how far it is, what came of each."""

from collections import Counter
from collections.abc import Sequence

from jobs_tui.engine.bulk import Planned, Wish, sendable
from jobs_tui.engine.bulk_run import BulkRow, BulkRun
from jobs_tui.engine.change import ChangeState
from jobs_tui.ui.terminal.lines import Line, Piece, cut_inside, line, padded, spread, wrapped
from jobs_tui.ui.views.bars import NARROW, ROOMY
from jobs_tui.ui.views.changes import outcome_words
from jobs_tui.ui.views.fleet_totals import cells_of
from jobs_tui.ui.views.outlook import CHOOSE_FIRST

WRONG_FIRST = "Nothing is sent while a field is wrong"
ARROW = "\u2192"
STEP_WIDTH = len("IN_PROGRESS v9 \u2192 IN_PROGRESS ")
STATE_WIDTH = len("not confirmable ")
NOT_BEGUN, NOT_SENT = "not begun", "not sent"

HELD = (ChangeState.WAITING, ChangeState.DROPPED)
"""The states of what was not sent, unless it is in doubt."""

BAR_PARTS = (("\u2588", "good"), ("\u2584", "alarm"), ("\u2582", "warning"), ("\u00b7", "dim"))
"""Sign and look of what is confirmed, what ended otherwise, is under way, and is not begun."""


def planned_lines(planned: Sequence[Planned], wish: Wish | None, width: int) -> list[Line]:
    """A line for each execution; more where there is little room, or a reason to tell."""
    lines: list[Line] = []
    room = width - STEP_WIDTH - 2
    for each in planned:
        subject = f"{each.key.thing_name} / {each.key.job_id}"
        details = ""
        if each.problem:
            reason = line(Piece(f"  left out: {each.problem}", "warning"))
            lines += [*wrapped(line(subject), width), *wrapped(reason, width, words=True)]
            continue
        if each.seen is None:
            told = [Piece("reading \u2026", "dim")]
        else:
            version = "" if each.seen.version_number is None else f" v{each.seen.version_number}"
            told = [Piece(f"{each.seen.status}{version}")]
            if wish is not None:
                told += [Piece(f" {ARROW} "), Piece(wish.status, "strong")]
                details = _own_details_words(each, wish)
        if width < NARROW:
            lines += [*wrapped(line(subject), width), line("  ", *told)]
        else:
            lines.append(line(Piece(padded(cut_inside(subject, room), room)), "  ", *told))
        if details:
            lines += wrapped(line(Piece(f"  {details}", "dim")), width, words=True)
    return lines


def plan_words(planned: Sequence[Planned], wish: Wish | None, *, chosen: bool) -> str:
    """How many requests go out, and how many executions are left out.

    Args:
        planned: what would become of each.
        wish: None while something is wrong, or no status is chosen.
        chosen: whether one is.
    """
    without = sum(bool(each.problem) for each in planned)
    rest = f"; {without} of {len(planned)} left out" if without else ""
    if wish is None:
        return f"{WRONG_FIRST if chosen else CHOOSE_FIRST}{rest}"
    count = len(sendable(planned))
    requests = "1 request goes" if count == 1 else f"{count} requests go"
    return f"Enter: {requests} out, UpdateJobExecution to {wish.status}{rest}"


def details_words(typed: int, *, replaces: bool) -> str:
    """What becomes of the status details of each."""
    if not typed:
        return "each keeps its own; none are sent"
    if replaces:
        return "all others of each are dropped; only these are sent"
    return "added to each one's own, which are sent again with them"


def replace_words(*, replaces: bool) -> tuple[str, str]:
    """What the button about the other details would do: its label, and what Enter does on it."""
    if replaces:
        return "Keep other details", "enter keeps the other details of each"
    return "Drop other details", "enter drops the other details of each"


def _own_details_words(planned: Planned, wish: Wish) -> str:
    """What becomes of the details that one execution has; nothing where it has none to lose."""
    if planned.seen is None or planned.request is None or not wish.details:
        return ""
    own = planned.seen.status_details
    if planned.request.status_details is None:
        return "has these details already: none are sent"
    others = ", ".join(name for name in own if name not in wish.details)
    changed = ", ".join(name for name in own if wish.details.get(name, own[name]) != own[name])
    words = []
    if others:
        words.append(f"drops {others}" if wish.replaces else f"keeps {others}")
    if changed:
        words.append(f"overwrites {changed}")
    return "; ".join(words)


def result_line(row: BulkRow, width: int, *, selected: bool, stopped: bool) -> Line:
    """One execution, what it was and was to become, and what came of that."""
    seen, request = row.planned.seen, row.planned.request
    step = ""
    if width >= NARROW and seen is not None and request is not None:
        step = padded(f"{seen.status} v{seen.version_number} {ARROW} {request.status}", STEP_WIDTH)
    state_width = width // 3 if width >= ROOMY else STATE_WIDTH
    subject = f"{row.planned.key.thing_name} / {row.planned.key.job_id}"
    room = width - len("\u25b6 ") - len(step) - state_width - 1
    state = row.state
    words = str(state) if state else NOT_SENT if stopped else NOT_BEGUN
    if row.change is not None and width >= ROOMY:
        words = outcome_words(row.change)
    return line(
        "\u25b6 " if selected else "  ",
        Piece(padded(cut_inside(subject, room), max(1, room)) + " "),
        Piece(step, "dim"),
        Piece(padded(words, state_width), _look(state)),
        look="cursor" if selected else "",
    )


def progress_line(rows: Sequence[BulkRow], width: int) -> Line:
    """A bar to scale, and how many have come to an end."""
    ended = [row for row in rows if row.state is not None and row.state.settled]
    good = sum(row.state is ChangeState.CONFIRMED for row in ended)
    begun = sum(row.begun for row in rows)
    numbers = (good, len(ended) - good, begun - len(ended), len(rows) - begun)
    told = f"  {len(ended)} of {len(rows)} "
    shares = cells_of(numbers, max(0, min(60, width - len(told) - 1)))
    bar = [
        Piece(sign * share, look)
        for (sign, look), share in zip(BAR_PARTS, shares, strict=True)
        if share
    ]
    return line(" ", *bar, told)


def run_title(run: BulkRun, rows: Sequence[BulkRow], width: int) -> Line:
    """The line above the bar: what is done, and how it stands."""
    request = rows[0].planned.request if rows else None
    wish = f"  {len(rows)} to {request.status}" if request else ""
    word, look = "sending", "progress"
    if run.ended and any(row.state is not None and not row.state.settled for row in rows):
        word, look = "not all settled yet", "warning"
    elif run.ended:
        word, look = ("stopped", "warning") if _unsent(rows) else ("done", "good")
    elif run.stopped:
        word, look = "stopping", "warning"
    left = (Piece(" change of marked", "strong"), Piece(wish))
    return Line(spread(left, (Piece(f"{word} ", look),), width).pieces, "bar")


def run_words(run: BulkRun, rows: Sequence[BulkRow]) -> str:
    """What was done: how many were sent, and how each of those stands."""
    unsent = _unsent(rows)
    words = "stopped: " if run.stopped and unsent else ""
    held = sum(row.state in HELD and not _in_doubt(row) for row in rows)
    words += f"{len(rows) - unsent - held} sent"
    if unsent:
        words += f", {unsent} {NOT_SENT if run.stopped or run.ended else NOT_BEGUN}"
    states = Counter(str(row.state) for row in rows if row.state is not None)
    return " \u00b7 ".join([words, *(f"{count} {state}" for state, count in states.items())])


def _unsent(rows: Sequence[BulkRow]) -> int:
    return sum(row.state in (None, ChangeState.NOT_RECORDED) for row in rows)


def _in_doubt(row: BulkRow) -> bool:
    return row.change is not None and row.change.in_doubt


def _look(state: ChangeState | None) -> str:
    if state is None:
        return "dim"
    if state.good:
        return "good"
    return "alarm" if state in (ChangeState.CONFLICT, ChangeState.REFUSED) else "warning"
