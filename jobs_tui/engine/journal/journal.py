"""What the change queue asks of a journal, and the one that forgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # nothing is changed before the first frame
    from jobs_tui.engine.change import Change


class JournalError(Exception):
    """The journal cannot be read or written; one line that says why, and what to do."""

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


class Journal(Protocol):
    """Every method raises JournalError for what could not be written, which then never happened."""

    async def record(self, change: Change) -> Change:
        """Write a new change; returns it with its number.

        Raises JournalError too while another instance of the program changes the same execution.
        """
        ...

    async def write(self, change: Change) -> None:
        """Write what has become of a change."""
        ...

    async def take_over(
        self, endpoint: str, identity: str, thing_name: str | None = None
    ) -> Sequence[Change]:
        """The open changes for an endpoint, of this identity, that ended instances left.

        Of one thing, if it is named. They are this instance's from now on.
        """
        ...

    async def latest(self, most: int) -> Sequence[Change]:
        """The latest changes of all instances, newest first."""
        ...

    async def close(self) -> None:
        """Let go of it."""
        ...


class NoJournal:
    """For a run without a journal, which the user has asked for: it numbers the changes."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._changes: dict[int, Change] = {}

    async def record(self, change: Change) -> Change:
        """Give it a number."""
        change = replace(change, number=next(self._numbers))
        self._changes[change.number] = change
        return change

    async def write(self, change: Change) -> None:
        """Remember it for as long as the program runs."""
        self._changes[change.number] = change

    async def take_over(
        self, endpoint: str, identity: str, thing_name: str | None = None
    ) -> Sequence[Change]:
        """Nothing was left."""
        del endpoint, identity, thing_name
        return ()

    async def latest(self, most: int) -> Sequence[Change]:
        """Those of this run."""
        return tuple(reversed(self._changes.values()))[:most]

    async def close(self) -> None:
        """Do nothing."""
