"""Deadlines of what nobody looks at: which are read, by which calls, and what is kept of them."""

from itertools import pairwise

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Outcome, Refused, Throttled
from jobs_tui.domain.requests import DescribeJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.deadline_reader import PATIENCE_CALLS, SHARE, read_deadline
from jobs_tui.engine.thing_state import ReadDeadline, ThingState, with_answer, with_deadline

AT_WORK = PendingJobExecutions(
    (JobExecutionSummary("a", Status.IN_PROGRESS, version_number=1, execution_number=1),)
)


class Reads:
    """How DescribeJobExecution answers in memory, and when it was asked for what."""

    def __init__(self, clock) -> None:
        self._clock = clock
        self._begin = clock.monotonic()
        self.asked: list[tuple[float, str]] = []
        self.failure: Failure | None = None
        self.seconds = 4000

    async def __call__(self, request: DescribeJobExecution) -> Outcome[JobExecution | None]:
        self.asked.append((self._clock.monotonic() - self._begin, request.thing_name))
        return self.failure or Done(
            JobExecution(
                request.job_id,
                request.thing_name,
                Status.IN_PROGRESS,
                version_number=1,
                execution_number=1,
                approximate_seconds_before_timed_out=self.seconds,
            )
        )


@pytest.fixture
def reads(clock, data_plane) -> Reads:
    data_plane.describe_job_execution = found = Reads(clock)
    return found


def at_work(*numbers: int) -> dict[str, PendingJobExecutions]:
    return {f"t{number}": AT_WORK for number in numbers}


async def test_lists_are_asked_at_the_same_moments_with_and_without_reading(
    clock, data_plane, reads, watch, monkeypatch
) -> None:
    data_plane.pending = at_work(*range(0, 40, 2))
    async with watch(40, rate=20.0):
        await clock.advance(120)
    with_reading = [(at - 1_800_000_000.0, name) for at, name in data_plane.asked]
    assert sorted(name for _, name in reads.asked) == sorted(data_plane.pending)
    data_plane.asked.clear()
    begin = clock.now()
    monkeypatch.setattr(ThingState, "unread", ())
    async with watch(40, rate=20.0):
        await clock.advance(120)
    without = [(at - begin, name) for at, name in data_plane.asked]
    assert len(reads.asked) == 20
    assert [name for _, name in with_reading] == [name for _, name in without]
    assert [at for at, _ in with_reading] == pytest.approx([at for at, _ in without], abs=1e-4)


async def test_at_most_a_tenth_of_the_budget_is_spent_on_it(
    clock, data_plane, reads, watch
) -> None:
    data_plane.pending = at_work(*range(20))
    async with watch(20, interval=300.0, rate=10.0):
        await clock.advance(60)
    gaps = [later - at for (at, _), (later, _) in pairwise(reads.asked)]
    assert len(gaps) == 19
    assert min(gaps) >= 1 / (10.0 * SHARE) - 1e-6


async def test_where_no_call_is_ever_spare_it_takes_one_of_fifty_after_the_first_round(
    clock, data_plane, reads, watch
) -> None:
    data_plane.pending = at_work(*range(20))
    async with watch(200, rate=10.0) as engine:
        await clock.advance(19)
        assert engine.refresher.first_round is not None
        assert reads.asked == []
        await clock.advance(131)
        assert len(reads.asked) == 20
        assert len(data_plane.asked) + 20 == pytest.approx(1500, abs=2)
    gaps = [later - at for (at, _), (later, _) in pairwise(reads.asked)]
    assert min(gaps) >= PATIENCE_CALLS / 10.0


