"""What changed in a job document, as lines to read."""

from collections.abc import Sequence

from jobs_tui.domain.line_changes import changed_lines
from jobs_tui.ui.terminal.lines import Line, Piece, line

_LOOKS = {"-": "warning", "+": "good", " ": "", "~": "dim"}


def document_changes(before: Sequence[str], now: Sequence[str]) -> list[Line]:
    """The lines that were, by a minus, and those that are instead, by a plus."""
    return [
        line(Piece(f"  \u2026 {text}" if sign == "~" else f"{sign} {text}", _LOOKS[sign]))
        for sign, text in changed_lines(before, now)
    ]
