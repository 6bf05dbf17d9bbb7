"""What the journal keeps, of whom, for how long, and between several running instances."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Attempt, AttemptKind, Author, Change, ChangeState
from jobs_tui.engine.journal.author import this_author
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.journal.sqlite_journal import DAY, FILE_NAME, SqliteJournal

NOW = 1_800_000_000.0
HERE = "https://here.example"
ANN = Author("ann", "gateway", "10.0.0.7")
SIGNED = "https://bucket.example/fw?X-Amz-Signature=5ig&X-Amz-Credential=AKIA"

SEEN = JobExecution(
    "fw",
    "gw-1",
    Status.IN_PROGRESS,
    {"progress": "60%"},
    queued_at=NOW - 30.5,
    started_at=NOW - 20,
    last_updated_at=NOW - 10,
    version_number=4,
    execution_number=2**63 - 1,
)
UPDATE = UpdateJobExecution(
    "gw-1",
    "fw",
    Status.FAILED,
    {"reason": "d\u00efsk \u2603", "escape": "\x1b[31m"},
    expected_version=4,
    execution_number=2**63 - 1,
    step_timeout_in_minutes=-1,
)
START = StartNextPendingJobExecution("gw-1", {"by": "hand"}, 5)


def asked(
    request: UpdateJobExecution | StartNextPendingJobExecution = UPDATE,
    based_on: JobExecution | None = SEEN,
    **members: object,
) -> Change:
    """A change as it is before it is recorded."""
    return Change(0, request, based_on, NOW, **{"endpoint": HERE, "author": ANN, **members})


Instances = Callable[..., SqliteJournal]


@pytest.fixture
async def instance(tmp_path: Path) -> AsyncIterator[Instances]:
    """Open the journal of the test as another instance of the program."""
    opened: list[SqliteJournal] = []

    def open_it(name: str, keep_days: float = 90.0, now: float = NOW) -> SqliteJournal:
        opened.append(SqliteJournal(lambda: tmp_path, name, lambda: now, keep_days))
        return opened[-1]

    yield open_it
    for each in opened:
        await each.close()


REPLACED = replace(SEEN, version_number=5, status=Status.FAILED)
FINISHED = replace(
    asked(),
    state=ChangeState.CONFIRMED,
    explanation="version 5, by reading again",
    standing=REPLACED,
    attempts=(
        Attempt(AttemptKind.SEND, NOW, "not confirmed", "no answer", "", None),
        Attempt(AttemptKind.READ, NOW + 1.25, "done", request_id="request-7"),
    ),
)


@pytest.mark.parametrize(
    "change",
    [
        asked(),
        asked(UpdateJobExecution("gw-1", "fw", Status.SUCCEEDED)),
        asked(START, None),
        asked(START, replace(SEEN, status=Status.QUEUED)),
        asked(author=Author("", "host")),
        FINISHED,
        *(replace(FINISHED, state=state, advice="look") for state in ChangeState),
    ],
)
async def test_a_change_comes_back_as_it_was(change: Change, instance: Instances) -> None:
    journal = instance("a")
    recorded = await journal.record(change)
    assert recorded == replace(change, number=1)
    await journal.write(recorded)
    assert list(await journal.latest(5)) == [recorded]
    await journal.close()
    assert list(await instance("b").latest(5)) == [recorded]


async def test_an_attempt_is_written_when_it_begins_and_again_when_it_ends(
    instance: Instances,
) -> None:
    journal = instance("a")
    recorded = await journal.record(asked())
    begun = Attempt(AttemptKind.SEND, NOW, "")
    for attempts in (
        (begun,),
        (replace(begun, outcome="refused", reason="no", code="X", request_id="r-1"),),
    ):
        await journal.write(replace(recorded, attempts=attempts))
        (found,) = await journal.latest(1)
        assert found.attempts == attempts


async def test_changes_are_numbered_over_all_instances_and_listed_newest_first(
    instance: Instances,
) -> None:
    first, second = instance("a"), instance("b")
    for number in range(6):
        request = UpdateJobExecution("gw-1", f"fw-{number}", Status.FAILED)
        recorded = await (first, second)[number % 2].record(asked(request, None))
        assert recorded.number == number + 1
    assert [each.number for each in await first.latest(4)] == [6, 5, 4, 3]


async def test_the_number_of_a_change_that_was_forgotten_is_not_given_out_again(
    instance: Instances,
) -> None:
    journal = instance("a")
    await journal.record(asked(state=ChangeState.REFUSED))
    await journal.close()
    assert (await instance("b", now=NOW + 91 * DAY).record(asked())).number == 2


def modes_in(folder: Path) -> dict[str, int]:
    """The permissions of all that is in a folder, by name."""
    return {
        str(each.relative_to(folder)): each.stat().st_mode & 0o777 for each in folder.glob("**/*")
    }


def open_to_all(folder: Path) -> None:
    """Let others read a folder and the journal in it."""
    for each in (folder, *folder.glob(f"{FILE_NAME}*")):
        each.chmod(0o755)


async def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        journal = SqliteJournal(lambda: tmp_path / "state" / "jobs-tui", "a", lambda: NOW)
        await journal.record(asked())
        modes = modes_in(tmp_path / "state")
        await journal.close()
    finally:
        os.umask(mask)
    assert modes == {
        "jobs-tui": 0o700,
        "jobs-tui/instances": 0o700,
        "jobs-tui/instances/a.lock": 0o600,
        "jobs-tui/journal.lock": 0o600,
        "jobs-tui/journal.sqlite": 0o600,
        "jobs-tui/journal.sqlite-shm": 0o600,
        "jobs-tui/journal.sqlite-wal": 0o600,
    }


async def test_what_others_could_read_of_it_they_cannot_any_more(
    tmp_path: Path, instance: Instances
) -> None:
    await instance("a").record(asked())
    open_to_all(tmp_path)
    await instance("b").latest(1)
    modes = modes_in(tmp_path.parent)
    for name in ("", f"/{FILE_NAME}", f"/{FILE_NAME}-wal", f"/{FILE_NAME}-shm"):
        assert modes[f"{tmp_path.name}{name}"] & 0o077 == 0, name


async def test_a_change_is_on_the_disk_before_it_is_told_to_be(
    tmp_path: Path, instance: Instances
) -> None:
    journal = instance("a")
    await journal.record(asked())
    connection = journal._opened.file.database._connection
    pragmas = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        assert other.execute("SELECT count(*) FROM change").fetchone() == (1,)


def bytes_in(folder: Path) -> bytes:
    """All that is in the files of a folder."""
    return b"".join(each.read_bytes() for each in folder.glob("**/*") if each.is_file())


async def test_no_job_document_and_no_signature_gets_in(
    tmp_path: Path, instance: Instances
) -> None:
    foreign = replace(
        SEEN,
        status_details={"url": SIGNED, "X-Amz-Security-Token": "t0ken"},
        job_document=f'{{"marker-of-the-document": "{SIGNED}"}}',
    )
    attempt = Attempt(AttemptKind.SEND, NOW, "refused", f"not {SIGNED}", SIGNED, SIGNED)
    change = replace(asked(based_on=foreign), standing=foreign, attempts=(attempt,))
    journal = instance("a")
    recorded = await journal.record(replace(change, explanation=SIGNED, advice=SIGNED))
    await journal.write(recorded)
    (found,) = await journal.latest(1)
    kept = bytes_in(tmp_path)
    assert b"bucket.example" in kept
    for secret in (b"marker-of-the-document", b"5ig", b"AKIA", b"t0ken"):
        assert secret not in kept, secret
    assert found.based_on is not None
    assert found.based_on.job_document is None
    assert found.based_on.version_number == 4


async def test_a_change_that_holds_a_signature_itself_is_not_recorded(
    tmp_path: Path, instance: Instances
) -> None:
    request = replace(UPDATE, status_details={"url": SIGNED})
    with pytest.raises(JournalError, match="presigned URL") as caught:
        await instance("a").record(asked(request))
    assert "leave that detail out" in caught.value.advice
    assert b"5ig" not in bytes_in(tmp_path)


async def test_text_that_is_no_unicode_is_kept_visibly(instance: Instances) -> None:
    journal = instance("a")
    attempt = Attempt(AttemptKind.SEND, NOW, "refused", "b\ud800d", "c\ud800", "r\ud800")
    change = asked(author=Author("\udce9ric", "h\udcff", "c\udcff"), attempts=(attempt,))
    recorded = await journal.record(replace(change, explanation="no \udfff", advice="\udfff"))
    await journal.write(recorded)
    (found,) = await journal.latest(1)
    assert found.author == Author("\\udce9ric", "h\\udcff", "c\\udcff")
    assert found.explanation == "no \\udfff"
    assert found.attempts[0].reason == "b\\ud800d"


async def test_what_is_settled_is_forgotten_after_a_while_and_what_is_open_never(
    tmp_path: Path, instance: Instances
) -> None:
    journal = instance("a")
    attempts = (Attempt(AttemptKind.SEND, NOW, "done"),)
    for state in ChangeState:
        for age in (11.0, 9.0):
            old = replace(asked(state=state), asked_at=NOW - age * DAY)
            await journal.write(replace(await journal.record(old), attempts=attempts))
    await journal.close()
    left = await instance("b", keep_days=10.0).latest(100)
    ages = {state: set() for state in ChangeState}
    for each in left:
        ages[each.state].add((NOW - each.asked_at) / DAY)
    for state, found in ages.items():
        assert found == ({9.0} if state.settled else {9.0, 11.0}), state
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        assert other.execute("SELECT count(*) FROM attempt").fetchone() == (len(left),)


RECORDER = """
import asyncio, pathlib, sys
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Author, Change, ChangeState
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal

