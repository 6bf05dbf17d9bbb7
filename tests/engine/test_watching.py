"""What is told line by line while an engine watches, and what is asked for it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest

from jobs_tui.domain.attention import Attention
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done, NotAllowed, Refused, Throttled, Unreachable
from jobs_tui.domain.status import Status
from jobs_tui.engine.happenings import Happening, What
from jobs_tui.engine.watching import Watching

AWAY = Unreachable("nothing listens there", "look at the network")


def row(job: str, version: int = 1, status: Status = Status.QUEUED, **times) -> JobExecutionSummary:
    return JobExecutionSummary(job, status, version_number=version, execution_number=1, **times)


def queued(*jobs: str) -> PendingJobExecutions:
    return PendingJobExecutions(queued=tuple(map(row, jobs)))


def working(job: str, version: int = 2, updated: float | None = None) -> PendingJobExecutions:
    summary = row(job, version, Status.IN_PROGRESS, last_updated_at=updated)
    return PendingJobExecutions(in_progress=(summary,))


class Told:
    """What was told, and the engine that saw it."""

    def __init__(self, engine) -> None:
        self.engine = engine
        self.all: list[Happening] = []

    def take(self) -> list[tuple[object, ...]]:
        """What was told since, in short."""
        taken = [
            (each.what, each.thing_name, each.summary and each.summary.job_id) for each in self.all
        ]
        self.all.clear()
        return taken


@pytest.fixture
def listening(watch) -> Callable[..., contextlib.AbstractAsyncContextManager[Told]]:
    @contextlib.asynccontextmanager
    async def of(*args, **kwargs) -> AsyncIterator[Told]:
        async with watch(*args, **kwargs) as engine:
            told = Told(engine)
            watching = asyncio.create_task(Watching(engine, told.all.append).run())
            try:
                yield told
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)

    return of


class Deadlines:
    """Answers DescribeJobExecution with these seconds left, or as told."""

    def __init__(self, data_plane, seconds: int | None, version: int = 2) -> None:
        self.asked = 0
        self.answer = None
        self.version = version
        self.seconds = seconds
        data_plane.describe_job_execution = self.describe

    async def describe(self, request):
        self.asked += 1
        assert not request.include_job_document
        if self.answer is not None:
            return self.answer
        return Done(
            JobExecution(
                request.job_id,
                request.thing_name,
                Status.IN_PROGRESS,
                version_number=self.version,
                execution_number=request.execution_number,
                approximate_seconds_before_timed_out=self.seconds,
            )
        )


async def test_what_stands_there_comes_first_and_then_each_change_as_it_is_seen(
    clock, data_plane, listening
) -> None:
    Deadlines(data_plane, None)
    data_plane.pending["t0"] = queued("a", "b")
    async with listening(2, interval=2.0) as told:
        await clock.advance(3)
        assert told.all[-1].standing == (2, 0, 2)
        assert told.take() == [
            (What.STANDING, "t0", "a"),
            (What.STANDING, "t0", "b"),
            (What.ALL_ASKED, None, None),
        ]
        data_plane.pending["t0"] = PendingJobExecutions(
            working("a").in_progress, queued("b", "c").queued
        )
        await clock.advance(3)
        change = told.all[0]
        assert (change.before.status, change.summary.version_number) == (Status.QUEUED, 2)
        assert told.take() == [(What.CHANGED, "t0", "a"), (What.NEW, "t0", "c")]
        data_plane.pending["t0"] = queued("c")
        await clock.advance(3)
        assert told.take() == [(What.GONE, "t0", "a"), (What.GONE, "t0", "b")]
        await clock.advance(600)
        assert told.take() == []


async def test_what_gets_stuck_is_told_when_it_is_so_and_again_after_a_report(
    clock, data_plane, listening
) -> None:
    Deadlines(data_plane, None)
    begin = clock.now()
    data_plane.pending["t0"] = working("a", updated=begin - 60)
    async with listening(1, interval=60.0) as told:
        await clock.advance(30 * 60 - 70)
        assert told.take() == [(What.STANDING, "t0", "a"), (What.ALL_ASKED, None, None)]
        await clock.advance(15)
        assert [each.needs for each in told.all] == [Attention.STUCK]
        assert told.take() == [(What.NEEDS_ATTENTION, "t0", "a")]
        data_plane.pending["t0"] = working("a", 3, updated=clock.now())
        await clock.advance(30 * 60 + 10)
        assert told.take() == [(What.CHANGED, "t0", "a"), (What.NEEDS_ATTENTION, "t0", "a")]


async def test_a_deadline_is_read_once_a_version_and_told_before_and_after_it(
    clock, data_plane, listening
) -> None:
    deadlines = Deadlines(data_plane, 600)
    data_plane.pending["t0"] = working("a", updated=clock.now())
    async with listening(1, interval=2.0) as told:
        await clock.advance(290)
        assert told.take() == [(What.STANDING, "t0", "a"), (What.ALL_ASKED, None, None)]
        await clock.advance(15)
        assert [each.needs for each in told.all] == [Attention.DUE]
        told.take()
        # a report that does not put it off is no news
        deadlines.version, deadlines.seconds = 3, 290
        data_plane.pending["t0"] = working("a", 3, updated=clock.now())
        await clock.advance(10)
        assert told.take() == [(What.CHANGED, "t0", "a")]
        await clock.advance(300)
        assert [each.needs for each in told.all] == [Attention.OVERDUE]
        told.take()
        data_plane.pending["t0"] = PendingJobExecutions()
        await clock.advance(5)
        assert [(each.what, each.past_deadline) for each in told.all] == [(What.GONE, True)]
        assert deadlines.asked == 2


async def test_where_deadlines_may_not_be_read_that_is_told_once_and_not_asked_over_and_over(
    clock, data_plane, listening
) -> None:
    deadlines = Deadlines(data_plane, None)
    deadlines.answer = NotAllowed("no", "allow it")
    for name in ("t0", "t1", "t2"):
        data_plane.pending[name] = working("a")
    async with listening(3, interval=2.0) as told:
        await clock.advance(60)
        kinds = [each.what for each in told.all]
        assert kinds.count(What.DEADLINES_UNREAD) == 1
        assert 1 <= deadlines.asked <= 3


@pytest.mark.parametrize(
    ("answer", "most"), [(Throttled("slow"), 8), (AWAY, 8), (Refused("it has ended"), 1)]
)
async def test_a_read_that_brings_nothing_is_not_asked_over_and_over(
    clock, data_plane, listening, answer, most
) -> None:
    deadlines = Deadlines(data_plane, None)
    deadlines.answer = answer
    data_plane.pending["t0"] = working("a")
    async with listening(1, interval=2.0):
        await clock.advance(120)
        assert 1 <= deadlines.asked <= most


async def test_a_version_that_the_list_lacks_yet_is_not_read_again_and_again(
    clock, data_plane, listening
) -> None:
    deadlines = Deadlines(data_plane, 600, version=9)
    data_plane.pending["t0"] = working("a")
    async with listening(1, interval=2.0):
        await clock.advance(60)
        assert deadlines.asked == 1


async def test_an_endpoint_that_goes_is_one_line_and_a_thing_that_fails_is_another(
    clock, data_plane, listening
) -> None:
    async with listening(20, interval=2.0, rate=50.0) as told:
        await clock.advance(5)
        told.take()
        data_plane.answers["t3"] = NotAllowed("not yours", "ask for it")
        await clock.advance(10)
        assert told.take() == [(What.NOT_ASKED, "t3", None)]
        del data_plane.answers["t3"]
        await clock.advance(70)
        assert told.take() == [(What.ASKED_AGAIN, "t3", None)]
        data_plane.answer_to_all = AWAY
        await clock.advance(60)
        kinds = [each[0] for each in told.take()]
        assert kinds.count(What.ENDPOINT_LOST) == 1
        assert kinds.count(What.NOT_ASKED) <= 3
        failed = kinds.count(What.NOT_ASKED)
        data_plane.answer_to_all = None
        await clock.advance(70)
        kinds = [each[0] for each in told.take()]
        assert kinds[0] is What.ENDPOINT_BACK
        assert kinds[1:] == [What.ASKED_AGAIN] * failed


async def test_things_are_all_asked_only_once_the_endpoint_was_there(
    clock, data_plane, listening
) -> None:
    data_plane.answer_to_all = AWAY
    async with listening(1, interval=2.0) as told:
        await clock.advance(30)
        assert [each[0] for each in told.take()] == [What.ENDPOINT_LOST]
        data_plane.answer_to_all = None
        await clock.advance(70)
        assert [each[0] for each in told.take()] == [What.ENDPOINT_BACK, What.ALL_ASKED]


async def test_a_full_list_is_told_and_what_it_pushes_out_is_not_gone(
    clock, data_plane, listening
) -> None:
    ten = [f"j{number}" for number in range(10)]
    data_plane.pending["t0"] = queued(*ten)
    async with listening(1, interval=2.0) as told:
        await clock.advance(3)
        assert told.take()[10:] == [
            (What.THERE_MAY_BE_MORE, "t0", None),
            (What.ALL_ASKED, None, None),
        ]
        data_plane.pending["t0"] = queued("older", *ten[:9])
        await clock.advance(3)
        assert told.take() == [(What.STANDING, "t0", "older")]


async def test_reading_deadlines_stays_within_the_rate(clock, data_plane, listening) -> None:
    deadlines = Deadlines(data_plane, 3600)
    for number in range(20):
        data_plane.pending[f"t{number}"] = working("a")
    async with listening(20, interval=1.0, rate=2.0):
        await clock.advance(700)
        assert deadlines.asked == 20
        assert len(data_plane.asked) + deadlines.asked <= 2 * 700 + 5


async def test_over_a_thin_line_no_deadline_is_read(clock, data_plane, listening) -> None:
    deadlines = Deadlines(data_plane, 3600)
    data_plane.pending["t0"] = working("a")
    async with listening(1, interval=1.0, low_bandwidth=True) as told:
        await clock.advance(140)
        assert told.take() == [(What.STANDING, "t0", "a"), (What.ALL_ASKED, None, None)]
        assert deadlines.asked == 0
