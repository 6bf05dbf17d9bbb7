"""Things that are added, and dropped, while the engine runs."""

import pytest

from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Unreachable
from jobs_tui.domain.status import Status

BUSY = PendingJobExecutions((), (JobExecutionSummary("fw", Status.QUEUED, 1.0, None, 1.0, 1, 1),))


async def test_an_added_thing_is_asked_at_once_and_then_like_the_others(
    watch, clock, data_plane
) -> None:
    data_plane.pending["new"] = BUSY
    async with watch(2, interval=10.0) as engine:
        await clock.advance(25)
        engine.watch("new")
        assert engine.refresher.first_round is not None
        await clock.advance(1)
        assert data_plane.times("new") == [25]
        assert engine.store.thing("new").pending == BUSY
        assert engine.refresher.first_round is None
        await clock.advance(100)
        assert 9 <= len(data_plane.times("new")) <= 12
        assert engine.store.thing_names == ("t0", "t1", "new")
        engine.watch("new")
        assert engine.store.thing_names == ("t0", "t1", "new")


async def test_a_dropped_thing_is_asked_no_more_and_can_be_added_again(
    watch, clock, data_plane
) -> None:
    async with watch(3) as engine:
        await clock.advance(20)
        engine.refresher.pause(paused=True, thing_name="t1")
        engine.unwatch("t1")
        asked = len(data_plane.times("t1"))
        await clock.advance(60)
        assert len(data_plane.times("t1")) == asked
        assert engine.refresher.paused_things == frozenset()
        with pytest.raises(KeyError):
            engine.unwatch("t1")
        engine.watch("t1")
        await clock.advance(30)
        assert len(data_plane.times("t1")) > asked + 2


async def test_what_is_under_way_for_a_dropped_thing_is_not_taken_in(
    watch, clock, data_plane
) -> None:
    data_plane.pending["t1"] = BUSY
    data_plane.latency = 2.0
    async with watch(2) as engine:
        await clock.advance(1)
        engine.unwatch("t1")
        engine.watch("t1")
        await clock.advance(1.5)
        # the answer to the call from before has come, and is not that to the one after
        assert engine.store.thing("t1").pending is None
        await clock.advance(4)
        assert engine.store.thing("t1").pending == BUSY
        assert data_plane.under_way <= 2
        engine.unwatch("t1")
        await clock.advance(60)
        assert len(data_plane.times("t0")) > 5


async def test_an_endpoint_that_is_tried_with_a_dropped_thing_is_tried_with_another(
    watch, clock, data_plane
) -> None:
    async with watch(4) as engine:
        await clock.advance(10)
        data_plane.answer_to_all = Unreachable("away")
        data_plane.latency = 1.0
        await clock.advance(20)
        assert engine.refresher.held_back is not None
        while engine.refresher.held_back:
            await clock.advance(0.5)
        tried = data_plane.asked[-1][1]
        engine.unwatch(tried)
        data_plane.answer_to_all = None
        await clock.advance(60)
        assert engine.refresher.held_back is None
        assert all(state.failure is None for state in engine.store.things)
        assert len(engine.store.things) == 3


async def test_a_dropped_thing_that_fails_during_its_try_holds_nothing_back_for_good(
    watch, clock, data_plane
) -> None:
    async with watch(4) as engine:
        await clock.advance(10)
        data_plane.answer_to_all = Unreachable("away")
        data_plane.latency = 1.0
        await clock.advance(20)
        while engine.refresher.held_back:
            await clock.advance(0.5)
        engine.unwatch(data_plane.asked[-1][1])
        await clock.advance(5)
        data_plane.answer_to_all = None
        await clock.advance(120)
        assert engine.refresher.held_back is None
        assert all(state.failure is None for state in engine.store.things)


async def test_one_of_many_things_that_fails_alone_is_no_outage_once_others_were_added(
    watch, clock, data_plane
) -> None:
    async with watch(1) as engine:
        await clock.advance(5)
        for name in ("a", "b", "c"):
            engine.watch(name)
        await clock.advance(20)
        data_plane.answers["t0"] = Unreachable("away")
        await clock.advance(30)
        assert engine.refresher.held_back is None
        assert engine.store.thing("t0").failure is not None
        for name in ("a", "b", "c"):
            engine.unwatch(name)
        data_plane.answers.clear()
        await clock.advance(70)
        data_plane.answers["t0"] = Unreachable("away")
        await clock.advance(30)
        assert engine.refresher.held_back is not None


async def test_the_round_is_reckoned_with_the_things_that_there_are(watch, clock) -> None:
    async with watch(50, interval=5.0, rate=2.0) as engine, watch(10, 5.0, 2.0) as fewer:
        await clock.advance(120)
        for number in range(10, 50):
            engine.unwatch(f"t{number}")
        assert engine.refresher.round_seconds == pytest.approx(
            fewer.refresher.round_seconds, rel=0.5
        )
        assert engine.refresher.first_round is None
