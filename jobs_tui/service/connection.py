"""Opens the link to the service without holding up the first frame.

Importing this imports nothing of the SDK, which takes longer than everything else at the start
together; that happens in a thread, once the link is opened.
"""

import asyncio
from collections.abc import Awaitable, Callable

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure, Unreachable
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.opening import OpeningStage, TellStage
from jobs_tui.service.settings import ServiceSettings

_Opening = Callable[[ServiceSettings, Clock, TellStage], Awaitable[JobsDataPlane | Failure]]


async def open_data_plane(
    settings: ServiceSettings, clock: Clock, tell: TellStage = lambda _: None
) -> JobsDataPlane | Failure:
    """Make ready to call the service, or tell why that cannot be and what to do about it.

    Nothing is asked of the endpoint itself yet. Ends within `settings.open_time_limit`, says on the
    way what it waits for, and raises nothing.
    """
    stage = OpeningStage.SDK

    def note(reached: OpeningStage) -> None:
        nonlocal stage
        stage = reached
        tell(reached)

    try:
        async with asyncio.timeout(settings.open_time_limit):
            note(stage)
            opening = await asyncio.to_thread(_import_sdk)
            return await opening(settings, clock, note)
    except TimeoutError:
        return out_of_time(stage, settings.open_time_limit)


def out_of_time(stage: OpeningStage, limit: float) -> Failure:
    """That a stage of opening did not end within so many seconds."""
    if stage is OpeningStage.CREDENTIALS:
        return Unreachable(
            f"no credentials after {limit:g} s",
            "a credential_process or a metadata service that never answers is the usual cause; "
            "try `aws configure list` with the same profile",
        )
    return Unreachable(f"not ready after {limit:g} s of {stage}", "press R to try again")


def _import_sdk() -> _Opening:
    from jobs_tui.service.aio_data_plane import (  # noqa: PLC0415 - a quarter of a second
        open_aio_data_plane,
    )

    return open_aio_data_plane
