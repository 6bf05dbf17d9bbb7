"""The help of a screen, drawn from its commands."""

from collections.abc import Iterable

from jobs_tui.ui.terminal.lines import Line, Piece, line, padded, wrapped
from jobs_tui.ui.views.bars import NARROW, rule

KEYS_WIDTH = 20


def help_lines(
    title: str, entries: Iterable[tuple[str, str, str | None]], notes: Iterable[str], width: int
) -> list[Line]:
    """Keys, what each does, and why it cannot be used now where that is so."""
    closes = " \u00b7 enter or esc closes this" if width >= NARROW else ""
    lines = [rule(f"{title}{closes}", width), Line()]
    wide = width >= NARROW
    for keys, words, why_not in entries:
        told = [Piece(words, "dim" if why_not and wide else "")]
        told += [Piece(f"not now: {why_not}", "warning")] if why_not else []
        if wide:
            rows = [row for each in told for row in _indented(each, 1 + KEYS_WIDTH, width)]
            first = Piece(f" {padded(keys, KEYS_WIDTH)}", "key")
            lines += [Line((first, *rows[0].pieces[1:])), *rows[1:]]
        else:
            lines.append(line(Piece(f" {keys}", "key")))
            lines += [row for each in told for row in _indented(each, 2, width)]
    lines.append(Line())
    for note in notes:
        lines += _indented(Piece(note), 1, width)
    return lines


def _indented(text: Piece, indent: int, width: int) -> list[Line]:
    """A text over as many lines as it needs, each of them so far from the left."""
    rows = wrapped(line(text), max(1, width - indent), words=True)
    return [Line((Piece(" " * indent), *row.pieces)) for row in rows]
