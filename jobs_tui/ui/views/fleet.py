"""The list of all things: one line for each, and the heading of its columns."""

from typing import NamedTuple

from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.engine.fleet.standing import Need, Standing
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.terminal.lines import (
    Line,
    Piece,
    cells,
    cut,
    cut_inside,
    line,
    padded,
    padded_left,
)
from jobs_tui.ui.views.durations import MINUTE, coarse
from jobs_tui.ui.views.panel import MARK, failure_word

MARKER = "\u25b6"
PIN = "\u2022"
THUMB = "\u2590"
"""Half a cell: where in the whole list the lines in sight are."""

ROOMY = 60
"""Columns from which on there is room for the age of the oldest execution."""

NAME_MIN = 14
REMARK_MIN = 22
"""What a name leaves for what is to be said of its thing, where it can be cut."""

REMARK_FULL = 42
"""Room for most of what can be said of a thing, in full."""

AT_EASE = (4, 5, 8, 9, 2, 2)
"""Cells for the marks, in progress, queued, the oldest, a gap, and the indicator at the edge."""

CRAMPED = (3, 3, 4, 0, 1, 1)
"""The same on narrow screens."""

NOT_ASKED = "not asked yet"


class Recency(NamedTuple):
    """How recent what is known of a thing is, and how it is asked."""

    answered_at: float | None
    """Service time of its latest answer; None before the first."""
    live_for: float
    """Seconds for which an answer counts as the latest round's."""
    paused: bool = False
    """Whether it is asked only on demand."""
    interval: float | None = None
    """Seconds until it is asked again, where that is longer than usual."""
    earlier_run: bool = False
    """Whether the answer is one of an earlier run."""


class Columns(NamedTuple):
    """How many cells each column has."""

    marks: int
    """For the cursor, the pin and the mark."""
    name: int
    in_progress: int
    queued: int
    oldest: int
    """0 where there is no room for it."""
    gap: int
    remark: int
    thumb: int


class Marks(NamedTuple):
    """What a line of the list says beside the state of its thing."""

    selected: bool = False
    focused: bool = True
    """Whether the keys go to the list; the cursor is told in any case."""
    pinned: bool = False
    thumb: bool = False
    """Whether the indicator of what is in sight is beside it."""
    marked: bool = False
    """Whether executions of the thing are marked."""


