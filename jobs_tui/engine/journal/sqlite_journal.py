"""The journal that lasts: its file is written by a thread of its own, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from jobs_tui.engine.journal.journal import JournalError

if TYPE_CHECKING:
    # nothing is changed before the first frame
    from concurrent.futures import ThreadPoolExecutor

    from jobs_tui.engine.change import Change
    from jobs_tui.engine.journal.instances import Instance
    from jobs_tui.engine.journal.journal_file import JournalFile

T = TypeVar("T")

FILE_NAME = "journal.sqlite"
DAY = 86400.0
KEEP_DAYS = 90.0
"""How long a settled change is kept unless the user says otherwise."""


class _Opened(NamedTuple):
    file: JournalFile
    instance: Instance


class SqliteJournal:
    """Opened at the first call; where it cannot be opened, each call says so and tries again."""

    def __init__(
        self,
        folder: Callable[[], Path],
        instance: str,
        now: Callable[[], float],
        keep_days: float = KEEP_DAYS,
    ) -> None:
        """Make a journal that is not open yet.

        Args:
            folder: where its file is, or will be; asked when it is opened.
            instance: a name of this run that no other has.
            now: seconds since the epoch.
            keep_days: how long settled changes are kept.
        """
        self._folder = folder
        self._instance = instance
        self._now = now
        self._keep_days = keep_days
        self._opened: _Opened | None = None
        self._closed = False
        self._thread: ThreadPoolExecutor | None = None

    async def record(self, change: Change) -> Change:
        """Write a new change; returns it with its number."""

        def record() -> Change:
            opened = self._open()
            return opened.file.record(change, self._instance, opened.instance.runs)

        return await self._run(record)

    async def write(self, change: Change) -> None:
        """Write what has become of a change."""
        await self._run(lambda: self._open().file.write(change))

    async def take_over(
        self, endpoint: str, identity: str, thing_name: str | None = None
    ) -> Sequence[Change]:
        """The open changes for an endpoint, of this identity, that ended instances left."""

        def take_over() -> Sequence[Change]:
            opened = self._open()
            runs = opened.instance.runs
            return opened.file.take_over(endpoint, identity, thing_name, self._instance, runs)

        return await self._run(take_over)

    async def latest(self, most: int) -> Sequence[Change]:
        """The latest changes of all instances, newest first; also where nothing can be written."""

        def latest() -> Sequence[Change]:
            try:
                return self._open().file.changes(most=most)
            except JournalError:
                changes = self._only_read(most)
                if changes is None:
                    raise
                return changes

        return await self._run(latest)

    async def close(self) -> None:
        """Let go of the file and of this instance's place."""
        if not self._closed:
            await self._run(self._close)
            self._closed = True
            if self._thread is not None:
                self._thread.shutdown(wait=False)

    def _open(self) -> _Opened:
        if self._opened is None:
            # SQLite is not needed before the first frame
            from jobs_tui.engine.journal.instances import Instance  # noqa: PLC0415
            from jobs_tui.engine.journal.journal_file import JournalFile  # noqa: PLC0415

            try:
                folder = self._folder()
            except OSError as error:
                raise JournalError(
                    f"there is no folder for the journal: {error.strerror or error}",
                    "go on without a record by --no-journal",
                ) from error
            file = JournalFile(folder / FILE_NAME)
            try:
                file.forget(self._now() - self._keep_days * DAY)
                with file.database.transaction():
                    instance = Instance(folder / "instances", self._instance)
            except JournalError:
                file.close()
                raise
            self._opened = _Opened(file, instance)
        return self._opened

    def _only_read(self, most: int) -> Sequence[Change] | None:
        from jobs_tui.engine.journal.journal_file import JournalFile  # noqa: PLC0415 - as above

        try:
            file = JournalFile(self._folder() / FILE_NAME, read_only=True)
        except (JournalError, OSError):
            return None
        try:
            return file.changes(most=most)
        except JournalError:
            return None
        finally:
            file.close()

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.file.close()
            self._opened.instance.close()
            self._opened = None

    async def _run(self, function: Callable[[], T]) -> T:
        if self._closed:
            raise JournalError("the journal is closed: the program is ending")
        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - as SQLite

            self._thread = ThreadPoolExecutor(1, "jobs-tui journal")
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)
