"""An endpoint that is away: tried by one call at a time, and everything back once it answers."""

import asyncio

import pytest

from jobs_tui.domain.outcome import Done, NotAllowed, Refused, Throttled, Unreachable
from jobs_tui.domain.requests import DescribeJobExecution

AWAY = Unreachable("refused")


async def test_ten_minutes_without_an_endpoint_cost_few_calls(watch, clock, data_plane) -> None:
    async with watch(1000) as engine:
        await clock.advance(20)
        data_plane.answer_to_all = AWAY
        waits = []
        for _ in range(600):
            await clock.advance(1)
            waits.append(engine.refresher.held_back)
        asked = data_plane.calls(20, 620)
        assert 10 < len(asked) < 20
        assert None not in waits[1:]
        assert max(waits[1:]) <= 60
        # none is called failing that was not asked, and what was known stays
        failing = {state.thing_name for state in engine.store.things if state.failure}
        assert failing == {*asked}
        assert engine.store.thing("t100").pending is not None


async def test_everything_comes_back_by_itself_at_the_pace_of_the_budget(
    watch, clock, data_plane
) -> None:
    async with watch(300) as engine:
        await clock.advance(31)
        data_plane.answer_to_all = AWAY
        await clock.advance(300)
        data_plane.answer_to_all = None
        await clock.advance(engine.refresher.held_back + 0.01)
        back_at = clock.now() - 1_800_000_000
        assert engine.refresher.held_back is None
        await clock.advance(30.5)
        calls = data_plane.calls(back_at - 0.1, back_at + 30.5)
        # also those whose own wait would have been up to a minute
        assert {*calls} == {f"t{number}" for number in range(300)}
        assert len(data_plane.calls(back_at, back_at + 10)) <= 101


@pytest.mark.parametrize("by_name", [False, True])
async def test_refresh_now_brings_everything_back_at_once(
    watch, clock, data_plane, by_name
) -> None:
    async with watch(100, 60.0) as engine:
        await clock.advance(11)
        data_plane.answer_to_all = AWAY
        await clock.advance(300)
        data_plane.answer_to_all = None
        engine.refresh_now("t7" if by_name else None)
        await clock.advance(0.01)
        assert engine.refresher.held_back is None
        assert len(data_plane.calls(311, 312)) == 1
        if by_name:
            assert data_plane.calls(311, 312) == ["t7"]
        await clock.advance(11)
    assert {*data_plane.calls(311, 323)} == {f"t{number}" for number in range(100)}


async def test_refresh_now_is_one_call_while_the_endpoint_is_away(watch, clock, data_plane) -> None:
    async with watch(100) as engine:
        await clock.advance(11)
        data_plane.answer_to_all = AWAY
        await clock.advance(300)
        before = len(data_plane.asked)
        engine.refresh_now()
        await clock.advance(20)
        assert len(data_plane.asked) == before + 1
        assert 20 < engine.refresher.held_back < 40


async def test_what_is_asked_for_during_a_try_is_asked_at_once_after_it(
    watch, clock, data_plane
) -> None:
    async with watch(100) as engine:
        await clock.advance(11)
        data_plane.answer_to_all = AWAY
        data_plane.latency = 8.0
        await clock.advance(300)
        engine.refresh_now("t1")
        await clock.advance(9)
        engine.refresh_now("t1")
        await clock.advance(1)
        assert engine.refresher.held_back == 0
        engine.refresh_now("t2")
        await clock.advance(8)
    assert data_plane.calls(310.5, 330)[-2:] == ["t1", "t2"]


async def test_one_call_at_a_time_tries_an_endpoint_that_swallows_them(
    watch, clock, data_plane
) -> None:
    data_plane.latency, data_plane.answer_to_all = 8.0, AWAY
    async with watch(1000, 5.0, 50.0) as engine:
        await clock.advance(17)
        # those that were under way, and those that were begun before the third ended
        assert len(data_plane.asked) <= 11
        data_plane.under_way_at_most = 0
        await clock.advance(600)
        assert data_plane.under_way_at_most == 1
        assert len(data_plane.calls(17, 617)) < 20
        data_plane.answer_to_all, data_plane.latency = None, 0.1
        engine.refresh_now()
        await clock.advance(10)
        assert len(data_plane.calls(617, 627)) > 80


