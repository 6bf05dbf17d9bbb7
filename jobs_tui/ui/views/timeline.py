"""A timeline to scale: one bar with a letter for each mark, and what the letters mean below.

Where several marks fall on one column, a second bar shows that stretch closer, again to scale. The
scale holds still while time passes, so that only the mark for now moves, and seldom.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.durations import MINUTE, coarse, exact
from jobs_tui.ui.views.flowing import Entry, flowing

NOW, QUEUED, STARTED, OURS, UPDATE = "N", "Q", "S", "U", "u"
STEP_DEADLINE, DEADLINE, ENDED = "T", "D", "E"
SEVERAL = "*"

PAST, FUTURE = "\u2500", "."
GROWTH = 1.25
"""By what the scale is widened when the mark for now has reached its end."""
STEP_SECONDS = 30.0
"""How often the mark for now moves at most."""
SPARING_STEP_SECONDS = 60.0
"""The same where bytes are spared."""

_LOOKS = {NOW: "progress", DEADLINE: "warning", STEP_DEADLINE: "warning", SEVERAL: "key"}
WORTH_A_CLOSER_BAR = 5.0
"""Seconds; what is closer together is as good as one moment."""

_NARROWEST = 10


class Mark(NamedTuple):
    """Something that happened, or will, at a moment of service time."""

    at: float
    sign: str
    """One ASCII letter."""
    words: str


class _Bar(NamedTuple):
    """A stretch of time over so many columns."""

    start: float
    end: float
    columns: int

    def column(self, at: float) -> int:
        share = (at - self.start) / (self.end - self.start)
        return round(min(1.0, max(0.0, share)) * (self.columns - 1))


def timeline_lines(
    marks: Iterable[Mark], now: float, width: int, *, sparing: bool = False
) -> list[Line]:
    """The bar, what its letters mean, and a closer bar where letters fall on one column.

    Empty where there is nothing but now.
    """
    known = sorted(marks, key=_moment)
    if not known:
        return []
    drawn_at = _steady(known, now, SPARING_STEP_SECONDS if sparing else STEP_SECONDS)
    known = sorted([*known, Mark(drawn_at, NOW, "now")], key=_moment)
    columns = max(_NARROWEST, width - 2)
    whole = _bar(known, drawn_at, columns)
    bunches = _bunches(known, whole)
    lines = [_bar_line(known, whole, drawn_at), *_legend(known, bunches, now, columns)]
    close = next(
        (each for each in reversed(bunches) if each[-1].at - each[0].at >= WORTH_A_CLOSER_BAR), None
    )
    if close is not None:
        closer = _bar(close, drawn_at, columns)
        words = f"closer, one column is {_column_words(closer)}"
        lines += [line("  ", Piece(words, "dim")), _bar_line(close, closer, drawn_at)]
        lines += _together(_bunches(close, closer), columns)
    title = line(
        Piece("timeline", "strong"), Piece(f"  one column is {_column_words(whole)}", "dim")
    )
    return [title, *lines]


def _moment(mark: Mark) -> float:
    """What is of the same moment stays in the order in which it was given."""
    return mark.at


def _steady(marks: Sequence[Mark], now: float, step: float) -> float:
    """Now, in steps, but never before what has happened already."""
    past = [mark.at for mark in marks if mark.at <= now]
    return max(now // step * step, *past[-1:], marks[0].at)


def _bar(marks: Sequence[Mark], now: float, columns: int) -> _Bar:
    start, end = marks[0].at, marks[-1].at
    if end <= now:
        # the end moves along with time: it does so in leaps
        span = max(MINUTE, end - start)
        end = start + MINUTE * GROWTH ** math.ceil(math.log(span / MINUTE, GROWTH) - 1e-9)
    return _Bar(start, max(end, start + 1), columns)


def _bunches(marks: Sequence[Mark], bar: _Bar) -> list[list[Mark]]:
    """The marks that share a column with others."""
    by_column = (list(group) for _, group in groupby(marks, lambda mark: bar.column(mark.at)))
    return [group for group in by_column if len(group) > 1]


def _bar_line(marks: Sequence[Mark], bar: _Bar, now: float) -> Line:
    at_now = bar.column(now)
    signs: dict[int, str] = {}
    for mark in marks:
        column = bar.column(mark.at)
        signs[column] = SEVERAL if column in signs else mark.sign
    pieces = [Piece("  ")]
    for filled, group in groupby(range(bar.columns), lambda column: column in signs):
        run = list(group)
        if filled:
            pieces += [Piece(signs[column], _LOOKS.get(signs[column], "strong")) for column in run]
        else:
            past = run[0] < at_now
            pieces.append(Piece((PAST if past else FUTURE) * len(run), "" if past else "dim"))
    return Line(tuple(pieces))


def _legend(
    marks: Sequence[Mark], bunches: Sequence[Sequence[Mark]], now: float, width: int
) -> list[Line]:
    entries: list[Entry] = []
    for (sign, words), group in groupby(marks, lambda mark: (mark.sign, mark.words)):
        same = list(group)
        told = words
        if len(same) > 1:
            told = f"{words.replace('update', f'{len(same)} updates')}, the last"
        entries.append(
            (Piece(sign, _LOOKS.get(sign, "strong")), Piece(f" {told}{_when(same, now)}"))
        )
    return [*_indented(entries, width), *_together(bunches, width)]


def _together(bunches: Sequence[Sequence[Mark]], width: int) -> list[Line]:
    """Which letters each asterisk stands for."""
    entries: list[Entry] = []
    for number, bunch in enumerate(bunches, start=1):
        which = f"{number}. " if len(bunches) > 1 else ""
        runs = [(sign, len(list(group))) for sign, group in groupby(bunch, lambda mark: mark.sign)]
        signs = " ".join(sign if count == 1 else f"{count}{sign}" for sign, count in runs)
        entries.append(
            (Piece(which, "dim"), Piece(SEVERAL, "key"), Piece(f" {signs} in one column"))
        )
    return _indented(entries, width)


def _indented(entries: Iterable[Entry], width: int) -> list[Line]:
    return [Line((Piece("  "), *row.pieces)) for row in flowing(entries, width)]


def _when(marks: Sequence[Mark], now: float) -> str:
    at = marks[-1].at
    if marks[-1].sign == NOW:
        return ""
    return f" {coarse(now - at)} ago" if at <= now else f" in {coarse(at - now)}"


def _column_words(bar: _Bar) -> str:
    seconds = (bar.end - bar.start) / max(1, bar.columns - 1)
    return "<1 s" if seconds < 1 else exact(seconds)
