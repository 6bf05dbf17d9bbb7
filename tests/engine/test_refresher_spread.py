"""That calls are spread: no more in a second than the budget has, and no thing left for long."""

from collections import defaultdict
from itertools import pairwise
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_tui.engine.call_budget import GRAIN_SECONDS

FLOAT_GRAIN = 1e-5
"""Moments since 1970 are good to less than a microsecond."""

EARLY_AT_MOST = GRAIN_SECONDS + FLOAT_GRAIN

JITTERED_AT_MOST = 1.1


@settings(max_examples=25, deadline=None)
@given(
    things=st.integers(1, 40),
    interval=st.floats(0.5, 60.0),
    rate=st.floats(0.3, 12.0),
)
def test_no_second_has_more_calls_than_the_budget_and_no_thing_waits_for_long(
    calls_of, things: int, interval: float, rate: float
) -> None:
    seconds = 200 / min(rate, things / interval)
    calls = calls_of(things, interval, rate, seconds)
    moments = [at for at, _ in calls]
    assert all(after - before >= 1 / rate - EARLY_AT_MOST for before, after in pairwise(moments))
    for first, at in enumerate(moments):
        last = first + ceil(rate)
        assert last >= len(moments) or moments[last] >= at + 1 - EARLY_AT_MOST
    asked = defaultdict(list)
    for at, name in calls:
        asked[name].append(at)
    assert len(asked) == things
    # it is due after the interval, and then waits for every other thing once at most
    longest = JITTERED_AT_MOST * interval + things / rate + FLOAT_GRAIN
    for times in asked.values():
        gaps = [after - before for before, after in pairwise([*times, seconds])]
        assert max(gaps) <= longest
        assert min(gaps[1:-1], default=interval) >= 0.9 * interval - FLOAT_GRAIN


def test_what_is_asked_in_a_row_at_first_does_not_stay_in_a_row(calls_of) -> None:
    calls = calls_of(60, 60.0, 10.0, 600.0)
    moments = [at for at, _ in calls if at >= 10]
    busiest = max(sum(at <= other < at + 6 for other in moments) for at in moments)
    assert busiest <= 20
    assert len(moments) <= 60 * 11


async def test_what_is_refreshed_in_a_row_does_not_stay_in_a_row(watch, clock, data_plane) -> None:
    async with watch(60, 100.0) as engine:
        await clock.advance(300)
        engine.refresh_now()
        await clock.advance(300)
    busiest = max(len(data_plane.calls(begin, begin + 6)) for begin in range(310, 590))
    assert busiest <= 12


def test_equal_intervals_are_not_kept_in_step(calls_of) -> None:
    calls = calls_of(2, 5.0, 10.0, 300.0)
    first, second = ([at for at, name in calls if name == wanted] for wanted in ("t0", "t1"))
    distances = [min(abs(at - other) for other in second) for at in first]
    assert max(distances) > 1.5


def test_a_budget_with_calls_to_spare_is_not_used_up(calls_of) -> None:
    calls = calls_of(20, 5.0, 10.0, 300.0)
    assert 1150 <= len(calls) <= 1250
