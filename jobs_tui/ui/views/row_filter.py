"""Which rows the panels show: by job id, status or need, as it is typed. Pure.

The words of a filter are all to be found in a row. Where no row has them as they stand, rows in
whose name their letters stand in this order are shown instead: so what is exact always wins, and
rows never have to be put in another order.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from jobs_tui.domain.alike import is_alike
from jobs_tui.domain.status import Status
from jobs_tui.ui.views.rows import Row

STATES = (
    *(status.lower() for status in Status),
    "overdue",
    "stuck",
    "due",
    "conflict",
    "gone",
)
"""Words for a state: where nothing is stuck, no name that has these letters is meant."""

LEAST_OF_A_STATE = 3
"""Letters from which on the beginning of such a word means the state."""

RowTest = Callable[[Row], bool]


class RowFilter(NamedTuple):
    """What was typed, where it holds, and whether only rows that need a person are wanted."""

    text: str = ""
    """Words: each is a part of what the row says; with `!` before it, it must not be there."""
    urgent: bool = False
    only_in: str | None = None
    """The thing in whose panel it holds; None for all panels."""

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return not self.urgent and not self._words

    @property
    def words(self) -> str:
        """What is wanted, in a few cells for the title of a panel; empty where everything is."""
        said = " ".join(self._words)
        return f"{'!' if self.urgent else ''}{f'/{said}' if said else ''}"

    def holds_in(self, thing_name: str) -> bool:
        """Whether it is about the panel of this thing."""
        return not self.empty and self.only_in in (None, thing_name)

    @property
    def can_be_alike(self) -> bool:
        """Whether any of the words could be meant letter by letter."""
        return any(not word.startswith("!") and not _is_state(word) for word in self._words)

    def test(self, *, alike: bool) -> RowTest:
        """Whether a row is shown; `alike` to find words in names letter by letter."""
        tests = [_has(word, everywhere=self.only_in is None, alike=alike) for word in self._words]
        if self.urgent:
            tests.append(lambda row: bool(row.flag))
        return lambda row: all(test(row) for test in tests)

    @property
    def _words(self) -> list[str]:
        return [word for word in self.text.lower().split() if word.strip("!")]


def needs_to_be_alike(wanted: RowFilter, rows: Iterable[Row]) -> bool:
    """Whether no row has the words as they stand, so that their letters are looked for."""
    if not wanted.can_be_alike:
        return False
    return not any(map(wanted.test(alike=False), rows))


def _has(word: str, *, everywhere: bool, alike: bool) -> RowTest:
    if word.startswith("!"):
        rest = _has(word[1:], everywhere=everywhere, alike=False)
        return lambda row: not rest(row)
    status = word.replace("-", "_")
    alike = alike and not _is_state(word)

    def test(row: Row) -> bool:
        names = [row.summary.job_id.lower()]
        if everywhere:
            names.append(row.key.thing_name.lower())
        said = "\n".join((*names, row.remark, row.flag)).lower()
        states = f"{row.status}\n{row.summary.status}".lower()
        if word in said or status in states:
            return True
        return alike and any(is_alike(word, name) for name in names)

    return test


def _is_state(word: str) -> bool:
    asked = word.replace("-", "_")
    return len(asked) >= LEAST_OF_A_STATE and any(each.startswith(asked) for each in STATES)
