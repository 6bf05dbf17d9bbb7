"""Every change under every fault, over real HTTP: account, journal and screen agree in each cell.

The clock runs a thousand times as fast, so that back-offs are short; what the emulator applied
is counted where it is applied.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.outcome import Done, Failure
from jobs_tui.domain.requests import (
    NEXT_JOB,
    DescribeJobExecution,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.emulator import Account, EmulatorServer, Fault
from jobs_tui.emulator.line.faults import FaultPlan
from jobs_tui.emulator.line.line import Line
from jobs_tui.engine.change import Change, ChangeRequest, ChangeState
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME, SqliteJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.views.changes import notice_of
from jobs_tui.ui.views.rows import rows_of

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

WRITES = ("UpdateJobExecution", "StartNextPendingJobExecution")
HTML_500 = "a page of a gateway between, once"
SPEED = 1000.0
TIME_LIMIT = 0.4
"""Seconds for one call; real ones."""


class FastClock:
    """Begins now and runs a thousand times as fast."""

    def __init__(self) -> None:
        self._begin, self._began = time.time(), time.monotonic()

    def now(self) -> float:
        return self._begin + (time.monotonic() - self._began) * SPEED

    def monotonic(self) -> float:
        return self._began + (time.monotonic() - self._began) * SPEED

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)


class CountingAccount(Account):
    """Counts what is applied by whoever asks over HTTP; the second writer calls it directly."""

    second_writer = False
    applied = 0

    def _change(self, execution: Any) -> None:
        super()._change(execution)
        if not self.second_writer:
            self.applied += 1


@dataclass
class Bench:
    """An account with many things, and one engine before it: each cell has a thing of its own."""

    account: CountingAccount
    server: EmulatorServer
    engine: Engine
    journal: Path
    names: Iterator[str]


@dataclass
class Cell:
    """One thing with one job, and what the test does to the line."""

    bench: Bench
    thing: str

    @property
    def account(self) -> CountingAccount:
        return self.bench.account

    @property
    def job(self) -> str:
        return f"job-{self.thing}"

    async def seen(self, job_id: str = "") -> JobExecution | None:
        """What the dialog reads."""
        request = DescribeJobExecution(self.thing, job_id or self.job)
        outcome = await self.bench.engine.describe(request)
        assert isinstance(outcome, Done), outcome
        return outcome.value

    def start(self, details: dict[str, str] | None = None) -> StartNextPendingJobExecution:
        return StartNextPendingJobExecution(self.thing, details)

    def second_writer_starts(self, **members: Any) -> None:
        self.by_second_writer(
            lambda: self.account.start_next_pending_job_execution(self.thing, **members)
        )

    def by_second_writer(self, operation: Callable[[], object]) -> None:
        self.account.second_writer = True
        operation()
        self.account.second_writer = False

    @pytest.mark.parametrize("before", ["queued", "in progress"])
    def put_fault(self, spec: str) -> None:
        if spec == HTML_500:
            self.bench.server.intercept = self._a_page_instead
            return
        specs = [spec.replace("*", operation) for operation in WRITES]
        plan = FaultPlan([Fault.parse(each) for each in specs], Random(1))
        self.bench.server.line = Line(faults=plan)

    async def _a_page_instead(self, request: web.Request) -> web.StreamResponse | None:
        if request.method == "GET":
            return None
        self.bench.server.intercept = None
        return web.Response(status=500, text="<html>oops</html>", content_type="text/html")

    async def ask(self, request: ChangeRequest, seen: JobExecution | None) -> Change:
        """Confirm a change and wait until it has come to an end."""
        return await self.end_of(await self.bench.engine.change(request, seen))

    async def end_of(self, change: Change) -> Change:
        """Wait until a change has come to an end."""
        store, settled = self.bench.engine.store, asyncio.Event()

        def look(_thing_name: str | None) -> None:
            now = store.change(change.number)
            if now is not None and now.state.settled:
                settled.set()

        store.subscribe(look)
        look(None)
        async with asyncio.timeout(20):
            await settled.wait()
        found = store.change(change.number)
        assert found is not None
        return found

    def check_all_agree(self, change: Change) -> None:
        """The journal says what the store says, and the screen shows it."""
        file = JournalFile(self.bench.journal, read_only=True)
        (written,) = file.changes(thing_name=self.thing)
        file.close()
        assert written == change
        assert str(change.state) in notice_of(change).text
        store = self.bench.engine.store
        state, now = store.thing(self.thing), store.service_now()
        rows = rows_of(state, store.latest_change, now, AttentionLimits())
        # what is settled is not shown as under way
        assert not {row.status for row in rows} & {"sending", "not confirmed", "waiting"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bench(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    clock = FastClock()
    account = CountingAccount(clock, Random(1))
    names = [f"gw-{number}" for number in range(400)]
    server = EmulatorServer(account)
    await server.start()
    settings = ServiceSettings(
        region="eu-west-3",
        endpoint_url=server.url,
        credentials=StaticCredentials("test", "test"),
        read_time_limit=TIME_LIMIT,
        write_time_limit=TIME_LIMIT,
    )

    async def open_link(_tell: object) -> JobsDataPlane | Failure:
        return await open_data_plane(settings, clock)

    folder = tmp_path_factory.mktemp("journal")
    journal = SqliteJournal(lambda: folder, "run-1", clock.now)
    pace = EngineSettings(5.0, 10_000.0)
    engine = Engine(names, open_link, pace, clock, Random(1), journal)
    engine.refresher.pause(paused=True)
    running = asyncio.create_task(engine.run())
    connected = asyncio.Event()
    engine.store.subscribe(lambda _: connected.set())
    async with asyncio.timeout(20):
        await connected.wait()
    bench = Bench(account, server, engine, folder / FILE_NAME, iter(names))
    yield bench
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await bench.server.stop()


@pytest.fixture
def cell(bench: Bench) -> Cell:
    cell = Cell(bench, next(bench.names))
    cell.account.create_thing(cell.thing)
    cell.account.create_job(cell.job, [cell.thing], "{}")
    cell.account.applied = 0
    bench.server.line = Line()
    bench.server.intercept = None
    return cell


def update(status: Status, **members: Any) -> Callable[[JobExecution], ChangeRequest]:
    """An update as the dialog makes it from what it has read."""

    def of(seen: JobExecution) -> ChangeRequest:
        return UpdateJobExecution(
            seen.thing_name,
            seen.job_id,
            status,
            expected_version=seen.version_number,
            execution_number=seen.execution_number,
            **members,
        )

    return of


UPDATES = {
    "to IN_PROGRESS": update(Status.IN_PROGRESS, status_details={"step": "1"}),
    "to SUCCEEDED": update(Status.SUCCEEDED, status_details={"done": "yes"}),
    "to FAILED": update(Status.FAILED, status_details={"reason": "disk full"}),
    "to REJECTED": update(Status.REJECTED),
    "step timeout only": update(Status.IN_PROGRESS, step_timeout_in_minutes=60),
}

FAULTS = {
    "reset before the request": "*=cut-before:once",
    "reset after it": "*=cut-after:once",
    "answer cut": "*=cut-within:once",
    "black hole before": "*=hang-before:once",
    "black hole after": "*=hang-after:once",
    "503": "*=503:once",
    "429": "*=429:once",
    "500": "*=500:once",
    "500 HTML": HTML_500,
    "200 HTML": "*=html:once",
    "200 with an unknown operation": "*=output:once",
    "200 without members": "*=empty:once",
    "200 cut short": "*=truncated:once",
    "a redirect": "*=redirect:once",
    "lost three times": "*=cut-before:3",
    "lost twice after it": "*=cut-after:2",
}
"""Faults of the line, on the operations that change something."""


@pytest.mark.parametrize("before", ["queued", "in progress"])
@pytest.mark.parametrize(("fault", "name"), product(FAULTS, UPDATES))
async def test_an_update_is_applied_once_and_confirmed(
    fault: str, name: str, before: str, cell: Cell
) -> None:
    if before == "in progress":
        cell.second_writer_starts()
    seen = await cell.seen()
    cell.put_fault(FAULTS[fault])
    change = await cell.ask(UPDATES[name](seen), seen)
    assert change.state is ChangeState.CONFIRMED, change
    assert cell.account.applied == 1
    cell.check_all_agree(change)


@pytest.mark.parametrize("details", [None, {"by": "us"}])
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_start_is_applied_once_and_confirmed(
    fault: str, details: dict[str, str] | None, cell: Cell
) -> None:
    seen = await cell.seen(NEXT_JOB)
    cell.put_fault(FAULTS[fault])
    change = await cell.ask(cell.start(details), seen)
    assert change.state is ChangeState.CONFIRMED, change
    assert cell.account.applied == 1
    cell.check_all_agree(change)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_start_of_what_is_in_progress_starts_nothing(fault: str, cell: Cell) -> None:
    cell.second_writer_starts()
    seen = await cell.seen(NEXT_JOB)
    cell.put_fault(FAULTS[fault])
    change = await cell.ask(cell.start(), seen)
    assert change.state is ChangeState.NOTHING_STARTED, change
    assert "already in progress" in change.explanation
    assert cell.account.applied == 0
    cell.check_all_agree(change)


@pytest.mark.parametrize("before", ["queued", "in progress"])
@pytest.mark.parametrize("name", [*UPDATES, "start"])
async def test_a_change_waits_while_the_endpoint_is_away_and_then_goes_out(
    name: str, before: str, cell: Cell
) -> None:
    if before == "in progress":
        cell.second_writer_starts()
    seen = await cell.seen()
    port = int(cell.bench.server.url.rpartition(":")[2])
    await cell.bench.server.stop()
    request = cell.start() if name == "start" else UPDATES[name](seen)
    change = await cell.bench.engine.change(request, seen)
    assert change.state is ChangeState.WAITING
    assert "refuses connections" in change.explanation
    cell.bench.server = EmulatorServer(cell.account, port)
    await cell.bench.server.start()
    change = await cell.end_of(change)
    starts_nothing = (name, before) == ("start", "in progress")
    wanted = ChangeState.NOTHING_STARTED if starts_nothing else ChangeState.CONFIRMED
    assert change.state is wanted, change
    assert cell.account.applied == (0 if starts_nothing else 1)
    cell.check_all_agree(change)


OTHERS: dict[str, Callable[[Cell], object]] = {
    "stale version": lambda cell: cell.account.update_job_execution(
        cell.thing, cell.job, "IN_PROGRESS", status_details={"by": "agent"}
    ),
    "finished meanwhile": lambda cell: cell.account.update_job_execution(
        cell.thing, cell.job, "SUCCEEDED", status_details={"by": "agent"}
    ),
    "canceled meanwhile": lambda cell: cell.account.cancel_job_execution(
        cell.thing, cell.job, force=True
    ),
    "execution gone": lambda cell: cell.account.delete_job(cell.job, force=True),
}
LOST = {"answered": "", "lost before": "*=cut-before:once", "lost after": "*=cut-after:once"}


@pytest.mark.parametrize("before", ["queued", "in progress"])
@pytest.mark.parametrize(
    ("other", "lost", "name"), product(OTHERS, ("answered", "lost before"), UPDATES)
)
async def test_another_writer_is_never_overwritten(
    other: str, lost: str, name: str, before: str, cell: Cell
) -> None:
    if before == "in progress":
        cell.second_writer_starts()
    seen = await cell.seen()
    cell.by_second_writer(lambda: OTHERS[other](cell))
    if LOST[lost]:
        cell.put_fault(LOST[lost])
    change = await cell.ask(UPDATES[name](seen), seen)
    ends = {ChangeState.CONFLICT, ChangeState.REFUSED}
    if lost != "answered":
        ends.add(ChangeState.NOT_CONFIRMABLE)
    assert change.state in ends, change
    assert cell.account.applied == 0
    cell.check_all_agree(change)


@pytest.mark.parametrize("other", ["stale version", "finished meanwhile"])
async def test_what_landed_and_was_then_overtaken_is_not_called_confirmed_nor_sent_again(
    other: str, cell: Cell
) -> None:
    seen = await cell.seen()

    async def overtake(request: web.Request) -> web.StreamResponse | None:
        if request.method != "POST" or cell.account.applied:
            return None
        answer = await cell.bench.server.answer(request)
        cell.by_second_writer(lambda: OTHERS[other](cell))
        assert request.transport is not None
        request.transport.abort()
        return answer

    cell.bench.server.intercept = overtake
    change = await cell.ask(UPDATES["to IN_PROGRESS"](seen), seen)
    assert change.state in {ChangeState.CONFLICT, ChangeState.NOT_CONFIRMABLE}, change
    assert cell.account.applied == 1
    cell.check_all_agree(change)


async def test_a_start_that_another_writer_made_is_told_apart_by_its_details(cell: Cell) -> None:
    seen = await cell.seen()
    cell.second_writer_starts(status_details={"by": "agent"})
    cell.put_fault("*=cut-before:once")
    change = await cell.ask(cell.start({"by": "us"}), seen)
    assert change.state is ChangeState.NOTHING_STARTED, change
    assert cell.account.applied == 0


async def test_a_change_that_waits_is_dropped_and_never_sent(cell: Cell) -> None:
    seen = await cell.seen()
    cell.put_fault("*=429")
    change = await cell.bench.engine.change(UPDATES["to FAILED"](seen), seen)
    assert change.state is ChangeState.WAITING
    await cell.bench.engine.changes.drop(change.number)
    change = await cell.end_of(change)
    assert change.state is ChangeState.DROPPED
    assert cell.account.applied == 0
    cell.check_all_agree(change)


async def test_no_change_is_hammered_at_the_service(cell: Cell) -> None:
    seen = await cell.seen()
    posts: list[float] = []
    clock = cell.bench.engine.clock

    enough = asyncio.Event()

    async def lose(request: web.Request) -> web.StreamResponse | None:
        if request.method != "POST":
            return None
        posts.append(clock.monotonic())
        if len(posts) == 6:
            enough.set()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    cell.bench.server.intercept = lose
    change = await cell.bench.engine.change(UPDATES["to FAILED"](seen), seen)
    async with asyncio.timeout(20):
        await enough.wait()
    waits = [after - before for before, after in pairwise(posts)]
    assert all(wait >= least for wait, least in zip(waits, (0.7, 1.5, 3.7, 7.5), strict=False))
    await cell.bench.engine.changes.drop(change.number)
