"""The changes in the journal's file, one call after the other. For one thread at a time."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.journal.database import OTHERWISE, Database
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.rows import (
    Row,
    attempt_of_row,
    attempt_row,
    change_of,
    holds_secret,
    row_of,
)

_OPEN = tuple(state.name for state in ChangeState if not state.settled)


class JournalFile:
    """Written through to the disk before a call returns; readable by its owner only."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open it, or make it; raises JournalError if that cannot be."""
        self.database = Database(path, read_only=read_only)
        """What a caller may do all or nothing with, by its transactions."""

    def record(self, change: Change, owner: str, runs: Callable[[str], bool]) -> Change:
        """Write a new change of an instance; returns it with its number.

        `runs` tells whether another instance still does. Raises JournalError while one that does
        has an open change of the same execution.
        """
        if holds_secret(change):
            raise JournalError(
                "the status details hold a presigned URL, which no record may keep",
                f"leave that detail out{OTHERWISE}",
            )
        with self.database.transaction():
            rival = self._rival(change, owner, runs)
            if rival is not None:
                raise JournalError(
                    f"another jobs-tui here is changing it: {rival.wish} by "
                    f"{rival.author.user or 'somebody'}, {rival.state}",
                    "wait until that is settled",
                )
            columns = {"owner": owner, **row_of(change)}
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            cursor = self.database.execute(
                f"INSERT INTO change ({names}) VALUES ({marks})",  # noqa: S608 - names of our own
                tuple(columns.values()),
            )
            number = cursor.lastrowid
        return replace(change, number=number or 0)

    def write(self, change: Change) -> None:
        """Write what has become of a change, and its attempts."""
        columns = row_of(change)
        pairs = ", ".join(f"{name} = ?" for name in columns)
        with self.database.transaction():
            self.database.execute(
                f"UPDATE change SET {pairs} WHERE number = ?",  # noqa: S608 - names of our own
                (*columns.values(), change.number),
            )
            (written,) = self.database.execute(
                "SELECT count(*) FROM attempt WHERE change = ?", (change.number,)
            ).fetchone()
            # the last one that was written may have ended since; those before it had
            for sequence in range(max(0, written - 1), len(change.attempts)):
                attempt = change.attempts[sequence]
                row = {"change": change.number, "sequence": sequence, **attempt_row(attempt)}
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                self.database.execute(
                    f"INSERT OR REPLACE INTO attempt ({names}) VALUES ({marks})",  # noqa: S608
                    tuple(row.values()),
                )

    def take_over(
        self,
        endpoint: str,
        identity: str,
        thing_name: str | None,
        owner: str,
        runs: Callable[[str], bool],
    ) -> Sequence[Change]:
        """Make the open changes of instances that do not run any more this one's, oldest first."""
        where = "endpoint = ? AND identity = ? AND thing_name = coalesce(?, thing_name)"
        values = (endpoint, identity, thing_name, owner)
        with self.database.transaction():
            taken = self._left(f"{where} AND owner != ?", values, runs)
            for number in taken:
                self.database.execute(
                    "UPDATE change SET owner = ? WHERE number = ?", (owner, number)
                )
            return [self._change(number) for number in taken]

    def changes(
        self, *, thing_name: str | None = None, since: float = 0.0, most: int = -1
    ) -> Sequence[Change]:
        """The changes of all instances, newest first; `since` is a time in seconds since epoch."""
        with self.database.view() as has_tables:
            if not has_tables:
                return ()
            rows = self.database.execute(
                "SELECT * FROM change WHERE asked_at >= ? AND thing_name = "
                "coalesce(?, thing_name) ORDER BY number DESC LIMIT ?",
                (since, thing_name, most),
            ).fetchall()
            attempts = self._attempts(*(rows[index]["number"] for index in (-1, 0) if rows))
            return [self._read(dict(row), attempts) for row in rows]

    def forget(self, before: float) -> None:
        """Delete what was settled and was asked for before a time, in seconds since the epoch."""
        marks = ", ".join("?" * len(_OPEN))
        with self.database.transaction():
            self.database.execute(
                f"DELETE FROM change WHERE asked_at < ? AND state NOT IN ({marks})",  # noqa: S608
                (before, *_OPEN),
            )

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

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

    def _left(
        self, where: str, values: Sequence[object], runs: Callable[[str], bool]
    ) -> Sequence[int]:
        """The numbers of open changes of instances that do not run any more."""
        rows = self._open_rows(where, values)
        return [row["number"] for row in rows if not runs(row["owner"])]

    def _open_rows(self, where: str, values: Sequence[object]) -> Sequence[sqlite3.Row]:
        marks = ", ".join("?" * len(_OPEN))
        return self.database.execute(
            f"SELECT number, owner, job_id FROM change "  # noqa: S608 - words of our own
            f"WHERE state IN ({marks}) AND {where} ORDER BY number",
            (*_OPEN, *values),
        ).fetchall()

    def _change(self, number: int) -> Change:
        row = self.database.execute("SELECT * FROM change WHERE number = ?", (number,)).fetchone()
        return self._read(dict(row), self._attempts(number, number))

    def _read(self, row: Row, attempts: Mapping[int, Sequence[Row]]) -> Change:
        number = row["number"]
        try:
            return change_of(row, tuple(map(attempt_of_row, attempts.get(number, ()))))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise self.database.unusable(f": entry {number} cannot be understood") from error

    def _attempts(self, first: int = 0, last: int = -1) -> Mapping[int, Sequence[Row]]:
        """The attempts of the changes from one number to another, by number."""
        found = defaultdict[int, list[Row]](list)
        for row in self.database.execute(
            "SELECT * FROM attempt WHERE change BETWEEN ? AND ? ORDER BY sequence", (first, last)
        ):
            found[row["change"]].append(dict(row))
        return found
