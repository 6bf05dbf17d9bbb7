"""As much of a text as there is room for; its last line tells what is missing, and by which key."""

from collections.abc import Sequence

from jobs_tui.ui.terminal.lines import Line, Piece, line


def paged(rows: Sequence[Line], first: int, height: int) -> tuple[list[Line], int]:
    """What shows of some rows in so many lines, and which of them is the first.

    All of them where there is room; else one line less, and what is above and below in the last.

    Args:
        rows: each of them fits into the width.
        first: the row that one would like to see first; the last page is always full.
        height: two lines at least, or the words alone are seen.
    """
    if len(rows) <= height:
        return list(rows), 0
    room = max(0, height - 1)
    last = len(rows) - room
    first = max(0, min(first, last))
    told = " \u00b7 ".join(missing_words(first, last - first))
    return [*rows[first : first + room], line(Piece(told, "strong"))], first


def missing_words(above: int, below: int, *, short: bool = False) -> list[str]:
    """How many lines are out of sight below and above, with the keys that bring them."""
    lines = "" if short else " line" if below == 1 else " lines"
    more = f"{below} more{lines}, pgdn"
    return [*([more] if below else []), *([f"{above} above, pgup"] if above else [])]
