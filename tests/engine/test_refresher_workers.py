"""How many calls are under way, what a call costs, and that nothing is left when it is stopped."""

import asyncio
import sys

import pytest


async def test_a_fast_line_has_eight_calls_under_way_at_most(watch, clock, data_plane) -> None:
    data_plane.latency = 0.04
    async with watch(1000, 1.0, 2000.0):
        await clock.advance(0.4)
    assert data_plane.under_way_at_most == 8
    assert len(data_plane.asked) >= 70


async def test_a_slow_line_has_as_many_as_the_rate_needs_and_sixteen_at_most(
    watch, clock, data_plane
) -> None:
    data_plane.latency = 0.3
    async with watch(1000, 5.0, 40.0):
        await clock.advance(10)
        assert data_plane.under_way_at_most == 12
    assert len(data_plane.asked) >= 380


async def test_a_slow_line_does_not_have_more_than_sixteen(watch, clock, data_plane) -> None:
    data_plane.latency = 0.3
    async with watch(1000, 0.2, 1000.0):
        await clock.advance(5)
        assert data_plane.under_way_at_most == 16
        data_plane.latency = 0.04
        await clock.advance(1)
        data_plane.under_way_at_most = 0
        await clock.advance(0.5)
        assert data_plane.under_way_at_most == 8


@pytest.mark.parametrize("wanted", [("t0",), (None,), ("t0", None), (None, "t0")])
async def test_a_thing_that_is_wanted_while_it_is_being_asked_is_asked_once_more(
    watch, clock, data_plane, wanted
) -> None:
    data_plane.latency = 2.0
    async with watch(1, 60.0) as engine:
        await clock.advance(1)
        for name in wanted * 3:
            engine.refresh_now(name)
        await clock.advance(20)
    assert data_plane.times("t0") == pytest.approx([0, 2])
    assert data_plane.under_way_at_most == 1


async def test_an_interval_counts_from_call_to_call_also_when_answers_are_late(
    watch, clock, data_plane
) -> None:
    data_plane.latency = 3.0
    async with watch(1, 5.0):
        await clock.advance(60)
    assert 11 <= len(data_plane.asked) <= 14


async def test_answers_slower_than_the_interval_are_waited_for(watch, clock, data_plane) -> None:
    data_plane.latency = 7.0
    async with watch(1, 2.0):
        await clock.advance(60)
    assert data_plane.under_way_at_most == 1
    assert len(data_plane.asked) == 9


async def test_nothing_is_left_when_it_is_stopped(watch, clock, data_plane) -> None:
    data_plane.latency = 5.0
    async with watch(100, 5.0, 20.0):
        await clock.advance(2)
        assert data_plane.under_way == 8
    assert data_plane.under_way == 0
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("moment", [0.05, 4.0])
async def test_nothing_is_left_when_it_is_stopped_while_it_waits(watch, clock, moment) -> None:
    # for the next call of the budget, or for the next thing to be due
    async with watch(2, 60.0):
        await clock.advance(moment)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_what_was_cut_off_is_asked_first_when_it_goes_on(watch, clock, data_plane) -> None:
    data_plane.latency = 5.0
    async with watch(3, 60.0) as engine:
        await clock.advance(1)
    assert data_plane.calls(0, 1) == ["t0", "t1", "t2"]
    data_plane.latency = 0.0
    running = asyncio.create_task(engine.refresher.run(data_plane))
    await clock.advance(1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert sorted(data_plane.calls(1, 3)) == ["t0", "t1", "t2"]
    assert all(state.pending is not None for state in engine.store.things)


async def test_no_limit_to_speak_of_asks_all_things_with_few_sleeps(
    watch, clock, data_plane
) -> None:
    sleeps = 0
    sleep = clock.sleep

    async def counted(seconds: float) -> None:
        nonlocal sleeps
        sleeps += 1
        await sleep(seconds)

    clock.sleep = counted
    async with watch(1000, 60.0, 100_000.0):
        for _ in range(200):
            await clock.advance(0.0001)
    assert len(data_plane.asked) == 1000
    # the clock stands still here while things are asked; half a millisecond is not slept for
    assert sleeps <= 30


async def test_a_call_costs_as_much_with_ten_thousand_things_as_with_a_hundred(
    watch, clock, data_plane
) -> None:
    few = await steps_per_call(watch, clock, data_plane, 100)
    many = await steps_per_call(watch, clock, data_plane, 10_000)
    assert 200 < many < 1.2 * few


async def steps_per_call(watch, clock, data_plane, things: int) -> float:
    """Instructions of the interpreter, in the engine, for each call while all are overdue."""
    steps = 0

    def trace(frame, event, _argument):
        nonlocal steps
        if "/engine/" not in frame.f_code.co_filename.replace("/tests/", "/"):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        steps += event == "opcode"
        return trace

    async with watch(things, 0.5, 100.0) as engine:
        engine.refresher.look_at([f"t{number}" for number in range(30)])
        await clock.advance(2)
        before = len(data_plane.asked)
        # Python 3.12 traces single instructions only if a frame wanted it before
        sys._getframe().f_trace_opcodes = True
        sys.settrace(trace)
        try:
            await clock.advance(2)
        finally:
            sys.settrace(None)
        return steps / (len(data_plane.asked) - before)
