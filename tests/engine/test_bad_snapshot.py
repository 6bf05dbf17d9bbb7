"""A folder or a file that cannot be read or written: told once, and everything else works."""

import asyncio
import fcntl
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.status import Status
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.engine.notices import Notices
from jobs_tui.engine.snapshot.file import BYTES_MOST, SnapshotFile
from jobs_tui.engine.snapshot.format import LINE_MOST, header_of, line_of, owner_of
from jobs_tui.engine.snapshot.keeper import KEEP_EVERY_SECONDS, Snapshot
from jobs_tui.engine.store import Store
from jobs_tui.engine.thing_state import ThingState

NOW = 1_800_000_000.0
OWNER = owner_of("", "http://127.0.0.1:1", "eu-west-3")
PENDING = PendingJobExecutions(
    (JobExecutionSummary("fw-1", Status.IN_PROGRESS, NOW - 90, NOW - 80, NOW - 70, 4, 1),),
    (JobExecutionSummary("fw-2", Status.QUEUED, NOW - 60, None, NOW - 60, 1, 1),),
)
A, B, C = (line_of(ThingState(name, PENDING, NOW)) for name in "abc")
WHOLE = [header_of(OWNER), A, B, C]


@pytest.fixture(autouse=True)
def no_threads(monkeypatch) -> None:
    """What a thread would do is done at once: the test's clock must not run ahead of it."""

    async def call(function, *arguments):
        return function(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", call)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file, in a folder that is there."""
    folder = tmp_path / "jobs-tui"
    folder.mkdir(mode=0o700)
    return folder / "things-1.jsonl"


@pytest.fixture
def run(clock, data_plane, path):
    """A run of two minutes on the things a, b and c, which answer; returns what it has told."""

    async def two_minutes(file: Path = path) -> list[str]:
        async def open_link(_tell: object):
            return data_plane

        pace, chance = EngineSettings(10.0, 1000.0), random.Random(1)
        snapshot = Snapshot(file, clock)
        engine = Engine("abc", open_link, pace, clock, chance, NoJournal(), snapshot=snapshot)
        task = asyncio.create_task(engine.run())
        await clock.advance(2 * KEEP_EVERY_SECONDS)
        assert all(engine.store.answers(name) for name in "abc")
        task.cancel()
        await clock.advance(2)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert engine.ended.is_set()
        return [notice.text for notice in reversed(engine.notices.newest_first)]

    return two_minutes


def as_seen(path: Path) -> tuple[dict[str, ThingState], list[str]]:
    """What the first frame has of a, b and c, and what is told then."""
    clock = StandingClock()
    store, notices = Store("abc", clock), Notices(clock.now)
    Snapshot(path, clock).begin(store, notices)
    seen = {state.thing_name: state for state in store.things if state.earlier_run}
    return seen, [notice.text for notice in notices.newest_first]


class StandingClock:
    """A clock that stands still."""

    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return NOW

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


def link(path: Path) -> None:
    """A symbolic link to a good file."""
    good = path.with_name("good")
    good.write_bytes(b"".join(WHOLE))
    path.symlink_to(good)


def too_large(path: Path) -> None:
    """A file with a hole that is larger than any snapshot."""
    with path.open("wb") as file:
        file.truncate(BYTES_MOST + 1)


OF_NEXT_VERSION = header_of(OWNER).replace(b'"version":1', b'"version":2')
NOT_READ = {
    "another-version": (
        lambda path: path.write_bytes(b"".join([OF_NEXT_VERSION, A])),
        "another version of jobs-tui has written it",
    ),
    "no-json": (lambda path: path.write_bytes(b"\x00\xff" * 999), "it is damaged"),
    "empty": (lambda path: path.touch(), "it is damaged"),
    "other-json": (lambda path: path.write_text("[1]\n"), "it is damaged"),
    "deep": (lambda path: path.write_text("[" * 200_000), "it is damaged"),
    "folder": (Path.mkdir, "Is a directory"),
    "fifo": (os.mkfifo, "it is no file"),
    "link": (link, "Too many levels of symbolic links"),
    "large": (too_large, "it is larger than any snapshot"),
}


@pytest.mark.parametrize(("make", "reason"), NOT_READ.values(), ids=NOT_READ)
async def test_what_cannot_be_read_is_told_once_and_replaced(run, path, make, reason) -> None:
    make(path)
    told = await run()
    first, *others = told
    assert first == f"the last picture cannot be read: {reason} ({path}); everything else works"
    if path.is_dir():
        assert others == [first.replace("be read", "be kept")]
    else:
        assert others == []
        assert set(as_seen(path)[0]) == {"a", "b", "c"}
    if make is link:
        assert path.with_name("good").read_bytes() == b"".join(WHOLE)


def damaged(line: bytes) -> Iterator[bytes]:
    """Lines that no run can have written."""
    members = json.loads(line)
    row = members[2][0]
    for wrong in (None, 1, "abcdef", ["abcdef"], [row[:5]], [[*row, 1]], [{}], [None]):
        yield json.dumps([members[0], members[1], wrong, []]).encode() + b"\n"
    for place, wrong in ((0, 1), (0, None), (1, "x"), (2, [1]), (3, {}), (4, 1.5), (5, "1")):
        bad = [*row[:place], wrong, *row[place + 1 :]]
        yield json.dumps([members[0], members[1], [bad], []]).encode() + b"\n"
    for number in ("NaN", "Infinity", "1e999", "9" * 400, "null", '"1"', "[]"):
        yield line.replace(b"1800000000.0", number.encode(), 1)
        yield line.replace(b"1799999910.0", number.encode() if number != "null" else b"{}", 1)
    yield line[:-20] + b"\n"
    yield line[:-1] + b"]\n"
    yield b"[" * 5000 + b"\n"
    yield b'["b",1800000000,' + b"[" * 5000 + b"\n"
    yield b"\xff" + line


@pytest.mark.parametrize("bad", damaged(B), ids=lambda bad: repr(bad[:60]))
async def test_a_damaged_line_is_told_and_the_others_are_shown(path, bad) -> None:
    path.write_bytes(b"".join([WHOLE[0], A, bad, C]))
    seen, told = as_seen(path)
    assert {name: state.pending for name, state in seen.items()} == {"a": PENDING, "c": PENDING}
    assert told == [
        f"the last picture cannot be read whole: 1 line is damaged ({path}); everything else works"
    ]


async def test_damage_is_told_once_and_gone_with_the_next_write(run, path) -> None:
    path.write_bytes(b"".join([WHOLE[0], A, b"?\n", b"?\n", C]))
    told = await run()
    assert len(told) == 1
    assert "2 lines are damaged" in told[0]
    assert as_seen(path)[1] == []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.integers(0, 3), st.integers(0, 3))