async def main():
    journal = SqliteJournal(lambda: pathlib.Path(sys.argv[1]), "other-process", lambda: 1.8e9)
    for job, endpoint, state in (
        ("fw", "https://here.example", ChangeState.SENDING),
        ("fw", "https://there.example", ChangeState.SENDING),
        ("gone", "https://here.example", ChangeState.REFUSED),
        ("late", "https://here.example", ChangeState.LEFT),
    ):
        request = UpdateJobExecution("gw-1", job, Status.FAILED)
        author = Author("bob", "gateway")
        await journal.record(Change(0, request, None, 1.8e9, endpoint, author, state))
    print("recorded", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_only_changes_of_a_dead_instance_are_taken_over_and_only_those_for_the_endpoint(
    tmp_path: Path, instance: Instances
) -> None:
    root = Path(__file__).parents[2]
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", RECORDER, tmp_path),
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}"},
    )
    try:
        assert other.stdout is not None
        assert await other.stdout.readline() == b"recorded\n"
        mine = instance("mine")
        assert await mine.take_over(HERE, "") == []
        with pytest.raises(JournalError) as caught:
            await mine.record(asked())
        told = "another jobs-tui here is changing it: FAILED by bob, sending"
        assert caught.value.reason == told
        assert caught.value.advice
    finally:
        other.send_signal(signal.SIGKILL)
        await other.wait()
    assert (tmp_path / "instances" / "other-process.lock").exists()
    taken = await mine.take_over(HERE, "")
    assert [(each.number, each.job_id) for each in taken] == [(1, "fw"), (4, "late")]
    assert taken[0].author == Author("bob", "gateway")
    assert await mine.take_over(HERE, "") == []
    assert await instance("next").take_over(HERE, "") == []
    assert [each.number for each in await mine.take_over("https://there.example", "")] == [2]
    assert (await mine.record(asked())).number == 5


