"""In which order rows, and things, are shown: the one they come in, or by a column. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from jobs_tui.engine.fleet.standing import Standing
from jobs_tui.ui.views.rows import Row

REVERSED = ", reversed"

FLAGS = ("conflict", "overdue", "stuck", "due")
"""Why a row needs a person, the most urgent first."""

INFINITE = float("inf")


class Order(NamedTuple):
    """By which column, and whether the other way round; without a column, as they come."""

    column: str = ""
    reverse: bool = False

    def chosen(self, column: str) -> "Order":
        """What it becomes when a column is chosen: the same one again turns it round."""
        again = bool(column) and column == self.column
        return Order(column, again and not self.reverse)

    @property
    def words(self) -> str:
        """What is in force, for a title; empty for the order in which they come."""
        return f"by {self.column}{REVERSED if self.reverse else ''}" if self.column else ""


def _need_of_row(row: Row) -> int:
    if not row.flag:
        return len(FLAGS) + 1
    return FLAGS.index(row.flag) if row.flag in FLAGS else len(FLAGS)


def _age_of_row(row: Row) -> float:
    summary = row.summary
    return summary.started_at or summary.queued_at or INFINITE


ROW_COLUMNS: Mapping[str, Callable[[Row], Any]] = {
    "job id": lambda row: row.summary.job_id.lower(),
    "status": lambda row: row.status,
    "version": lambda row: row.summary.version_number or 0,
    "age": _age_of_row,
    "needs": _need_of_row,
}
"""By what rows are sorted: the oldest and the most urgent first."""

THING_COLUMNS: Mapping[str, Callable[[Standing], Any]] = {
    "thing": lambda standing: standing.thing_name.lower(),
    "in progress": lambda standing: -standing.in_progress,
    "queued": lambda standing: -standing.queued,
    "oldest": lambda standing: standing.oldest or INFINITE,
}
"""By what things are sorted: the most, and the oldest, first; what they need is their own order."""


def in_order(rows: tuple[Row, ...], order: Order) -> tuple[Row, ...]:
    """The rows by a column; what is alike there stays in the order in which it comes."""
    key = ROW_COLUMNS.get(order.column)
    return rows if key is None else tuple(sorted(rows, key=key, reverse=order.reverse))


def things_in_order(
    names: tuple[str, ...], standing: Callable[[str], Standing], order: Order
) -> tuple[str, ...]:
    """The same for things, of which only the names are listed."""
    key = THING_COLUMNS.get(order.column)
    if key is None:
        return names
    return tuple(sorted(names, key=lambda name: key(standing(name)), reverse=order.reverse))
