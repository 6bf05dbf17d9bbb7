"""What calls weigh on the wire, in bytes that a proxy on loopback counts; each repeats exactly.

The emulator serves TLS 1.3 with a chain of four certificates of RSA 2048, about as long as that of
the service. Headers of TCP and IP are not in the figures: 40 to 60 bytes a packet.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from conditions import Conditions, Cores, fresh_home
from counting_proxy import CountingProxy, Crossed
from figures import Bar, BenchmarkError, Figure, Found, at_most
from wire_certificates import HOST, Certificates, make_certificates

from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Done, Failure, Outcome
from jobs_tui.domain.requests import GetPendingJobExecutions, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.emulator import Emulator, Switches
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import DeviceCertificate, ServiceSettings, StaticCredentials

IDLE, BUSY = "gw-lyon-01", "boiler-07"
"""A thing with nothing pending, and one with ten executions."""

EXECUTIONS = 10
REGION = "eu-west-3"
KEYS = StaticCredentials("AKIAIOSFODNN7EXAMPLE", "x" * 40)
TOKEN = "t" * 900
"""As long as session tokens of roles are."""

AT_REST_SECONDS = 0.05

Call = Callable[[JobsDataPlane], Awaitable[Outcome[Any]]]


def run(conditions: Conditions, cores: Cores) -> Found:
    """Count once: there is nothing in it that varies but the date."""
    del conditions, cores
    with TemporaryDirectory(prefix="jobs-tui-benchmark-") as folder:
        certificates = make_certificates(Path(folder))
        jobs = Path(folder, "jobs.jsonl")
        lines = (
            {"jobId": f"firmware-2-4-1-lyon-{number:02d}", "targets": [BUSY], "document": {}}
            for number in range(EXECUTIONS)
        )
        jobs.write_text("".join(json.dumps(line) + "\n" for line in lines))
        switches = Switches(
            things=[IDLE],
            jobs=jobs,
            tls=True,
            certificate=certificates.server,
            client_ca=certificates.client_authority,
        )
        with Emulator(switches) as emulator:
            port = int(str(emulator.url).rpartition(":")[2])
            return Found(asyncio.run(_figures(certificates, port)))


async def _figures(certificates: Certificates, port: int) -> list[Figure]:
    chain, shown = certificates.chain_bytes, certificates.client_bytes
    return [
        *await _by_key(certificates, port),
        *await _by_token(certificates, port),
        *await _by_certificate(certificates, port),
        Figure("certificates in a hand-shake", chain, " B", None, f"{shown} out", f"{chain} in"),
    ]


async def _by_key(certificates: Certificates, port: int) -> list[Figure]:
    """With keys of a user: requests are signed."""
    async with _asking(certificates, port, credentials=KEYS, region=REGION) as ask:
        first = await ask(_pending(IDLE))
        empty, full = await ask(_pending(IDLE)), await ask(_pending(BUSY))
        change = await ask(_update)
    return [
        _row("call, empty list", empty, at_most(750)),
        _row(f"call, {EXECUTIONS} executions", full, at_most(2_250)),
        _row("hand-shake before a call", first.since(empty)),
        _row("change, with a hand-shake of its own", change),
    ]


async def _by_token(certificates: Certificates, port: int) -> list[Figure]:
    """With keys of a role: a token goes along. The SDK as it comes asks the same."""
    with fresh_home() as environment, patch.dict(os.environ, environment, clear=True):
        os.environ["AWS_SESSION_TOKEN"] = TOKEN
        async with _asking(certificates, port) as ask:
            await ask(_pending(IDLE))
            ours = await ask(_pending(IDLE))
        async with CountingProxy(port) as proxy:
            bare = await _bare(certificates, proxy)
    return [
        _row("call, empty list, with a session token", ours),
        _row("the same by bare aiobotocore", bare),
    ]


async def _by_certificate(certificates: Certificates, port: int) -> list[Figure]:
    """With a device's certificate: nothing is signed."""
    device = DeviceCertificate(certificates.client, certificates.client_key)
    async with _asking(certificates, port, credentials=device) as ask:
        first = await ask(_pending(IDLE))
        empty = await ask(_pending(IDLE))
    return [
        _row("call, empty list, by certificate", empty),
        _row("hand-shake by certificate", first.since(empty)),
    ]


@asynccontextmanager
async def _asking(
    certificates: Certificates, port: int, **way_in: Any
) -> AsyncIterator[Callable[[Call], Awaitable[Crossed]]]:
    """Counts calls over one link, and checks that the link counts as much."""
    async with CountingProxy(port) as proxy:
        settings = ServiceSettings(
            endpoint_url=f"https://{HOST}:{proxy.port}",
            authorities=certificates.trusted,
            discovery=False,
            **way_in,
        )
        link = await open_data_plane(settings, SystemClock())
        if isinstance(link, Failure):
            raise BenchmarkError(str(link))

        async def ask(call: Call) -> Crossed:
            before, own = proxy.crossed, settings.traffic.total
            outcome = await call(link)
            if not isinstance(outcome, Done):
                raise BenchmarkError(str(outcome))
            crossed = (await _at_rest(proxy)).since(before)
            if settings.traffic.total - own != crossed.total:
                told = f"{settings.traffic.total - own} bytes of {crossed.total}"
                raise BenchmarkError(f"the cockpit counted {told}")
            return crossed

        try:
            yield ask
        finally:
            await link.close()


async def _at_rest(proxy: CountingProxy) -> Crossed:
    """What has gone through once nothing more does: a connection that is closed says so."""
    before, now = None, proxy.crossed
    while now != before:
        await asyncio.sleep(AT_REST_SECONDS)
        before, now = now, proxy.crossed
    return now


async def _bare(certificates: Certificates, proxy: CountingProxy) -> Crossed:
    """The same call by the SDK as it comes."""
    from aiobotocore.session import AioSession  # noqa: PLC0415 - a quarter of a second

    async with AioSession().create_client(
        "iot-jobs-data",
        endpoint_url=f"https://{HOST}:{proxy.port}",
        verify=str(certificates.trusted),
    ) as client:
        await client.get_pending_job_executions(thingName=IDLE)
        before = await _at_rest(proxy)
        await client.get_pending_job_executions(thingName=IDLE)
        return (await _at_rest(proxy)).since(before)


def _pending(thing_name: str) -> Call:
    return lambda link: link.get_pending_job_executions(GetPendingJobExecutions(thing_name))


async def _update(link: JobsDataPlane) -> Outcome[Any]:
    request = UpdateJobExecution(
        BUSY, "firmware-2-4-1-lyon-00", Status.IN_PROGRESS, {"step": "2 of 5"}, expected_version=1
    )
    return await link.update_job_execution(request)


def _row(what: str, crossed: Crossed, bar: Bar | None = None) -> Figure:
    return Figure(what, crossed.total, " B", bar, f"{crossed.up} out", f"{crossed.down} in")
