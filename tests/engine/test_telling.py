"""What is told by itself, when, and how much of it, while an engine runs."""

from dataclasses import replace
from itertools import pairwise

import pytest

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Unreachable
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.telling import may_have_ended_it

AWAY = Unreachable("nothing listens there", "look at the network")


def jobs(*names: str, status: Status = Status.QUEUED) -> PendingJobExecutions:
    rows = tuple(JobExecutionSummary(name, status, version_number=1) for name in names)
    return PendingJobExecutions(*((rows, ()) if status is Status.IN_PROGRESS else ((), rows)))


def told(engine) -> list[tuple[str, str]]:
    """Text and level, oldest first."""
    return [(each.text, each.level) for each in reversed(engine.notices.newest_first)]


async def test_what_is_there_at_first_is_not_told_and_what_comes_is_within_a_second_or_so(
    clock, data_plane, watch
) -> None:
    data_plane.pending["t0"] = jobs("a")
    async with watch(2, interval=2.0) as engine:
        await clock.advance(10)
        assert told(engine) == []
        data_plane.pending["t0"] = jobs("a", "b")
        await clock.advance(3.5)
        assert told(engine) == [("t0 / b: new job", "")]
        notice = engine.notices.latest
        assert notice.place.job_id == "b"
        assert notice.news


async def test_a_flood_is_told_as_one_and_then_seldom(clock, data_plane, watch) -> None:
    async with watch(20, interval=2.0, rate=100.0) as engine:
        await clock.advance(10)
        before = clock.now()
        for round_number in range(5):
            for number in range(20):
                data_plane.pending[f"t{number}"] = jobs(*map(str, range(round_number + 1)))
            await clock.advance(2)
        await clock.advance(10)
        texts = told(engine)
        assert 2 <= len(texts) <= (clock.now() - before) / 5 + 1
        assert sum(int(text.split()[0]) for text, _ in texts) == 100
        assert texts[-1][0].endswith("new jobs on 20 things")


async def test_over_a_thin_line_news_come_at_most_every_five_seconds(
    clock, data_plane, watch
) -> None:
    async with watch(1, interval=1.0, low_bandwidth=True) as engine:
        engine.refresher.set_interval(1.0)
        await clock.advance(40)
        heard = []
        engine.notices.subscribe(lambda _: heard.append(clock.now()))
        for number in range(30):
            data_plane.pending["t0"] = jobs(str(number))
            engine.refresh_now("t0")
            await clock.advance(1)
        moments = sorted(set(heard))
        assert len(moments) > 3
        assert min(b - a for a, b in pairwise(moments)) >= 5


async def test_an_endpoint_that_goes_is_one_notice_for_all_things_and_so_is_its_return(
    clock, data_plane, watch
) -> None:
    async with watch(50, interval=2.0, rate=100.0) as engine:
        await clock.advance(10)
        data_plane.answer_to_all = AWAY
        await clock.advance(30)
        assert told(engine) == [("the endpoint is lost: nothing listens there", "alarm")]
        data_plane.answer_to_all = None
        await clock.advance(70)
        (_, (back, level)) = told(engine)
        assert back.startswith("the endpoint is back after ")
        assert level == "good"


async def test_one_thing_that_fails_is_no_endpoint_that_is_lost(clock, data_plane, watch) -> None:
    async with watch(5, interval=2.0) as engine:
        await clock.advance(10)
        data_plane.answers["t1"] = AWAY
        await clock.advance(60)
        assert told(engine) == []


def read(seconds: int, version: int = 1) -> JobExecution:
    return JobExecution(
        "a",
        "t0",
        Status.IN_PROGRESS,
        version_number=version,
        approximate_seconds_before_timed_out=seconds,
    )


async def test_a_deadline_that_comes_near_is_told_once_and_that_it_left_after_it(
    clock, data_plane, watch
) -> None:
    data_plane.pending["t0"] = jobs("a", status=Status.IN_PROGRESS)
    async with watch(1, interval=2.0) as engine:
        await clock.advance(5)
        engine.store.record_execution(read(600))
        await clock.advance(290)
        assert told(engine) == []
        await clock.advance(20)
        assert told(engine) == [("t0 / a: about to time out", "warning")]
        # put off, it can come near again
        heard = []
        engine.notices.subscribe(heard.append)
        engine.store.record_execution(read(400))
        await clock.advance(90)
        assert heard == []
        await clock.advance(20)
        assert [notice.text for notice in heard] == ["t0 / a: about to time out"]
        await clock.advance(300)
        data_plane.pending["t0"] = PendingJobExecutions()
        await clock.advance(10)
        assert told(engine)[-1] == ("t0 / a: left the list past its deadline", "alarm")


async def test_what_is_about_to_time_out_when_it_is_first_read_is_no_news(
    clock, data_plane, watch
) -> None:
    data_plane.pending["t0"] = jobs("a", status=Status.IN_PROGRESS)
    async with watch(1, interval=2.0) as engine:
        await clock.advance(5)
        engine.store.record_execution(read(100))
        await clock.advance(60)
        assert told(engine) == []


UPDATE = UpdateJobExecution("t0", "a", Status.FAILED)


@pytest.mark.parametrize(
    ("change", "ours"),
    [
        (None, False),
        (Change(1, StartNextPendingJobExecution("t0"), None, 0.0), False),
        (Change(1, replace(UPDATE, status=Status.IN_PROGRESS), None, 0.0), False),
        (Change(1, UPDATE, None, 0.0, state=ChangeState.CONFIRMED), True),
        (Change(1, UPDATE, None, 0.0, state=ChangeState.NOT_CONFIRMED), True),
        (Change(1, UPDATE, None, 0.0, state=ChangeState.REFUSED), False),
        (Change(1, UPDATE, None, 0.0, state=ChangeState.CONFLICT), False),
    ],
)
def test_only_a_change_that_may_have_landed_is_why_an_execution_is_gone(
    change: Change | None,
    ours: bool,  # noqa: FBT001
) -> None:
    assert may_have_ended_it(change) is ours
