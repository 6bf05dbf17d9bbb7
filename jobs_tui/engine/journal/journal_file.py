"""The journal in a file of SQLite, one call after the other. For one thread at a time."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from jobs_tui.domain.private_files import make_private_folder
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.private_file import keep_private, make_private, one_at_a_time
from jobs_tui.engine.journal.rows import (
    Row,
    attempt_of_row,
    attempt_row,
    change_of,
    holds_secret,
    row_of,
)
from jobs_tui.engine.journal.tables import APPLICATION_ID, FORMAT, SCHEMA

BUSY_SECONDS = 5.0
"""How long to wait while another instance writes."""

_OPEN = tuple(state.name for state in ChangeState if not state.settled)

MOVE_IT = "move the file away"
MAKE_ROOM = "make room on the disk"
CHECK_WHO = "check who may read and write there"
OTHERWISE = ", or go on without a record by --no-journal"

_ADVICE = {
    "full": MAKE_ROOM,
    "No space left": MAKE_ROOM,
    "quota": MAKE_ROOM,
    "malformed": MOVE_IT,
    "not a database": MOVE_IT,
    "locked": "another program holds it; try again in a moment",
}
"""What to do, by words of SQLite's or the system's reason."""


class JournalFile:
    """Written through to the disk before a call returns; readable by its owner only."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open it, or make it; raises JournalError if that cannot be."""
        self._path = path
        self._otherwise = "" if read_only else OTHERWISE
        self._empty = False
        self._inode: int | None = None
        with self._explained():
            if read_only:
                self._connect_to_read()
            else:
                make_private_folder(path.parent)
                with one_at_a_time(path.with_suffix(".lock")):
                    make_private(path)
                    keep_private(path)
                    self._connect("mode=rw", self._make_ready)
                    self._inode = path.stat().st_ino

    def record(self, change: Change, owner: str, runs: Callable[[str], bool]) -> Change:
        """Write a new change of an instance; returns it with its number.

        `runs` tells whether another instance still does. Raises JournalError while one that does
        has an open change of the same execution.
        """
        if holds_secret(change):
            raise JournalError(
                "the status details hold a presigned URL, which no record may keep",
                f"leave that detail out{self._otherwise}",
            )
        with self.transaction():
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
        with self.transaction():
            self._connection.execute(
                f"UPDATE change SET {pairs} WHERE number = ?",  # noqa: S608 - names of our own
                (*columns.values(), change.number),
            )
            (written,) = self._connection.execute(
                "SELECT count(*) FROM attempt WHERE change = ?", (change.number,)
            ).fetchone()
            # the last one that was written may have ended since; those before it had
            for sequence in range(max(0, written - 1), len(change.attempts)):
                attempt = change.attempts[sequence]
                row = {"change": change.number, "sequence": sequence, **attempt_row(attempt)}
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                self._connection.execute(
                    f"INSERT OR REPLACE INTO attempt ({names}) VALUES ({marks})",  # noqa: S608
                    tuple(row.values()),
                )

    def take_over(
        self,
        endpoint: str,
        identity: str,
        owner: str,
        runs: Callable[[str], bool],
        thing_name: str | None = None,
    ) -> Sequence[Change]:
        """Make the open changes of instances that do not run any more this one's, oldest first.

        Where a thing is named, only those of that thing.
        """
        where = (
            "endpoint = ? AND identity = ? AND owner != ? AND thing_name = coalesce(?, thing_name)"
        )
        with self.transaction():
            taken = [
                row["number"]
                for row in self._open_rows(where, (endpoint, identity, owner, thing_name))
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
        if self._empty:
            return ()
        with self._explained():
            # one view of it all: another instance may be writing or forgetting at this moment
            self._connection.execute("BEGIN")
            try:
                rows = self._connection.execute(
                    "SELECT * FROM change WHERE asked_at >= ? AND thing_name = "
                    "coalesce(?, thing_name) ORDER BY number DESC LIMIT ?",
                    (since, thing_name, most),
                ).fetchall()
                attempts = self._attempts(*(rows[index]["number"] for index in (-1, 0) if rows))
                return [self._read(dict(row), attempts) for row in rows]
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def forget(self, before: float) -> None:
        """Delete what was settled and was asked for before a time, in seconds since the epoch."""
        marks = ", ".join("?" * len(_OPEN))
        with self.transaction():
            self._connection.execute(
                f"DELETE FROM change WHERE asked_at < ? AND state NOT IN ({marks})",  # noqa: S608
                (before, *_OPEN),
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing, and alone: every other instance waits until this ends."""
        with self._explained():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._must_be_there()
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # of what could not be committed SQLite may keep the transaction open
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _rival(self, change: Change, owner: str, runs: Callable[[str], bool]) -> Change | None:
        where = "endpoint = ? AND identity = ? AND thing_name = ? AND owner != ?"
        values = (change.endpoint, change.identity, change.thing_name, owner)
        for row in self._open_rows(where, values):
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
        return self._read(dict(row), self._attempts(number, number))

    def _read(self, row: Row, attempts: Mapping[int, Sequence[Row]]) -> Change:
        number = row["number"]
        try:
            return change_of(row, tuple(map(attempt_of_row, attempts.get(number, ()))))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise JournalError(
                f"{self._path}: entry {number} cannot be understood", MOVE_IT + self._otherwise
            ) from error

    def _attempts(self, first: int = 0, last: int = -1) -> Mapping[int, Sequence[Row]]:
        """The attempts of the changes from one number to another, by number."""
        found = defaultdict[int, list[Row]](list)
        for row in self._connection.execute(
            "SELECT * FROM attempt WHERE change BETWEEN ? AND ? ORDER BY sequence", (first, last)
        ):
            found[row["change"]].append(dict(row))
        return found

    def _connect_to_read(self) -> None:
        try:
            self._connect("mode=ro")
        except sqlite3.OperationalError as error:
            if self._path.with_name(f"{self._path.name}-wal").exists():
                raise
            # SQLite would have to put a file beside it, and cannot; nobody else can then, either
            try:
                self._connect("mode=ro&immutable=1")
            except sqlite3.OperationalError:
                raise error from None

    def _connect(self, how: str, and_then: Callable[[], None] = lambda: None) -> None:
        self._connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?{how}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        self._connection.row_factory = sqlite3.Row
        try:
            self._check()
            and_then()
        except BaseException:
            self._connection.close()
            raise

    def _check(self) -> None:
        """Leave alone a file that is not ours, or damaged."""
        connection = self._connection
        # one view of it all: another instance may be making it at this moment
        connection.execute("BEGIN")
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self._empty = not tables and not application_id
        if not self._empty:
            if application_id != APPLICATION_ID:
                raise JournalError(
                    f"{self._path} is no journal of jobs-tui", MOVE_IT + self._otherwise
                )
            if version > FORMAT:
                raise JournalError(
                    f"{self._path} was written by a newer jobs-tui",
                    f"use that one{self._otherwise}",
                )
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                told = " ".join(found.split())
                raise JournalError(f"{self._path} is damaged: {told}", MOVE_IT + self._otherwise)
        connection.execute("COMMIT")

    def _make_ready(self) -> None:
        """Make the tables if there are none yet; the caller sees to it that nobody else does."""
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        if self._empty:
            with self.transaction():
                for statement in SCHEMA.split(";\n"):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._connection.execute(f"PRAGMA user_version = {FORMAT}")
            self._empty = False
        keep_private(self._path)

    def _must_be_there(self) -> None:
        """Raise JournalError if what is written would be found by nobody."""
        try:
            inode = self._path.stat().st_ino
        except FileNotFoundError:
            inode = None
        if self._inode not in {None, inode}:
            raise JournalError(
                f"{self._path} was moved or deleted while it was in use", "start jobs-tui again"
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise JournalError(
                f"{error.filename or self._path}: {error.strerror}",
                self._advice(error.strerror or ""),
            ) from error
        except sqlite3.Error as error:
            raise JournalError(f"{self._path}: {error}", self._advice(f"{error}")) from error

    def _advice(self, reason: str) -> str:
        told = next((told for words, told in _ADVICE.items() if words in reason), CHECK_WHO)
        return told + self._otherwise
