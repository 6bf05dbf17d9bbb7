"""How many GetPendingJobExecutions the emulator answers in a second, on one core.

Beside it stands the floor: a server of the same library that answers every request with the same
bytes. Here the servers are on the core for what is measured, and the load is on the other one.
"""

import asyncio
import json
import subprocess
import textwrap
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from conditions import PROGRAM, PYTHON, Conditions, Cores, fresh_home, thing_names
from figures import BenchmarkError, Figure, Found, ratio
from process_costs import processor_seconds

THINGS = 1_000
JOBS_PER_THING = 3
CONNECTIONS = 16
REQUESTS, SHORT_REQUESTS = 6_000, 300
FLOOR = textwrap.dedent(
    """
    import socket
    from aiohttp import web

    body = b'{"inProgressJobs": [], "queuedJobs": [' + b" " * 400 + b"]}"
    listening = socket.create_server(("127.0.0.1", 0))

    @web.middleware
    async def answer(request, handler):
        await request.read()
        return web.Response(body=body, content_type="application/json")

    async def announce(_application):
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)

    application = web.Application(middlewares=[answer])
    application.on_startup.append(announce)
    web.run_app(application, sock=listening, print=None, access_log=None)
    """
)


def run(conditions: Conditions, cores: Cores) -> Found:
    """Every round asks both, so that a machine that slows down slows both."""
    requests = SHORT_REQUESTS if conditions.short else REQUESTS
    found: dict[str, list[tuple[float, float]]] = {"emulator": [], "floor": []}
    with fresh_home() as environment:
        emulator = [PROGRAM, "emulator", "--things", str(THINGS), "--jobs", _jobs(environment)]
        with (
            _serving(emulator, environment, cores) as ours,
            _serving([PYTHON, "-c", FLOOR], environment, cores) as floor,
        ):
            for number in range(conditions.rounds_or(7) + 1):
                for name, (process, port) in (("emulator", ours), ("floor", floor)):
                    before = processor_seconds(process)
                    seconds = asyncio.run(_ask(port, requests))
                    used = processor_seconds(process) - before
                    if number:
                        found[name].append((requests / seconds, 1e6 * used / requests))
    rates, costs = (
        {name: [each[column] for each in rows] for name, rows in found.items()} for column in (0, 1)
    )
    return Found(
        [
            ratio("requests/s / constant answer", rates["emulator"], rates["floor"], "{:.0f}"),
            ratio("CPU per request", costs["emulator"], costs["floor"], "{:.0f} us"),
            Figure("requests, each round", requests),
        ]
    )


def _jobs(environment: Mapping[str, str]) -> str:
    jobs = Path(environment["HOME"], "jobs.jsonl")
    names = thing_names(THINGS)
    with jobs.open("w") as file:
        for number in range(JOBS_PER_THING * THINGS // 100):
            first = number % (THINGS // 100) * 100
            line = {
                "jobId": f"job-{number:03d}",
                "targets": names[first : first + 100],
                "document": {"operation": "reboot"},
            }
            file.write(json.dumps(line) + "\n")
    return str(jobs)


@contextmanager
def _serving(
    command: Sequence[str], environment: Mapping[str, str], cores: Cores
) -> Iterator[tuple[int, int]]:
    """A server at work: its process and its port."""
    server = subprocess.Popen(
        command,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        preexec_fn=cores.pin_measured,  # noqa: PLW1509 - this process has one thread
    )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        if not line:
            raise BenchmarkError(f"{command[0]} did not say where it serves")
        yield server.pid, int(line.rpartition(":")[2])
    finally:
        server.terminate()
        server.wait()


async def _ask(port: int, requests: int) -> float:
    """Ask all things in turn over a few connections; returns the seconds that it took."""
    heads = [_head_of(name, port) for name in thing_names(THINGS)]
    left = iter(range(requests))
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]

    async def work(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in left:
            writer.write(heads[number % THINGS])
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise BenchmarkError(f"a server answered {head.decode(errors='replace')}")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
            await reader.readexactly(length)

    begin = time.perf_counter()
    await asyncio.gather(*(work(*connection) for connection in connections))
    seconds = time.perf_counter() - begin
    for _, writer in connections:
        writer.close()
    return seconds


def _head_of(name: str, port: int) -> bytes:
    """A signed request as an SDK sends it, as far as the server looks at it."""
    signature = (
        "AWS4-HMAC-SHA256 Credential=any/20261123/eu-west-3/iot-jobs-data/aws4_request, "
        f"SignedHeaders=host;x-amz-date, Signature={'0' * 64}"
    )
    lines = [
        f"GET /things/{name}/jobs HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Accept-Encoding: identity",
        "User-Agent: benchmark",
        "X-Amz-Date: 20261123T120000Z",
        f"Authorization: {signature}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()
