"""What the screen can say of a round: how far the first has come, and how long one takes."""

from itertools import pairwise

import pytest

from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import NotAllowed, Refused, Throttled, Unreachable
from jobs_tui.domain.status import Status

ONE_JOB = PendingJobExecutions(queued=(JobExecutionSummary("job-1", Status.QUEUED),))


async def test_one_call_a_second_for_a_thousand_things_says_that_a_round_takes_so_long(
    watch, clock, data_plane
) -> None:
    async with watch(1000, 5.0, 1.0) as engine:
        refresher = engine.refresher
        first_round = refresher.first_round
        assert first_round is not None
        assert first_round[:2] == (0, 1000)
        assert first_round.seconds_left == pytest.approx(1000, rel=0.01)
        assert refresher.round_seconds == pytest.approx(1000, rel=0.01)
        assert refresher.interval_of("t999") == pytest.approx(1000, rel=0.01)
        await clock.advance(340.5)
        assert refresher.first_round[:2] == (341, 1000)
        assert refresher.first_round.seconds_left == pytest.approx(659, rel=0.01)
        await clock.advance(660)
        assert refresher.first_round is None
        # quiet for long or not: the budget does not allow more
        assert refresher.round_seconds == pytest.approx(1000, rel=0.03)
    assert sorted(data_plane.calls(0, 1000)) == sorted(f"t{number}" for number in range(1000))


async def test_what_is_on_screen_makes_the_first_round_longer_and_it_says_so(
    watch, clock, data_plane
) -> None:
    data_plane.pending = {f"t{number}": ONE_JOB for number in range(500)}
    async with watch(500) as engine:
        engine.refresher.look_at([f"t{number}" for number in range(400, 420)])
        told = engine.refresher.first_round.seconds_left
        assert told == pytest.approx(2 + 480 / 6, rel=0.01)
        seconds = 0.0
        while engine.refresher.first_round is not None:
            await clock.advance(0.5)
            seconds += 0.5
    assert seconds == pytest.approx(told, rel=0.1)


@pytest.mark.parametrize("failure", [NotAllowed("denied"), Refused("no such thing"), Throttled("")])
async def test_a_failure_counts_as_asked(watch, clock, data_plane, failure) -> None:
    data_plane.answers["t1"] = failure
    async with watch(3) as engine:
        await clock.advance(0.15)
        assert engine.refresher.first_round[:2] == (2, 3)
        await clock.advance(1)
        assert engine.refresher.first_round is None


async def test_a_first_round_takes_as_long_as_the_rate_in_force_lets_it(
    watch, clock, data_plane
) -> None:
    async with watch(300) as engine:
        await clock.advance(9.95)
        data_plane.answer_to_all = Throttled("")
        await clock.advance(0.1)
        data_plane.answer_to_all = None
        left = engine.refresher.first_round
        assert left[:2] == (101, 300)
        assert left.seconds_left == pytest.approx(199 / 5, rel=0.02)


async def test_a_first_round_takes_as_long_as_the_line_lets_it(watch, clock, data_plane) -> None:
    data_plane.latency = 2.0
    async with watch(500, 5.0, 100.0) as engine:
        await clock.advance(12)
        answered, total, left = engine.refresher.first_round
        assert left == pytest.approx((total - answered) / 8, rel=0.05)
        assert engine.refresher.round_seconds == pytest.approx(500 / 8, rel=0.05)


async def test_a_first_round_is_longer_by_the_wait_for_an_endpoint_that_is_away(
    watch, clock, data_plane
) -> None:
    data_plane.answer_to_all = Unreachable("refused")
    async with watch(100) as engine:
        await clock.advance(1)
        refresher = engine.refresher
        assert refresher.held_back > 5
        assert refresher.first_round[:2] == (3, 100)
        assert refresher.first_round.seconds_left == pytest.approx(9.7 + refresher.held_back)


async def test_what_is_paused_by_name_is_no_part_of_a_round(watch, clock, data_plane) -> None:
    async with watch(100, 1.0, 1.0) as engine:
        refresher = engine.refresher
        for number in range(90):
            refresher.pause(paused=True, thing_name=f"t{number}")
        assert refresher.first_round[:2] == (0, 10)
        assert refresher.round_seconds == pytest.approx(10)
        engine.refresh_now("t3")
        await clock.advance(20)
        assert refresher.first_round is None
        refresher.pause(paused=False, thing_name="t3")
        assert refresher.first_round is None
        refresher.pause(paused=False, thing_name="t4")
        assert refresher.first_round[:2] == (11, 12)
        for number in range(100):
            refresher.pause(paused=True, thing_name=f"t{number}")
        assert refresher.first_round is None
        assert refresher.round_seconds == 0


async def test_a_round_within_the_budget_takes_its_interval(watch, clock) -> None:
    async with watch(20, 5.0, 10.0) as engine:
        await clock.advance(10)
        assert engine.refresher.round_seconds == 5
        assert engine.refresher.interval_of("t3") == 5
        engine.refresher.set_interval(60.0)
        assert engine.refresher.round_seconds == 60


async def test_no_things_take_no_time(watch, clock) -> None:
    async with watch(0) as engine:
        await clock.advance(10)
        engine.refresh_now()
        assert engine.refresher.first_round is None
        assert engine.refresher.round_seconds == 0
        assert engine.refresher.held_back is None


@pytest.mark.parametrize(
    ("on_screen", "changed", "others"), [(20, 0, 200), (80, 0, 60), (20, 30, 90), (60, 30, 60)]
)
async def test_the_intervals_told_are_those_that_come_about(
    watch, clock, data_plane, on_screen: int, changed: int, others: int
) -> None:
    things = on_screen + changed + others
    async with watch(things) as engine:
        data_plane.pending = {
            f"t{number}": ONE_JOB
            for number in range(things)
            if not on_screen <= number < on_screen + changed
        }
        await clock.advance(things / 10 + 1)
        for number in range(on_screen, on_screen + changed):
            data_plane.pending[f"t{number}"] = ONE_JOB
        engine.refresh_now()
        engine.refresher.look_at([f"t{number}" for number in range(on_screen)])
        begin = things / 10 + 31
        await clock.advance(30)
        told = [engine.refresher.interval_of(f"t{number}") for number in range(things)]
        await clock.advance(85)
    for first, last in (
        (0, on_screen),
        (on_screen, on_screen + changed),
        (on_screen + changed, things),
    ):
        gaps = [
            after - before
            for number in range(first, last)
            for before, after in pairwise(data_plane.times(f"t{number}"))
            if before >= begin
        ]
        if gaps:
            wanted = sum(told[first:last]) / (last - first)
            assert sum(gaps) / len(gaps) == pytest.approx(wanted, rel=0.15)
