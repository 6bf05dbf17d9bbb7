"""What the commands on one execution have in common: a short run, and a fresh look."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from jobs_tui.cli.daemon_threads import DaemonThreads
from jobs_tui.domain.clock import Clock
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.outcome import Outcome, Throttled
from jobs_tui.domain.requests import DescribeJobExecution
from jobs_tui.engine.asked_once import ASK_AGAIN_AFTER
from jobs_tui.service.data_plane import JobsDataPlane

T = TypeVar("T")


def run_shortly(work: Coroutine[object, None, T]) -> T:
    """Run it in an event loop of its own; what a silent name server holds up ends with it."""
    with asyncio.Runner() as runner:
        runner.get_loop().set_default_executor(DaemonThreads())
        return runner.run(work)


async def look_freshly(
    link: JobsDataPlane, request: DescribeJobExecution, clock: Clock
) -> Outcome[JobExecution | None]:
    """Read an execution now; what is throttled is asked again after a pause, some times."""
    for pause in ASK_AGAIN_AFTER:
        outcome = await link.describe_job_execution(request)
        if not isinstance(outcome, Throttled):
            return outcome
        await clock.sleep(pause)
    return await link.describe_job_execution(request)
