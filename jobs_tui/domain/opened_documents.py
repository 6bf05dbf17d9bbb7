"""What the job documents were when they were opened in this run; kept in memory only."""

from typing import NamedTuple

from jobs_tui.domain.execution import ExecutionKey

MOST_DOCUMENTS = 50
MOST_CHARACTERS = 4_000_000

CHARACTERS_OF_A_LINE = 50
"""What a line takes in memory beside its own characters, about."""


class OpenedDocument(NamedTuple):
    """A document as it was shown."""

    lines: tuple[str, ...]
    """Its secrets masked."""
    opened_at: float
    """Service time, seconds since the epoch."""

    def __repr__(self) -> str:
        """Without the document, which belongs in no log."""
        return f"OpenedDocument(<{len(self.lines)} lines>, {self.opened_at})"


class OpenedDocuments:
    """The latest of them: the one that was opened longest ago is forgotten first."""

    def __init__(self) -> None:
        self._opened: dict[ExecutionKey, OpenedDocument] = {}

    def last(self, key: ExecutionKey) -> OpenedDocument | None:
        """What the document of an execution was when last opened; None if it is not known."""
        return self._opened.get(key)

    def remember(self, key: ExecutionKey, opened: OpenedDocument) -> None:
        """Keep it instead of what was kept for that execution; not if it alone is too large."""
        self._opened.pop(key, None)
        if _size(opened) > MOST_CHARACTERS:
            return
        self._opened[key] = opened
        total = sum(map(_size, self._opened.values()))
        while len(self._opened) > MOST_DOCUMENTS or total > MOST_CHARACTERS:
            total -= _size(self._opened.pop(next(iter(self._opened))))


def _size(opened: OpenedDocument) -> int:
    return sum(map(len, opened.lines)) + CHARACTERS_OF_A_LINE * len(opened.lines)
