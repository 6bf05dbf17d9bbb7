"""Opens the links to the service without holding up the first frame.

Importing this imports nothing of the SDK, which takes longer than everything else at the start
together; that happens in a thread, once a link is opened.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure, NotAllowed, Unreachable
from jobs_tui.service.control_plane import ControlPlane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.opening import OpeningStage, TellStage
from jobs_tui.service.settings import DeviceCertificate, ServiceSettings, StaticCredentials

Plane = TypeVar("Plane")
_Opening = Callable[[ServiceSettings, Clock, TellStage], Awaitable[Plane | Failure]]

CERTIFICATE_LISTS_NOTHING = NotAllowed(
    "a device certificate cannot list things: the control plane wants AWS credentials",
    "give the names of things: `jobs-tui THING ...`",
)
NO_CONTROL_PLANE = Unreachable(
    "there is no control plane beside this endpoint",
    "give the names of things: `jobs-tui THING ...`",
)


async def open_data_plane(
    settings: ServiceSettings, clock: Clock, tell: TellStage = lambda _: None
) -> JobsDataPlane | Failure:
    """Make ready to call the service, or tell why that cannot be and what to do about it.

    Nothing is asked of the endpoint itself yet. Ends within `settings.open_time_limit`, says on the
    way what it waits for, and raises nothing.
    """
    return await _opened(_import_data_plane, settings, clock, tell)


async def open_control_plane(settings: ServiceSettings, clock: Clock) -> ControlPlane | Failure:
    """The same for the control plane, which has an endpoint and permissions of its own."""
    match settings.credentials:
        case DeviceCertificate():
            return CERTIFICATE_LISTS_NOTHING
        case StaticCredentials() if settings.control_endpoint_url is None:
            # pretended keys, and the names of things, are no business of AWS
            return NO_CONTROL_PLANE
    return await _opened(_import_control_plane, settings, clock, lambda _: None)


async def _opened(
    importing: Callable[[], _Opening[Plane]],
    settings: ServiceSettings,
    clock: Clock,
    tell: TellStage,
) -> Plane | Failure:
    stage = OpeningStage.SDK

    def note(reached: OpeningStage) -> None:
        nonlocal stage
        stage = reached
        tell(reached)

    try:
        async with asyncio.timeout(settings.open_time_limit):
            note(stage)
            opening = await asyncio.to_thread(importing)
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


def _import_data_plane() -> _Opening[JobsDataPlane]:
    from jobs_tui.service.planes.aio_data_plane import (  # noqa: PLC0415 - a quarter of a second
        open_aio_data_plane,
    )

    return open_aio_data_plane


def _import_control_plane() -> _Opening[ControlPlane]:
    from jobs_tui.service.planes.aio_control_plane import (  # noqa: PLC0415 - a quarter of a second
        open_aio_control_plane,
    )

    return open_aio_control_plane
