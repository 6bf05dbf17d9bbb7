"""What one run keeps of each thing, for the first frame of the next one."""

import asyncio
import fcntl
import json
import os
import random
import stat
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done, Unreachable
from jobs_tui.domain.status import Status
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.fleet.fleet import Fleet
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.engine.snapshot import file as snapshot_file
from jobs_tui.engine.snapshot.format import header_of, line_of, owner_of
from jobs_tui.engine.snapshot.keeper import FIRST_SCREENFUL, KEEP_EVERY_SECONDS, Snapshot
from jobs_tui.engine.thing_state import ThingState

NOW = 1_800_000_000.0
HOUR, DAY = 3600.0, 86400.0
OWNER = owner_of("123456789012", "http://127.0.0.1:1", "eu-west-3")

PENDING = PendingJobExecutions(
    (
        JobExecutionSummary(
            "fw-1", Status.IN_PROGRESS, NOW - 90, NOW - 80, NOW - 70.5, 4, 2**53 + 1
        ),
    ),
    (JobExecutionSummary("fw-2", Status.QUEUED, NOW - 60), JobExecutionSummary("x", Status.QUEUED)),
)
FW_2 = PendingJobExecutions((), PENDING.queued[:1])


@pytest.fixture(autouse=True)
def no_threads(monkeypatch) -> None:
    """What a thread would do is done at once: the test's clock must not run ahead of it."""

    async def call(function, *arguments):
        return function(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", call)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file; neither it nor its folder is there."""
    return tmp_path / "cache" / "jobs-tui" / "things-1.jsonl"


@pytest.fixture
def pending(data_plane) -> dict[str, PendingJobExecutions]:
    """What the service lists for each thing; a change of it shows at the next refresh."""
    listed: dict[str, PendingJobExecutions] = {}
    ask = data_plane.get_pending_job_executions

    async def answer(request):
        outcome = await ask(request)
        if isinstance(outcome, Done):
            return Done(listed.get(request.thing_name, outcome.value), outcome.service_time)
        return outcome

    data_plane.get_pending_job_executions = answer
    data_plane.identity = "123456789012"
    return listed


@pytest.fixture
def engine(clock, data_plane, path) -> Callable[..., Engine]:
    """Makes one for things, with the snapshot in that file."""

    def make(*things: str, link_after: float = 0.0) -> Engine:
        async def open_link(_tell: object):
            await clock.sleep(link_after)
            return data_plane

        return Engine(
            things,
            open_link,
            EngineSettings(10.0, 1000.0),
            clock,
            random.Random(1),
            NoJournal(),
            snapshot=Snapshot(path, clock),
        )

    return make


@asynccontextmanager
async def running(engine: Engine):
    """Run it, and end it as the screen does."""
    task = asyncio.create_task(engine.run())
    try:
        yield engine
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert engine.ended.is_set()


@pytest.fixture
def one_run(engine, clock, pending) -> Callable[..., Awaitable[Engine]]:
    """A run that sees each thing once."""

    async def run(*things: str, **more) -> Engine:
        async with running(engine(*things, **more)) as ran:
            await clock.advance(1)
            assert all(ran.store.answers(name) for name in things)
        return ran

    return run


def write(path: Path, *lines: bytes) -> None:
    """Put lines into the file, in a folder as the program makes it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(b"".join(lines))


def names_in(path: Path) -> list[str]:
    """The things of which the file holds a line."""
    return [json.loads(line)[0] for line in path.read_bytes().splitlines()[1:]]


def told(engine: Engine) -> list[str]:
    """The notices, oldest first."""
    return [notice.text for notice in reversed(engine.notices.newest_first)]


async def test_the_next_run_shows_what_the_last_one_saw_before_it_is_connected(
    engine, one_run, pending, clock
) -> None:
    pending["a"] = PENDING
    await one_run("a", "b")
    await clock.advance(3 * HOUR)
    store = engine("a", "b", "c").store
    assert store.thing("a").pending == PENDING
    assert store.thing("a").answered_at == pytest.approx(NOW, abs=1)
    assert store.thing("b").pending == PendingJobExecutions()
    assert [store.thing(name).earlier_run for name in "abc"] == [True, True, False]
    assert store.thing("c") == ThingState("c")
    assert not store.answers("a")


async def test_the_first_answer_takes_its_place_and_no_row_counts_as_just_gone(
    engine, one_run, pending, clock
) -> None:
    pending["a"] = PENDING
    await one_run("a")
    pending["a"] = FW_2
    async with running(engine("a")) as ran:
        await clock.advance(1)
        state = ran.store.thing("a")
        assert (state.pending, state.left, state.earlier_run) == (FW_2, (), False)
        del pending["a"]
        await clock.advance(10)
        assert [left.last_seen for left in ran.store.thing("a").left] == list(FW_2)


async def test_a_thing_that_does_not_answer_keeps_the_last_picture_with_the_reason(
    engine, one_run, pending, data_plane, clock, path
) -> None:
    pending["a"] = PENDING
    await one_run("a")
    before = path.read_bytes()
    data_plane.answers["a"] = Unreachable("a secret of the network")
    async with running(engine("a")) as ran:
        await clock.advance(3 * KEEP_EVERY_SECONDS)
        state = ran.store.thing("a")
        assert (state.pending, state.failure) == (PENDING, data_plane.answers["a"])
        assert state.earlier_run
    assert path.read_bytes() == before


async def test_what_was_seen_of_another_account_is_dropped_once_there_is_a_link(
    engine, one_run, pending, data_plane, clock, path
) -> None:
    pending["a"] = PENDING
    await one_run("a", "b")
    data_plane.identity = "210987654321"
    data_plane.answers["b"] = Unreachable("not now")
    ran = engine("a", "b")
    assert ran.store.thing("b").earlier_run
    async with running(ran):
        await clock.advance(1)
        assert ran.store.thing("b") == ThingState("b", failure=data_plane.answers["b"])
    assert names_in(path) == ["a"]
    assert not engine("b").store.thing("b").earlier_run


async def test_a_link_of_another_account_also_stops_what_is_still_being_read(
    engine, pending, data_plane, clock, path
) -> None:
    names = [f"t-{number}" for number in range(FIRST_SCREENFUL + 600)]
    write(path, header_of(OWNER), *(line_of(ThingState(each, PENDING, NOW)) for each in names))
    data_plane.identity = "210987654321"
    for name in names:
        data_plane.answers[name] = Unreachable("not now")
    ran = engine(*names, link_after=0.105)
    async with running(ran):
        await clock.advance(0.1)
        restored = sum(state.earlier_run for state in ran.store.things)
        assert FIRST_SCREENFUL < restored < len(names)
        await clock.advance(5)
        assert not any(state.earlier_run for state in ran.store.things)


async def test_the_things_of_the_first_screen_come_at_once_and_the_others_soon(
    engine, pending, data_plane, clock, path
) -> None:
    names = [f"t-{number}" for number in range(FIRST_SCREENFUL + 130)]
    write(path, header_of(OWNER), *(line_of(ThingState(each, PENDING, NOW)) for each in names))
    for name in names:
        data_plane.answers[name] = Unreachable("not now")
    # the last ones of the file are the first ones on the screen
    ran = engine(*reversed(names))
    assert sum(state.earlier_run for state in ran.store.things) == FIRST_SCREENFUL
    assert ran.store.thing(names[-1]).pending == PENDING
    heard: list[str | None] = []
    async with running(ran):
        ran.store.subscribe(heard.append)
        await clock.advance(1)
        assert all(state.earlier_run for state in ran.store.things)
    assert None not in heard


async def test_the_list_of_all_things_shows_what_the_last_run_saw_as_it_was_then(
    engine, pending, data_plane, clock, path
) -> None:
    names = [f"t-{number}" for number in range(FIRST_SCREENFUL + 130)]
    write(path, header_of(OWNER), *(line_of(ThingState(each, PENDING, NOW)) for each in names))
    for name in names:
        data_plane.answers[name] = Unreachable("not now")
    await clock.advance(3 * HOUR)
    ran = engine(*names, link_after=1.0)
    fleet = Fleet(ran.store, AttentionLimits())
    async with running(ran):
        await clock.advance(0.5)
        fleet.update()
        for name in names:
            standing = fleet.standing(name)
            assert (standing.in_progress, standing.queued, standing.stuck) == (1, 2, 0)
        # time alone changes nothing of it
        assert fleet.next_change == float("inf")
        assert ran.store.oldest_answer == NOW
        assert all(state.answered_at is not None for state in ran.store.things)
        data_plane.identity = "210987654321"
        await clock.advance(1)
        fleet.update()
        assert fleet.totals.in_progress == 0
        assert all(state.answered_at is None for state in ran.store.things)
        assert ran.store.oldest_answer is None


async def test_the_oldest_answer_is_one_of_the_last_run_while_any_is_left(
    engine, pending, data_plane, clock, path
) -> None:
    ages = {"a": 5, "b": 9, "c": 7}
    lines = (line_of(ThingState(name, PENDING, NOW - age)) for name, age in ages.items())
    write(path, header_of(OWNER), *lines)
    data_plane.answers["c"] = Unreachable("not now")
    async with running(engine("a", "b", "c", link_after=1.0)) as ran:
        assert ran.store.oldest_answer == NOW - 9
        await clock.advance(3)
        assert ran.store.oldest_answer == NOW - 7
        del data_plane.answers["c"]
        await clock.advance(30)
        assert ran.store.oldest_answer > NOW


async def test_it_is_written_every_minute_if_anything_has_answered(
    engine, pending, data_plane, clock, path
) -> None:
    pending["a"] = PENDING
    async with running(engine("a")):
        await clock.advance(KEEP_EVERY_SECONDS - 1)
        assert not path.exists()
        await clock.advance(1)
        assert names_in(path) == ["a"]
        data_plane.answers["a"] = Unreachable("not now")
        await clock.advance(KEEP_EVERY_SECONDS)
        before = path.stat().st_ino
        await clock.advance(5 * KEEP_EVERY_SECONDS)
        assert path.stat().st_ino == before


async def test_only_its_owner_may_read_it(one_run, path) -> None:
    path.parent.mkdir(mode=0o755, parents=True)
    path.parent.chmod(0o755)
    await one_run("a")
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)]
    assert modes == [0o600, 0o700]
    assert {each.name for each in path.parent.iterdir()} == {path.name, "things.lock"}


async def test_things_that_are_not_watched_keep_their_lines(one_run, pending, path, clock) -> None:
    await one_run("a", "b")
    await one_run("c")
    assert sorted(names_in(path)) == ["a", "b", "c"]
    await clock.advance(29 * DAY)
    await one_run("b")
    assert sorted(names_in(path)) == ["a", "b", "c"]
    await clock.advance(2 * DAY)
    await one_run("c")
    assert sorted(names_in(path)) == ["b", "c"]


async def test_no_more_things_are_kept_than_there_is_room_for_and_the_latest_stay(
    one_run, path, monkeypatch
) -> None:
    monkeypatch.setattr(snapshot_file, "THINGS_MOST", 3)
    for name in ("a", "b", "c", "d"):
        await one_run(name)
    assert names_in(path) == ["d", "c", "b"]


async def test_two_instances_keep_each_other_s_lines(engine, pending, clock, path) -> None:
    pending.update(a=PENDING, b=PENDING)
    async with running(engine("a", "b")), running(engine("b", "c")):
        await clock.advance(KEEP_EVERY_SECONDS)
        pending["b"] = FW_2
        await clock.advance(10)
    assert sorted(names_in(path)) == ["a", "b", "c"]
    store = engine("a", "b", "c").store
    assert [store.thing(name).pending for name in "abc"] == [PENDING, FW_2, PendingJobExecutions()]


async def test_a_file_that_another_process_is_writing_is_waited_for(
    engine, pending, clock, path
) -> None:
    path.parent.mkdir(mode=0o700, parents=True)
    with (path.parent / "things.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        async with running(engine("a")) as ran:
            await clock.advance(KEEP_EVERY_SECONDS)
            assert not path.exists()
            fcntl.flock(held, fcntl.LOCK_UN)
            await clock.advance(1)
    assert told(ran) == []


async def test_a_file_that_was_taken_away_is_written_whole_again(
    engine, pending, clock, path, data_plane
) -> None:
    async with running(engine("a", "b")):
        await clock.advance(KEEP_EVERY_SECONDS - 5)
        data_plane.answers["b"] = Unreachable("not now")
        await clock.advance(6)
        path.unlink()
        await clock.advance(KEEP_EVERY_SECONDS)
        assert names_in(path) == ["a"]
        await clock.advance(KEEP_EVERY_SECONDS)
        assert set(names_in(path)) == {"a", "b"}


async def test_what_could_not_be_written_is_written_later(
    engine, pending, clock, path, data_plane
) -> None:
    path.parent.parent.mkdir()
    path.parent.touch()
    async with running(engine("a")) as ran:
        await clock.advance(KEEP_EVERY_SECONDS - 5)
        data_plane.answers["a"] = Unreachable("not now")
        await clock.advance(6)
        assert sum("cannot be kept" in text for text in told(ran)) == 1
        path.parent.unlink()
        await clock.advance(KEEP_EVERY_SECONDS)
        assert names_in(path) == ["a"]


async def test_files_that_nobody_has_written_for_a_month_are_removed(one_run, path) -> None:
    old, new, other = (path.with_name(name) for name in ("things-2.jsonl", "things-3.jsonl", "x"))
    write(old)
    for each in (new, other):
        each.touch()
    for each, age in ((old, 31), (new, 29), (other, 31)):
        os.utime(each, (NOW - age * DAY,) * 2)
    await one_run("a")
    assert [each.exists() for each in (old, new, other)] == [False, True, True]
