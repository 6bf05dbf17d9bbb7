"""Marks in words: how many there are, and how many of them stand for what has gone."""

from collections.abc import Iterable

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.store import Store
from jobs_tui.ui.terminal.lines import Line, Piece, spread


def gone(store: Store, key: ExecutionKey) -> bool:
    """Whether a marked execution has left the pending list of its thing."""
    state = store.thing(key.thing_name)
    if state.pending is None or state.earlier_run:
        return False
    return all(state.key_of(summary) != key for summary in state.pending)


def marks_words(store: Store, keys: Iterable[ExecutionKey]) -> str:
    """How many executions are marked; empty without any."""
    left = [gone(store, key) for key in keys]
    if not left:
        return ""
    return f"{len(left)} marked" + (f", {sum(left)} gone" if any(left) else "")


def beside_notice(notice: Line, words: str, width: int) -> Line:
    """The status line with the number of marks at its right end."""
    if not words:
        return notice
    return spread(notice.pieces, (Piece(f"{words} ", "strong"),), width)
