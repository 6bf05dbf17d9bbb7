"""The help of a screen, drawn from its commands."""

from collections.abc import Iterable, Iterator

from jobs_tui.ui.terminal.lines import Line, Piece, line, padded, wrapped
from jobs_tui.ui.views.bars import NARROW, rule

KEYS_WIDTH = 20


def help_lines(
    title: str, entries: Iterable[tuple[str, str, str | None]], notes: Iterable[str], width: int
) -> list[Line]:
    """Keys, what each does, and why it cannot be used now where that is so."""
    closes = " \u00b7 enter or esc closes this" if width >= NARROW else ""
    lines = [rule(f"{title}{closes}", width), Line()]
    for keys, words, why_not in entries:
        lines += _entry(keys, words, why_not, width)
    lines.append(Line())
    for note in notes:
        lines += _under(" ", (note,), width)
    return lines


def _entry(keys: str, words: str, why_not: str | None, width: int) -> Iterator[Line]:
    reason = (Piece(f"not now: {why_not}", "warning"),) if why_not else ()
    if width < NARROW:
        yield line(Piece(f" {keys}", "key"))
        yield from _under("  ", (words, *reason), width)
        return
    begin = Piece(f" {padded(keys, KEYS_WIDTH)}", "key")
    margin = " " * (KEYS_WIDTH + 1)
    first, *rest = _under(margin, (Piece(words, "dim" if why_not else ""), *reason), width)
    yield line(begin, *first.pieces[1:])
    yield from rest


def _under(margin: str, pieces: Iterable[Piece | str], width: int) -> Iterator[Line]:
    """Each on lines of its own, all of them with this margin."""
    for piece in pieces:
        for row in wrapped(line(piece), max(1, width - len(margin)), words=True):
            yield line(margin, *row.pieces)
