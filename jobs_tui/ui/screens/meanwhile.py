"""The conflicts that come while one reads something else."""

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.store import Store


class ConflictsMeanwhile:
    """Those that have come since it was made, until they are opened or decided."""

    def __init__(self, store: Store) -> None:
        """Begin to look; what is there already was told on the panels."""
        self._store = store
        self._seen = {change.number for change in _conflicts(store)}
        self._open: tuple[Change, ...] = ()

    @property
    def open(self) -> tuple[Change, ...]:
        """Those that are to be decided, oldest first."""
        return self._open

    def look(self) -> bool:
        """Look again; tells whether they are others now."""
        before = self._open
        self._open = tuple(
            each for each in _conflicts(self._store) if each.number not in self._seen
        )
        return self._open != before

    def opened(self, change: Change) -> None:
        """Tell of this one no more: it was looked at, and the journal keeps it."""
        self._seen.add(change.number)
        self.look()


def _conflicts(store: Store) -> list[Change]:
    """Changes in conflict that nothing was asked for after."""
    return [
        change
        for change in store.changes
        if change.state is ChangeState.CONFLICT and _is_latest(store, change)
    ]


def _is_latest(store: Store, change: Change) -> bool:
    key = ExecutionKey(change.thing_name, change.job_id or "", change.execution_number)
    return store.latest_change(key) in (None, change)
