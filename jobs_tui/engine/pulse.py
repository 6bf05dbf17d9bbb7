"""How the calls of the last hour went, and how the things stood meanwhile: counted, never kept.

All moments are monotonic seconds. A call costs one addition in each of two places; nothing wakes
for it. What is told of latencies is right within a tenth.
"""

from collections import deque
from collections.abc import Iterable
from math import log2
from typing import NamedTuple

from jobs_tui.domain.attention import Attention, AttentionLimits, attention
from jobs_tui.domain.outcome import Conflict, Failure, Refused, Unreachable
from jobs_tui.engine.thing_state import ThingState

BUCKET_SECONDS = 10.0
HOUR = 3600.0
BUCKETS = int(HOUR / BUCKET_SECONDS)

SAMPLE_SECONDS = 60.0
"""How often it is counted how the things stand."""
SAMPLES = int(HOUR / SAMPLE_SECONDS)

STEPS_PER_DOUBLING = 4
"""In how many steps a latency is told apart from twice as much."""


class CallCounts:
    """Calls of one stretch of time."""

    __slots__ = ("calls", "failed", "steps")

    def __init__(self) -> None:
        self.calls = 0
        self.failed = 0
        """How many brought no good answer."""
        self.steps: dict[int, int] = {}
        """How many took about so long, as a power of two of a millisecond."""

    def add(self, seconds: float, *, failed: bool) -> None:
        """Count a call that took so long."""
        self.calls += 1
        self.failed += failed
        step = round(STEPS_PER_DOUBLING * log2(max(seconds, 1e-4) * 1000))
        self.steps[step] = self.steps.get(step, 0) + 1

    def take_in(self, other: "CallCounts") -> None:
        """Count what another stretch has, too."""
        self.calls += other.calls
        self.failed += other.failed
        for step, count in other.steps.items():
            self.steps[step] = self.steps.get(step, 0) + count

    def latency(self, share: float) -> float | None:
        """Seconds within which this share of the calls ended; None without any."""
        left = share * self.calls
        for step in sorted(self.steps):
            left -= self.steps[step]
            if left <= 0:
                return float(2 ** (step / STEPS_PER_DOUBLING)) / 1000
        return None


class FleetSample(NamedTuple):
    """How all things stood at one moment."""

    in_progress: int = 0
    """Job executions."""
    queued: int = 0
    """Job executions."""
    urgent: int = 0
    """Job executions in progress that are stuck, about to time out, or past their deadline."""
    unreachable: int = 0
    """Things that could not be asked."""

    def plus(self, other: "FleetSample") -> "FleetSample":
        """The sum of two parts of the things."""
        return FleetSample(*(a + b for a, b in zip(self, other, strict=True)))


def sample_of(states: Iterable[ThingState], now: float, limits: AttentionLimits) -> FleetSample:
    """How some things stand at service time `now`."""
    in_progress = queued = urgent = unreachable = 0
    for state in states:
        unreachable += isinstance(state.failure, Unreachable)
        if state.pending is None:
            continue
        queued += len(state.pending.queued)
        in_progress += len(state.pending.in_progress)
        as_of = state.as_of(now)
        for summary in state.pending.in_progress:
            deadline = state.deadline_of(summary)
            urgent += attention(summary, deadline, as_of, limits) in _URGENT
    return FleetSample(in_progress, queued, urgent, unreachable)


_URGENT = frozenset(Attention)


class Pulse:
    """The calls to one endpoint, and how the things stand, over the last hour."""

    def __init__(self, began_at: float) -> None:
        """Begin to count."""
        self._began_at = began_at
        self._buckets: deque[tuple[int, CallCounts]] = deque(maxlen=BUCKETS)
        """Those in which there was any call, with their numbers."""
        self._samples: deque[tuple[float, FleetSample]] = deque(maxlen=SAMPLES)

    def called(self, now: float, seconds: float, outcome: object) -> None:
        """Count a call that has ended now and took so long.

        What was refused with good reason is an answer, and no failure of the endpoint.
        """
        number = int(now // BUCKET_SECONDS)
        if not self._buckets or self._buckets[-1][0] != number:
            self._buckets.append((number, CallCounts()))
        failed = isinstance(outcome, Failure) and not isinstance(outcome, Refused | Conflict)
        self._buckets[-1][1].add(seconds, failed=failed)

    def latest(self, now: float) -> tuple[CallCounts, float]:
        """The calls of the last 10 to 20 seconds, and how many seconds that are."""
        number = int(now // BUCKET_SECONDS)
        counts = CallCounts()
        for each, bucket in reversed(self._buckets):
            if each < number - 1:
                break
            counts.take_in(bucket)
        begin = max(self._began_at, (number - 1) * BUCKET_SECONDS)
        return counts, max(1.0, now - begin)

    def under_way(self, now: float) -> CallCounts:
        """The calls of the bucket that `columns` leaves out."""
        if self._buckets and self._buckets[-1][0] == int(now // BUCKET_SECONDS):
            return self._buckets[-1][1]
        return CallCounts()

    def columns(self, now: float, count: int, buckets: int) -> list[CallCounts | None]:
        """The calls of so many stretches of whole buckets, the latest last.

        The bucket under way is left out. None for a stretch that ended before the run began.
        """
        end = int(now // BUCKET_SECONDS)
        first = end - count * buckets
        found: list[CallCounts | None] = []
        for number in range(count):
            until = (first + (number + 1) * buckets) * BUCKET_SECONDS
            found.append(CallCounts() if until > self._began_at else None)
        for each, bucket in reversed(self._buckets):
            if each < first:
                break
            if each < end and (column := found[(each - first) // buckets]) is not None:
                column.take_in(bucket)
        return found

    def sampled(self, now: float, sample: FleetSample) -> None:
        """Keep how the things stand now."""
        self._samples.append((now, sample))

    def samples(self, now: float, count: int) -> list[FleetSample | None]:
        """How the things stood in so many equal parts of the last hour: the most of each, if any.

        The latest comes last.
        """
        found: list[FleetSample | None] = [None] * count
        for at, sample in self._samples:
            column = count - 1 - int((now - at) / (HOUR / count))
            if 0 <= column < count:
                before = found[column]
                found[column] = sample if before is None else _most(before, sample)
        return found


def _most(before: FleetSample, sample: FleetSample) -> FleetSample:
    return FleetSample(*map(max, before, sample))
