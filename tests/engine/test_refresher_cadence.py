"""How often one thing is asked: less when nothing has been pending for long."""

from itertools import pairwise

import pytest

from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import NotAllowed
from jobs_tui.domain.status import Status
from jobs_tui.engine.refreshing.cadence import dispersed, jittered, stretched, wait_for_endpoint

ONE_JOB = PendingJobExecutions(queued=(JobExecutionSummary("job-1", Status.QUEUED),))


def gaps(times: list[float], begin: float, end: float) -> list[float]:
    """Seconds between refreshes that lie between two moments."""
    return [after - before for before, after in pairwise(times) if begin <= before and after <= end]


@pytest.mark.parametrize(
    ("quiet", "seconds", "on_screen"),
    [(0, 5, 5), (119, 5, 5), (120, 10, 10), (600, 20, 10), (1800, 60, 10), (1e6, 60, 10)],
)
def test_quiet_stretches_the_interval_in_steps(
    quiet: float, seconds: float, on_screen: float
) -> None:
    assert stretched(5.0, quiet, on_screen=False) == seconds
    assert stretched(5.0, quiet, on_screen=True) == on_screen


def test_quiet_does_not_stretch_an_interval_beyond_five_minutes() -> None:
    assert stretched(60.0, 1e6, on_screen=False) == 300
    assert stretched(250.0, 1e6, on_screen=True) == 300
    assert stretched(900.0, 1e6, on_screen=False) == 900


@pytest.mark.parametrize("chance", [0.0, 0.25, 1.0])
def test_chance_moves_a_turn_by_a_tenth_and_a_first_one_forward_by_up_to_half(
    chance: float,
) -> None:
    assert jittered(10.0, chance) == pytest.approx(9 + 2 * chance)
    assert dispersed(10.0, chance) == pytest.approx(5 + 5 * chance)


@pytest.mark.parametrize(
    ("interval", "tries", "longest"),
    [(5, 1, 10), (5, 2, 20), (5, 3, 40), (5, 4, 60), (5, 99, 60), (300, 1, 10), (1, 1, 2)],
)
def test_an_endpoint_that_is_away_is_tried_again_within_a_minute(
    interval: float, tries: int, longest: float
) -> None:
    assert wait_for_endpoint(interval, tries, 0.0) == longest
    assert wait_for_endpoint(interval, tries, 1.0) == longest * 0.75


async def test_a_quiet_thing_is_asked_less_often_and_says_how_often(
    watch, clock, data_plane
) -> None:
    data_plane.pending["t0"] = ONE_JOB
    async with watch(2) as engine:
        interval_of = engine.refresher.interval_of
        for since, until, quiet in ((0, 110, 5), (110, 590, 10), (590, 1790, 20), (1790, 3600, 60)):
            await clock.advance(until - since)
            assert interval_of("t1") == quiet
            assert interval_of("t0") == 5
    times = data_plane.times("t1")
    for begin, end, quiet in ((5, 120, 5), (135, 600, 10), (630, 1800, 20), (1900, 3600, 60)):
        found = gaps(times, begin, end)
        assert found
        assert all(0.9 * quiet <= gap <= 1.1 * quiet + 0.2 for gap in found)
    assert all(gap <= 5.7 for gap in gaps(data_plane.times("t0"), 0, 3600))


async def test_a_thing_is_asked_as_often_as_any_once_something_is_pending(
    watch, clock, data_plane
) -> None:
    async with watch(2) as engine:
        await clock.advance(3000)
        assert engine.refresher.interval_of("t0") == 60
        data_plane.pending["t0"] = ONE_JOB
        engine.refresh_now("t0")
        await clock.advance(60)
        assert engine.refresher.interval_of("t0") == 5
        assert engine.refresher.interval_of("t1") == 60
    assert all(gap <= 5.7 for gap in gaps(data_plane.times("t0"), 3000, 3060))


async def test_that_nothing_is_pending_any_more_is_news(watch, clock, data_plane) -> None:
    data_plane.pending["t0"] = ONE_JOB
    async with watch(2, 100.0) as engine:
        await clock.advance(1)
        engine.refresher.pause(paused=True)
        del data_plane.pending["t0"]
        for _ in range(2):
            await clock.advance(110)
            engine.refresh_now()
        await clock.advance(1)
        assert engine.refresher.interval_of("t0") == 100
        assert engine.refresher.interval_of("t1") == 200


async def test_what_comes_on_screen_is_not_kept_waiting_because_it_was_quiet(
    watch, clock, data_plane
) -> None:
    async with watch(2) as engine:
        await clock.advance(3000)
        engine.refresher.look_at(["t0"])
        assert engine.refresher.interval_of("t0") == 10
        await clock.advance(600)
        engine.refresher.look_at([])
        assert engine.refresher.interval_of("t0") == 60
        await clock.advance(60)
    found = gaps(data_plane.times("t0"), 3000, 3600)
    assert len(found) >= 50
    assert all(gap <= 11.2 for gap in found)
    assert data_plane.calls(3000, 3011).count("t0") >= 1


async def test_a_failing_thing_says_how_long_it_is_left_alone(watch, clock, data_plane) -> None:
    data_plane.answers["t0"] = NotAllowed("AccessDenied")
    async with watch(2) as engine:
        await clock.advance(0.5)
        assert engine.refresher.interval_of("t0") == 10
        await clock.advance(100)
        assert engine.refresher.interval_of("t0") == 60
        del data_plane.answers["t0"]
        engine.refresh_now("t0")
        await clock.advance(0.5)
        assert engine.refresher.interval_of("t0") == 5


async def test_another_interval_holds_at_once(watch, clock, data_plane) -> None:
    async with watch(20, 300.0) as engine:
        await clock.advance(10)
        engine.refresher.set_interval(5.0)
        assert engine.refresher.interval == 5
        await clock.advance(5.1)
        # all within the new interval, and not all at its end
        assert {*data_plane.calls(10, 15.1)} == {f"t{number}" for number in range(20)}
        assert 4 <= len(data_plane.calls(10, 12.5)) <= 16
        engine.refresher.set_interval(60.0)
        await clock.advance(10)
        before = len(data_plane.asked)
        await clock.advance(45)
    assert len(data_plane.asked) - before <= 20


async def test_another_interval_does_not_hasten_what_fails(watch, clock, data_plane) -> None:
    data_plane.answers["t0"] = NotAllowed("AccessDenied")
    async with watch(2, 60.0) as engine:
        await clock.advance(70)
        engine.refresher.set_interval(1.0)
        await clock.advance(10)
    assert data_plane.calls(70, 80).count("t0") == 0
    assert data_plane.calls(70, 80).count("t1") >= 8
