"""Searches for things: on a clock that the test moves, and over HTTP to the emulator."""

import asyncio
import random

import pytest

from jobs_tui.domain.outcome import Done, NotAllowed, Refused, Throttled, Unreachable
from jobs_tui.domain.thing_selection import AllThings, FleetQuery, NamePrefix, ThingGroup
from jobs_tui.emulator import Emulator, Fault, Switches
from jobs_tui.engine.thing_search import ASK_AGAIN_AFTER, PAGES_REPEAT, Progress, ThingSearch
from jobs_tui.service.connection import open_control_plane
from jobs_tui.service.control_plane import ThingPage
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

BEGIN = 1_800_000_000.0
THROTTLED = Throttled("Rate exceeded")
ALL = AllThings()


class ScriptedControlPlane:
    """Gives its answers in turn, the last one for ever; remembers what it was asked, and when."""

    endpoint = "http://127.0.0.1:1"

    def __init__(self, clock, *answers) -> None:
        self._clock = clock
        self._answers = list(answers)
        self.asked = []
        self.closed = False

    async def page_of_things(self, selection, token):
        self.asked.append((self._clock.now() - BEGIN, token))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if answer is None:
            await asyncio.Event().wait()
        return Done(answer) if isinstance(answer, ThingPage) else answer

    async def describe_endpoint(self, endpoint_type):
        raise AssertionError(endpoint_type)

    async def close(self) -> None:
        self.closed = True


class JumpingClock:
    """Time passes at once whenever somebody sleeps, and only then."""

    def __init__(self) -> None:
        self._now = BEGIN

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self._now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def jumping():
    return JumpingClock()


@pytest.fixture
def search(jumping):
    """Search to the end; returns the control plane and all that was told of the progress."""

    async def to_the_end(*answers, selection=ALL, **settings):
        plane = ScriptedControlPlane(jumping, *answers)

        async def open_it():
            return plane

        searching = ThingSearch(selection, open_it, jumping, **settings)
        told: list[Progress] = []
        searching.subscribe(told.append)
        assert await searching.run() == searching.progress == told[-1]
        assert plane.closed
        return plane, told

    return to_the_end


def page(*names: str, then: str | None = None) -> ThingPage:
    return ThingPage(names, then)


async def test_pages_are_asked_for_in_turn_and_told_one_by_one(search) -> None:
    plane, told = await search(page("b", "a", then="t1"), page("c", then="t2"), page("d"))
    assert [token for _, token in plane.asked] == [None, "t1", "t2"]
    assert told == [
        Progress(ALL, ("b", "a"), looked_at=2, pages=1, calls_waiting=1),
        Progress(ALL, ("b", "a", "c"), looked_at=3, pages=2, calls_waiting=1),
        Progress(ALL, ("b", "a", "c", "d"), looked_at=4, pages=3, finished=True),
    ]


async def test_pages_are_spaced_by_the_budget(search) -> None:
    pages = [page(str(number), then=f"t{number}") for number in range(5)]
    plane, _ = await search(*pages, page(), calls_per_second=2.0)
    assert [at for at, _ in plane.asked] == [0, 0.5, 1.0, 1.5, 2.0, 2.5]


async def test_of_a_name_prefix_it_is_told_how_many_were_looked_at(search) -> None:
    _, told = await search(
        page("gw-1", "meter-1", "Gw-2", then="t1"),
        page("meter-2", then="t2"),
        page("gw-3"),
        selection=NamePrefix("gw-"),
    )
    assert [(each.names, each.looked_at) for each in told] == [
        (("gw-1",), 3),
        (("gw-1",), 4),
        (("gw-1", "gw-3"), 5),
    ]


async def test_a_thing_that_is_told_twice_is_found_once(search) -> None:
    _, told = await search(
        page("a", "b", "a", then="t1"), page("b", "c"), selection=ThingGroup("g")
    )
    assert told[-1].names == ("a", "b", "c")
    assert told[-1].looked_at == 5


async def test_an_empty_page_is_not_the_end(search) -> None:
    _, told = await search(page(then="t1"), page(then="t2"), page("a"), selection=FleetQuery("a"))
    assert (told[-1].names, told[-1].pages) == (("a",), 3)


async def test_a_throttled_page_is_asked_for_again_after_ever_longer_pauses(search) -> None:
    plane, told = await search(
        page("a", then="t1"), THROTTLED, THROTTLED, page("b", then="t2"), page("c")
    )
    times = [at for at, _ in plane.asked]
    assert [token for _, token in plane.asked] == [None, "t1", "t1", "t1", "t2"]
    assert times[2] - times[1] == ASK_AGAIN_AFTER[0]
    assert times[3] - times[2] == ASK_AGAIN_AFTER[1]
    assert times[4] - times[3] > 1, "throttling halves the rate"
    assert [(each.failure, each.calls_waiting) for each in told] == [
        (None, 1),
        (THROTTLED, 1),
        (THROTTLED, 1),
        (None, 1),
        (None, 0),
    ]
    assert told[-1].names == ("a", "b", "c")


