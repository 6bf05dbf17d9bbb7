"""The things that were watched last, kept in a file, to be offered when none is named."""

from pathlib import Path

from jobs_tui.domain.names import thing_name_problem
from jobs_tui.service.remembered import Remembered

FILE_NAME = "recent-things.json"

KEPT = 20
"""Names that are kept of each context."""


class RecentThings:
    """The names that were watched last, by context; every call blocks shortly."""

    def __init__(self, folder: Path | None) -> None:
        """Keep them in a file of this folder, which is made when needed; None keeps nothing."""
        self._remembered = Remembered(None if folder is None else folder / FILE_NAME)

    def of(self, context: str) -> tuple[str, ...]:
        """The latest first."""
        return _good(self._remembered.get(context))

    def of_all(self) -> tuple[str, ...]:
        """Those of every context, each name once."""
        every = [_good(names) for names in self._remembered.values()]
        return tuple(dict.fromkeys(name for names in every for name in names))

    def remember(self, context: str, names: tuple[str, ...]) -> None:
        """Put these first, in their order; raises nothing."""
        kept = tuple(dict.fromkeys((*names, *self.of(context))))[:KEPT]
        self._remembered.put(context, kept)


def _good(names: object) -> tuple[str, ...]:
    """The names of things among what stands in the file, which anything may have written."""
    if not isinstance(names, list):
        return ()
    good = [name for name in names if isinstance(name, str) and not thing_name_problem(name)]
    return tuple(good[:KEPT])
