"""The help of a screen, drawn from its commands."""

from collections.abc import Iterable, Iterator

from jobs_tui.ui.terminal.lines import Line, Piece, cells, line, padded, wrapped
from jobs_tui.ui.views.bars import NARROW, rule

KEYS_WIDTH = 20
NARROW_KEYS_WIDTH = 9


def help_lines(
    title: str, entries: Iterable[tuple[str, str, str | None]], notes: Iterable[str], width: int
) -> list[Line]:
    """Keys, what each does, and why it cannot be used now where that is so.

    What is told of a key is broken between words, and goes on below where it began.
    """
    closes = "enter or esc closes this" if width >= NARROW else "esc closes"
    lines = [rule(f"{title} \u00b7 {closes}", width), Line()]
    for keys, words, why_not in entries:
        lines += _entry(keys, words, why_not, width)
    lines.append(Line())
    lines += [line(" ", *row.pieces) for note in notes for row in _broken(Piece(note), width - 1)]
    return lines


def _entry(keys: str, words: str, why_not: str | None, width: int) -> Iterator[Line]:
    keys_width = KEYS_WIDTH if width >= NARROW else NARROW_KEYS_WIDTH
    room = width - keys_width - 1
    rows = list(_broken(Piece(words, "dim" if why_not else ""), room))
    if why_not:
        rows += _broken(Piece(f"not now: {why_not}", "warning"), room)
    if cells(keys) >= keys_width:
        # they have a line of their own
        yield line(Piece(f" {keys}", "key"))
        keys = ""
    for row in rows:
        yield line(Piece(f" {padded(keys, keys_width)}", "key"), *row.pieces)
        keys = ""


def _broken(piece: Piece, width: int) -> Iterator[Line]:
    return wrapped(line(piece), max(10, width), words=True)