async def test_what_another_account_left_behind_the_same_endpoint_is_not_taken_over(
    instance: Instances,
) -> None:
    dead = instance("dead")
    await dead.record(replace(asked(), identity="111111111111"))
    await dead.close()
    mine = instance("mine")
    assert await mine.take_over(HERE, "222222222222") == []
    assert len(await mine.take_over(HERE, "111111111111")) == 1


async def test_an_instance_that_was_closed_is_dead_and_one_that_lives_is_not(
    instance: Instances,
) -> None:
    first, second = instance("first"), instance("second")
    for journal, job in ((first, "fw-1"), (second, "fw-2")):
        await journal.record(asked(UpdateJobExecution("gw-1", job, Status.FAILED), None))
    await first.close()
    assert [each.job_id for each in await instance("third").take_over(HERE, "")] == ["fw-1"]
    assert await second.take_over(HERE, "") == []


async def test_two_that_start_at_once_take_each_change_once(instance: Instances) -> None:
    dead = instance("dead")
    for number in range(20):
        await dead.record(asked(UpdateJobExecution("gw-1", f"{number}", Status.FAILED), None))
    await dead.close()
    starting = [instance(name) for name in ("a", "b", "c")]
    taken = await asyncio.gather(*(each.take_over(HERE, "") for each in starting))
    assert sorted(change.number for part in taken for change in part) == list(range(1, 21))


