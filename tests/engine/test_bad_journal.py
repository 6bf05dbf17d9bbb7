"""A journal that cannot be used is told in one line and left as it is; nothing goes unrecorded."""

import asyncio
import os
import re
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from jobs_tui.cli.journal_folder import journal_folder
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Attempt, AttemptKind, Change
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME, SqliteJournal
from jobs_tui.engine.journal.tables import APPLICATION_ID, FORMAT

NOW = 1_800_000_000.0
NO_JOURNAL = "--no-journal"


def asked(job_id: str = "fw", reason: str = "") -> Change:
    """A change as it is before it is recorded."""
    request = UpdateJobExecution("gw-1", job_id, Status.FAILED, {"reason": reason})
    return Change(0, request, None, NOW, "https://here.example")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file of the journal is."""
    return tmp_path / FILE_NAME


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    """The journal in that file, not open yet."""
    journal = SqliteJournal(lambda: tmp_path, "a", lambda: NOW)
    yield journal
    asyncio.run(journal.close())


def filled(path: Path, count: int = 200) -> None:
    """Make a journal of many pages."""
    with closing(JournalFile(path)) as file:
        for number in range(count):
            file.record(asked(f"fw-{number}", "x" * 900), "a", lambda _: False)


def run_sql(path: Path, statements: str) -> None:
    """Do something to a database behind the journal's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statements)


def newer(path: Path) -> None:
    filled(path, 1)
    run_sql(path, f"PRAGMA user_version = {FORMAT + 1}")


def random_bytes(path: Path) -> None:
    path.write_bytes(bytes(range(255, -1, -1)) * 64)


def few_bytes(path: Path) -> None:
    path.write_bytes(b"SQLite for")


