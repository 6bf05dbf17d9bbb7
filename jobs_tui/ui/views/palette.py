"""What Enter does in the palette, told below the list."""

from jobs_tui.ui.terminal.lines import Line, Piece, spread
from jobs_tui.ui.views.bars import NARROW

NOTHING = "does nothing: nothing was found"


def enter_line(words: str, why_not: str | None, width: int) -> Line:
    """What it does on the row under the cursor.

    Args:
        words: what it does; empty where there is no such row.
        why_not: why that cannot be done now; then it is all that Enter tells.
        width: in cells.
    """
    told = Piece(f" {words[:1].lower()}{words[1:]}" if words else f" {NOTHING}")
    if why_not:
        told = Piece(f" only tells why not: {why_not}", "warning")
    right = (Piece("esc ", "key"), Piece("back ")) if width >= NARROW else ()
    return Line(spread((Piece(" enter", "key"), told), right, width).pieces, "bar")
