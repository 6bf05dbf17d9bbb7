"""One emulator for all tests of this folder; each test gets a new account on a clock of its own."""

import asyncio
import heapq
import http.client
import json
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config

from jobs_tui.emulator import Account, AccountSettings, EmulatorServer, EmulatorThread
from jobs_tui.emulator.line.line import Line

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp()


class TestClock:
    """A clock that moves when a test moves it. Sleepers wake in their turn, without waiting."""

    __test__ = False

    def __init__(self) -> None:
        self._now = NOON
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        waking = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._order), waking))
        await waking

    def at(self, time: str) -> None:
        """Move to a time of the day, as 12:05 or 12:05:30."""
        hours, minutes, *seconds = (int(part) for part in time.split(":"))
        self._now = NOON + 3600 * (hours - 12) + 60 * minutes + sum(seconds)

    def advance(self, seconds: float) -> None:
        """Let time pass, with nobody asleep."""
        self._now += seconds

    async def play(self, seconds: float) -> None:
        """Let time pass and wake every sleeper at its moment, until all sleep again."""
        end = self._now + seconds
        await _all_tasks_wait()
        while self._sleepers and self._sleepers[0][0] <= end:
            self._now, _, waking = heapq.heappop(self._sleepers)
            if not waking.done():
                waking.set_result(None)
            await _all_tasks_wait()
        self._now = end


async def _all_tasks_wait() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@pytest.fixture(scope="session", autouse=True)
def no_aws_configuration() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith("AWS_"):
                patch.delenv(name)
        patch.setenv("AWS_CONFIG_FILE", os.devnull)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        yield


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture(scope="session")
def emulator() -> Iterator[EmulatorThread]:
    with EmulatorThread(lambda: EmulatorServer(Account(TestClock(), Random(1)))) as thread:
        yield thread


@pytest.fixture
def new_account(emulator: EmulatorThread, clock: TestClock) -> Callable[..., Account]:
    """Serve a new account with these settings from now on."""

    def serve(**settings: Any) -> Account:
        account = Account(clock, Random(7), AccountSettings(**settings))

        def replace() -> None:
            emulator.server.account = account
            emulator.server.intercept = None
            emulator.server.line = Line()

        emulator.call(replace)
        return account

    return serve


@pytest.fixture(autouse=True)
def account(new_account: Callable[..., Account]) -> Account:
    """The new account that is served, with one thing in it."""
    account = new_account()
    account.create_thing("gw-1")
    return account


@pytest.fixture(autouse=True)
def nothing_breaks_inside_the_server(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    logged = caplog.get_records("call")
    assert [each.getMessage() for each in logged if each.levelno >= logging.ERROR] == []


def _client(name: str, url: str) -> Any:
    session = boto3.session.Session(
        aws_access_key_id="test", aws_secret_access_key="test", region_name="eu-west-3"
    )
    config = Config(retries={"total_max_attempts": 1}, proxies={}, parameter_validation=False)
    return session.client(name, endpoint_url=url, config=config)


@pytest.fixture(scope="session")
def jobs(emulator: EmulatorThread, no_aws_configuration: None) -> Any:
    """The data plane as boto3 speaks to it; it checks no parameters, the emulator does."""
    return _client("iot-jobs-data", emulator.url)


@pytest.fixture(scope="session")
def iot(emulator: EmulatorThread, no_aws_configuration: None) -> Any:
    """The control plane as boto3 speaks to it."""
    return _client("iot", emulator.url)


@pytest.fixture
def ask(emulator: EmulatorThread) -> Iterator[Callable[..., Answer]]:
    """Plain HTTP, unsigned, without any SDK in between."""
    address = urlsplit(emulator.url)
    connection = http.client.HTTPConnection(address.hostname, address.port)

    def request(
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        *,
        timeout: float = 5,
    ) -> Answer:
        connection.timeout = timeout
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        try:
            connection.request(method, path, content, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException):
            connection.close()
            raise

    yield request
    connection.close()


@pytest.fixture
def make_job(account: Account) -> Callable[..., None]:
    """Put jobs for gw-1 in, one after the other."""

    def make(*job_ids: str, document: str = '{"operation":"reboot"}', **settings: Any) -> None:
        for job_id in job_ids:
            account.create_job(job_id, ["gw-1"], document, **settings)

    return make


@pytest.fixture
def pending(jobs: Any) -> Callable[..., tuple[list[str], list[str]]]:
    """The ids of what is in progress and of what is queued, as listed."""

    def listed(thing_name: str = "gw-1") -> tuple[list[str], list[str]]:
        answer = jobs.get_pending_job_executions(thingName=thing_name)
        return (
            [each["jobId"] for each in answer["inProgressJobs"]],
            [each["jobId"] for each in answer["queuedJobs"]],
        )

    return listed


@pytest.fixture
def update(jobs: Any) -> Callable[..., Any]:
    """UpdateJobExecution on gw-1; returns the state that stands then."""

    def send(job_id: str, status: str, **members: Any) -> Any:
        answer = jobs.update_job_execution(
            thingName="gw-1", jobId=job_id, status=status, includeJobExecutionState=True, **members
        )
        return answer["executionState"]

    return send


@pytest.fixture
def refused(jobs: Any) -> Callable[..., tuple[int, str, str]]:
    """Call something that must be refused; returns HTTP status, name and message of the error."""

    def call(operation: Callable[..., Any], *arguments: Any, **members: Any) -> tuple:
        with pytest.raises(jobs.exceptions.ClientError) as caught:
            operation(*arguments, **members)
        error = caught.value.response
        status = error["ResponseMetadata"]["HTTPStatusCode"]
        return status, error["Error"]["Code"], error["Error"]["Message"]

    return call
