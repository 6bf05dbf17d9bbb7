"""The file of the log: it stays as small as it should, is nobody else's, and is never missed."""

import logging
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jobs_tui.cli.log_writer import OLDER, LogWriter

SMALL = 1_000

WRITING = """
import logging, sys
from pathlib import Path
from jobs_tui.cli.log_writer import LogWriter
writer = LogWriter(Path(sys.argv[1]), largest=4_000)
for number in range(100):
    writer.emit(logging.makeLogRecord({"msg": f"{sys.argv[2]} {number} {'x' * 40}"}))
"""


def log(writer: LogWriter, text: str) -> None:
    writer.handle(logging.makeLogRecord({"msg": text}))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the log lies."""
    folder = tmp_path / "log"
    folder.mkdir()
    return folder / "a.log"


def test_what_is_full_is_moved_aside_and_only_some_of_it_kept(path: Path) -> None:
    writer = LogWriter(path, largest=SMALL)
    for number in range(200):
        log(writer, f"{number:04} {'x' * 44}")
    files = [path, *(path.with_name(f"a.log.{number}") for number in range(1, OLDER + 1))]
    assert sorted(path.parent.iterdir()) == sorted(files)
    assert all(0 < file.stat().st_size <= SMALL for file in files)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    kept = [int(line[:4]) for file in reversed(files) for line in file.read_text().splitlines()]
    assert kept == list(range(kept[0], 200))


def test_a_file_that_is_reached_by_a_link_is_moved_where_it_lies(
    path: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.log"
    link.symlink_to(path)
    writer = LogWriter(link, largest=SMALL)
    for number in range(30):
        log(writer, f"{number:04} {'x' * 44}")
    assert link.is_symlink()
    assert path.with_name("a.log.1").exists()
    assert path.read_text().splitlines()[-1].startswith("0029")


def test_where_nothing_can_be_moved_the_newest_lines_are_kept(path: Path) -> None:
    path.with_name("a.log.1").mkdir()
    path.with_name("a.log.2").mkdir()
    (path.with_name("a.log.2") / "in the way").touch()
    writer = LogWriter(path, largest=SMALL)
    for number in range(100):
        log(writer, f"{number:04} {'x' * 44}")
    assert path.stat().st_size <= SMALL
    assert path.read_text().splitlines()[-1].startswith("0099")


def test_a_link_that_another_one_has_put_beside_it_is_not_written_through(
    path: Path, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine\n")
    path.with_name("a.log.1").symlink_to(precious)
    writer = LogWriter(path, largest=SMALL)
    for number in range(30):
        log(writer, f"{number:04} {'x' * 44}")
    assert precious.read_text() == "mine\n"
    assert not path.with_name("a.log.1").is_symlink()


def test_two_that_write_to_one_file_lose_no_line_of_each_other(path: Path) -> None:
    writers = LogWriter(path, largest=2 * SMALL), LogWriter(path, largest=2 * SMALL)
    for number in range(100):
        log(writers[number % 2], f"{number:04} {'x' * 44}")
    files = [path.with_name(f"a.log.{number}") for number in range(OLDER, 0, -1)]
    kept = [
        int(line[:4])
        for file in (*files, path)
        if file.exists()
        for line in file.read_text().splitlines()
    ]
    assert kept == list(range(100))


@pytest.mark.slow
def test_two_processes_write_whole_lines(path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", WRITING, f"{path}", name], env={**os.environ})
        for name in ("one", "two")
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    lines = [line for file in path.parent.iterdir() for line in file.read_text().splitlines()]
    assert all(line.split()[0] in {"one", "two"} and line.endswith("x" * 40) for line in lines)
    assert len(set(lines)) == len(lines) > 100
    # who finds the lock taken writes on: how much then depends on who gets the processor
    assert path.with_name("a.log.1").exists()


def test_a_full_disk_is_told_once_and_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    writer = LogWriter(Path("/dev/full"))
    told: list[str] = []
    writer.tell_problem(told.append)
    log(writer, "a")
    log(writer, "b")
    assert told == ["No space left on device"]
    writer.tell_problem(told.append)
    assert len(told) == 2
    printed = capsys.readouterr()
    assert printed.out + printed.err == ""


def test_once_it_can_be_written_again_it_says_how_much_is_missing(path: Path) -> None:
    writer = LogWriter(path)
    told: list[str] = []
    writer.tell_problem(told.append)
    log(writer, "a")
    path.unlink()
    path.parent.rmdir()
    log(writer, "b")
    log(writer, "c")
    assert told == ["No such file or directory"]
    path.parent.mkdir()
    log(writer, "d")
    assert path.read_text() == "2 lines before this one could not be written\nd\n"


def test_a_record_that_cannot_be_written_out_stops_nothing(path: Path) -> None:
    writer = LogWriter(path)
    writer.handle(logging.makeLogRecord({"msg": "%d", "args": ("a",)}))
    log(writer, "b")
    assert path.read_text().endswith("b\n")


def test_a_stream_that_leads_to_a_file_is_left_where_it_is(path: Path) -> None:
    with path.open("ab") as stream:
        writer = LogWriter(Path(f"/dev/fd/{stream.fileno()}"), largest=SMALL)
        for number in range(30):
            log(writer, f"{number:04} {'x' * 44}")
        writer.close()
    assert len(path.read_text().splitlines()) == 30
    assert list(path.parent.iterdir()) == [path]
