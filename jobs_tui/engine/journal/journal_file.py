"""The journal in a file of SQLite, one call after the other. For one thread at a time."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from jobs_tui.engine.change import Attempt, Change, ChangeState
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.rows import attempt_of_row, attempt_row, change_of, row_of

APPLICATION_ID = 0x6A746A6E
"""What says that a file of SQLite is one of ours: "jtjn" in ASCII."""
FORMAT = 1
"""Counted up when an older program could not read it any more."""
BUSY_SECONDS = 5.0
"""How long to wait while another instance writes."""

_OPEN = tuple(state.name for state in ChangeState if not state.settled)

_SCHEMA = """
CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    asked_at REAL NOT NULL,
    endpoint TEXT NOT NULL,
    user TEXT NOT NULL,
    host TEXT NOT NULL,
    ssh_client TEXT,
    thing_name TEXT NOT NULL,
    job_id TEXT,
    operation TEXT NOT NULL,
    request TEXT NOT NULL,
    based_on TEXT,
    standing TEXT,
    state TEXT NOT NULL,
    explanation TEXT NOT NULL,
    advice TEXT NOT NULL
);
CREATE INDEX change_by_state ON change (state);
CREATE TABLE attempt (
    change INTEGER NOT NULL REFERENCES change (number) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at REAL NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    code TEXT NOT NULL,
    request_id TEXT,
    PRIMARY KEY (change, sequence)
);
"""

MOVE_IT = "move the file away, or go on without a record by --no-journal"


class JournalFile:
    """Written through to the disk before a call returns; readable by its owner only."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open it, or make it; raises JournalError if that cannot be."""
        self._path = path
        with self._explained():
            if not read_only:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                # made before SQLite does, which would let others read it
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            self._connection.row_factory = sqlite3.Row
            try:
                self._check(read_only=read_only)
            except BaseException:
                self._connection.close()
                raise

    def record(self, change: Change, owner: str, runs: Callable[[str], bool]) -> Change:
        """Write a new change of an instance; returns it with its number.

        `runs` tells whether another instance still does. Raises JournalError while one that does
        has an open change of the same execution.
        """
        with self._transaction():
            rival = self._rival(change, owner, runs)
            if rival is not None:
                raise JournalError(
                    f"another jobs-tui here is changing it: {rival.wish} by "
                    f"{rival.author.user or 'somebody'}, {rival.state}",
                    "wait until that is settled",
                )
            columns = {"owner": owner, **row_of(change)}
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            cursor = self._connection.execute(
                f"INSERT INTO change ({names}) VALUES ({marks})",  # noqa: S608 - names of our own
                tuple(columns.values()),
            )
            number = cursor.lastrowid
        return replace(change, number=number or 0)

    def write(self, change: Change) -> None:
        """Write what has become of a change, and its attempts."""
        columns = row_of(change)
        pairs = ", ".join(f"{name} = ?" for name in columns)
        with self._transaction():
            self._connection.execute(
                f"UPDATE change SET {pairs} WHERE number = ?",  # noqa: S608 - names of our own
                (*columns.values(), change.number),
            )
            for sequence, attempt in enumerate(change.attempts):
                row = {"change": change.number, "sequence": sequence, **attempt_row(attempt)}
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                self._connection.execute(
                    f"INSERT OR REPLACE INTO attempt ({names}) VALUES ({marks})",  # noqa: S608
                    tuple(row.values()),
                )

    def take_over(self, endpoint: str, owner: str, runs: Callable[[str], bool]) -> Sequence[Change]:
        """Make the open changes of instances that do not run any more this one's, oldest first."""
        with self._transaction():
            taken = [
                row["number"]
                for row in self._open_rows("endpoint = ? AND owner != ?", (endpoint, owner))
                if not runs(row["owner"])
            ]
            for number in taken:
                self._connection.execute(
                    "UPDATE change SET owner = ? WHERE number = ?", (owner, number)
                )
            return [self._change(number) for number in taken]

    def changes(
        self, *, thing_name: str | None = None, since: float = 0.0, most: int = -1
    ) -> Sequence[Change]:
        """The changes of all instances, newest first; `since` is a time in seconds since epoch."""
        with self._explained():
            rows = self._connection.execute(
                "SELECT number FROM change WHERE asked_at >= ? AND thing_name = "
                "coalesce(?, thing_name) ORDER BY number DESC LIMIT ?",
                (since, thing_name, most),
            ).fetchall()
            return [self._change(row["number"]) for row in rows]

    def forget(self, before: float) -> None:
        """Delete what was settled and was asked for before a time, in seconds since the epoch."""
        marks = ", ".join("?" * len(_OPEN))
        with self._transaction():
            self._connection.execute(
                f"DELETE FROM change WHERE asked_at < ? AND state NOT IN ({marks})",  # noqa: S608
                (before, *_OPEN),
            )

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _rival(self, change: Change, owner: str, runs: Callable[[str], bool]) -> Change | None:
        where = "endpoint = ? AND thing_name = ? AND owner != ?"
        for row in self._open_rows(where, (change.endpoint, change.thing_name, owner)):
            about_others = None not in {row["job_id"], change.job_id} and (
                row["job_id"] != change.job_id
            )
            if not about_others and runs(row["owner"]):
                return self._change(row["number"])
        return None

    def _open_rows(self, where: str, values: Sequence[object]) -> Sequence[sqlite3.Row]:
        marks = ", ".join("?" * len(_OPEN))
        return self._connection.execute(
            f"SELECT number, owner, job_id FROM change "  # noqa: S608 - words of our own
            f"WHERE state IN ({marks}) AND {where} ORDER BY number",
            (*_OPEN, *values),
        ).fetchall()

    def _change(self, number: int) -> Change:
        row = self._connection.execute(
            "SELECT * FROM change WHERE number = ?", (number,)
        ).fetchone()
        try:
            return change_of(row, self._attempts(number))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise JournalError(
                f"{self._path}: entry {number} cannot be understood", MOVE_IT
            ) from error

    def _attempts(self, number: int) -> tuple[Attempt, ...]:
        rows = self._connection.execute(
            "SELECT * FROM attempt WHERE change = ? ORDER BY sequence", (number,)
        )
        return tuple(attempt_of_row(row) for row in rows)

    def _check(self, *, read_only: bool) -> None:
        """Make the file ready if it is new, and leave alone one that is not ours or damaged."""
        connection = self._connection
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        new = not tables and not application_id
        if not new and application_id != APPLICATION_ID:
            raise JournalError(f"{self._path} is no journal of jobs-tui", MOVE_IT)
        if not new and version > FORMAT:
            raise JournalError(
                f"{self._path} was written by a newer jobs-tui",
                "use that one, or go on without a record by --no-journal",
            )
        if not new:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise JournalError(f"{self._path} is damaged: {found}", MOVE_IT)
        if read_only:
            return
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if new:
            self._make()

    def _make(self) -> None:
        """Make the tables, unless another instance does so in the same moment."""
        with self._transaction():
            (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not tables:
                for statement in _SCHEMA.split(";\n"):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._connection.execute(f"PRAGMA user_version = {FORMAT}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._explained():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise JournalError(f"{self._path}: {error.strerror}", _advice("")) from error
        except sqlite3.Error as error:
            raise JournalError(f"{self._path}: {error}", _advice(f"{error}")) from error


def _advice(reason: str) -> str:
    if "full" in reason:
        return "make room on the disk, or go on without a record by --no-journal"
    if "malformed" in reason or "not a database" in reason:
        return MOVE_IT
    return "check who may write there, or go on without a record by --no-journal"
