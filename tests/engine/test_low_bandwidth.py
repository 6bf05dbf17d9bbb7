"""Where bytes are spared: what is asked when, and that what the user wants never waits for them."""

import asyncio
from itertools import pairwise

import pytest

from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Unreachable
from jobs_tui.domain.requests import DescribeJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.byte_budget import ByteBudget, rounded

ONE_JOB = PendingJobExecutions(queued=(JobExecutionSummary("job-1", Status.QUEUED),))
TWENTY = [f"t{number}" for number in range(20)]


@pytest.fixture(autouse=True)
def _at_work(data_plane) -> None:
    """So that no thing is asked less often for being quiet."""
    data_plane.pending = dict.fromkeys(TWENTY, ONE_JOB)


@pytest.fixture
def thin(watch):
    return lambda things, *pace: watch(things, *pace, low_bandwidth=True)


def gaps(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(times)]


async def test_what_is_on_screen_is_asked_every_quarter_of_a_minute_and_the_rest_seldom(
    thin, clock, data_plane
) -> None:
    data_plane.weight = 700
    async with thin(6) as engine:
        engine.refresher.look_at(["t0", "t1"])
        assert engine.refresher.interval == 15
        await clock.advance(1200)
        for name, interval in (("t0", 15), ("t1", 15), ("t2", 300), ("t5", 300)):
            told = gaps(data_plane.times(name))[1:]
            assert told
            assert all(0.9 * interval <= each <= 1.1 * interval + 1 for each in told), name
            assert engine.refresher.interval_of(name) == pytest.approx(interval, rel=0.05)


async def test_a_longer_interval_is_not_made_shorter(thin, clock, data_plane) -> None:
    async with thin(1, 60.0) as engine:
        engine.refresher.look_at(["t0"])
        await clock.advance(600)
        assert engine.refresher.interval == 60
    assert 9 <= len(data_plane.asked) <= 12


async def test_no_more_bytes_are_spent_than_the_budget_has_and_no_fewer(
    thin, clock, data_plane
) -> None:
    data_plane.weight = 5_000
    async with thin(4) as engine:
        engine.refresher.look_at(TWENTY[:4])
        for _ in range(10):
            before = data_plane.traffic.total
            await clock.advance(60)
            # a call that has begun is not cut short, and half a minute can be saved up
            assert data_plane.traffic.total - before <= 30_000 + 5_000 + 15_000
        assert 300_000 <= data_plane.traffic.total <= 320_000
        spread = [len(data_plane.times(name)) for name in TWENTY[:4]]
        assert max(spread) - min(spread) <= 2
        # what the screen calls late and live goes by what the bytes allow
        assert engine.refresher.interval_of("t0") == pytest.approx(40, rel=0.1)
        assert engine.refresher.round_seconds == pytest.approx(40, rel=0.1)


async def test_what_was_not_spent_for_long_is_not_spent_at_once(thin, clock, data_plane) -> None:
    data_plane.weight = 1_000
    async with thin(20) as engine:
        engine.refresher.look_at(TWENTY)
        await clock.advance(100)
        engine.refresher.pause(paused=True)
        await clock.advance(600)
        engine.refresher.pause(paused=False)
        data_plane.asked.clear()
        await clock.advance(60)
        assert 40 <= len(data_plane.asked) <= 46


async def test_what_is_wanted_by_name_does_not_wait_for_bytes(thin, clock, data_plane) -> None:
    data_plane.weight = 10_000
    async with thin(10) as engine:
        engine.refresher.look_at(["t0", "t1"])
        await clock.advance(8)
        data_plane.asked.clear()
        for number in range(30):
            engine.refresh_now(f"t{5 + number % 3}")
            await clock.advance(0.2)
            assert len(data_plane.asked) == number + 1, "it went out at once, and nothing else"
        assert {name for _, name in data_plane.asked} == {"t5", "t6", "t7"}
        # who spent it waits for it, but for no more than a minute
        data_plane.asked.clear()
        await clock.advance(58)
        assert data_plane.asked == []
        await clock.advance(22)
        assert data_plane.asked


async def test_all_at_once_means_what_is_on_screen_first(thin, clock, data_plane) -> None:
    data_plane.weight = 10_000
    async with thin(20) as engine:
        engine.refresher.look_at(TWENTY[:4])
        await clock.advance(30)
        data_plane.asked.clear()
        engine.refresh_now()
        await clock.advance(1)
        assert sorted(name for _, name in data_plane.asked) == TWENTY[:4]
        await clock.advance(720)
        assert {name for _, name in data_plane.asked} == set(TWENTY)


async def test_while_paused_too_only_what_is_on_screen_is_refreshed_at_once(
    thin, clock, data_plane
) -> None:
    data_plane.weight = 10_000
    async with thin(4) as engine:
        engine.refresher.look_at(["t0"])
        await clock.advance(200)
        engine.refresher.pause(paused=True)
        engine.refresh_now("t1")
        await clock.advance(0.5)
        data_plane.asked.clear()
        await clock.advance(300)
        assert data_plane.asked == []
        engine.refresh_now("t0")
        await clock.advance(0.5)
        assert [name for _, name in data_plane.asked] == ["t0"]


