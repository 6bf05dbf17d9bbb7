"""Pausing: all or one thing; what the user asks for is asked all the same."""

import pytest


async def test_a_thing_that_is_paused_is_not_asked_and_the_others_are(
    watch, clock, data_plane
) -> None:
    async with watch(3) as engine:
        refresher = engine.refresher
        await clock.advance(1)
        refresher.pause(paused=True, thing_name="t1")
        refresher.pause(paused=True, thing_name="t1")
        assert refresher.paused_things == {"t1"}
        assert refresher.is_paused("t1")
        assert not refresher.is_paused("t0")
        assert not refresher.paused
        await clock.advance(60)
        assert len(data_plane.times("t1")) == 1
        assert len(data_plane.times("t0")) >= 12
        engine.refresh_now("t1")
        await clock.advance(0.2)
        assert len(data_plane.times("t1")) == 2
        await clock.advance(60)
        assert len(data_plane.times("t1")) == 2
        refresher.pause(paused=False, thing_name="t1")
        assert refresher.paused_things == frozenset()
        await clock.advance(0.2)
        assert len(data_plane.times("t1")) == 3


async def test_going_on_with_all_leaves_alone_what_was_paused_by_name(
    watch, clock, data_plane
) -> None:
    async with watch(3) as engine:
        refresher = engine.refresher
        await clock.advance(1)
        refresher.pause(paused=True, thing_name="t1")
        refresher.pause(paused=True)
        assert refresher.is_paused("t0")
        await clock.advance(60)
        assert len(data_plane.asked) == 3
        refresher.pause(paused=False)
        await clock.advance(6)
        assert len(data_plane.times("t0")) >= 2
        assert len(data_plane.times("t1")) == 1


async def test_refreshing_all_asks_also_what_is_paused(watch, clock, data_plane) -> None:
    async with watch(3) as engine:
        await clock.advance(1)
        engine.refresher.pause(paused=True, thing_name="t1")
        engine.refresher.pause(paused=True)
        engine.refresh_now()
        await clock.advance(60)
    assert sorted(data_plane.calls(1, 61)) == ["t0", "t1", "t2"]


async def test_pausing_stops_the_first_round_but_for_what_would_be_seen_empty(
    watch, clock, data_plane
) -> None:
    async with watch(100) as engine:
        engine.refresher.look_at(["t80", "t81"])
        await clock.advance(0.05)
        engine.refresher.pause(paused=True)
        await clock.advance(2)
        assert data_plane.calls(0, 2) == ["t80", "t81"]
        engine.refresher.look_at(["t30", "t81"])
        await clock.advance(2)
        assert data_plane.calls(2, 4) == ["t30"]
        assert engine.refresher.first_round[:2] == (3, 100)
        engine.refresher.pause(paused=False)
        await clock.advance(15)
        assert engine.refresher.first_round is None


async def test_pausing_leaves_nothing_empty_while_nobody_tells_what_is_on_screen(
    watch, clock, data_plane
) -> None:
    async with watch(30) as engine:
        engine.refresher.pause(paused=True)
        await clock.advance(60)
    assert data_plane.calls(0, 61) == [f"t{number}" for number in range(30)]


async def test_what_was_paused_while_it_was_being_asked_is_not_asked_again(
    watch, clock, data_plane
) -> None:
    data_plane.latency = 1.0
    async with watch(2) as engine:
        await clock.advance(0.5)
        engine.refresher.pause(paused=True, thing_name="t0")
        await clock.advance(60)
        assert len(data_plane.times("t0")) == 1
        assert engine.store.thing("t0").pending is not None
        assert engine.refresher.first_round is None


async def test_what_goes_on_while_it_is_being_asked_is_asked_once_at_a_time(
    watch, clock, data_plane
) -> None:
    data_plane.latency = 1.0
    async with watch(1) as engine:
        await clock.advance(0.5)
        engine.refresher.pause(paused=True, thing_name="t0")
        engine.refresher.pause(paused=False, thing_name="t0")
        await clock.advance(4)
        assert data_plane.under_way_at_most == 1
        assert len(data_plane.asked) == 1
        await clock.advance(3)
        assert len(data_plane.asked) == 2


async def test_pausing_what_is_not_watched_is_an_error(watch) -> None:
    async with watch(1) as engine:
        with pytest.raises(KeyError):
            engine.refresher.pause(paused=True, thing_name="nobody")
        assert not engine.refresher.is_paused("nobody")
