"""When each thing is asked, on a clock that the test moves."""

import asyncio
import random
from itertools import pairwise

import pytest

from jobs_tui.domain.outcome import NotAllowed, Throttled, Unreachable
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.engine.refreshing.cadence import wait_after
from jobs_tui.engine.store import Connecting
from jobs_tui.service.opening import OpeningStage


@pytest.fixture
async def engine(clock, data_plane):
    """Two things, every 10 s, 10 calls a second."""

    async def open_link(_tell: object):
        return data_plane

    engine = Engine(
        ("a", "b"), open_link, EngineSettings(10.0, 10.0), clock, random.Random(1), NoJournal()
    )
    task = asyncio.create_task(engine.run())
    yield engine
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_each_thing_is_asked_at_once_and_then_every_interval(
    engine, clock, data_plane
) -> None:
    await clock.advance(101)
    for name, first in (("a", 0), ("b", 0.1)):
        times = data_plane.times(name)
        gaps = [after - before for before, after in pairwise(times)]
        assert times[0] == pytest.approx(first)
        # asked in a row at first, then away from each other, then around the interval
        assert 5 <= gaps[0] <= 10.1
        assert all(9 <= gap <= 11.1 for gap in gaps[1:])
        assert 9 <= len(times) <= 12


async def test_calls_are_spaced_by_the_budget(clock, data_plane) -> None:
    async def open_link(_tell: object):
        return data_plane

    names = tuple(f"thing-{number}" for number in range(50))
    engine = Engine(
        names, open_link, EngineSettings(1.0, 10.0), clock, random.Random(1), NoJournal()
    )
    task = asyncio.create_task(engine.run())
    await clock.advance(10)
    task.cancel()
    assert 95 <= len(data_plane.asked) <= 102
    assert {name for _, name in data_plane.asked} == set(names)


async def test_a_thing_that_cannot_be_reached_is_asked_ever_less_up_to_a_minute(
    engine, clock, data_plane
) -> None:
    await clock.advance(1)
    data_plane.answers["a"] = Unreachable("refused")
    await clock.advance(300)
    gaps = [after - before for before, after in pairwise(data_plane.times("a"))]
    assert 14 < gaps[1] <= 20.2
    assert all(44 < gap <= 60.5 for gap in gaps[4:])
    assert len(data_plane.times("b")) > 20
    assert engine.refresher.held_back is None


async def test_refresh_now_comes_at_once_also_for_what_fails_or_is_paused(
    engine, clock, data_plane
) -> None:
    data_plane.answers["a"] = Unreachable("refused")
    await clock.advance(100)
    engine.refresher.pause(paused=True)
    await clock.advance(100)
    before = len(data_plane.times("a"))
    del data_plane.answers["a"]
    engine.refresh_now("a")
    await clock.advance(0.2)
    assert len(data_plane.times("a")) == before + 1
    assert engine.store.thing("a").failure is None


async def test_pause_stops_all_and_resume_goes_on(engine, clock, data_plane) -> None:
    await clock.advance(5)
    engine.refresher.pause(paused=True)
    await clock.advance(60)
    assert len(data_plane.asked) == 2
    engine.refresher.pause(paused=False)
    await clock.advance(1)
    assert len(data_plane.asked) == 4


async def test_throttling_halves_the_rate_and_good_answers_bring_it_back(
    engine, clock, data_plane
) -> None:
    await clock.advance(5)
    data_plane.answers["a"] = Throttled("rate exceeded")
    await clock.advance(10)
    assert engine.budget.rate < 6
    del data_plane.answers["a"]
    await clock.advance(400)
    assert engine.budget.rate == 10.0


async def test_a_failure_keeps_what_was_known(engine, clock, data_plane) -> None:
    await clock.advance(1)
    data_plane.answers["a"] = NotAllowed("AccessDenied")
    await clock.advance(10)
    state = engine.store.thing("a")
    assert state.pending is not None
    assert state.failure == NotAllowed("AccessDenied")