def truncated(path: Path) -> None:
    filled(path)
    os.truncate(path, path.stat().st_size // 2)


def truncated_within_its_first_page(path: Path) -> None:
    filled(path)
    os.truncate(path, 1000)


def damaged_in_the_middle(path: Path) -> None:
    filled(path)
    with path.open("r+b") as file:
        # beyond the pages that opening alone looks at
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xa5" * 4096)


BAD_FILES = [
    (newer, "was written by a newer jobs-tui", "use that one"),
    (
        lambda path: run_sql(path, "CREATE TABLE other (a)"),
        "is no journal of jobs-tui",
        "move the file away",
    ),
    (
        lambda path: run_sql(path, "PRAGMA application_id = 1785684595"),
        "is no journal of jobs-tui",
        "move the file away",
    ),
    (random_bytes, "file is not a database", "move the file away"),
    (few_bytes, "file is not a database", "move the file away"),
    (truncated, "malformed|is damaged", "move the file away"),
    (truncated_within_its_first_page, "malformed|is damaged|not a database", "move the file away"),
    (damaged_in_the_middle, "is damaged", "move the file away"),
]


@pytest.mark.parametrize(("make", "reason", "advice"), BAD_FILES)
def test_a_file_that_is_no_good_is_told_and_left_as_it_is(
    make: Callable[[Path], None], reason: str, advice: str, path: Path, journal: SqliteJournal
) -> None:
    make(path)
    before = path.read_bytes()
    for call in (
        lambda: journal.record(asked()),
        lambda: journal.latest(1),
        lambda: journal.take_over("https://here.example", ""),
    ):
        with pytest.raises(JournalError, match=reason) as caught:
            asyncio.run(call())
        assert str(path) in caught.value.reason
        assert "\n" not in caught.value.reason
        assert advice in caught.value.advice
        assert NO_JOURNAL in caught.value.advice
    with pytest.raises(JournalError, match=reason):
        JournalFile(path, read_only=True)
    assert path.read_bytes() == before


def test_a_file_that_was_moved_away_as_advised_is_followed_by_a_new_one(
    path: Path, journal: SqliteJournal
) -> None:
    random_bytes(path)
    with pytest.raises(JournalError):
        asyncio.run(journal.record(asked()))
    path.rename(path.with_suffix(".bad"))
    assert (asyncio.run(journal.record(asked()))).number == 1


@pytest.mark.parametrize(
    "update",
    [
        "UPDATE change SET request = 'not JSON'",
        "UPDATE change SET request = '[]'",
        'UPDATE change SET request = \'{"status": "FAILED", "more": 1}\'',
        "UPDATE change SET operation = 'DeleteThing'",
        "UPDATE change SET state = 'PERHAPS'",
        "UPDATE change SET asked_at = 'yesterday'",
        "UPDATE change SET based_on = '7'",
        'UPDATE change SET standing = \'{"status": "LOST"}\'',
    ],
)
def test_an_entry_that_cannot_be_understood_is_told_by_its_number(
    update: str, path: Path, journal: SqliteJournal
) -> None:
    filled(path, 1)
    run_sql(path, update)
    with pytest.raises(JournalError, match="entry 1 cannot be understood") as caught:
        asyncio.run(journal.latest(5))
    assert "move the file away" in caught.value.advice


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / "jobs-tui"
    in_the_way.touch()
    for folder in (in_the_way, in_the_way / "deeper"):
        journal = SqliteJournal(lambda folder=folder: folder, "a", lambda: NOW)
        with pytest.raises(JournalError, match=r"exists|Not a directory") as caught:
            asyncio.run(journal.record(asked()))
        assert str(in_the_way) in caught.value.reason
        assert NO_JOURNAL in caught.value.advice
        asyncio.run(journal.close())
    assert in_the_way.is_file()


def test_a_folder_in_place_of_the_file_is_told(path: Path, journal: SqliteJournal) -> None:
    path.mkdir()
    with pytest.raises(JournalError, match="unable to open") as caught:
        asyncio.run(journal.record(asked()))
    assert NO_JOURNAL in caught.value.advice


def test_a_folder_that_nobody_can_write_to_is_told() -> None:
    journal = SqliteJournal(lambda: Path("/proc/jobs-tui"), "a", lambda: NOW)
    with pytest.raises(JournalError, match="/proc/jobs-tui: ") as caught:
        asyncio.run(journal.record(asked()))
    assert NO_JOURNAL in caught.value.advice
    asyncio.run(journal.close())


@pytest.mark.parametrize("place", ["instances", "journal.lock"])
def test_a_place_of_its_own_that_is_taken_is_told(
    place: str, tmp_path: Path, journal: SqliteJournal
) -> None:
    taken = tmp_path / place
    (taken.touch if place == "instances" else taken.mkdir)()
    with pytest.raises(JournalError, match=place) as caught:
        asyncio.run(journal.record(asked()))
    assert NO_JOURNAL in caught.value.advice


def test_a_folder_that_cannot_be_named_is_told() -> None:
    def no_folder() -> Path:
        raise FileNotFoundError(2, "No usable temporary directory found")

    journal = SqliteJournal(no_folder, "a", lambda: NOW)
    with pytest.raises(JournalError, match="No usable temporary directory") as caught:
        asyncio.run(journal.record(asked()))
    assert NO_JOURNAL in caught.value.advice
    asyncio.run(journal.close())


def test_a_home_folder_that_does_not_exist_is_told_and_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "nobody"
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(home))
    with pytest.raises(JournalError, match=f"the home folder {home} does not exist") as caught:
        journal_folder()
    assert "XDG_STATE_HOME" in caught.value.advice
    assert NO_JOURNAL in caught.value.advice
    assert not home.exists()


def test_a_user_without_a_home_folder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    with pytest.raises(JournalError, match="no home folder") as caught:
        journal_folder()
    assert NO_JOURNAL in caught.value.advice


def test_the_folder_is_the_platforms_for_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert journal_folder() == tmp_path / "state" / "jobs-tui"


@pytest.fixture
def sealed() -> Iterator[Path]:
    """A folder with a journal of three changes, in which this user can only read."""
    root = os.geteuid() == 0
    nobody = 65534
    with TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder / FILE_NAME, 3)
        for each, mode in ((folder / FILE_NAME, 0o400), (folder, 0o500)):
            each.chmod(mode)
            if root:
                os.chown(each, nobody, -1)
        if root:
            os.seteuid(nobody)
        yield folder
        if root:
            os.seteuid(0)
        folder.chmod(0o700)