def columns(width: int, usual_name: int, longest_name: int = 0) -> Columns:
    """Share out the width: the same for all things, so that nothing shifts while one scrolls.

    Args:
        width: of the whole list, in cells.
        usual_name: cells in which nearly all names fit, so that all do not pay for a few.
        longest_name: cells of the longest one, for lists with room for it as well.
    """
    others = AT_EASE if width >= ROOMY else CRAMPED
    marks, in_progress, queued, oldest, gap, thumb = others
    room = max(2, width - sum(others))
    name = min(usual_name, max(room - REMARK_MIN, room * 2 // 5))
    if longest_name <= room - REMARK_FULL:
        name = max(name, longest_name)
    name = min(max(NAME_MIN, name), room - 1)
    return Columns(marks, name, in_progress, queued, oldest, gap, room - name, thumb)


def heading_line(shown: Columns, order: str = "") -> Line:
    """What the columns are, and the order in force where that is not the one by need."""
    if shown.oldest:
        over, rest = shown.name + shown.in_progress, padded_left("queued ", shown.queued)
        words = "in progress"
    else:
        over, rest = shown.name + shown.in_progress + shown.queued, ""
        words = "progress/queued"
    return line(
        " " * shown.marks,
        padded("thing", over - len(words)) + words,
        rest,
        padded_left("oldest" if shown.oldest else "", shown.oldest),
        " " * shown.gap,
        cut(f"needs \u00b7 {order}" if order else "needs", shown.remark),
        look="dim",
    )


def thing_line(
    standing: Standing, recency: Recency, now: float, shown: Columns, marks: Marks
) -> Line:
    """How one thing stands, at service time `now`, in exactly the width of the columns."""
    known = standing.need is not Need.UNKNOWN and recency.answered_at is not None
    in_progress = str(standing.in_progress) if known else ""
    # the plus has a cell of its own, so that the figures stand below one another
    queued = f"{standing.queued}{'+' if standing.capped else ' '}" if known else ""
    oldest = "" if standing.oldest is None else coarse(max(0.0, now - standing.oldest))
    return line(
        padded(MARKER if marks.selected else "", shown.marks - 2),
        Piece(f"{PIN if marks.pinned else ' '}{MARK if marks.marked else ' '}", "key"),
        Piece(
            padded(cut_inside(standing.thing_name, shown.name), shown.name),
            _name_look(standing.need),
        ),
        Piece(padded_left(in_progress, shown.in_progress), "" if standing.in_progress else "dim"),
        Piece(padded_left(queued, shown.queued), "" if standing.queued else "dim"),
        Piece(padded_left(oldest, shown.oldest), "dim"),
        " " * shown.gap,
        *_remark(standing, recency, now, shown.remark),
        Piece(padded_left(THUMB if marks.thumb else "", shown.thumb), "dim"),
        look=("cursor" if marks.focused else "title") if marks.selected else "",
    )


def nothing_line(wanted: FleetFilter, things: int, width: int) -> Line:
    """That a filter lets nothing through, and how to leave it; the filter may be foreign text."""
    if not things:
        return line(Piece(cut("  there is no thing to watch", width), "dim"))
    text = wanted.text.strip()
    if not text:
        words = f"  nothing needs attention: {key_of('only-urgent', '!')} shows all things, esc too"
    elif wanted.urgent:
        words = f"  nothing that needs attention matches {text}: esc shows all things"
    else:
        words = f"  nothing matches {text}: esc shows all things"
    return line(Piece(cut(words, width), "dim"))


def need_words(standing: Standing, now: float) -> tuple[tuple[str, str, str], ...]:
    """Everything for which a thing needs a person, each in words and in ever fewer words."""
    words = []
    if standing.conflicts:
        words.append(_alike(_count(standing.conflicts, "conflict")))
    if standing.overdue:
        late = _since(standing.deadline, now)
        count = "overdue" if standing.overdue == 1 else f"{standing.overdue} overdue"
        words.append((f"{count}, by {late}", f"{count} {late}", count))
    if silent := standing.stuck - standing.overdue:
        long = _since(standing.longest_silence, now)
        count = f"{silent} stuck"
        words.append((f"{count}, {long} without update", f"{count} {long}", count))
    if standing.need is Need.DUE and standing.deadline is not None:
        left = coarse(max(0.0, standing.deadline - now))
        words.append((f"times out in {left}", f"due in {left}", "due"))
    if standing.failure is not None:
        words.append(_alike(failure_word(standing.failure)))
    return tuple(words)


def recency_words(standing: Standing, recency: Recency, now: float) -> tuple[str, str]:
    """How old what is known of a thing is, where it is not live; and the look of it."""
    if recency.answered_at is None:
        return ("", "") if standing.failure is not None else (NOT_ASKED, "dim")
    age = coarse(max(0.0, now - recency.answered_at))
    if standing.failure is not None or recency.earlier_run:
        return f"stale {age}", "warning"
    live = now - recency.answered_at <= recency.live_for
    if recency.paused:
        return ("paused", "warning") if live else (f"paused, {age} old", "warning")
    if not live:
        return f"{age} old", "warning"
    return ("", "") if recency.interval is None else (f"every {_every(recency.interval)}", "dim")


def _name_look(need: Need) -> str:
    if need.urgent:
        return "strong"
    return "dim" if need >= Need.QUIET else ""


def _remark(
    standing: Standing, recency: Recency, now: float, width: int
) -> tuple[Piece, Piece, Piece]:
    """What a thing needs and how old that is, in as many words as fit, exactly so wide."""
    # what only an earlier run was told had come so far when it was told
    as_of = recency.answered_at if recency.earlier_run else None
    needs = need_words(standing, now if as_of is None else as_of)
    told, look = recency_words(standing, recency, now)
    if not needs:
        return Piece("  "), Piece(padded(told, width - 2), look), Piece("")
    room = width - 2
    full, brief, least = (" \u00b7 ".join(each) for each in zip(*needs, strict=True))
    age = f" \u00b7 {told}" if told else ""
    for words, shown_age in ((full, age), (brief, age), (full, ""), (brief, ""), (least, "")):
        if cells(words) + cells(shown_age) <= room:
            break
    words = cut(words, room)
    return (
        Piece("! ", "alarm"),
        Piece(words, "warning" if standing.need is Need.DUE else "alarm"),
        Piece(padded(shown_age, room - cells(words)), look),
    )


def _count(number: int, noun: str) -> str:
    return noun if number == 1 else f"{number} {noun}s"


def _alike(words: str) -> tuple[str, str, str]:
    return words, words, words


def _since(moment: float | None, now: float) -> str:
    return coarse(max(0.0, now - (now if moment is None else moment)))


def _every(seconds: float) -> str:
    if seconds >= 2 * MINUTE:
        return coarse(seconds)
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.2g} s"
