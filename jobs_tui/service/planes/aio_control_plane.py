"""The control plane over aiobotocore: one client that only reads."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.logged import decided
from jobs_tui.domain.names import thing_name_problem
from jobs_tui.domain.outcome import Failure, Outcome, Refused
from jobs_tui.domain.thing_selection import FleetQuery, ThingGroup, ThingSelection
from jobs_tui.service.access.counted_sockets import counted_sockets
from jobs_tui.service.access.http_session import BoundedHTTPSession
from jobs_tui.service.access.models import load_models
from jobs_tui.service.access.session import new_session
from jobs_tui.service.access.way_in import WayIn, find_way_in
from jobs_tui.service.answers import control_replies, errors
from jobs_tui.service.answers.calling import outcome_of, watch_calls
from jobs_tui.service.control_plane import ThingPage
from jobs_tui.service.endpoint import check_endpoint, host_of
from jobs_tui.service.endpoints.endpoint_choice import ask_in_turn
from jobs_tui.service.opening import TellStage
from jobs_tui.service.planes.client_configs import (
    KEEPALIVE_SECONDS,
    USER_AGENT,
    by_credentials,
    trusted,
)
from jobs_tui.service.planes.control_calls import Place, endpoint_call, page_call
from jobs_tui.service.settings import ServiceSettings

SERVICE = "iot"
"""The SDK's name of the service, in names of events as well."""

CALLS_AT_ONCE = 2
"""Also the size of the pool of connections: pages come one after the other anyway."""

ENDPOINT_COMES_FROM = "AWS_ENDPOINT_URL_IOT, AWS_ENDPOINT_URL or the profile"


class PageHTTPSession(BoundedHTTPSession):
    """Also takes a page of 100 things with their shadows, which fleet indexing tells unasked."""

    largest_body = 16 << 20


async def open_aio_control_plane(
    settings: ServiceSettings, clock: Clock, tell: TellStage
) -> "AioControlPlane | Failure":
    """Read the configuration, find credentials and make the client; takes as long as they take."""
    try:
        session = await asyncio.to_thread(new_session, settings)
        async with AsyncExitStack() as closing:
            way_in = await find_way_in(session, settings, clock, tell, closing)
            return await control_plane_on(session, settings, way_in, clock, closing)
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises becomes an outcome
        return errors.opening_failure(error, ENDPOINT_COMES_FROM)


async def control_plane_on(
    session: AioSession,
    settings: ServiceSettings,
    way_in: WayIn,
    clock: Clock,
    closing: AsyncExitStack,
) -> "AioControlPlane":
    """The control plane by a session that has credentials already.

    It closes what `closing` holds as well, which is empty afterwards. Raises InvalidEndpointError
    and the SDK's exceptions.
    """
    await asyncio.to_thread(load_models, session, SERVICE)
    watch_calls(session, SERVICE)
    client = await closing.enter_async_context(
        session.create_client(
            SERVICE,
            region_name=way_in.region,
            # the one in the settings is the data plane's
            endpoint_url=settings.control_endpoint_url,
            verify=trusted(settings, settings.control_endpoint_url),
            config=_config(settings),
        )
    )
    check_endpoint(client.meta.endpoint_url)
    decided("control_plane", host=host_of(client.meta.endpoint_url))
    return AioControlPlane(client, closing.pop_all(), settings, clock)


async def host_of_account(
    session: AioSession, settings: ServiceSettings, way_in: WayIn, clock: Clock
) -> Outcome[str]:
    """What DescribeEndpoint says now, by a session that has credentials already; raises nothing."""
    async with AsyncExitStack() as closing:
        try:
            plane = await control_plane_on(session, settings, way_in, clock, closing)
        except Exception as error:  # noqa: BLE001 - whatever the SDK raises becomes an outcome
            return errors.opening_failure(error, ENDPOINT_COMES_FROM)
        closing.push_async_callback(plane.close)
        return await ask_in_turn(plane.describe_endpoint)


class AioControlPlane:
    """A ControlPlane on a client that is open already."""

    def __init__(
        self, client: Any, closing: AsyncExitStack, settings: ServiceSettings, clock: Clock
    ) -> None:
        self._client = client
        self._closing = closing
        self._settings = settings
        self._clock = clock
        self._turns = asyncio.Semaphore(CALLS_AT_ONCE)
        meta = client.meta
        self._place = Place(str(meta.endpoint_url), str(meta.region_name), str(meta.partition))

    @property
    def endpoint(self) -> str:
        """The URL that is asked."""
        return self._place.endpoint

    async def page_of_things(
        self, selection: ThingSelection, token: str | None
    ) -> Outcome[ThingPage]:
        """Ask once: for the first page, or for the one that a page before it told the token of."""
        problem = _problem(selection)
        if problem is not None:
            return Refused(problem, "nothing was sent: correct it")
        call, members = page_call(selection, token, self._place, self._settings)
        operation = {
            "ListThings": self._client.list_things,
            "ListThingsInThingGroup": self._client.list_things_in_thing_group,
            "SearchIndex": self._client.search_index,
        }[call.operation]
        return await outcome_of(
            call,
            operation,
            members,
            lambda body: control_replies.thing_page(body, selection),
            turns=self._turns,
            clock=self._clock,
        )

    async def describe_endpoint(self, endpoint_type: str) -> Outcome[str]:
        """The account's own host, perhaps with a port, of a type such as `iot:Data-ATS`."""
        return await outcome_of(
            endpoint_call(self._place, self._settings),
            self._client.describe_endpoint,
            {"endpointType": endpoint_type},
            control_replies.endpoint_address,
            turns=self._turns,
            clock=self._clock,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._closing.aclose()


def _problem(selection: ThingSelection) -> str | None:
    """What the service would refuse, found before a call is spent on it."""
    match selection:
        case ThingGroup(name):
            problem = thing_name_problem(name)
            return None if problem is None else f"the name of the thing group {problem}"
        case FleetQuery(query) if not query.strip():
            return "the query is empty"
    return None


def _config(settings: ServiceSettings) -> AioConfig:
    return AioConfig(
        user_agent=USER_AGENT,
        retries={"mode": "standard", "total_max_attempts": 2},
        connect_timeout=settings.read_time_limit,
        read_timeout=settings.page_time_limit,
        max_pool_connections=CALLS_AT_ONCE,
        connector_args={
            "keepalive_timeout": KEEPALIVE_SECONDS,
            "socket_factory": counted_sockets(settings.traffic),
        },
        http_session_cls=PageHTTPSession,
        **by_credentials(settings),
    )
