"""The line above a job document: how it is looked at, and until when what it holds is of use."""

from jobs_tui.ui.terminal.lines import Line, Piece
from jobs_tui.ui.views.document import Validity, validity_look
from jobs_tui.ui.views.durations import MINUTE, coarse

CHANGED = "changed since last opened: ="


def about_line(
    way: str,
    validity: Validity,
    now: float,
    read_at: float,
    *,
    masked: bool,
    changed: bool,
    in_minutes: bool,
) -> Line:
    """What is told of a document that is open; what matters most comes first.

    Args:
        way: How it is looked at.
        validity: Its presigned URLs.
        now: Service time, seconds since the epoch.
        read_at: Service time at which it was fetched.
        masked: Whether its secrets are hidden.
        changed: Whether it is another one than when it was last opened.
        in_minutes: Whether nothing is told in seconds.
    """
    told = [Piece(f" {way}", "strong")]
    if words := validity.words(now, in_minutes=in_minutes):
        told.append(Piece(words, validity_look(validity, now)))
    if changed:
        told.append(Piece(CHANGED, "warning"))
    if not masked:
        told.append(Piece("secrets shown", "warning"))
    if now - read_at >= MINUTE:
        told.append(Piece(f"fetched {coarse(now - read_at)} ago", "dim"))
    pieces = [piece for each in told for piece in (Piece(" \u00b7 ", "dim"), each)]
    return Line(tuple(pieces[1:]))
