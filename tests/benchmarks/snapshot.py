"""What the snapshot costs: before the first frame, after it, when it is written, and in bytes.

Run by hand: `.venv/bin/python tests/benchmarks/snapshot.py [THINGS ...]`. Lag is the longest that
the event loop was kept from a callback that wants to run at once, all the time. The collector of
cyclic garbage is off: what it takes goes by what the store holds, whoever put it there.
"""

import asyncio
import gc
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable
from pathlib import Path
from typing import NamedTuple

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.execution import JobExecutionSummary, PendingJobExecutions
from jobs_tui.domain.outcome import Done
from jobs_tui.domain.status import Status
from jobs_tui.engine.notices import Notices
from jobs_tui.engine.snapshot.keeper import Snapshot
from jobs_tui.engine.store import Store

EXECUTIONS = 10
SIZES = (20, 1_000, 10_000)


class Link(NamedTuple):
    """As much of a data plane as a snapshot asks for."""

    identity: str = "123456789012"
    endpoint: str = "https://example.com"
    region: str = "eu-west-3"


def answer(number: int, now: float) -> Done[PendingJobExecutions]:
    """Ten executions, one of them in progress; the jobs are those of a hundred things."""
    rows = [
        JobExecutionSummary(
            job_id=f"fw-2026-11-edge-{number // 100 + row:03d}",
            status=Status.QUEUED if row else Status.IN_PROGRESS,
            queued_at=now - 5000 + row,
            started_at=None if row else now - 4000,
            last_updated_at=now - 3000 + row,
            version_number=1 + row % 3,
            execution_number=1,
        )
        for row in range(EXECUTIONS)
    ]
    return Done(PendingJobExecutions(tuple(rows[:1]), tuple(rows[1:])), now)


async def longest_lag(work: Awaitable[object]) -> tuple[float, float]:
    """Seconds until the work is done, and the longest that nothing else had its turn."""
    task = asyncio.ensure_future(work)
    begin = before = time.perf_counter()
    longest = 0.0
    while not task.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    await task
    return time.perf_counter() - begin, longest


async def restored(store: Store, snapshot: Snapshot, names: tuple[str, ...]) -> None:
    """Wait until all are in."""
    snapshot.start()
    while store.thing(names[-1]).answered_at is None:  # noqa: ASYNC110 - what is measured
        await asyncio.sleep(0.001)


async def measure(things: int, path: Path) -> None:
    """Write the snapshot of so many things, read it again, and print a line for each."""
    clock = SystemClock()
    names = tuple(f"gw-lyon-{number:05d}" for number in range(things))

    store = Store(names, clock)
    snapshot = Snapshot(path, clock)
    snapshot.begin(store, Notices(clock.now))
    snapshot.start()
    snapshot.linked(Link())  # type: ignore[arg-type]
    for number, name in enumerate(names):
        store.record_answer(name, answer(number, clock.now()))
    seconds, lag = await longest_lag(snapshot.end())
    size = path.stat().st_size  # noqa: ASYNC240 - nothing else is at work
    print(f"{things:>7}  written  {1000 * seconds:8.1f} ms   lag {1000 * lag:5.1f} ms", end="")
    print(f"   {size / 1000:8.1f} kB, {size / things:.0f} bytes a thing")

    store = Store(names, clock)
    snapshot = Snapshot(path, clock)
    begin = time.perf_counter()
    snapshot.begin(store, Notices(clock.now))
    print(f"{things:>7}  first    {1000 * (time.perf_counter() - begin):8.1f} ms")
    seconds, lag = await longest_lag(restored(store, snapshot, names))
    print(f"{things:>7}  the rest {1000 * seconds:8.1f} ms   lag {1000 * lag:5.1f} ms")
    snapshot.linked(Link())  # type: ignore[arg-type]
    for number, name in enumerate(names[:600]):
        store.record_answer(name, answer(number, clock.now()))
    seconds, lag = await longest_lag(snapshot.end())
    print(f"{things:>7}  a minute {1000 * seconds:8.1f} ms   lag {1000 * lag:5.1f} ms")

    store = Store(names, clock)
    snapshot = Snapshot(path, clock)
    tracemalloc.start()
    snapshot.begin(store, Notices(clock.now))
    await restored(store, snapshot, names)
    await snapshot.end()
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{things:>7}  memory   {kept / 1e6:8.1f} MB, {peak / 1e6:.1f} MB at most")


def main() -> None:
    """Measure for each number of things."""
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        for things in [int(word) for word in sys.argv[1:]] or SIZES:
            asyncio.run(measure(things, Path(folder) / f"things-{things}.jsonl"))


if __name__ == "__main__":
    main()
