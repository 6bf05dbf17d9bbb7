"""Who is asked first when more is due than the budget allows, and that nobody waits for ever."""

import random

import pytest

from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.status import Status
from jobs_tui.engine.refreshing.schedule import Schedule

ONE_JOB = PendingJobExecutions(queued=(JobExecutionSummary("job-1", Status.QUEUED),))


async def test_things_are_first_asked_in_the_order_in_which_they_were_given(
    watch, clock, data_plane
) -> None:
    async with watch(50):
        await clock.advance(4.95)
    assert data_plane.calls(0, 5) == [f"t{number}" for number in range(50)]


async def test_what_the_user_asks_for_goes_before_all_that_is_due(watch, clock, data_plane) -> None:
    async with watch(100) as engine:
        engine.refresher.look_at(["t1", "t2"])
        await clock.advance(60.05)
        engine.refresh_now("t70")
        await clock.advance(0.1)
    assert data_plane.calls(60.05, 60.2) == ["t70"]


async def test_what_is_on_screen_goes_before_the_rest(watch, clock, data_plane) -> None:
    async with watch(1000) as engine:
        await clock.advance(2.05)
        engine.refresher.look_at(["t700", "t701", "no such thing"])
        await clock.advance(30)
        # asked at once, and then as often as the interval says
        assert set(data_plane.calls(2.05, 2.25)) == {"t700", "t701"}
        assert 6 <= len(data_plane.times("t700")) <= 8
        engine.refresher.look_at(["t3"])
        await clock.advance(60)
    assert data_plane.calls(32.05, 40).count("t700") == 0
    assert len(data_plane.times("t3")) >= 12


async def test_what_has_changed_lately_goes_before_the_rest(watch, clock, data_plane) -> None:
    async with watch(400) as engine:
        await clock.advance(41)
        data_plane.pending["t5"] = ONE_JOB
        # only now does a call find out, which is the last that has to wait for its turn
        engine.refresh_now("t5")
        await clock.advance(100)
        assert len(data_plane.times("t5")) >= 15
        begin = 41 + 100 + 60
        await clock.advance(160)
    # no news for two minutes: one of four hundred again
    assert data_plane.calls(begin, begin + 100).count("t5") <= 4


async def test_what_was_never_asked_goes_before_what_was(watch, clock, data_plane) -> None:
    async with watch(60, 1.0):
        await clock.advance(6.05)
    assert len(set(data_plane.calls(0, 5.95))) == 60


async def test_first_answers_are_no_changes(watch, clock, data_plane) -> None:
    data_plane.pending = {f"t{number}": ONE_JOB for number in range(0, 300, 2)}
    async with watch(300):
        await clock.advance(90)
    with_jobs = sum(name in data_plane.pending for name in data_plane.calls(0, 90))
    assert with_jobs == pytest.approx(450, abs=20)


@pytest.mark.parametrize("on_screen", [20, 200])
async def test_what_is_on_screen_does_not_starve_the_others(
    watch, clock, data_plane, on_screen: int
) -> None:
    async with watch(on_screen + 100, 1.0, 10.0) as engine:
        engine.refresher.look_at([f"t{number}" for number in range(on_screen)])
        await clock.advance(120)
    others = [f"t{number}" for number in range(on_screen, on_screen + 100)]
    asked = [name for name in data_plane.calls(0, 120) if name in others]
    assert len(data_plane.calls(0, 120)) >= 1195
    assert len(asked) >= 0.25 * 1190
    assert {*asked} == {*others}
    # no class has more than three calls in a row while another waits
    row = 0
    for name in data_plane.calls(2, 120):
        row = 0 if name in others else row + 1
        assert row <= 3


async def test_each_of_three_classes_gets_a_share(watch, clock, data_plane) -> None:
    async with watch(300, 1.0, 10.0) as engine:
        await clock.advance(31)
        for number in range(100):
            data_plane.pending[f"t{number}"] = ONE_JOB
        engine.refresh_now()
        await clock.advance(60)
        engine.refresher.look_at([f"t{number}" for number in range(200, 300)])
        await clock.advance(20)
    numbers = [int(name[1:]) for name in data_plane.calls(91, 111)]
    changed = sum(number < 100 for number in numbers)
    rest = sum(100 <= number < 200 for number in numbers)
    assert changed >= 0.24 * len(numbers)
    assert rest >= 0.24 * len(numbers)
    assert len(numbers) - changed - rest >= 0.48 * len(numbers)


async def test_hammering_at_one_thing_does_not_starve_the_others(watch, clock, data_plane) -> None:
    async with watch(20, 1.0, 5.0) as engine:
        await clock.advance(5)
        for _ in range(200):
            engine.refresh_now("t0")
            await clock.advance(0.1)
    calls = data_plane.calls(5, 25)
    assert set(calls) == {f"t{number}" for number in range(20)}
    assert calls.count("t0") == pytest.approx(75, abs=4)


async def test_refreshing_all_asks_each_once_those_first_that_were_not_for_longest(
    watch, clock, data_plane
) -> None:
    async with watch(40, 300.0) as engine:
        await clock.advance(5)
        engine.refresh_now("t0")
        await clock.advance(1)
        engine.refresher.look_at(["t20", "t21"])
        engine.refresh_now()
        await clock.advance(10)
    calls = data_plane.calls(6, 16)
    assert sorted(calls) == sorted(f"t{number}" for number in range(40))
    assert calls[:3] == ["t20", "t21", "t1"]
    assert calls[-1] == "t0"


async def test_refreshing_all_keeps_first_what_was_asked_for_by_name(
    watch, clock, data_plane
) -> None:
    async with watch(40, 300.0) as engine:
        await clock.advance(5.05)
        engine.refresh_now("t30")
        engine.refresh_now()
        await clock.advance(10)
    calls = data_plane.calls(5.05, 15)
    assert calls[0] == "t30"
    assert len(calls) == 40


async def test_asking_for_a_thing_that_is_not_watched_is_an_error_and_looking_at_it_is_not(
    watch, clock
) -> None:
    async with watch(1) as engine:
        engine.refresher.look_at(["nobody"])
        await clock.advance(1)
        with pytest.raises(KeyError):
            engine.refresh_now("nobody")
        assert not engine.store.watches("nobody")
        assert engine.store.watches("t0")
        assert engine.refresher.first_round is None


def test_scrolling_through_all_things_leaves_nothing_behind() -> None:
    schedule = Schedule([f"t{number}" for number in range(1000)], 5.0, random.Random(1))
    for now in range(500):
        first = now * 50 % 1000
        schedule.look_at([f"t{number}" for number in range(first, first + 50)], float(now))
    assert sum(len(heap) for heap in schedule._queue._heaps) < 2500
