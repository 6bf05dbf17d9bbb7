"""How many GetPendingJobExecutions the emulator answers in a second, on one core.

Run by hand: `.venv/bin/python tests/benchmarks/emulator_throughput.py [ROUNDS] [REQUESTS]`. Beside
it stands the floor: a server of the same library that answers every request with the same bytes.
Both have a core of their own where the system allows it, the load another; every round asks both,
so that a machine that slows down slows both, and the ratio is taken round by round.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("jobs-tui"))
THINGS = 1_000
JOBS_PER_THING = 3
CONNECTIONS = 16
SERVER_CORE, LOAD_CORE = 0, 1
FLOOR = textwrap.dedent(
    """
    import sys
    from aiohttp import web

    body = b'{"inProgressJobs": [], "queuedJobs": [' + b" " * 400 + b"]}"

    @web.middleware
    async def answer(request, handler):
        await request.read()
        return web.Response(body=body, content_type="application/json")

    async def announce(_application):
        print("http://127.0.0.1:" + sys.argv[1], flush=True)

    application = web.Application(middlewares=[answer])
    application.on_startup.append(announce)
    web.run_app(application, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
    """
)
FLOOR_PORT = 18_321


def head_of(name: str, port: int) -> bytes:
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


async def ask(port: int, requests: int) -> float:
    """Ask all things in turn over a few connections; returns the seconds that it took."""
    heads = [head_of(f"thing-{number:04d}", port) for number in range(1, THINGS + 1)]
    left = iter(range(requests))
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]

    async def work(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in left:
            writer.write(heads[number % THINGS])
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
            await reader.readexactly(length)

    begin = time.perf_counter()
    await asyncio.gather(*(work(*connection) for connection in connections))
    seconds = time.perf_counter() - begin
    for _, writer in connections:
        writer.close()
    return seconds


def serve(command: Sequence[str]) -> tuple[subprocess.Popen[str], int]:
    """Start a server on its core; returns it and its port."""
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    pin(SERVER_CORE, server.pid)
    assert server.stdout is not None
    return server, int(server.stdout.readline().rpartition(":")[2])


def pin(core: int, process: int = 0) -> bool:
    """Keep a process on one core; returns whether the system did it."""
    try:
        os.sched_setaffinity(process, {core})
    except (AttributeError, OSError):
        return False
    return True


def processor_seconds(process: int) -> float:
    """What a process has used of its core so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(rounds: int, requests: int) -> Mapping[str, list[tuple[float, float]]]:
    """Requests per second and processor milliseconds per request, of both servers, by round."""
    with tempfile.TemporaryDirectory() as folder:
        jobs = Path(folder, "jobs.jsonl")
        names = [f"thing-{number:04d}" for number in range(1, THINGS + 1)]
        with jobs.open("w") as file:
            for number in range(JOBS_PER_THING * THINGS // 100):
                first = number % (THINGS // 100) * 100
                line = {
                    "jobId": f"job-{number:03d}",
                    "targets": names[first : first + 100],
                    "document": {"operation": "reboot"},
                }
                file.write(json.dumps(line) + "\n")
        emulator = [PROGRAM, "emulator", "--things", str(THINGS), "--jobs", str(jobs)]
        servers = {
            "the emulator": serve(emulator),
            "the same library, constant answer": serve(
                [sys.executable, "-c", FLOOR, str(FLOOR_PORT)]
            ),
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in servers}
        try:
            for number in range(rounds + 1):
                for name, (server, port) in servers.items():
                    before = processor_seconds(server.pid)
                    seconds = asyncio.run(ask(port, requests))
                    used = processor_seconds(server.pid) - before
                    if number:
                        found[name].append((requests / seconds, 1000 * used / requests))
        finally:
            for server, _ in servers.values():
                server.terminate()
                server.wait()
    return found


def main() -> None:
    """Measure, and print one table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else 6_000
    pinned = pin(LOAD_CORE)
    found = measure(rounds, requests)
    where = "each server on one core, the load on another" if pinned else "not pinned to cores"
    print(f"{rounds} rounds of {requests} requests for {THINGS} things, {where}")
    print(f"{'requests/s':<40}{'min':>8}{'median':>8}{'max':>8}{'ms of core each':>18}")
    for name, figures in found.items():
        rates = [rate for rate, _ in figures]
        each = statistics.median(used for _, used in figures)
        middle = statistics.median(rates)
        print(f"{name:<40}{min(rates):>8.0f}{middle:>8.0f}{max(rates):>8.0f}{each:>18.3f}")
    ours, floor = found.values()
    ratios = [a / b for (a, _), (b, _) in zip(ours, floor, strict=True)]
    print(f"{'the emulator / constant answer':<40}{statistics.median(ratios):>16.2f}")


if __name__ == "__main__":
    main()