def test_a_journal_can_be_read_where_nothing_can_be_written(sealed: Path) -> None:
    with closing(JournalFile(sealed / FILE_NAME, read_only=True)) as file:
        assert len(file.changes()) == 3
    journal = SqliteJournal(lambda: sealed, "a", lambda: NOW)
    with pytest.raises(JournalError, match="Permission denied") as caught:
        asyncio.run(journal.record(asked()))
    assert NO_JOURNAL in caught.value.advice
    assert len(asyncio.run(journal.latest(2))) == 2
    asyncio.run(journal.close())


@contextmanager
def full_disk(journal: SqliteJournal) -> Iterator[None]:
    """Let the file of an open journal grow no more, as SQLite itself would find out."""
    connection = journal._opened.file.database._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    connection.execute("PRAGMA max_page_count = 100000")


@contextmanager
def files_that_do_not_grow(journal: SqliteJournal) -> Iterator[None]:
    """Let no file of this process become longer than what the journal has written so far."""
    wal = Path(f"{journal._opened.file.database._path}-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("limit", "reason", "advice"),
    [
        (full_disk, "disk is full", "make room"),
        (files_that_do_not_grow, "full|disk I/O error", NO_JOURNAL),
    ],
)
def test_what_cannot_be_written_did_not_happen_and_can_be_once_there_is_room(
    limit: Callable[[SqliteJournal], Iterator[None]],
    reason: str,
    advice: str,
    path: Path,
    journal: SqliteJournal,
) -> None:
    recorded = asyncio.run(journal.record(asked()))
    told: list[JournalError] = []
    with limit(journal):
        for number in range(10):
            try:
                asyncio.run(journal.record(asked(f"fw-{number}", "x" * 9000)))
            except JournalError as error:
                told.append(error)
    failed = len(told)
    assert failed > 0
    for error in told:
        assert re.search(reason, error.reason)
        assert "\n" not in error.reason
        assert advice in error.advice
    assert len(asyncio.run(journal.latest(50))) == 1 + 10 - failed
    attempt = Attempt(AttemptKind.SEND, NOW, "done")
    asyncio.run(journal.write(replace(recorded, attempts=(attempt,))))
    assert (asyncio.run(journal.record(asked("later")))).job_id == "later"
    asyncio.run(journal.close())
    with closing(JournalFile(path)) as file:
        assert len(file.changes()) == 2 + 10 - failed


def test_a_file_that_is_deleted_or_replaced_under_it_takes_no_more_changes(
    path: Path, journal: SqliteJournal
) -> None:
    recorded = asyncio.run(journal.record(asked()))
    kept = path.rename(path.with_suffix(".kept"))
    for put_back in (lambda: None, path.touch):
        put_back()
        for call in (lambda: journal.record(asked("next")), lambda: journal.write(recorded)):
            with pytest.raises(JournalError, match="was moved or deleted") as caught:
                asyncio.run(call())
            assert "start jobs-tui again" in caught.value.advice
    path.unlink()
    kept.rename(path)
    assert (asyncio.run(journal.record(asked("next")))).number == 2


def test_a_journal_that_another_program_holds_is_told(
    path: Path, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs_tui.engine.journal.database.BUSY_SECONDS", 0.01)
    asyncio.run(journal.record(asked()))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="is locked") as caught:
            asyncio.run(journal.record(asked("next")))
        assert "try again" in caught.value.advice
    assert (asyncio.run(journal.record(asked("next")))).number == 2


def test_an_empty_file_is_a_new_journal(path: Path, journal: SqliteJournal) -> None:
    path.touch()
    with closing(JournalFile(path, read_only=True)) as reader:
        assert list(reader.changes()) == []
    assert path.stat().st_size == 0
    assert (asyncio.run(journal.record(asked()))).number == 1


def test_a_database_of_ours_keeps_its_sign(path: Path) -> None:
    filled(path, 1)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