@pytest.mark.parametrize("answer", [None, Refused("no"), NotAllowed("no"), Throttled("slower")])
async def test_any_answer_proves_that_the_endpoint_is_there(
    watch, clock, data_plane, answer
) -> None:
    async with watch(100) as engine:
        data_plane.answer_to_all = AWAY
        await clock.advance(60)
        assert engine.refresher.held_back is not None
        data_plane.answer_to_all = answer
        engine.refresh_now("t1")
        await clock.advance(0.2)
        assert engine.refresher.held_back is None
        await clock.advance(5)
        # at half the rate and less where it says to be slower
        assert len(data_plane.calls(60, 66)) >= (5 if isinstance(answer, Throttled) else 50)


async def test_an_answer_to_the_user_s_own_reading_ends_it_too(watch, clock, data_plane) -> None:
    async with watch(100) as engine:
        data_plane.answer_to_all = AWAY
        await clock.advance(60)
        data_plane.answer_to_all = None
        outcome = await engine.describe(DescribeJobExecution("t1", "job-1"))
        assert isinstance(outcome, Done)
        await clock.advance(2)
        assert engine.refresher.held_back is None
        assert len(data_plane.calls(60, 62)) > 15


async def test_an_answer_that_was_under_way_ends_it_too(watch, clock, data_plane) -> None:
    async with watch(100) as engine:
        await clock.advance(1)
        data_plane.latency = 4.0
        await clock.advance(0.1)
        data_plane.latency, data_plane.answer_to_all = 0.0, AWAY
        await clock.advance(1)
        assert engine.refresher.held_back is not None
        data_plane.answer_to_all = None
        await clock.advance(3)
        assert engine.refresher.held_back is None


async def test_things_that_always_fail_do_not_hold_back_the_one_that_does_not(
    watch, clock, data_plane
) -> None:
    data_plane.answers = {f"t{number}": AWAY for number in range(3)}
    async with watch(4) as engine:
        await clock.advance(120)
        held = []
        for _ in range(600):
            await clock.advance(1)
            held.append(engine.refresher.held_back)
        assert held == [None] * 600
    assert len(data_plane.times("t3")) > 60


async def test_a_single_thing_says_when_it_is_tried_again(watch, clock, data_plane) -> None:
    async with watch(1) as engine:
        await clock.advance(1)
        data_plane.answer_to_all = AWAY
        await clock.advance(10)
        assert 0 < engine.refresher.held_back <= 10
        before = engine.refresher.held_back
        await clock.advance(0.5)
        assert engine.refresher.held_back == pytest.approx(before - 0.5)


async def test_nothing_is_tried_while_all_are_paused_but_what_is_wanted(
    watch, clock, data_plane
) -> None:
    async with watch(10) as engine:
        await clock.advance(5)
        data_plane.answer_to_all = AWAY
        await clock.advance(60)
        engine.refresher.pause(paused=True)
        assert engine.refresher.held_back is None
        before = len(data_plane.asked)
        await clock.advance(300)
        assert len(data_plane.asked) == before
        engine.refresh_now("t1")
        await clock.advance(0.1)
        assert data_plane.asked[before][1] == "t1"
        assert len(data_plane.asked) == before + 1
        engine.refresher.pause(paused=False)
        assert engine.refresher.held_back > 0


async def test_the_endpoint_is_tried_also_when_nothing_is_due_for_long(
    watch, clock, data_plane
) -> None:
    async with watch(20, 3600.0) as engine:
        await clock.advance(5)
        data_plane.answer_to_all, data_plane.latency = AWAY, 0.2
        for number in range(3):
            engine.refresh_now(f"t{number}")
        await clock.advance(1)
        assert engine.refresher.held_back is not None
        data_plane.answer_to_all = None
        await clock.advance(11)
        assert engine.refresher.held_back is None
        await clock.advance(1)
        assert all(state.failure is None for state in engine.store.things)


async def test_a_try_that_is_cut_off_leaves_nothing_under_way_and_is_made_again(
    watch, clock, data_plane
) -> None:
    data_plane.latency, data_plane.answer_to_all = 8.0, AWAY
    async with watch(10) as engine:
        await clock.advance(40)
        engine.refresh_now()
        await clock.advance(1)
        assert data_plane.under_way == 1
    assert data_plane.under_way == 0
    assert asyncio.all_tasks() == {asyncio.current_task()}
    data_plane.latency, data_plane.answer_to_all = 0.0, None
    running = asyncio.create_task(engine.refresher.run(data_plane))
    await clock.advance(2)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert engine.refresher.held_back is None
    assert all(state.failure is None for state in engine.store.things)
