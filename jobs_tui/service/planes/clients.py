"""Opens the SDK's two clients for the data plane, by whichever way in the settings name."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiobotocore.session import AioSession

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.logged import decided
from jobs_tui.service.access.session import SERVICE
from jobs_tui.service.access.way_in import WayIn, find_way_in
from jobs_tui.service.chosen_endpoint import ChosenEndpoint, EndpointSource
from jobs_tui.service.endpoint import check_endpoint, host_of
from jobs_tui.service.endpoints.endpoint_cache import EndpointCache
from jobs_tui.service.endpoints.endpoint_choice import (
    Account,
    discovered_endpoint,
    to_be_discovered,
)
from jobs_tui.service.opening import OpeningStage, TellStage
from jobs_tui.service.planes.client_configs import client_configs, trusted
from jobs_tui.service.settings import ServiceSettings


@dataclass(frozen=True, slots=True)
class Clients:
    """Two clients of one session, open until `closing` is closed."""

    reads: Any
    writes: Any
    """None where nothing may be changed."""
    endpoint_source: EndpointSource
    identity: str
    """Whose things are asked for, see `WayIn.identity`."""
    closing: AsyncExitStack


async def open_clients(
    session: AioSession, settings: ServiceSettings, clock: Clock, tell: TellStage
) -> Clients:
    """Look for credentials and the endpoint, and make the two clients.

    Raises what `find_way_in` raises.
    """
    async with AsyncExitStack() as closing:
        way_in = await find_way_in(session, settings, clock, tell, closing)
        endpoint = way_in.given or await _endpoint(session, settings, way_in, clock, tell)
        reads, *writes = [
            await closing.enter_async_context(
                session.create_client(
                    SERVICE,
                    region_name=way_in.region,
                    endpoint_url=endpoint.url,
                    verify=trusted(settings, endpoint.url),
                    config=config,
                )
            )
            for config in client_configs(settings)
        ]
        check_endpoint(reads.meta.endpoint_url)
        decided("endpoint", host=host_of(reads.meta.endpoint_url), by=endpoint.source)
        return Clients(
            reads,
            writes[0] if writes else None,
            endpoint.source,
            way_in.identity,
            closing.pop_all(),
        )


async def _endpoint(
    session: AioSession, settings: ServiceSettings, way_in: WayIn, clock: Clock, tell: TellStage
) -> ChosenEndpoint:
    """The account's own endpoint, else the region's: the user names none."""
    if not to_be_discovered(session, settings):
        return ChosenEndpoint(EndpointSource.DEFAULT)
    from jobs_tui.service.planes.aio_control_plane import (  # noqa: PLC0415 - where it is asked
        host_of_account,
    )

    tell(OpeningStage.ENDPOINT)
    return await discovered_endpoint(
        Account(way_in.identity, way_in.region),
        EndpointCache(settings.cache_folder),
        partial(host_of_account, session, settings, way_in, clock),
        clock.now(),
    )