async def test_none_is_read_while_all_is_paused_or_its_thing_is_or_the_rate_is_halved(
    clock, data_plane, reads, watch
) -> None:
    async with watch(2, interval=300.0) as engine:
        await clock.advance(5)
        data_plane.pending = at_work(0)
        engine.refresher.pause(paused=True)
        engine.refresh_now()
        await clock.advance(30)
        assert reads.asked == []
        engine.refresher.pause(paused=False)
        engine.refresher.pause(paused=True, thing_name="t0")
        await clock.advance(30)
        assert reads.asked == []
        engine.budget.throttled()
        engine.refresher.pause(paused=False, thing_name="t0")
        await clock.advance(30)
        assert reads.asked == []
        engine.budget.rate = engine.budget.limit
        await clock.advance(10)
        assert len(reads.asked) == 1


@pytest.mark.parametrize(("failure", "calls"), [(Refused("gone"), 1), (Throttled(""), 2)])
async def test_what_is_refused_is_not_asked_again_and_what_got_no_answer_is(
    clock, data_plane, reads, watch, failure: Failure, calls: int
) -> None:
    data_plane.pending = at_work(0)
    reads.failure = failure
    async with watch(1, interval=2.0) as engine:
        await clock.advance(10)
        assert len(reads.asked) == 1
        assert engine.store.answers("t0")
        reads.failure = None
        await clock.advance(120)
        assert len(reads.asked) == calls


async def test_an_identity_that_may_not_read_is_asked_less_and_less_often(
    clock, data_plane, reads, watch
) -> None:
    data_plane.pending = at_work(*range(50))
    reads.failure = NotAllowed("no iotjobsdata:DescribeJobExecution")
    async with watch(50, interval=300.0):
        await clock.advance(600)
    assert 8 <= len(reads.asked) <= 20


@pytest.mark.parametrize("in_sight", [False, True])
async def test_what_is_near_when_it_is_first_read_is_told_unless_it_is_on_the_screen(
    clock,
    data_plane,
    reads,
    watch,
    in_sight: bool,  # noqa: FBT001
) -> None:
    data_plane.pending = at_work(0)
    reads.seconds = 100
    async with watch(2, interval=2.0) as engine:
        engine.refresher.look_at(["t0" if in_sight else "t1"])
        await clock.advance(20)
        assert len(reads.asked) == 1
        texts = [notice.text for notice in engine.notices.newest_first]
        assert texts == ([] if in_sight else ["t0 / a: about to time out"])


async def test_what_is_watched_no_more_is_not_read(clock, data_plane, reads, watch) -> None:
    data_plane.pending = at_work(0)
    async with watch(2, interval=300.0) as engine:
        engine.refresher.pause(paused=True)
        engine.refresh_now()
        await clock.advance(10)
        engine.unwatch("t0")
        engine.refresher.pause(paused=False)
        await clock.advance(20)
    assert reads.asked == []


def test_a_deadline_is_kept_as_long_as_its_version_is_listed() -> None:
    (row,) = AT_WORK
    state = with_answer(ThingState("t0"), AT_WORK, now=100.0, keep_left=20.0)
    assert list(state.unread) == [row]
    state = with_deadline(state, ReadDeadline("a", 1, 1, 700.0))
    assert list(state.unread) == []
    assert state.deadline_of(row) == 700.0
    same = with_answer(state, AT_WORK, now=105.0, keep_left=20.0)
    assert same.deadlines == state.deadlines
    newer = row._replace(version_number=2)
    after = with_answer(state, PendingJobExecutions((newer,)), now=110.0, keep_left=20.0)
    assert after.deadlines == ()
    assert list(after.unread) == [newer]


def test_a_list_that_is_older_than_the_reading_asks_for_no_other() -> None:
    (row,) = AT_WORK
    read = JobExecution("a", "t0", Status.IN_PROGRESS, version_number=2)
    told = read_deadline(row, read, 100.0)
    assert told == ReadDeadline("a", 1, 2, None)
    state = with_answer(ThingState("t0"), AT_WORK, now=100.0, keep_left=20.0)
    assert list(with_deadline(state, told).unread) == []
    assert read_deadline(row, None, 100.0) == ReadDeadline("a", 1, 1, None)
