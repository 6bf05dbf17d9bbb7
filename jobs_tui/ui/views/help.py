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
    for keys, words, why_not in entries:
        if width < NARROW:
            lines.append(line(Piece(f" {keys}", "key")))
            for told, look in ((words, ""), (f"not now: {why_not}", "warning")):
                if told is words or why_not:
                    lines += wrapped(line(Piece(f"  {told}", look)), width, words=True)
            continue
        lines.append(
            line(Piece(f" {padded(keys, KEYS_WIDTH)}", "key"), words, look="dim" if why_not else "")
        )
        if why_not:
            lines.append(line(Piece(f" {' ' * KEYS_WIDTH}not now: {why_not}", "warning")))
    lines.append(Line())
    lines += [line(f" {note}") for note in notes]
    return lines