async def test_a_page_that_stays_throttled_ends_the_search_with_what_was_found(search) -> None:
    plane, told = await search(page("a", then="t1"), THROTTLED)
    assert len(plane.asked) == 1 + len(ASK_AGAIN_AFTER) + 1
    assert told[-1] == Progress(ALL, ("a",), looked_at=1, pages=1, finished=True, failure=THROTTLED)


@pytest.mark.parametrize("failure", [NotAllowed("no"), Refused("no"), Unreachable("no")], ids=type)
async def test_any_other_failure_ends_the_search_with_what_was_found(search, failure) -> None:
    plane, told = await search(page("a", then="t1"), failure)
    assert len(plane.asked) == 2
    assert told[-1] == Progress(ALL, ("a",), looked_at=1, pages=1, finished=True, failure=failure)


@pytest.mark.parametrize(
    ("last", "names", "capped"),
    [
        (page("c", "d", "e"), ("a", "b", "c", "d"), True),
        (page("c", "d", then="t2"), ("a", "b", "c", "d"), True),
        (page("c", "d"), ("a", "b", "c", "d"), False),
        (page("c"), ("a", "b", "c"), False),
    ],
)
async def test_a_search_ends_when_enough_is_found(search, last, names, capped) -> None:
    plane, told = await search(page("a", "b", then="t1"), last, at_most=4)
    assert len(plane.asked) == 2
    assert (told[-1].names, told[-1].capped, told[-1].finished) == (names, capped, True)
    assert told[-1].failure is None


async def test_an_endpoint_that_repeats_its_pages_is_found_out(search) -> None:
    _, told = await search(
        page("a", then="t1"), page("b", then="t2"), page("a", then="t1"), page("c")
    )
    assert told[-1].failure == PAGES_REPEAT
    assert told[-1].names == ("a", "b")


async def test_a_control_plane_that_cannot_be_opened_ends_the_search(clock) -> None:
    failure = NotAllowed("a device certificate cannot list things")

    async def open_it():
        return failure

    told = []
    search = ThingSearch(ALL, open_it, clock)
    search.subscribe(told.append)
    await search.run()
    assert told == [Progress(ALL, finished=True, failure=failure)]


@pytest.mark.parametrize(
    "answers",
    [[None], [page("a", then="t1"), None], [THROTTLED], [page("a", then="t1"), page("b")]],
    ids=["first call", "second call", "pause", "turn"],
)
async def test_a_search_that_is_cancelled_closes_its_link_and_tells_nothing_more(
    clock, answers
) -> None:
    plane = ScriptedControlPlane(clock, *answers)

    async def open_it():
        return plane

    told = []
    search = ThingSearch(ALL, open_it, clock)
    search.subscribe(told.append)
    running = asyncio.create_task(search.run())
    await clock.advance(0.1)
    told.clear()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert plane.closed
    assert told == []
    assert not search.progress.finished


@pytest.fixture(scope="module")
def emulator():
    with Emulator(Switches(things=[f"gw-{number:04d}" for number in range(1100)])) as emulator:
        yield emulator


@pytest.fixture
def over_http(emulator, jumping):
    """Search the emulator, whose faults go as given, to the end."""

    async def to_the_end(selection, *faults, **settings):
        emulator.set_faults([Fault.parse(each) for each in faults])
        where = ServiceSettings(
            region="eu-west-3",
            control_endpoint_url=emulator.url,
            credentials=StaticCredentials("test", "test"),
        )
        # the SDK waits a random part of a second before its own second try; this one is short
        random.seed(112983)
        return await ThingSearch(
            selection, lambda: open_control_plane(where, jumping), jumping, **settings
        ).run()

    return to_the_end


async def test_a_large_fleet_is_found_within_the_budget(over_http, jumping) -> None:
    progress = await over_http(ALL)
    assert progress.names == tuple(f"gw-{number:04d}" for number in range(1100))
    assert (progress.pages, progress.failure) == (5, None)
    assert jumping.now() - BEGIN == pytest.approx(4 / 2.0)


async def test_a_search_goes_on_after_the_service_has_throttled_it(over_http, jumping) -> None:
    progress = await over_http(NamePrefix("gw-00"), "iot:ListThings=429:2")
    assert (len(progress.names), progress.looked_at) == (100, 1100)
    assert progress.failure is None
    assert jumping.now() - BEGIN > ASK_AGAIN_AFTER[0] + 4 / 2.0


async def test_a_search_by_query_is_capped(over_http) -> None:
    progress = await over_http(FleetQuery("thingName:gw-*"), at_most=250)
    assert (len(progress.names), progress.pages, progress.capped) == (250, 3, True)


async def test_a_search_without_permission_says_what_is_missing(over_http) -> None:
    progress = await over_http(ThingGroup("north"), "ListThingsInThingGroup=403")
    assert type(progress.failure) is NotAllowed
    assert "iot:ListThingsInThingGroup" in progress.failure.advice