@example(b"", 0, 3)
@example(b'["a",1,[],[]]', 1, 2)
@example(b'["b",-1,[[]],[]]\n{', 1, 1)
def test_whatever_is_in_the_file_never_raises_and_good_lines_are_used(
    path, garbage: bytes, begin: int, end: int
) -> None:
    path.write_bytes(b"".join([*WHOLE[:begin], garbage, b"\n", *WHOLE[max(begin, end) :]]))
    seen, _ = as_seen(path)
    if begin > 0:
        # what pretends to be an earlier line of the same thing is believed
        pretended = {name for name in "abc" if f'["{name}",'.encode() in garbage}
        kept = {*"abc"[: begin - 1], *"abc"[max(begin, end) - 1 :]}
        assert kept - pretended <= set(seen)
    SnapshotFile(path).merge(OWNER, {"a": A}, NOW)
    assert {"a"} <= set(as_seen(path)[0])


def test_what_is_read_is_what_was_written(path) -> None:
    rows = (
        JobExecutionSummary('\ud800\n\u202e"\\', Status.QUEUED, -1e300, 1e300, 0.0, 0, 2**63),
        JobExecutionSummary("", Status.QUEUED),
    )
    state = ThingState("a", PendingJobExecutions((), rows), NOW + 0.25)
    path.write_bytes(header_of(OWNER) + line_of(state))
    seen = as_seen(path)[0]["a"]
    assert (seen.pending, seen.answered_at) == (state.pending, NOW + 0.25)


