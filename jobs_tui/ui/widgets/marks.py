"""Which executions are marked, over all panels."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from jobs_tui.domain.execution import ExecutionKey


class Marks:
    """A mark is on an execution, not on a row: it stays through every refresh until taken away."""

    def __init__(self) -> None:
        self._keys: dict[ExecutionKey, None] = {}
        self._last: ExecutionKey | None = None
        """Where a range begins."""

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[ExecutionKey]:
        """In the order in which they were marked."""
        return iter(self._keys)

    @property
    def things(self) -> frozenset[str]:
        """The things of which executions are marked."""
        return frozenset(key.thing_name for key in self._keys)

    def toggle(self, key: ExecutionKey) -> bool:
        """Mark it, or take its mark away; tells whether it is marked now. A range begins here."""
        self._last = key
        if key in self._keys:
            del self._keys[key]
            return False
        self._keys[key] = None
        return True

    def toggle_all(self, keys: Collection[ExecutionKey]) -> bool:
        """Mark all of these, or unmark them where all are marked; tells whether they are now."""
        if all(key in self._keys for key in keys):
            self.forget(keys)
            return False
        self._keys.update(dict.fromkeys(keys))
        return True

    def range_to(
        self, key: ExecutionKey, in_order: Sequence[ExecutionKey]
    ) -> Sequence[ExecutionKey] | None:
        """What lies between the row that was marked last and this one, both of them included.

        None where no range can begin: nothing was marked, or its row does not show any more.
        """
        if self._last is None or self._last not in in_order or key not in in_order:
            return None
        ends = sorted((in_order.index(self._last), in_order.index(key)))
        return in_order[ends[0] : ends[1] + 1]

    def mark(self, keys: Iterable[ExecutionKey]) -> None:
        """Mark all of these; a next range begins at the last one."""
        for key in keys:
            self._keys[key] = None
            self._last = key

    def forget(self, keys: Iterable[ExecutionKey]) -> None:
        """Take the marks of these away, of those that have one."""
        for key in keys:
            self._keys.pop(key, None)

    def clear(self) -> None:
        """Take all marks away."""
        self._keys.clear()
        self._last = None