ANOTHER_JOB = UpdateJobExecution("gw-1", "fw-2", Status.FAILED)
ANOTHER_THING = UpdateJobExecution("gw-2", "fw", Status.FAILED)


@pytest.mark.parametrize(
    ("first", "second", "blocked"),
    [
        (asked(), asked(), True),
        (asked(START, None), asked(), True),
        (asked(), asked(START, None), True),
        (asked(START, None), asked(START, None), True),
        (asked(START, SEEN), asked(ANOTHER_JOB, None), False),
        (asked(), asked(ANOTHER_JOB, None), False),
        (asked(), asked(ANOTHER_THING, None), False),
        (asked(), asked(endpoint="https://there.example"), False),
        (asked(state=ChangeState.CONFLICT), asked(), False),
    ],
)
async def test_one_instance_at_a_time_changes_an_execution(
    first: Change, second: Change, *, blocked: bool, instance: Instances
) -> None:
    owner, other = instance("owner"), instance("other")
    recorded = await owner.record(first)
    if blocked:
        with pytest.raises(JournalError, match=f"{first.wish} by ann, waiting"):
            await other.record(second)
        assert len(await other.latest(5)) == 1
        await owner.write(replace(recorded, state=ChangeState.CONFIRMED))
    assert (await other.record(second)).number == 2


async def test_an_instance_may_change_what_it_is_changing(instance: Instances) -> None:
    journal = instance("a")
    await journal.record(asked())
    assert (await journal.record(asked())).number == 2


async def test_the_locks_of_instances_are_tidied_away(tmp_path: Path, instance: Instances) -> None:
    folder = tmp_path / "instances"
    first = instance("first")
    await first.latest(1)
    (folder / "killed.lock").touch()
    second = instance("second")
    await second.latest(1)
    assert {each.name for each in folder.iterdir()} == {"first.lock", "second.lock"}
    await first.close()
    await second.close()
    assert list(folder.iterdir()) == []


def test_instances_that_start_at_once_make_one_journal(tmp_path: Path) -> None:
    failures: list[JournalError] = []

    def start(path: Path, together: threading.Barrier) -> None:
        together.wait()
        try:
            JournalFile(path).close()
        except JournalError as error:
            failures.append(error)

    for turn in range(10):
        together = threading.Barrier(4)
        path = tmp_path / f"{turn}.sqlite"
        threads = [threading.Thread(target=start, args=(path, together)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []


async def test_a_journal_that_is_read_meanwhile_can_be_written(
    tmp_path: Path, instance: Instances
) -> None:
    journal = instance("a")
    await journal.record(asked())
    with closing(JournalFile(tmp_path / FILE_NAME, read_only=True)) as reader:
        assert len(reader.changes()) == 1
        await journal.record(asked(ANOTHER_JOB, None))
        assert len(reader.changes()) == 2
        assert [each.job_id for each in reader.changes(most=1)] == ["fw-2"]
        with pytest.raises(JournalError, match="readonly"):
            reader.forget(NOW + 1)


async def test_a_call_after_the_end_is_told(instance: Instances) -> None:
    journal = instance("a")
    await journal.record(asked())
    await journal.close()
    await journal.close()
    with pytest.raises(JournalError, match="is closed"):
        await journal.latest(1)


@pytest.mark.parametrize(
    ("environment", "client"),
    [
        ({}, None),
        ({"SSH_CONNECTION": "10.0.0.7 50000 10.0.0.1 22"}, "10.0.0.7"),
        ({"SSH_CLIENT": "fe80::1%eth0 50000 22"}, "fe80::1%eth0"),
        ({"SSH_CONNECTION": ""}, None),
    ],
)
def test_the_author_is_the_login_user_from_where_the_session_comes(
    environment: dict[str, str], client: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ann")
    author = this_author(environment)
    assert (author.user, author.ssh_client) == ("ann", client)
    assert author.host


def test_an_author_whose_name_is_no_text_can_be_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ann\udcff")
    author = this_author({"SSH_CONNECTION": "\udcfe 1 2 3"})
    assert (author.user, author.ssh_client) == ("ann?", "?")
