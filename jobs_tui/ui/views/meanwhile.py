"""Conflicts in the status line: which changes met another writer, and the key that leads there."""

from collections.abc import Sequence

from jobs_tui.engine.change import Change
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.terminal.lines import Line, Piece, cells, spread
from jobs_tui.ui.views.bars import Notice, notice_line


def subject(change: Change) -> str:
    """The execution that a change is about."""
    return f"{change.thing_name} / {change.job_id or '$next'}"


def several_words(conflicts: Sequence[Change]) -> str:
    """What the panels tell where several conflicts come at once."""
    first, *others = conflicts
    return (
        f"{len(conflicts)} conflicts: {subject(first)} and {len(others)} more; "
        f"{key_of('next-urgent', '.')} goes to the next one, "
        f"{key_of('change-status', 's')} decides"
    )


def status_line(notice: Notice | None, conflicts: Sequence[Change], width: int) -> Line:
    """The status line of a screen over the panels.

    Args:
        notice: what was told last; without one, the conflicts are told in full.
        conflicts: those that came meanwhile and are to be decided.
        width: in cells.
    """
    if not conflicts:
        return notice_line(notice, width)
    decides = f"{key_of('decide-conflict', '.')} decides"
    if notice is not None and notice.text:
        return spread(
            notice_line(notice, width).pieces, (_beside(conflicts, f", {decides}"),), width
        )
    first, *others = conflicts
    told = f"conflict at {subject(first)}: {first.wish} was not done"
    if others:
        told = f"{len(conflicts)} conflicts: {subject(first)} and {len(others)} more"
    return spread((Piece(f" ! {told}", "alarm"),), (Piece(f"{decides} ", "alarm"),), width)


def beside_typing(typing: Line, conflicts: Sequence[Change], width: int) -> Line:
    """A line that is typed in, with the conflicts beside it; their key would be text there."""
    if not conflicts:
        return typing
    return spread(typing.pieces, (_beside(conflicts, ""),), width)


def typing_margin(conflicts: Sequence[Change]) -> int:
    """How many cells of a line that is typed in they take."""
    return cells(_beside(conflicts, "").text) + 1 if conflicts else 0


def _beside(conflicts: Sequence[Change], key: str) -> Piece:
    many = f"{len(conflicts)} conflicts" if len(conflicts) > 1 else "conflict"
    return Piece(f"! {many}{key} ", "alarm")
