"""The notices as lines, newest first, under the day on which they were told."""

from collections.abc import Sequence

from jobs_tui.engine.notices import Notice
from jobs_tui.ui.terminal.lines import Line, Piece, line, spread, wrapped
from jobs_tui.ui.views.bars import rule
from jobs_tui.ui.views.durations import moment

INDENT = len("23:59:59 ! ")


def notices_title(count: int, width: int) -> Line:
    """The line above them."""
    left = (Piece(" notices", "strong"), Piece("  what was told in this run, newest first", "dim"))
    right = (Piece(f"{count} " if count else "", "dim"),)
    return Line(spread(left, right, width).pieces, "bar")


def notices_lines(newest_first: Sequence[Notice], width: int) -> list[Line]:
    """Each with its time of day; a text is broken between words, and nothing of it is cut off."""
    lines: list[Line] = []
    day_before = ""
    for notice in newest_first:
        day, _, time_of_day = moment(notice.at).removesuffix(" UTC").partition(" ")
        if day != day_before:
            lines.append(rule(f"{day} UTC", width))
            day_before = day
        lines += _lines_of(notice, time_of_day, width)
    return lines or [line(Piece("Nothing was told yet", "dim"))]


def _lines_of(notice: Notice, time_of_day: str, width: int) -> list[Line]:
    # a sign for who does not see the colour
    sign = "! " if notice.level in {"warning", "alarm"} else "  "
    text = line(Piece(notice.text, notice.level))
    first, *rest = wrapped(text, max(10, width - INDENT), words=True)
    begin = Piece(f"{time_of_day:<8} ", "dim"), Piece(sign, notice.level)
    margin = Piece(" " * INDENT)
    return [line(*begin, *first.pieces), *(line(margin, *each.pieces) for each in rest)]
