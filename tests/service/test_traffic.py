"""What goes over the wire is counted to the byte, and there is no more of it than must be."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from jobs_tui.domain.outcome import Done, Outcome
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.refreshing.cadence import JITTER, QUIET_INTERVAL_AT_MOST
from jobs_tui.service.access.counted_sockets import counted_sockets
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.planes.client_configs import KEEPALIVE_SECONDS

PENDING = {"inProgressJobs": [], "queuedJobs": []}
UPDATED = {"executionState": {"status": "SUCCEEDED", "versionNumber": 2}}
EVERYTHING = PENDING | UPDATED


async def read(link: JobsDataPlane) -> Outcome[Any]:
    return await link.get_pending_job_executions(GetPendingJobExecutions("gw-1"))


async def change(link: JobsDataPlane) -> Outcome[Any]:
    return await link.update_job_execution(
        UpdateJobExecution("gw-1", "job-1", Status.SUCCEEDED, expected_version=1)
    )


class Relay:
    """Passes on what it is sent to an endpoint and back, and counts it."""

    def __init__(self, url: str) -> None:
        self.behind = urlsplit(url).port
        self.up = self.down = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, on = await asyncio.open_connection("127.0.0.1", self.behind)
        await asyncio.gather(self._pass(reader, on, "up"), self._pass(back, writer, "down"))

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str
    ) -> None:
        while data := await reader.read(65536):
            setattr(self, way, getattr(self, way) + len(data))
            writer.write(data)
        writer.close()


@asynccontextmanager
async def relayed(endpoint: Any) -> AsyncIterator[tuple[Relay, str]]:
    """A relay before an endpoint, and its URL."""
    relay = Relay(endpoint.url)
    server = await asyncio.start_server(relay.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield relay, f"{urlsplit(endpoint.url).scheme}://localhost:{port}"
    finally:
        # nobody waits for the connections to end, as `async with` does from Python 3.12 on
        server.close()


@pytest.mark.parametrize("tls", [False, True])
async def test_every_byte_of_reads_and_changes_is_counted(
    serve: Any, wire: Any, opened: Any, certificates: Any, *, tls: bool
) -> None:
    options = {"ssl": certificates.server_context()} if tls else {}
    endpoint = await serve(wire.says(EVERYTHING), **options)
    traffic = Traffic()
    authorities = certificates.authority if tls else None
    async with relayed(endpoint) as (relay, url):
        link = await opened(url, traffic=traffic, authorities=authorities)
        assert traffic.total == 0
        for _ in range(3):
            assert isinstance(await read(link), Done)
        read_over_one_connection = traffic.total
        assert isinstance(await change(link), Done)
        for _ in range(5_000):
            # until both have seen the end of the connection of the change
            if (relay.up, relay.down) == (traffic.sent, traffic.received):
                break
            await asyncio.sleep(0)
        assert (relay.up, relay.down) == (traffic.sent, traffic.received)
    assert endpoint.connections == 2
    handshake = 1_000 if tls else 0
    assert traffic.total - read_over_one_connection > handshake
    assert traffic.total > 2 * handshake + 4 * 400


async def test_where_nobody_listens_nothing_goes_over_the_wire(opened: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    traffic = Traffic()
    link = await opened(url, traffic=traffic)
    assert not isinstance(await read(link), Done)
    assert traffic.total == 0


async def test_a_read_has_only_the_headers_without_which_it_would_be_refused(
    serve: Any, wire: Any, opened: Any
) -> None:
    endpoint = await serve(wire.says(EVERYTHING))
    link = await opened(endpoint.url)
    await read(link)
    await change(link)
    asked, changed = (request.headers for request in endpoint.requests)
    needed = {"host", "x-amz-date", "authorization", "user-agent", "accept-encoding"}
    assert set(asked) == needed
    assert set(changed) == needed | {"content-type", "content-length", "connection"}
    assert asked["accept-encoding"] == "identity"
    assert len(asked["user-agent"]) < 50


@pytest.mark.parametrize("tls", [False, True])
async def test_a_kept_connection_that_the_other_side_has_closed_is_no_error(
    serve: Any, wire: Any, opened: Any, certificates: Any, *, tls: bool
) -> None:
    options = {"ssl": certificates.server_context()} if tls else {}
    endpoint = await serve(wire.says(EVERYTHING), **options)
    url = endpoint.url.replace("127.0.0.1", "localhost")
    link = await opened(url, authorities=certificates.authority if tls else None)
    for closed in range(1, 4):
        assert isinstance(await read(link), Done)
        assert endpoint.connections == closed
        endpoint.hang_up()
    assert isinstance(await change(link), Done)
    assert [request.method for request in endpoint.requests] == ["GET"] * 3 + ["POST"]


async def test_a_kept_connection_that_is_closed_while_a_read_is_on_its_way_is_no_error(
    serve: Any, wire: Any, opened: Any
) -> None:
    says = wire.says(EVERYTHING)
    endpoint = await serve(wire.in_turn(says, wire.cuts(b""), says, wire.resets, says))
    link = await opened(endpoint.url)
    for _ in range(3):
        assert isinstance(await read(link), Done)
    assert len(endpoint.requests) == 5


def test_a_connection_is_kept_for_longer_than_the_longest_interval() -> None:
    assert KEEPALIVE_SECONDS > QUIET_INTERVAL_AT_MOST * (1 + JITTER)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_connection_that_was_forgotten_on_the_way_is_noticed_within_two_minutes(
    family: int,
) -> None:
    with counted_sockets(Traffic())((family, socket.SOCK_STREAM, 0, "", ())) as made:

        def option(name: int) -> int:
            return made.getsockopt(socket.IPPROTO_TCP, name)

        assert made.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        silence, every = option(socket.TCP_KEEPIDLE), option(socket.TCP_KEEPINTVL)
        assert silence < 60
        assert silence + every * option(socket.TCP_KEEPCNT) <= 120
