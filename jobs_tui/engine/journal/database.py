"""The journal's file, as one of SQLite: opened, checked and made, and why it cannot be used.

For one thread at a time.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from jobs_tui.domain.private_files import make_private_folder
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.private_file import keep_private, make_private, one_at_a_time
from jobs_tui.engine.journal.tables import APPLICATION_ID, FORMAT, SCHEMA

BUSY_SECONDS = 5.0
"""How long to wait while another instance writes."""

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


class Database:
    """Written through to the disk before a transaction ends; readable by its owner only."""

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

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Do one statement, within `transaction` or `view`."""
        return self._connection.execute(statement, values)

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

    @contextmanager
    def view(self) -> Iterator[bool]:
        """Read it as it is at this moment, whatever others write; tells whether it has tables."""
        with self._explained():
            if self._empty:
                yield False
                return
            self._connection.execute("BEGIN")
            try:
                yield True
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def unusable(self, why: str) -> JournalError:
        """What to raise for a file that this program cannot use; `why` follows its path."""
        return JournalError(f"{self._path}{why}", MOVE_IT + self._otherwise)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

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
                raise self.unusable(" is no journal of jobs-tui")
            if version > FORMAT:
                raise JournalError(
                    f"{self._path} was written by a newer jobs-tui",
                    f"use that one{self._otherwise}",
                )
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                told = " ".join(found.split())
                raise self.unusable(f" is damaged: {told}")
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
