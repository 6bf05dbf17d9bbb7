"""What is counted of calls and things, in what grain, and for how long."""

import pytest

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Conflict, Done, NotAllowed, Refused, Throttled, Unreachable
from jobs_tui.domain.status import Status
from jobs_tui.engine.measuring import counted
from jobs_tui.engine.pulse import (
    BUCKET_SECONDS,
    BUCKETS,
    CallCounts,
    FleetSample,
    Pulse,
    sample_of,
)
from jobs_tui.engine.thing_state import ThingState

NOW = 1_800_000_000.0
LIMITS = AttentionLimits()


def counts_of(*milliseconds: float) -> CallCounts:
    counts = CallCounts()
    for each in milliseconds:
        counts.add(each / 1000, failed=False)
    return counts


def test_the_median_and_the_slow_ones_are_right_within_a_tenth() -> None:
    counts = counts_of(*(10 for _ in range(90)), *(700 for _ in range(10)))
    assert counts.latency(0.5) == pytest.approx(0.010, rel=0.1)
    assert counts.latency(0.95) == pytest.approx(0.700, rel=0.1)
    assert CallCounts().latency(0.5) is None
    # what took no time at all by a coarse clock, and what took for ever
    assert 0 < counts_of(0).latency(0.5) < 0.001
    assert counts_of(90_000).latency(0.95) == pytest.approx(90, rel=0.1)


def test_calls_stand_in_the_column_of_the_time_at_which_they_ended() -> None:
    pulse = Pulse(1000.0)
    for at in (1001, 1009, 1025, 1031):
        pulse.called(at, 0.01, Done(None))
    told = [each and each.calls for each in pulse.columns(1032, 5, 1)]
    # the bucket under way, from 1030 on, is left out
    assert told == [None, None, 2, 0, 1]
    assert [each and each.calls for each in pulse.columns(1040, 2, 2)] == [2, 2]
    counts, seconds = pulse.latest(1032)
    assert (counts.calls, seconds) == (2, 12)


def test_no_more_than_an_hour_is_kept_whatever_comes() -> None:
    pulse = Pulse(0.0)
    for number in range(2 * BUCKETS):
        pulse.called(number * BUCKET_SECONDS, 0.01, Done(None))
    assert len(pulse._buckets) == BUCKETS
    now = 2 * BUCKETS * BUCKET_SECONDS
    assert [each.calls for each in pulse.columns(now, 60, 6)] == [6] * 60


def test_only_what_brought_no_good_answer_has_failed() -> None:
    pulse = Pulse(0.0)
    for outcome in (
        Done(None),
        Refused("no"),
        Conflict("no"),
        Unreachable("no"),
        Throttled("no"),
        NotAllowed("no"),
    ):
        pulse.called(1.0, 0.1, outcome)
    counts, _ = pulse.latest(2.0)
    assert (counts.calls, counts.failed) == (6, 3)


def test_things_are_counted_by_what_they_have_and_what_fails() -> None:
    stuck = JobExecutionSummary("a", Status.IN_PROGRESS, last_updated_at=NOW - 3600)
    fresh = JobExecutionSummary("b", Status.IN_PROGRESS, last_updated_at=NOW - 1)
    queued = JobExecutionSummary("c", Status.QUEUED)
    states = (
        ThingState("t0", PendingJobExecutions((stuck, fresh), (queued,))),
        ThingState("t1", PendingJobExecutions(), failure=Unreachable("no")),
        ThingState("t2", failure=Refused("no")),
    )
    assert sample_of(states, NOW, LIMITS) == FleetSample(2, 1, 1, 1)


def test_of_each_part_of_the_hour_the_most_is_told() -> None:
    pulse = Pulse(0.0)
    for at, queued in ((10.0, 9), (3500.0, 3), (3550.0, 1)):
        pulse.sampled(at, FleetSample(queued=queued))
    found = [each and each.queued for each in pulse.samples(3600.0, 6)]
    assert found == [9, None, None, None, None, 3]


async def test_an_engine_measures_its_calls_and_counts_its_things_once_a_minute(
    clock, data_plane, watch
) -> None:
    data_plane.latency = 0.2
    data_plane.pending["t3"] = PendingJobExecutions((), (JobExecutionSummary("a", Status.QUEUED),))
    async with watch(5, interval=5.0) as engine:
        await clock.advance(125)
        counts, seconds = engine.pulse.latest(clock.monotonic())
        assert counts.calls / seconds == pytest.approx(1.0, abs=0.4)
        assert counts.latency(0.5) == pytest.approx(0.2, rel=0.1)
        assert counts.failed == 0
        data_plane.answer_to_all = Unreachable("away")
        await clock.advance(20)
        assert engine.pulse.latest(clock.monotonic())[0].failed > 0
        samples = [each for each in engine.pulse.samples(clock.monotonic(), 60) if each]
        assert [each.queued for each in samples] == [1, 1]
        assert (await counted(engine.store, LIMITS)).unreachable > 0
