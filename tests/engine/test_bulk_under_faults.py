"""Any bulk change under any faults, over real HTTP, stopped anywhere: none twice, none unseen.

`JOBS_TUI_EXAMPLES=500` sets how many are tried. The clock runs a thousand times as fast.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp import web

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.requests import DescribeJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.emulator import Account, EmulatorServer, Fault, ServiceError
from jobs_tui.emulator.line.faults import FaultPlan
from jobs_tui.emulator.line.line import Line
from jobs_tui.engine.bulk import Found, Planned, Wish, found_by, plan, sendable
from jobs_tui.engine.bulk_run import BulkRun
from jobs_tui.engine.change import ChangeState
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.in_turn import InTurn
from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME, SqliteJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials

EXAMPLES = int(os.environ.get("JOBS_TUI_EXAMPLES", "25"))
SPEED = 1000.0
TIME_LIMIT = 0.2
"""Seconds for one call; real ones."""

FAULTS = (
    ("429", 30), ("500", 20), ("503", 30), ("cut-before", 30), ("cut-after", 30), ("empty", 20),
    ("cut-within", 20), ("truncated", 20), ("output", 20), ("html", 20), ("403", 10),
    ("hang-after", 5),
)  # fmt: skip
"""Kinds, and of how many percent of the updates they befall at most."""


class FastClock:
    """Runs a thousand times as fast."""

    def __init__(self) -> None:
        self._begin, self._began = time.time(), time.monotonic()

    def now(self) -> float:
        return self._begin + (time.monotonic() - self._began) * SPEED

    def monotonic(self) -> float:
        return self._began + (time.monotonic() - self._began) * SPEED

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)


class CountingAccount(Account):
    """Counts what is applied to each execution over HTTP; the other writer calls it directly."""

    other_writer = False

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.applied: Counter[tuple[str, str]] = Counter()

    def _change(self, execution: Any) -> None:
        super()._change(execution)
        if not self.other_writer:
            self.applied[execution.thing_name, execution.job.job_id] += 1


class Bench:
    """An engine before an account, and what goes over the line to change something."""

    def __init__(self, account: CountingAccount, engine: Engine, journal: Path) -> None:
        self.account = account
        self.engine = engine
        self.journal = journal
        self.updates: list[tuple[str, str]] = []
        self.run: BulkRun

    async def see(self, request: web.Request) -> web.StreamResponse | None:
        if request.method == "POST":
            _, _, thing, _, job = request.path.split("/")
            self.updates.append((thing, job))
        return None

    async def read(self, keys: list[ExecutionKey]) -> dict[ExecutionKey, Found]:
        """As the dialog reads."""
        found: dict[ExecutionKey, Found] = {}

        async def read(key: ExecutionKey) -> None:
            request = DescribeJobExecution(key.thing_name, key.job_id, key.execution_number)
            found[key] = found_by(await self.engine.describe(request))

        await InTurn(self.engine.budget, self.engine.clock).run(keys, read)
        return found

    def begin(self, planned: tuple[Planned, ...]) -> BulkRun:
        """As the screen with the progress does."""
        engine = self.engine
        in_turn = InTurn(engine.budget, engine.clock)
        self.run = BulkRun(planned, engine.change, engine.store, in_turn)
        return self.run

    async def until_settled(self) -> None:
        """Return when it is known what became of all that was begun."""
        heard = asyncio.Event()
        self.engine.store.subscribe(lambda _: heard.set())
        async with asyncio.timeout(30):
            while not all(row.state is None or row.state.settled for row in self.run.rows):
                heard.clear()
                await heard.wait()


@asynccontextmanager
async def bench(things: list[str], folder: Path) -> AsyncIterator[tuple[Bench, EmulatorServer]]:
    clock = FastClock()
    account = CountingAccount(clock, Random(1))
    journal = SqliteJournal(lambda: folder, "run-1", clock.now)
    server = EmulatorServer(account, 0)
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

    pace = EngineSettings(5.0, 10_000.0)
    engine = Engine(things, open_link, pace, clock, Random(1), journal)
    engine.refresher.pause(paused=True)
    made = Bench(account, engine, folder / FILE_NAME)
    server.intercept = made.see
    connected = asyncio.Event()
    engine.store.subscribe(lambda _: connected.set())
    running = asyncio.create_task(engine.run())
    try:
        async with asyncio.timeout(20):
            await connected.wait()
        yield made, server
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await server.stop()


async def any_bulk_change(random: Random, folder: Path) -> None:
    """One change of many, with faults, another writer, and perhaps a stop; then all is counted."""
    things = [f"gw-{number}" for number in range(random.randint(1, 6))]
    async with bench(things, folder) as (made, server):
        account, keys = made.account, []
        for thing in things:
            account.create_thing(thing)
            for number in range(random.randint(1, 4)):
                job = f"job-{thing}-{number}"
                account.create_job(job, [thing], "{}")
                keys.append(ExecutionKey(thing, job, 1))
        marked = random.sample(keys, random.randint(1, len(keys)))
        server.line = Line(faults=FaultPlan([Fault.parse("DescribeJobExecution=500:20%")], random))
        found = await made.read(marked)
        details = random.choice([{}, {"reason": "x"}])
        planned = sendable(plan(marked, found, Wish(Status.FAILED, details, replaces=False)))
        in_preview = {(each.key.thing_name, each.key.job_id) for each in planned}
        specs = [
            f"UpdateJobExecution={kind}:{random.randint(1, most)}%"
            for kind, most in random.sample(FAULTS, random.randint(0, 4))
        ]
        server.line = Line(faults=FaultPlan([Fault.parse(each) for each in specs], random))
        run = made.begin(planned)
        task = asyncio.create_task(run.run())
        for key in random.sample(marked, random.randint(0, len(marked) // 2)):
            await asyncio.sleep(random.random() / 100)
            account.other_writer = True
            # what has finished takes no change any more
            with suppress(ServiceError):
                account.update_job_execution(*key[:2], status="IN_PROGRESS")
            account.other_writer = False
        begun = None
        if random.random() < 0.6:
            await asyncio.sleep(random.random() / 20)
            run.stop()
            begun = {row.planned.key[:2] for row in run.rows if row.begun}
        await asyncio.wait_for(task, 30)
        await made.until_settled()
        check(made, run, in_preview, begun)


def check(
    made: Bench,
    run: BulkRun,
    in_preview: set[tuple[str, str]],
    begun: set[tuple[str, str]] | None,
) -> None:
    """What the account was changed by, what the journal holds, and what the screen says, agree."""
    applied = made.account.applied
    assert all(count == 1 for count in applied.values()), "nothing lands twice"
    assert set(made.updates) <= in_preview, "nothing goes out that was not in the preview"
    if begun is not None:
        assert set(made.updates) <= begun, "nothing is begun after a stop"
    states = {row.planned.key[:2]: row.state for row in run.rows}
    if begun is None:
        assert None not in states.values(), "no outcome stops the others"
    for execution, state in states.items():
        if state is None:
            assert execution not in made.updates
        if state is ChangeState.CONFIRMED:
            assert applied[execution] == 1
        if state in (ChangeState.CONFLICT, ChangeState.REFUSED):
            assert applied[execution] == 0
    if made.journal.exists():
        file = JournalFile(made.journal, read_only=True)
        recorded = Counter((change.thing_name, change.job_id) for change in file.changes())
        file.close()
        assert recorded == Counter(key for key, state in states.items() if state is not None)


@pytest.mark.parametrize("seed", range(3))
async def test_a_bulk_change_sends_nothing_twice_and_nothing_unseen(
    seed: int, tmp_path: Path
) -> None:
    await any_bulk_change(Random(seed), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 100 + EXAMPLES))
async def test_any_bulk_change_sends_nothing_twice_and_nothing_unseen(
    seed: int, tmp_path: Path
) -> None:
    await any_bulk_change(Random(seed), tmp_path)