async def test_a_link_that_cannot_be_opened_is_told_and_tried_again_on_refresh(
    clock, data_plane
) -> None:
    answers = [NotAllowed("no region"), data_plane]

    async def open_link(_tell: object):
        return answers.pop(0)

    engine = Engine(("a",), open_link, EngineSettings(), clock, random.Random(1), NoJournal())
    task = asyncio.create_task(engine.run())
    await clock.advance(1)
    assert engine.store.thing("a").failure == NotAllowed("no region")
    engine.refresh_now()
    await clock.advance(1)
    assert engine.store.thing("a").pending is not None
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert data_plane.closed


async def test_the_service_s_clock_is_learned_when_it_differs_by_more_than_its_grain(
    engine, clock
) -> None:
    engine.store.learn_time(clock.now() + 1)
    assert engine.store.clock_offset == 0
    engine.store.learn_time(clock.now() - 600)
    assert engine.store.service_now() == pytest.approx(clock.now() - 600, abs=1)


@pytest.mark.parametrize(
    ("failures", "shortest", "longest"),
    [(0, 5, 5), (1, 7.5, 10), (2, 15, 20), (9, 45, 60), (10_000, 45, 60)],
)
def test_waits_grow_with_failures(failures: int, shortest: float, longest: float) -> None:
    assert wait_after(5.0, failures, 1.0) == pytest.approx(shortest)
    assert wait_after(5.0, failures, 0.0) == pytest.approx(longest)
    assert wait_after(300.0, max(1, failures), 0.0) == 300.0


async def test_a_link_that_waits_for_something_outside_is_tried_again_by_itself(
    clock, data_plane
) -> None:
    answers = [Unreachable("no answer"), Unreachable("no answer"), data_plane]
    opened_at: list[float] = []

    async def open_link(tell):
        tell(OpeningStage.CREDENTIALS)
        opened_at.append(clock.monotonic())
        return answers.pop(0)

    engine = Engine(("a",), open_link, EngineSettings(5.0), clock, random.Random(1), NoJournal())
    begun = clock.monotonic()
    task = asyncio.create_task(engine.run())
    await clock.advance(1)
    assert engine.store.link == Unreachable("no answer")
    await clock.advance(60)
    assert engine.store.thing("a").pending is not None
    waits = [at - begun for at in opened_at]
    assert waits[0] == 0
    assert 7.5 <= waits[1] <= 10
    assert 22.5 <= waits[2] <= 30
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_link_says_what_it_waits_for_until_it_has_failed_once(clock, data_plane) -> None:
    links: list[object] = []
    answers = [Unreachable("no answer"), data_plane]

    async def open_link(tell):
        tell(OpeningStage.CREDENTIALS)
        links.append(engine.store.link)
        return answers.pop(0)

    engine = Engine(("a",), open_link, EngineSettings(5.0), clock, random.Random(1), NoJournal())
    task = asyncio.create_task(engine.run())
    await clock.advance(20)
    assert links == [
        Connecting("looking for credentials", clock.monotonic() - 20),
        Unreachable("no answer"),
    ]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_refused_credentials_are_tried_again_only_when_the_user_says_so(
    clock, data_plane
) -> None:
    asked = 0

    async def open_link(_tell: object):
        nonlocal asked
        asked += 1
        return NotAllowed("expired")

    engine = Engine(("a",), open_link, EngineSettings(), clock, random.Random(1), NoJournal())
    task = asyncio.create_task(engine.run())
    await clock.advance(600)
    assert asked == 1
    engine.refresh_now()
    await clock.advance(1)
    assert asked == 2
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_whoever_cancels_twice_does_not_cut_short_what_is_given_back(
    clock, data_plane
) -> None:
    gate = asyncio.Event()

    async def open_link(_tell: object):
        return data_plane

    close = data_plane.close

    async def close_slowly() -> None:
        await gate.wait()
        await close()

    data_plane.close = close_slowly
    engine = Engine(("a",), open_link, EngineSettings(), clock, random.Random(1), NoJournal())
    task = asyncio.create_task(engine.run())
    await clock.advance(1)
    task.cancel()
    await clock.advance(1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not engine.ended.is_set()
    gate.set()
    await asyncio.wait_for(engine.ended.wait(), 5)
    assert data_plane.closed
