"""`jobs-tui journal`: what it prints of a journal, and how it ends."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.cli import main
from jobs_tui.cli.arguments import Arguments, WrongUsage, parse
from jobs_tui.cli.journal import print_journal
from jobs_tui.cli.journal_arguments import JournalSelection, Since
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Attempt, AttemptKind, Author, Change, ChangeState
from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME

ROOT = Path(__file__).parent.parent
NOW = 1_800_000_000.0
HOUR = 3600.0

SEEN = JobExecution(
    "fw-1", "gw-1", Status.IN_PROGRESS, {"progress": "60%"}, version_number=2, execution_number=7
)
UPDATE = UpdateJobExecution(
    "gw-1",
    "fw-1",
    Status.FAILED,
    {"reason": '=HYPERLINK("http://x")', "note": "a,b\nc"},
    expected_version=2,
    execution_number=7,
    step_timeout_in_minutes=-1,
)
CHANGES = (
    Change(
        0,
        UPDATE,
        SEEN,
        NOW - 3 * HOUR,
        "https://here.example",
        Author("ann", "gateway", "10.0.0.7"),
        ChangeState.CONFIRMED,
        '=version "3", by reading\x1b[31m again',
        standing=replace(SEEN, status=Status.FAILED, version_number=3),
        attempts=(
            Attempt(AttemptKind.SEND, NOW - 3 * HOUR, "unreachable", "no route"),
            Attempt(AttemptKind.SEND, NOW - 2.5 * HOUR, "done", request_id="request-7"),
        ),
    ),
    Change(
        0,
        StartNextPendingJobExecution("gw-2", step_timeout_in_minutes=5),
        None,
        NOW - HOUR,
        "https://here.example",
        Author("+bob", "gateway"),
        ChangeState.REFUSED,
        "not allowed",
        attempts=(Attempt(AttemptKind.SEND, NOW, "not allowed", "no", "Forbidden", "request-8"),),
    ),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the program looks for its journal."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "jobs-tui"


@pytest.fixture
def written(folder: Path) -> Path:
    """That folder, with a journal of two changes in it."""
    with closing(JournalFile(folder / FILE_NAME)) as file:
        for change in CHANGES:
            file.write(file.record(change, "a", lambda _: False))
    return folder


def printed(*words: str) -> str:
    """What the command prints, three hours after the first change."""
    selection = parse(["journal", *words]).selection
    assert selection is not None
    output = io.StringIO()
    assert print_journal(selection, NOW, output) is None
    return output.getvalue()


def entries(*words: str) -> list[dict[str, Any]]:
    """The changes that are printed as JSON."""
    return json.loads(printed("--json", *words))


def test_the_table_has_a_line_for_each_change_the_oldest_first(written: Path) -> None:
    assert printed() == (
        "WHEN                  WHO                     THING  JOB    FROM            TO          "
        "STATE                                           TRIES\n"
        "2027-01-15T05:00:00Z  ann@gateway (10.0.0.7)  gw-1   fw-1   IN_PROGRESS v2  FAILED      "
        'confirmed: =version "3", by reading\u241b[31m again  2\n'
        "2027-01-15T07:00:00Z  +bob@gateway            gw-2   $next  -               start next  "
        "refused: not allowed                            1\n"
    )


def test_json_has_everything_about_each_change(written: Path) -> None:
    first, second = entries()
    assert first == {
        "number": 1,
        "asked_at": "2027-01-15T05:00:00Z",
        "user": "ann",
        "host": "gateway",
        "ssh_client": "10.0.0.7",
        "endpoint": "https://here.example",
        "identity": "",
        "thing": "gw-1",
        "job": "fw-1",
        "execution_number": 7,
        "from_status": "IN_PROGRESS",
        "from_version": 2,
        "to": "FAILED",
        "status_details": {"reason": '=HYPERLINK("http://x")', "note": "a,b\nc"},
        "step_timeout_in_minutes": -1,
        "state": "confirmed",
        "explanation": '=version "3", by reading\x1b[31m again',
        "version": 3,
        "attempts": [
            {
                "kind": "send",
                "at": "2027-01-15T05:00:00Z",
                "outcome": "unreachable",
                "reason": "no route",
                "code": "",
                "request_id": None,
            },
            {
                "kind": "send",
                "at": "2027-01-15T05:30:00Z",
                "outcome": "done",
                "reason": "",
                "code": "",
                "request_id": "request-7",
            },
        ],
        "request_ids": ["request-7"],
    }
    nothing_known = ("ssh_client", "job", "execution_number", "from_status", "version")
    assert {second[name] for name in nothing_known} == {None}
    assert second["to"] == "start next"
    assert "\x1b" not in printed("--json")


def test_csv_can_be_read_by_programs_and_harms_no_spreadsheet_and_no_terminal(
    written: Path,
) -> None:
    text = printed("--csv")
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert first["explanation"] == '\'=version "3", by reading\u241b[31m again'
    assert '"\'=version ""3"", by reading\u241b[31m again"' in text
    details = json.loads(first["status_details"])
    assert details == {"reason": '=HYPERLINK("http://x")', "note": "a,b\nc"}
    assert first["step_timeout_in_minutes"] == "-1"
    assert (first["attempts"], first["request_ids"]) == ("2", "request-7")
    assert second["user"] == "'+bob"
    assert second["from_status"] == ""
    assert second["status_details"] == "{}"
    assert len(text.splitlines()) == 3
    assert "\x1b" not in text


def test_json_and_csv_have_the_same_members(written: Path) -> None:
    names = next(csv.reader(io.StringIO(printed("--csv"))))
    assert names == list(entries()[0])


def test_only_the_changes_of_a_thing(written: Path) -> None:
    assert [each["thing"] for each in entries("--thing", "gw-2")] == ["gw-2"]
    assert entries("--thing", "gw-3") == []


@pytest.mark.parametrize(
    ("since", "numbers"),
    [
        ("30m", []),
        ("2h", [2]),
        ("7d", [1, 2]),
        ("999999d", [1, 2]),
        ("2027-01-15", [1, 2]),
        ("2027-01-16", []),
        ("2027-01-15T06:00", [2]),
        ("2027-01-15T08:00+02:00", [2]),
        ("2027-01-15T07:00:00Z", [2]),
        ("2027-01-15T07:00:01Z", []),
        ("0001-01-01T00:00+14:00", [1, 2]),
    ],
)
def test_only_the_changes_since_a_moment(since: str, numbers: list[int], written: Path) -> None:
    assert [each["number"] for each in entries("--since", since)] == numbers


@pytest.mark.parametrize(
    ("words", "selection"),
    [
        ([], JournalSelection()),
        (["--csv"], JournalSelection("csv")),
        (["--thing", "journal"], JournalSelection(thing_name="journal")),
        (["--since", "2h", "--json"], JournalSelection("json", None, Since(7200.0))),
        (
            ["--since", "2026-11-25"],
            JournalSelection(
                since=Since(None, datetime(2026, 11, 25, tzinfo=UTC).timestamp()),
            ),
        ),
    ],
)
def test_what_of_the_journal_is_asked_for(words: list[str], selection: JournalSelection) -> None:
    assert parse(["journal", *words]) == Arguments("journal", selection=selection)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--since", "yesterday"], "'yesterday' is no time such as 30m, 2h, 7d"),
        (["--since", "2w"], "is no time"),
        (["--since", ""], "is no time"),
        (["--since", "\u0662h"], "is no time"),
        (["--since", "2026-02-30"], "is no time"),
        (["--since", "\x1b[31m"], "\u241b"),
        (["--thing", "a b"], "is not a thing name"),
        (["--json", "--csv"], "not allowed with"),
        (["gw-1"], "unrecognized arguments"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(words: list[str], told: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        parse(["journal", *words])
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("form", "expected"),
    [("--json", "[]\n"), ("--csv", "number,asked_at"), ("--thing=gw-1", "WHEN  WHO")],
)
def test_that_there_is_nothing_yet_is_no_error(
    form: str, expected: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", form]) == 0
    output, errors = capfd.readouterr()
    assert output.startswith(expected)
    assert errors == ""
    assert not folder.exists()


def make_random_bytes(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"\x1b[31m" * 4000)


def make_newer(folder: Path) -> None:
    with closing(JournalFile(folder / FILE_NAME)) as file:
        file.database._connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (make_random_bytes, f"{FILE_NAME}: file is not a database; move the file away\n"),
        (make_newer, "was written by a newer jobs-tui"),
        (lambda folder: folder.touch(), "Not a directory"),
        (lambda folder: (folder / FILE_NAME).mkdir(parents=True), f"{FILE_NAME}: "),
    ],
)
def test_a_journal_that_cannot_be_read_is_told_in_one_line(
    make: Callable[[Path], None], told: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make(folder)
    assert main(["journal"]) == 1
    output, errors = capfd.readouterr()
    assert output == ""
    assert told in errors
    assert errors.startswith("jobs-tui: ")
    assert len(errors.splitlines()) == 1


def test_a_home_folder_that_does_not_exist_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    assert main(["journal"]) == 1
    errors = capfd.readouterr().err
    assert "nobody does not exist; set HOME" in errors
    assert len(errors.splitlines()) == 1


def run(*words: str, output: Any = subprocess.PIPE, **environment: str) -> Any:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "jobs_tui", "journal", *words],
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_a_reader_that_has_seen_enough_is_no_error(written: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run("--json", output=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_output_that_cannot_be_written_is_told_in_one_line(written: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = run(output=full)
    told = "jobs-tui: the output cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, told)


def test_an_output_that_does_not_speak_unicode_gets_what_it_can(written: Path) -> None:
    done = run(PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "by reading\\u241b[31m again" in done.stdout


def test_a_wrong_time_is_wrong_usage(folder: Path) -> None:
    done = run("--since", "yesterday")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