async def test_a_dialog_reads_at_once_and_its_bytes_count(thin, clock, data_plane) -> None:
    data_plane.weight = 1_000
    async with thin(1) as engine:
        engine.refresher.look_at(["t0"])
        await clock.advance(100)
        data_plane.traffic.received += 100_000
        data_plane.asked.clear()
        reading = asyncio.ensure_future(engine.describe(DescribeJobExecution("t0", "job-1")))
        await clock.advance(0)
        assert reading.done()
        await clock.advance(45)
        assert data_plane.asked == []
        await clock.advance(30)
        assert len(data_plane.asked) == 1


async def test_one_call_at_a_time_goes_out_so_that_one_connection_does(
    thin, clock, data_plane
) -> None:
    data_plane.latency = 2.0
    async with thin(10) as engine:
        engine.refresher.look_at(TWENTY[:5])
        await clock.advance(40)
        assert data_plane.under_way_at_most == 1
        engine.refresh_now()
        await clock.advance(20)
        assert data_plane.under_way_at_most == 2


async def test_what_is_wanted_goes_out_beside_a_call_that_takes_long(
    thin, clock, data_plane
) -> None:
    async with thin(2) as engine:
        engine.refresher.look_at(["t0"])
        await clock.advance(5)
        data_plane.latency = 8.0
        while not data_plane.under_way:
            await clock.advance(0.5)
        data_plane.asked.clear()
        engine.refresh_now("t1")
        await clock.advance(0.2)
        assert [name for _, name in data_plane.asked] == ["t1"]


async def test_an_endpoint_that_is_away_is_tried_whatever_that_has_cost(
    thin, clock, data_plane
) -> None:
    data_plane.answer_to_all = Unreachable("away")
    async with thin(3) as engine:
        engine.refresher.look_at(["t0", "t1"])
        await clock.advance(40)
        data_plane.asked.clear()
        data_plane.answer_to_all = None
        wait = engine.refresher.held_back
        assert 0 < wait < 50
        data_plane.traffic.sent += 100_000
        await clock.advance(wait + 0.01)
        assert len(data_plane.asked) == 1
        assert engine.refresher.held_back is None


async def test_it_can_be_begun_and_ended_while_the_program_runs(watch, clock, data_plane) -> None:
    data_plane.weight = 1_000
    async with watch(10) as engine:
        engine.refresher.look_at(["t0"])
        assert not engine.low_bandwidth
        await clock.advance(60)
        usual = len(data_plane.asked)
        assert usual > 100
        engine.save_bandwidth(on=True)
        assert (engine.low_bandwidth, engine.refresher.interval) == (True, 15)
        await clock.advance(60)
        spared = len(data_plane.asked) - usual
        await clock.advance(60)
        assert len(data_plane.asked) - usual - spared <= 5
        engine.save_bandwidth(on=False)
        assert (engine.low_bandwidth, engine.refresher.interval) == (False, 5)
        data_plane.asked.clear()
        await clock.advance(60)
        assert len(data_plane.asked) > 100


async def test_an_interval_that_the_user_has_set_meanwhile_stays(watch) -> None:
    async with watch(1) as engine:
        engine.save_bandwidth(on=True)
        engine.save_bandwidth(on=True)
        engine.refresher.set_interval(10)
        assert engine.refresher.interval == 10
        engine.save_bandwidth(on=False)
        assert engine.refresher.interval == 10
        engine.save_bandwidth(on=False)
        assert engine.refresher.interval == 10


def test_the_kilobytes_of_the_last_minute_are_told_anew_every_ten_seconds(
    clock, data_plane
) -> None:
    data_plane.traffic.sent = 1_000_000
    budget = ByteBudget(data_plane.traffic, clock)
    told = []
    for second in range(1, 181):
        clock._now += 1
        data_plane.traffic.received += 500 if second <= 90 else 0
        told.append(budget.kilobytes)
    figures = [now for now, _ in told]
    assert {limit for _, limit in told} == {30}
    assert figures[:59] == [None] * 59
    assert figures[59] == figures[89] == 30
    assert figures[-1] == 0
    changes = [second for second, pair in enumerate(pairwise(figures)) if pair[0] != pair[1]]
    assert min(later - earlier for earlier, later in pairwise(changes)) >= 10


def test_a_figure_that_nobody_looked_at_for_long_is_still_one_per_minute(clock, data_plane) -> None:
    budget = ByteBudget(data_plane.traffic, clock)
    clock._now += 600
    data_plane.traffic.sent += 100_000
    assert budget.kilobytes == (10, 30)


@pytest.mark.parametrize(
    ("kilobytes", "told"),
    [(0.4, 0), (0.6, 1), (9.4, 9), (9.6, 10), (12.6, 15), (97, 95), (99, 100)],
)
def test_a_figure_is_as_coarse_as_it_is_large(kilobytes: float, told: int) -> None:
    assert rounded(kilobytes) == told
