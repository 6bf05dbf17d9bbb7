"""The notices as lines, newest first, under the day on which they were told."""

from collections.abc import Sequence

from jobs_tui.engine.notices import Notice
from jobs_tui.ui.terminal.lines import Line, Piece, line, spread, wrapped
from jobs_tui.ui.views.bars import rule
from jobs_tui.ui.views.durations import moment

MARKER = "\u25b6"
INDENT = len("> 23:59:59 ! ")

Row = tuple[Line, Notice | None]
"""A line, and the notice that it is of."""


def notices_title(count: int, width: int) -> Line:
    """The line above them."""
    left = (Piece(" notices", "strong"), Piece("  what was told in this run, newest first", "dim"))
    right = (Piece(f"{count} " if count else "", "dim"),)
    return Line(spread(left, right, width).pieces, "bar")


def notices_rows(
    newest_first: Sequence[Notice], width: int, selected: Notice | None = None
) -> list[Row]:
    """Each with its time of day; a text is broken between words, and nothing of it is cut off.

    The one that is selected has a marker.
    """
    rows: list[Row] = []
    day_before = ""
    for notice in newest_first:
        day, _, time_of_day = moment(notice.at).removesuffix(" UTC").partition(" ")
        if day != day_before:
            rows.append((rule(f"{day} UTC", width), None))
            day_before = day
        lines = _lines_of(notice, time_of_day, width, marked=notice is selected)
        rows += [(each, notice) for each in lines]
    return rows or [(line(Piece("Nothing was told yet", "dim")), None)]


def _lines_of(notice: Notice, time_of_day: str, width: int, *, marked: bool) -> list[Line]:
    # a sign for who does not see the colour
    sign = "! " if notice.level in {"warning", "alarm"} else "  "
    text = line(Piece(notice.text, notice.level))
    first, *rest = wrapped(text, max(10, width - INDENT), words=True)
    begin = (
        Piece(f"{MARKER if marked else ' '} "),
        Piece(f"{time_of_day:<8} ", "cursor-name" if marked else "dim"),
        Piece(sign, notice.level),
    )
    margin = Piece(" " * INDENT)
    return [line(*begin, *first.pieces), *(line(margin, *each.pieces) for each in rest)]
