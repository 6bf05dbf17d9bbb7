"""A program: a loopback server that answers GetPendingJobExecutions as fast as it can.

It also answers DescribeJobExecution, and takes down when the first request of a round came and when
the last thing was answered, so that all clients are measured from the same outside. Orders come as
lines of JSON on standard input, events go out the same way; it ends with its input.

Orders, all in one object: `watch` N: tell `first` at the next request and `all` once N things have
been answered. `count`: tell how many requests there were since. `edition` TEXT: part of the job ids
from now on. `executions` [LEAST, MOST] of each thing. `changing` true: each answer tells a new
version of the first execution.
"""

import asyncio
import json
import sys
import time
from email.utils import formatdate

HEAD_END = b"\r\n\r\n"
DAY = 86_400
VERSION = 41
"""Of what is in progress, at first."""

VERSION_TOLD = b'"versionNumber": %d'

DOCUMENT = json.dumps({"operation": "deploy", "files": [{"url": "https://files.example/fw"}] * 3})


class Jobs:
    """What is pending for whom."""

    def __init__(self) -> None:
        self.edition = "a"
        self.executions = (1, 10)
        self.changing = False
        self.version = 0
        self._bodies: dict[bytes, bytes] = {}
        # half a day past, so that no age in days or hours changes during a benchmark
        self._begin = int(time.time()) - 3 * DAY - DAY // 2 - 1800

    def forget(self) -> None:
        """Make new bodies from now on."""
        self._bodies.clear()

    def pending(self, name: bytes) -> bytes:
        """The body of GetPendingJobExecutions."""
        body = self._bodies.get(name)
        if body is None:
            members = [self._summary(index) for index in range(self._count(name))]
            lists = {"inProgressJobs": members[:1], "queuedJobs": members[1:]}
            body = self._bodies[name] = json.dumps(lists).encode()
        if self.changing:
            self.version += 1
            return body.replace(VERSION_TOLD % VERSION, VERSION_TOLD % (VERSION + self.version))
        return body

    def described(self, name: bytes, job_id: bytes) -> bytes:
        """The body of DescribeJobExecution."""
        index = int(job_id.rpartition(b"-")[2])
        execution = self._summary(index) | {
            "thingName": name.decode(),
            "status": "QUEUED" if index else "IN_PROGRESS",
            "statusDetails": {"progress": "40 %", "step": "download"},
            "jobDocument": DOCUMENT,
        }
        return json.dumps({"execution": execution}).encode()

    def _summary(self, index: int) -> dict[str, object]:
        began = {} if index else {"startedAt": self._begin + 60}
        return {
            "jobId": f"deploy-{self.edition}-{index:02d}",
            "queuedAt": self._begin,
            "lastUpdatedAt": self._begin + 60,
            "executionNumber": 1,
            **began,
            "versionNumber": 1 if index else VERSION,
        }

    def _count(self, name: bytes) -> int:
        least, most = self.executions
        return least + sum(name) % (most - least + 1)


class Round:
    """Which things were answered, and when it began."""

    def __init__(self) -> None:
        self._wanted = 0
        self._names: set[bytes] = set()
        self._began = 0.0
        self.requests = 0

    def watch(self, wanted: int) -> None:
        """Begin with the next request."""
        self._wanted, self._names, self._began, self.requests = wanted, set(), 0.0, 0

    def came(self) -> None:
        """Note a request."""
        self.requests += 1
        if not self._began:
            self._began = time.monotonic()
            if self._wanted:
                tell(event="first", at=self._began)

    def answered(self, name: bytes) -> None:
        """Note an answer."""
        if self._wanted:
            self._names.add(name)
            if len(self._names) == self._wanted:
                self._wanted = 0
                now = time.monotonic()
                tell(event="all", at=now, seconds=now - self._began, requests=self.requests)


class Connection(asyncio.Protocol):
    """One connection, kept open."""

    date = (0, b"")

    def __init__(self, jobs: Jobs, current: Round) -> None:
        self._jobs = jobs
        self._round = current
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while HEAD_END in self._received:
            head, _, self._received = self._received.partition(HEAD_END)
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        method, target, _ = head.split(b" ", 2)
        _, things, name, *rest = target.partition(b"?")[0].split(b"/")
        if method != b"GET" or things != b"things" or not rest:
            self._send(b"400 Bad Request", b'{"message": "nothing but reads here"}')
            self._transport.close()
        elif len(rest) == 1:
            self._round.came()
            self._send(b"200 OK", self._jobs.pending(name))
            self._round.answered(name)
        else:
            self._send(b"200 OK", self._jobs.described(name, rest[1]))

    def _send(self, status: bytes, body: bytes) -> None:
        self._transport.write(
            b"HTTP/1.1 %b\r\nDate: %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
            b"x-amzn-RequestId: 5f0f9d3c-0c4e-4b8e-9d3a-%012x\r\nConnection: keep-alive\r\n\r\n%b"
            % (status, _date(), len(body), self._round.requests, body)
        )


def _date() -> bytes:
    now = int(time.time())
    if Connection.date[0] != now:
        Connection.date = (now, formatdate(now, usegmt=True).encode())
    return Connection.date[1]


def tell(**event: object) -> None:
    """Say something to who started this."""
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


async def serve() -> None:
    """Serve until the input ends."""
    jobs, current = Jobs(), Round()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(jobs, current), "127.0.0.1", 0)
    tell(event="serving", port=server.sockets[0].getsockname()[1])
    orders = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while line := await orders.readline():
        order = json.loads(line)
        jobs.edition = order.get("edition", jobs.edition)
        jobs.executions = tuple(order.get("executions", jobs.executions))
        jobs.changing = order.get("changing", jobs.changing)
        if "edition" in order or "executions" in order:
            jobs.forget()
        if "watch" in order:
            current.watch(order["watch"])
            tell(event="watching")
        elif "count" in order:
            tell(event="count", requests=current.requests)
        else:
            tell(event="done")


if __name__ == "__main__":
    asyncio.run(serve())