def test_a_line_that_could_not_be_read_again_is_not_written() -> None:
    rows = (JobExecutionSummary("x" * LINE_MOST, Status.QUEUED),)
    assert line_of(ThingState("a", PendingJobExecutions((), rows), NOW)) == b""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """The file, in a folder to which everybody has the way."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "jobs-tui"
        folder.mkdir()
        yield folder / "things-1.jsonl"
        folder.chmod(0o755)


@contextmanager
def as_somebody() -> Iterator[None]:
    """Without the rights of root, to whom no folder is read-only."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("there", [False, True], ids=["empty", "with-a-snapshot"])
async def test_a_folder_that_is_read_only_is_told_once(run, open_folder, there) -> None:
    if there:
        open_folder.write_bytes(b"".join(WHOLE))
    open_folder.parent.chmod(0o555)
    with as_somebody():
        told = await run(open_folder)
    assert told == [
        f"the last picture cannot be kept: Permission denied ({open_folder}); everything else works"
    ]
    assert not there or open_folder.read_bytes() == b"".join(WHOLE)


async def test_a_folder_that_cannot_be_made_is_told_once(run, path) -> None:
    path.parent.rmdir()
    path.parent.touch()
    told = await run()
    assert [each.partition(" (")[0] for each in told] == [
        "the last picture cannot be kept: File exists"
    ]


@contextmanager
def no_room_for(size: int) -> Iterator[None]:
    """No file can grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_where_there_is_no_room_the_file_stays_as_it_was_and_that_is_told_once(
    run, path
) -> None:
    path.write_bytes(b"".join(WHOLE))
    with no_room_for(100):
        told = await run()
    assert told == [
        f"the last picture cannot be kept: File too large ({path}); everything else works"
    ]
    assert path.read_bytes() == b"".join(WHOLE)
    assert {each.name for each in path.parent.iterdir()} == {path.name, "things.lock"}


async def test_a_file_that_another_instance_never_lets_go_of_is_told_once(run, path) -> None:
    with (path.parent / "things.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        async with asyncio.timeout(10):
            told = await run()
    reason = "another instance of jobs-tui does not let go of it"
    assert told == [f"the last picture cannot be kept: {reason} ({path}); everything else works"]


WRITER = """
import sys
from pathlib import Path
from jobs_tui.engine.snapshot.file import SnapshotFile
file = SnapshotFile(Path(sys.argv[1]))
lines = {f"t-{n}": b'["t-%d",1800000000,[],[]]\\n' % n for n in range(3000)}
while True:
    file.merge("owner", lines, 1800000000.0)
    print(end=".", flush=True)
"""


def test_killed_at_any_moment_it_leaves_a_whole_file(tmp_path) -> None:
    paths = [tmp_path / f"{number}" / "things-1.jsonl" for number in range(4)]
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE)
        for path in paths
    ]
    chance = random.Random(3)
    for writer, path in zip(writers, paths, strict=True):
        assert writer.stdout is not None
        writer.stdout.read(chance.randint(1, 5))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        content = SnapshotFile(path).read()
        assert content.owner == "owner"
        assert len(content.lines.readlines()) == 3000
        # what was left of a file that was not finished is in nobody's way
        SnapshotFile(path).merge("owner", {"a": A}, NOW)
        assert len(SnapshotFile(path).read().lines.readlines()) == 3001
