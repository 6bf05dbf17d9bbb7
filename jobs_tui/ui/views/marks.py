"""Marks in words: how many there are, and how many of them stand for what has gone."""

from collections.abc import Collection

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.store import Store
from jobs_tui.ui.terminal.lines import Line, Piece, spread


def gone(store: Store, key: ExecutionKey) -> bool:
    """Whether a marked execution has left the pending list of its thing."""
    state = store.thing(key.thing_name)
    if state.pending is None or state.earlier_run:
        return False
    return all(state.key_of(summary) != key for summary in state.pending)


def marks_words(store: Store, keys: Collection[ExecutionKey], things: int = 1) -> str:
    """How many executions are marked, and of how many things if not of one; empty without any."""
    if not keys:
        return ""
    where = f" in {things} things" if things > 1 else ""
    left = sum(gone(store, key) for key in keys)
    return f"{len(keys)} marked{where}" + (f", {left} gone" if left else "")


def beside_notice(notice: Line, words: str, width: int) -> Line:
    """The status line with the number of marks at its right end."""
    if not words:
        return notice
    return spread(notice.pieces, (Piece(f"{words} ", "strong"),), width)
