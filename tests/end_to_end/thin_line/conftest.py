"""A gateway with four things of fifteen pending job executions each, seen over a terminal."""

import random
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

import jobs_tui
from jobs_tui.domain.execution import PendingJobExecutions
from jobs_tui.domain.status import Status
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread, ManualClock
from jobs_tui.emulator.rules import constraints

PROGRAM_FOLDER = Path(jobs_tui.__file__).parent
COCKPIT = (sys.executable, str(Path(__file__).with_name("cockpit.py")))
DOCUMENT = PROGRAM_FOLDER / "emulator/demo/job_documents/dc-full-schema.json"

NOW = 1_800_000_000.0
"""The date at which the cockpit's clock stands still, too."""

THINGS = ("gw-lyon-01", "boiler-07", "meter-112", "door-03")
IN_PROGRESS = 3
"""Of the fifteen, on each thing."""

LIST_WITH_SCHEDULED_JOB = 15
"""How many executions the service lists where one of them is of a scheduled job."""

JOBS = tuple(f"{name}-{number}" for number in range(1, 6) for name in ("edge-fw-2", "cert", "cfg"))


class LongLists(Account):
    """An account whose things all have a scheduled job among their pending ones."""

    def get_pending_job_executions(self, thing_name: str) -> PendingJobExecutions:
        constraints.check_thing_name(thing_name)
        listed = [each.summary for each in self._pending(thing_name)[:LIST_WITH_SCHEDULED_JOB]]
        return PendingJobExecutions(
            in_progress=tuple(each for each in listed if each.status is Status.IN_PROGRESS),
            queued=tuple(each for each in listed if each.status is Status.QUEUED),
        )


def full_account() -> Account:
    """Each job was rolled out to all four things; the first few are at work."""
    clock = ManualClock(NOW - 48 * 3600)
    account = LongLists(clock, random.Random(7))
    for name in THINGS:
        account.create_thing(name)
    for job_id in JOBS:
        account.create_job(job_id, THINGS, DOCUMENT.read_text())
        clock.advance(3 * 3600)
    for name in THINGS:
        for _ in range(IN_PROGRESS):
            job_id = account.get_pending_job_executions(name).queued[0].job_id
            account.update_job_execution(name, job_id, "IN_PROGRESS")
    clock.advance(NOW - clock.now() - 600)
    for name in THINGS:
        for job_id in JOBS[1:IN_PROGRESS]:
            account.update_job_execution(name, job_id, "IN_PROGRESS")
    clock.advance(600)
    return account


@dataclass
class Gateway:
    """The account, its emulator, and a way to start the cockpit on its four things."""

    emulator: EmulatorThread
    start_in_terminal: Callable[..., object]
    rounds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(THINGS, 0))
    """How often each thing's pending list was asked for."""
    _asked: threading.Condition = field(default_factory=threading.Condition)

    def start(self, *flags: str, refresh: float = 0.5):
        """The cockpit in a terminal of 80x24 that answers nothing."""
        arguments = (*flags, "--refresh", f"{refresh}", "--endpoint-url", self.emulator.url)
        environment = {"PYTHONPATH": str(PROGRAM_FOLDER.parent)}
        return self.start_in_terminal(*arguments, *THINGS, program=COCKPIT, environment=environment)

    def report(self, thing_name: str, job_id: str, status: str = "IN_PROGRESS") -> None:
        """As a device does it."""
        self.emulator.call(self.emulator.account.update_job_execution, thing_name, job_id, status)

    def wait_for_rounds(self, more: int, seconds: float = 30.0) -> None:
        """Return when every thing has been asked for so many times more; reads no terminal."""
        wanted = self.rounds_done + more
        with self._asked:
            done = self._asked.wait_for(lambda: self.rounds_done >= wanted, seconds)
        assert done, f"asked for {self.rounds_done} times, not {wanted}"

    @property
    def rounds_done(self) -> int:
        """How often every thing has been asked for."""
        return min(self.rounds.values())

    async def count(self, request: web.Request) -> None:
        """Note a request."""
        thing_name = request.path.split("/")[2]
        if request.method == "GET" and request.path.endswith("/jobs"):
            with self._asked:
                self.rounds[thing_name] += 1
                self._asked.notify_all()


@pytest.fixture
def new_gateway(run: Callable[..., object]) -> Iterator[Callable[[], Gateway]]:
    """Makes gateways that know nothing of one another, all in the same state."""
    with ExitStack() as running:

        def make() -> Gateway:
            account = full_account()
            emulator = running.enter_context(EmulatorThread(lambda: EmulatorServer(account)))
            gateway = Gateway(emulator, run)
            emulator.server.intercept = gateway.count
            return gateway

        yield make


@pytest.fixture
def gateway(new_gateway: Callable[[], Gateway]) -> Gateway:
    """What the cockpit of these tests watches."""
    return new_gateway()
