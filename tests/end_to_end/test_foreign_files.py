"""What another user has put in the way of our files: not written to, not read, and told."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from jobs_tui.cli.log_file import open_log
from jobs_tui.emulator.state.state_file import StateFile, StateFileError
from jobs_tui.engine.journal.instances import Instance
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.snapshot.file import SnapshotFile
from jobs_tui.service.remembered import Remembered

SOMEBODY = 54321

Anothers = Callable[[Path], Path]


@pytest.fixture
def anothers(monkeypatch: pytest.MonkeyPatch) -> Anothers:
    """Make a file, a folder or a link another user's, or have us be another one."""

    def give_away(path: Path) -> Path:
        if os.geteuid() == 0:
            os.chown(path, SOMEBODY, SOMEBODY, follow_symlinks=False)
        else:
            monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY)
        return path

    return give_away


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder in which everybody may write, as /tmp is."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    return folder


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A folder of ours that a link could lead to."""
    folder = tmp_path / "ours"
    folder.mkdir(mode=0o700)
    return folder


def write_journal(folder: Path) -> str:
    try:
        JournalFile(folder / "journal.sqlite").close()
    except JournalError as error:
        return f"{error}"
    return ""


def write_remembered(folder: Path) -> str:
    Remembered(folder / "endpoints.json").put("eu-west-3", "host")
    return "" if (folder / "endpoints.json").is_file() else "not written"


def write_snapshot(folder: Path) -> str:
    try:
        SnapshotFile(folder / "things-1.jsonl").merge("owner", {}, 0.0)
    except OSError as error:
        return f"{error}"
    return ""


def write_log(folder: Path) -> str:
    try:
        os.close(open_log(folder / "warnings.log"))
    except OSError as error:
        return f"{error}"
    return ""


def write_state(folder: Path) -> str:
    try:
        StateFile(folder / "state").close(0.0)
    except StateFileError as error:
        return f"{error}"
    return ""


IN_A_FOLDER = [write_journal, write_remembered, write_snapshot]
AT_A_PATH = [write_journal, write_log, write_state]


@pytest.mark.parametrize("write", IN_A_FOLDER)
def test_nothing_is_written_into_another_users_folder(
    shared: Path, anothers: Anothers, write: Callable[[Path], str]
) -> None:
    planted = shared / "jobs-tui"
    planted.mkdir()
    planted.chmod(0o777)

    assert write(anothers(planted))
    assert list(planted.iterdir()) == []


@pytest.mark.parametrize("write", [*IN_A_FOLDER, write_log, write_state])
def test_nothing_is_written_to_where_another_users_link_leads(
    shared: Path, ours: Path, anothers: Anothers, write: Callable[[Path], str]
) -> None:
    planted = shared / "jobs-tui"
    planted.symlink_to(ours)
    anothers(planted)

    assert write(planted)
    assert list(ours.iterdir()) == []


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (write_journal, "journal.sqlite"),
        (write_journal, "journal.sqlite-wal"),
        (write_log, "warnings.log"),
        (write_state, "state"),
    ],
)
def test_a_file_that_another_user_made_beforehand_is_not_written_to(
    ours: Path, anothers: Anothers, write: Callable[[Path], str], name: str
) -> None:
    planted = ours / name
    planted.touch()
    planted.chmod(0o666)

    assert "another user" in write(anothers(planted).parent)
    assert planted.read_bytes() == b""


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (write_journal, "journal.sqlite"),
        (write_log, "warnings.log"),
        (write_state, "state"),
    ],
)
def test_a_link_in_the_place_of_a_file_that_another_user_made_is_not_followed(
    shared: Path, ours: Path, anothers: Anothers, write: Callable[[Path], str], name: str
) -> None:
    target = ours / "precious"
    target.touch()
    (shared / name).symlink_to(target)
    anothers(shared / name)

    assert "another user" in write(shared)
    assert target.read_bytes() == b""


def test_no_lock_is_taken_where_a_link_leads(ours: Path, tmp_path: Path) -> None:
    folder = tmp_path / "instances"
    folder.mkdir(mode=0o700)
    (folder / "a.lock").symlink_to(ours / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        Instance(folder, "a")
    (tmp_path / "journal.lock").symlink_to(ours / "elsewhere")
    assert "symbolic links" in write_journal(tmp_path)
    assert not (ours / "elsewhere").exists()
    # others look through the folder that holds the folders of all tests
    (tmp_path / "journal.lock").unlink()
    (folder / "a.lock").unlink()


def test_what_another_user_remembered_for_us_is_not_believed(
    ours: Path, anothers: Anothers
) -> None:
    file = ours / "endpoints.json"
    file.write_text('{"eu-west-3": "host"}')
    assert Remembered(file).get("eu-west-3") == "host"
    anothers(file)
    assert Remembered(file).get("eu-west-3") is None


def test_what_another_user_saw_is_not_painted(ours: Path, anothers: Anothers) -> None:
    file = SnapshotFile(ours / "things-1.jsonl")
    file.merge("owner", {}, 0.0)
    assert file.read().owner == "owner"
    anothers(file.path)
    with pytest.raises(OSError, match="belongs to another user"):
        file.read()


@pytest.mark.parametrize("kind", ["link", "pipe", "large"])
def test_what_is_remembered_is_read_from_a_file_only(ours: Path, tmp_path: Path, kind: str) -> None:
    file = ours / "endpoints.json"
    (tmp_path / "other").write_text('{"a": 1}')
    match kind:
        case "link":
            file.symlink_to(tmp_path / "other")
        case "pipe":
            os.mkfifo(file)
        case _:
            file.write_text('{"a": "' + "x" * (1 << 20) + '"}')
    assert Remembered(file).get("a") is None
    Remembered(file).put("b", 2)
    assert Remembered(file).get("b") == 2
    assert stat.S_ISREG(file.lstat().st_mode)
    assert (tmp_path / "other").read_text() == '{"a": 1}'


def test_links_of_ours_and_of_the_system_are_followed(ours: Path, tmp_path: Path) -> None:
    (tmp_path / "jobs-tui").symlink_to(ours)
    for write in (*IN_A_FOLDER, write_log, write_state):
        assert write(tmp_path / "jobs-tui") == ""
    os.close(open_log(Path("/dev/null")))


def test_a_log_is_added_to_and_others_may_read_it_no_more(ours: Path) -> None:
    file = ours / "warnings.log"
    file.write_text("before\n")
    file.chmod(0o644)
    with os.fdopen(open_log(file), "w") as log:
        log.write("after\n")
    assert file.read_text() == "before\nafter\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_pipe_that_nobody_reads_does_not_hold_the_program_up(ours: Path) -> None:
    os.mkfifo(ours / "warnings.log")
    assert "No such device" in write_log(ours)
