"""The account in a file of SQLite: each record a row, each request a transaction."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jobs_tui.domain.private_files import refuse_foreign, take_from_others
from jobs_tui.emulator.rules.records import Job, Record
from jobs_tui.emulator.state.rows import record_of, row_of

APPLICATION_ID = 0x6A6F6273
"""What says that a file of SQLite is one of ours: "jobs" in ASCII."""
FORMAT = 1
"""Counted up when an older file can no longer be read."""

_SCHEMA = """
CREATE TABLE record (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    identity TEXT NOT NULL,
    members TEXT NOT NULL,
    UNIQUE (kind, identity)
);
CREATE TABLE moment (only INTEGER PRIMARY KEY CHECK (only = 1), latest REAL NOT NULL);
INSERT INTO moment VALUES (1, 0);
"""


class StateFileError(Exception):
    """The state cannot be read or written; one line that says why, for the user."""


class StateFile:
    """Keeps what it is told, in the order in which it came to be. For one emulator at a time.

    It holds job documents as they were created, so only its owner can read it. What was committed
    outlives the end of the process however it comes.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or make it; raises StateFileError if that cannot be."""
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._broken: str | None = None
        """Why nothing more can be kept; what was committed before is whole."""
        with self._explained():
            # made before SQLite does, which would let others read it
            refuse_foreign(path)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            take_from_others(path)
            connection = sqlite3.connect(path, timeout=0, isolation_level=None)
            try:
                self._check(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection

    def records(self) -> Iterator[Record]:
        """What was kept, oldest first; raises StateFileError for what cannot be understood."""
        jobs: dict[str, Job] = {}
        with self._explained():
            rows = self._ready.execute("SELECT kind, members FROM record ORDER BY sequence")
            for kind, members in rows:
                try:
                    record = record_of(kind, members, jobs)
                except (ValueError, KeyError, TypeError) as error:
                    raise StateFileError(f"{self._path} holds a {kind} that is none") from error
                if isinstance(record, Job):
                    jobs[record.job_id] = record
                yield record

    def latest_moment(self) -> float:
        """The account's time when it was last served, in seconds since the epoch; 0 at first."""
        with self._explained():
            (latest,) = self._ready.execute("SELECT latest FROM moment").fetchone()
        return float(latest)

    def keep(self, record: Record) -> None:
        """Write a record, in the place of the one of the same identity if there is one."""
        with self._explained():
            self._begin()
            self._ready.execute(
                "INSERT INTO record (kind, identity, members) VALUES (?, ?, ?) "
                "ON CONFLICT (kind, identity) DO UPDATE SET members = excluded.members",
                row_of(record),
            )

    def forget(self, record: Record) -> None:
        """Remove a record."""
        with self._explained():
            self._begin()
            row = row_of(record)
            self._ready.execute(
                "DELETE FROM record WHERE kind = ? AND identity = ?", (row.kind, row.identity)
            )

    def commit(self, now: float) -> None:
        """Make what was kept and forgotten since the last commit last, as of this moment.

        Once something could not be kept, the account is ahead of the file: nothing is committed any
        more, and each call raises StateFileError.
        """
        with self._explained():
            if self._ready.in_transaction:
                self._ready.execute("UPDATE moment SET latest = ?", (now,))
                self._ready.execute("COMMIT")

    def close(self, now: float) -> None:
        """Commit, note the account's time for the next run, and let go of the file."""
        if self._connection is None:
            return
        try:
            if self._broken is None:
                self._begin()
                self.commit(now)
        finally:
            self._connection.close()
            self._connection = None

    @property
    def _ready(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StateFileError(f"{self._path} is closed")
        return self._connection

    def _check(self, connection: sqlite3.Connection) -> None:
        """Make the file ready if it is new, and leave alone one that is not ours."""
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        new = not tables and not application_id
        if not new and application_id != APPLICATION_ID:
            raise StateFileError(f"{self._path} is a database of another program")
        if not new and version != FORMAT:
            raise StateFileError(f"{self._path} was written by another version of jobs-tui")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if new:
            connection.executescript(
                f"BEGIN; {_SCHEMA} PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {FORMAT}; COMMIT;"
            )

    def _begin(self) -> None:
        if not self._ready.in_transaction:
            self._ready.execute("BEGIN")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        if self._broken is not None:
            raise StateFileError(f"{self._path}: {self._broken}")
        try:
            yield
        except OSError as error:
            raise StateFileError(f"{self._path}: {error.strerror}") from error
        except sqlite3.Error as error:
            self._broken = _reason(error)
            if self._connection is not None and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise StateFileError(f"{self._path}: {self._broken}") from error


def _reason(error: sqlite3.Error) -> str:
    reason = f"{error}"
    if "locked" in reason:
        return "another emulator is using it"
    return "not a state file" if "not a database" in reason else reason
