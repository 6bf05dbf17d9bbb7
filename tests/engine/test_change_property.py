"""Any interleaving of changes, another writer, faults, crashes and restarts: none lost or doubled.

`JOBS_TUI_EXAMPLES=5000` sets how many interleavings are tried.
"""

import asyncio
import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jobs_tui.domain.description import JobExecution, UpdatedJobExecution
from jobs_tui.domain.execution import PendingJobExecutions, StatusDetails
from jobs_tui.domain.outcome import (
    Conflict,
    Done,
    Failure,
    NotAllowed,
    NotConfirmed,
    Outcome,
    Refused,
    Throttled,
    Unreachable,
)
from jobs_tui.domain.requests import (
    DescribeJobExecution,
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    UpdateJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.emulator import Account, RetryCriterion, ServiceError
from jobs_tui.emulator.rules.records import Execution
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.change import Author, Change, ChangeRequest, ChangeState
from jobs_tui.engine.change_queue import ChangeQueue
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME, SqliteJournal
from jobs_tui.engine.store import Store
from jobs_tui.service.chosen_endpoint import EndpointSource

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("JOBS_TUI_EXAMPLES", "150"))
STEPS = 40
THINGS = ("gw-1", "gw-2")
OTHERS = 0
"""Stands for the other writer, where a change has its number in the journal."""
QUIET_AFTER = 40
"""More turns of the event loop than anything here needs to come to rest."""


class Fault(StrEnum):
    """What happens to one call; a read that is lost is unreachable."""

    UNREACHABLE = "not done, and known not to be"
    LOST_BEFORE = "not done; no answer"
    LOST_AFTER = "done; no answer"
    LOST_AND_ON = "done; no answer; another writer goes on from there"
    LATE = "no answer; done some time after that was given up"
    THROTTLED = "429"
    NOT_ALLOWED = "403"


LOST = (Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LOST_AND_ON, Fault.LATE)


@dataclass(frozen=True)
class Accepted:
    """One change of an execution that the service accepted."""

    who: int
    execution: Execution


class Ledger(Account):
    """An account that remembers each change of an execution by a device, and whose it was."""

    def __init__(self, clock: Any) -> None:
        super().__init__(clock, random.Random(1))
        self.history: list[Accepted] = []
        self._who: int | None = None

    @contextmanager
    def asked_by(self, who: int):
        self._who = who
        try:
            yield
        finally:
            self._who = None

    def _change(self, execution: Execution) -> None:
        super()._change(execution)
        if self._who is not None and execution.status is not Status.TIMED_OUT:
            self.history.append(Accepted(self._who, execution))

    def applied(self, number: int) -> int:
        """How often the service accepted a change."""
        return sum(each.who == number for each in self.history)


class Crash:
    """Ends a run at one of the points where it waits for the disk or for the network."""

    def __init__(self) -> None:
        self.points_left: int | None = None
        self.happened = False

    async def point(self) -> None:
        """Go on, or never."""
        await asyncio.sleep(0)
        if self.points_left is not None and not self.happened:
            self.points_left -= 1
            self.happened = self.points_left <= 0
        if self.happened:
            await asyncio.get_running_loop().create_future()


class Line:
    """The data plane of an account, without HTTP, on a bad day."""

    endpoint = "http://127.0.0.1:1"
    identity = ""
    endpoint_source = EndpointSource.GIVEN
    region = "eu-west-3"

    def __init__(self, account: Ledger, clock: Any) -> None:
        self._account = account
        self._clock = clock
        self.crash = Crash()
        self.away = False
        self.faults: list[tuple[Fault | None, float]] = []
        self.sender: Callable[[ChangeRequest], int] = lambda request: OTHERS
        self.others_go_on: Callable[[str], None] = lambda thing_name: None
        self._late: set[asyncio.Task[object]] = set()

    async def get_pending_job_executions(
        self, request: GetPendingJobExecutions
    ) -> Outcome[PendingJobExecutions]:
        return await self._read(
            lambda: self._account.get_pending_job_executions(request.thing_name)
        )

    async def describe_job_execution(
        self, request: DescribeJobExecution
    ) -> Outcome[JobExecution | None]:
        return await self._read(
            lambda: self._account.describe_job_execution(
                request.thing_name, request.job_id, execution_number=request.execution_number
            )
        )

    async def start_next_pending_job_execution(
        self, request: StartNextPendingJobExecution
    ) -> Outcome[JobExecution | None]:
        return await self._write(
            request,
            lambda: self._account.start_next_pending_job_execution(
                request.thing_name, status_details=request.status_details
            ),
        )

    async def update_job_execution(
        self, request: UpdateJobExecution
    ) -> Outcome[UpdatedJobExecution]:
        return await self._write(
            request,
            lambda: self._account.update_job_execution(
                request.thing_name,
                request.job_id,
                request.status,
                status_details=request.status_details,
                expected_version=request.expected_version,
                execution_number=request.execution_number,
            ),
        )

    async def close(self) -> None:
        """There is nothing to close."""

    async def _read(self, do: Callable[[], Any]) -> Outcome[Any]:
        await self.crash.point()
        failure = _failure_of(self._fault()[0], writes=False)
        return failure or self._do(do, OTHERS)

    async def _write(self, request: ChangeRequest, do: Callable[[], Any]) -> Outcome[Any]:
        who = self.sender(request)
        await self.crash.point()
        fault, delay = self._fault()
        if fault is Fault.LATE:
            task = asyncio.create_task(self._land_late(do, who, delay))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
        failure = _failure_of(fault, writes=True)
        done = None
        if failure is None or fault in {Fault.LOST_AFTER, Fault.LOST_AND_ON}:
            done = self._do(do, who)
        if fault is Fault.LOST_AND_ON:
            self.others_go_on(request.thing_name)
        await self.crash.point()
        return failure or done or NotConfirmed("no answer")

    def _fault(self) -> tuple[Fault | None, float]:
        if self.away:
            return Fault.UNREACHABLE, 0.0
        return self.faults.pop(0) if self.faults else (None, 0.0)

    async def _land_late(self, do: Callable[[], Any], who: int, delay: float) -> None:
        await self._clock.sleep(delay)
        self._do(do, who)

    def _do(self, do: Callable[[], Any], who: int) -> Outcome[Any]:
        try:
            with self._account.asked_by(who):
                return Done(do(), self._clock.now())
        except ServiceError as error:
            kind = Conflict if error.message.startswith("Expected version") else Refused
            return kind(error.message, code=error.code, standing=error.state)


def _failure_of(fault: Fault | None, *, writes: bool) -> Failure | None:
    match fault:
        case None:
            return None
        case Fault.THROTTLED:
            return Throttled("Rate exceeded")
        case Fault.NOT_ALLOWED:
            return NotAllowed("not authorized")
        case Fault.UNREACHABLE:
            return Unreachable("connection refused")
    return NotConfirmed("no answer") if writes else Unreachable("no answer")


class FragileJournal(SqliteJournal):
    """The real journal, written at once, that can fail and can die with its process."""

    def __init__(self, folder: Path, name: str, clock: Any, crash: Crash) -> None:
        super().__init__(lambda: folder, name, clock.now)
        self._crash = crash
        self.failures = 0
        self.on_record: Callable[[Change], None] = lambda change: None
        self.on_write: Callable[[Change], None] = lambda change: None

    async def write(self, change: Change) -> None:
        self.on_write(change)
        await super().write(change)

    def die(self) -> None:
        """What the operating system does for a process that is killed."""
        if self._opened is not None:
            self._opened.file.close()
            os.close(self._opened.instance._descriptor)
            self._opened = None

    def _open(self):
        new = self._opened is None
        opened = super()._open()
        if new:
            # no power fails here
            opened.file.database._connection.execute("PRAGMA synchronous = OFF")
        return opened

    async def _run(self, function: Callable[[], Any]) -> Any:
        await self._crash.point()
        if self.failures:
            self.failures -= 1
            raise JournalError("the disk is full")
        done = function()
        if isinstance(done, Change):
            self.on_record(done)
        await self._crash.point()
        return done


@dataclass
class Run:
    """One run of the program."""

    journal: FragileJournal
    store: Store
    queue: ChangeQueue
    tasks: list[asyncio.Task[Any]]


DETAILS = st.sampled_from([None, {}, {"reason": "disk"}, {"reason": "power"}])
STATUSES = st.sampled_from([Status.IN_PROGRESS, Status.SUCCEEDED, Status.FAILED, Status.REJECTED])
THING = st.sampled_from((*THINGS, THINGS[0], THINGS[0]))
PLACE = st.sampled_from((0, 0, 0, 1, 2))
SECONDS = st.sampled_from([0.5, 1.5, 4.0, 15.0, 70.0])


@dataclass(frozen=True)
class Luck:
    """What is going to happen to the next calls, and to the program."""

    faults: list[tuple[Fault | None, float]]
    killed_after: int | None
    """Points at which it waits for disk or network that are left to it."""


LUCK = st.builds(
    Luck,
    st.lists(st.tuples(st.sampled_from([None, *Fault, *LOST]), SECONDS), max_size=4),
    st.none() | st.integers(1, 12),
)


class Changes(RuleBasedStateMachine):
    """A user, another writer, a bad line, and a program that is killed and started again."""

    def __init__(self, clock: Any) -> None:
        super().__init__()
        self.clock = clock
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.account = Ledger(clock)
        self.line = Line(self.account, clock)
        self.line.sender = self._sender
        self.line.others_go_on = lambda thing_name: self.others_update(
            thing_name, 0, Status.IN_PROGRESS, None
        )
        self.jobs = 0
        self.runs = 0
        self.run: Run | None = None
        self.recorded: dict[int, ChangeRequest] = {}
        self.violations: list[str] = []
        self.allowed: set[int] = set()
        """The changes that this run may send: its own, and those that the user told it to send."""
        self.reader: JournalFile | None = None

    def _go(self, seconds: float = 0.0) -> None:
        """Let everything come to rest, and so much time pass."""

        async def rest() -> None:
            await self.clock.advance(seconds)
            for _ in range(QUIET_AFTER):
                await asyncio.sleep(0)

        self.loop.run_until_complete(rest())
        if self.line.crash.happened:
            self._end(crash=True)

    def _spawn(self, coroutine: Any) -> asyncio.Task[Any]:
        task = self.loop.create_task(coroutine)
        assert self.run is not None
        self.run.tasks.append(task)
        return task

    def _send_left(self, number: int) -> None:
        self.allowed.add(number)
        assert self.run is not None
        queue = self.run.queue

        async def send() -> None:
            queue.send_left(number)

        self._spawn(send())

    def _begin(self) -> None:
        self.runs += 1
        self.allowed.clear()
        self.line.crash = Crash()
        journal = FragileJournal(
            Path(self.folder.name), f"run-{self.runs}", self.clock, self.line.crash
        )
        journal.on_record = self._recorded
        journal.on_write = self._check_claim
        store = Store(THINGS, self.clock)
        queue = ChangeQueue(
            store,
            CallBudget(10.0, self.clock),
            self.clock,
            random.Random(self.runs),
            lambda thing_name: None,
            journal,
            Author("ann", "gateway"),
        )
        self.run = Run(journal, store, queue, [])
        self._spawn(queue.begin(self.line))

    def _end(self, *, crash: bool) -> None:
        run, self.run = self.run, None
        assert run is not None

        async def end() -> None:
            for task in run.tasks:
                task.cancel()
            await asyncio.gather(*run.tasks, return_exceptions=True)
            await run.queue.stop()
            if not crash:
                self.line.crash.points_left = None
                run.journal.failures = 0
                await run.journal.close()
            run.journal.die()

        self.loop.run_until_complete(end())
        self.line.crash = Crash()
        for task in run.tasks:
            assert task.cancelled() or task.exception() is None

    def _journal(self) -> list[Change]:
        path = Path(self.folder.name) / FILE_NAME
        if self.reader is None:
            if not path.exists():
                return []
            self.reader = JournalFile(path, read_only=True)
        return list(self.reader.changes())

    def _recorded(self, change: Change) -> None:
        self.recorded[change.number] = change.request
        self.allowed.add(change.number)

    def _sender(self, request: ChangeRequest) -> int:
        """The number of the change that goes out now; it must be in the journal already."""
        assert self.run is not None
        (number,) = (
            change.number
            for change in self.run.store.changes
            if change.state is ChangeState.SENDING and change.thing_name == request.thing_name
        )
        (entry,) = (change for change in self._journal() if change.number == number)
        if entry.request != request or not entry.attempts or entry.attempts[-1].outcome:
            self.violations.append(f"sent before it was recorded: {entry}")
        if number not in self.allowed:
            self.violations.append(f"sent without the user's word: {entry}")
        return number

    def _check_claim(self, change: Change) -> None:
        """Whoever reads that nothing was done may rely on it."""
        claims_nothing = change.state in {ChangeState.REFUSED, ChangeState.NOTHING_STARTED} or (
            change.state in {ChangeState.CONFLICT, ChangeState.DROPPED, ChangeState.LEFT}
            and not change.in_doubt
        )
        if claims_nothing and self.account.applied(change.number):
            self.violations.append(f"applied, but told otherwise: {change} {change.attempts}")

    def _in_history(self, change: Change) -> bool:
        """Whether the service accepted it, or another writer's alike in its place."""
        if self.account.applied(change.number):
            return True
        request, seen = change.request, change.based_on
        wanted = Status.IN_PROGRESS
        if isinstance(request, UpdateJobExecution):
            wanted = request.status
        if isinstance(request, StartNextPendingJobExecution) and (
            "another writer's alike would look the same" in change.explanation
        ):
            # it may be another job than the one that stood first
            seen = replace(change.standing, version_number=1) if change.standing else None
        return seen is not None and any(
            each.execution.job.job_id == seen.job_id
            and each.execution.execution_number == seen.execution_number
            and each.execution.version_number == (seen.version_number or 0) + 1
            and each.execution.status is wanted
            and request.status_details in (None, each.execution.status_details)
            for each in self.account.history
        )

    @initialize()
    def begin(self) -> None:
        for thing_name in THINGS:
            self.account.create_thing(thing_name)
        self.create_job(THINGS[0], retries=False, timer=False)
        self.create_job(THINGS[0], retries=False, timer=False)
        self._begin()
        self._go()

    def create_job(self, thing_name: str, *, retries: bool, timer: bool) -> None:
        self.jobs += 1
        self.account.create_job(
            f"fw-{self.jobs}",
            (thing_name,),
            "{}",
            in_progress_timeout_in_minutes=1 if timer else None,
            retry_criteria=[RetryCriterion("ALL", 2)] if retries else (),
        )

    def _may_change(self, thing_name: str) -> bool:
        """The screen lets nobody ask for a change while another of the thing is open."""
        if self.run is None:
            self.the_program_starts()
        return self.run is not None and all(
            change.thing_name != thing_name for change in self.run.queue.unsettled
        )

    def _submit(self, request: ChangeRequest, seen: JobExecution | None, luck: Luck) -> None:
        assert self.run is not None
        self.line.faults[:] = luck.faults
        self.line.crash.points_left = luck.killed_after
        self._spawn(self.run.queue.submit(request, seen))
        self._go()

    @rule(
        thing_name=THING,
        place=PLACE,
        status=STATUSES,
        details=DETAILS,
        meanwhile=st.none() | st.tuples(STATUSES, DETAILS),
        luck=LUCK,
    )
    def user_updates(
        self,
        thing_name: str,
        place: int,
        status: Status,
        details: StatusDetails | None,
        meanwhile: tuple[Status, StatusDetails | None] | None,
        luck: Luck,
    ) -> None:
        if not self._may_change(thing_name):
            return
        if not len(self.account.get_pending_job_executions(thing_name)):
            self.create_job(thing_name, retries=place == 1, timer=place == 2)
        listed = list(self.account.get_pending_job_executions(thing_name))
        row = listed[min(place, len(listed) - 1)]
        seen = self.account.describe_job_execution(
            thing_name, row.job_id, execution_number=row.execution_number
        )
        assert seen is not None
        if meanwhile is not None:
            self.others_update(thing_name, place, *meanwhile)
        request = UpdateJobExecution(
            thing_name,
            seen.job_id,
            status,
            details,
            expected_version=seen.version_number,
            execution_number=seen.execution_number,
        )
        self._submit(request, seen, luck)

    @rule(thing_name=THING, details=DETAILS, meanwhile=st.none() | DETAILS, luck=LUCK)
    def user_starts(
        self,
        thing_name: str,
        details: StatusDetails | None,
        meanwhile: StatusDetails | None,
        luck: Luck,
    ) -> None:
        if not self._may_change(thing_name):
            return
        seen = self.account.describe_job_execution(thing_name, "$next")
        if meanwhile is not None:
            self.others_start(thing_name, meanwhile)
        self._submit(StartNextPendingJobExecution(thing_name, details), seen, luck)

    @rule(
        what=st.sampled_from(("update", "update", "start", "job", "cancel", "delete")),
        thing_name=THING,
        place=PLACE,
        status=STATUSES,
        details=DETAILS,
    )
    def others_act(
        self,
        what: str,
        thing_name: str,
        place: int,
        status: Status,
        details: StatusDetails | None,
    ) -> None:
        match what:
            case "update":
                self.others_update(thing_name, place, status, details)
            case "start":
                self.others_start(thing_name, details)
            case "job":
                self.create_job(thing_name, retries=place == 1, timer=place == 2)
            case _:
                self.the_control_plane_ends_a_job(thing_name, delete=what == "delete")

    def others_update(
        self, thing_name: str, place: int, status: Status, details: StatusDetails | None
    ) -> None:
        listed = list(self.account.get_pending_job_executions(thing_name))
        if listed:
            with self.account.asked_by(OTHERS):
                self.account.update_job_execution(
                    thing_name,
                    listed[min(place, len(listed) - 1)].job_id,
                    status,
                    status_details=details,
                )

    def others_start(self, thing_name: str, details: StatusDetails | None) -> None:
        with self.account.asked_by(OTHERS):
            self.account.start_next_pending_job_execution(thing_name, status_details=details)

    def the_control_plane_ends_a_job(self, thing_name: str, *, delete: bool) -> None:
        pending = list(self.account.get_pending_job_executions(thing_name))
        if pending:
            self.account.cancel_job(pending[0].job_id, force=True)
            if delete:
                self.account.delete_job(pending[0].job_id, force=True)

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: float) -> None:
        self._go(seconds)

    @precondition(lambda self: self.run is not None)
    @rule(
        what=st.sampled_from(("away", "back", "refresh", "disk", "luck")),
        thing_name=THING,
        times=st.integers(1, 3),
        luck=LUCK,
    )
    def trouble_comes_or_goes(self, what: str, thing_name: str, times: int, luck: Luck) -> None:
        assert self.run is not None
        match what:
            case "away" | "back":
                self.line.away = what == "away"
            case "refresh":
                self.a_panel_is_refreshed(thing_name)
            case "disk":
                self.run.journal.failures = times
            case "luck":
                self.line.faults[:] = luck.faults
                self.line.crash.points_left = luck.killed_after

    def a_panel_is_refreshed(self, thing_name: str) -> None:
        assert self.run is not None
        store = self.run.store

        async def refresh() -> None:
            answer = await self.line.get_pending_job_executions(GetPendingJobExecutions(thing_name))
            if isinstance(answer, Done):
                store.record_answer(thing_name, answer)
            else:
                store.record_failure(thing_name, answer)

        self._spawn(refresh())
        self._go()

    @precondition(lambda self: self.run is not None)
    @rule(crash=st.booleans())
    def the_program_ends(self, *, crash: bool) -> None:
        self._end(crash=crash)

    @precondition(lambda self: self.run is None)
    @rule()
    def the_program_starts(self) -> None:
        self._begin()
        self._go()

    @precondition(lambda self: self.run is not None and self.run.store.changes)
    @rule(place=st.integers(0, 3), send=st.booleans(), rest=st.booleans())
    def user_decides(self, place: int, *, send: bool, rest: bool) -> None:
        """Send or drop what was left, or drop what is open or at a conflict."""
        assert self.run is not None
        changes = [
            change
            for change in reversed(self.run.store.changes)
            if not change.state.settled or change.state is ChangeState.CONFLICT
        ]
        if not changes:
            return
        change = changes[min(place, len(changes) - 1)]
        if send and change.state is ChangeState.LEFT:
            self._send_left(change.number)
        else:
            self._spawn(self.run.queue.drop(change.number))
        if rest:
            self._go()

    @invariant()
    def every_claim_is_true(self) -> None:
        assert not self.violations, self.violations

    @invariant()
    def no_change_is_applied_twice(self) -> None:
        for number, times in Counter(each.who for each in self.account.history).items():
            assert number == OTHERS or times == 1, f"change {number} was applied {times} times"

    @invariant()
    def what_was_confirmed_by_the_user_stays_in_the_journal(self) -> None:
        held = {change.number: change.request for change in self._journal()}
        assert held == self.recorded
        assert {each.who for each in self.account.history} <= {OTHERS, *held}

    @invariant()
    def what_the_journal_calls_confirmed_is_in_the_history(self) -> None:
        for change in self._journal():
            if change.state is ChangeState.CONFIRMED:
                assert self._in_history(change), f"{change} {change.attempts}"

    def teardown(self) -> None:
        try:
            self._see_the_end()
        finally:
            if self.run is not None:
                self._end(crash=True)
            if self.reader is not None:
                self.reader.close()
            for task in asyncio.all_tasks(self.loop):
                task.cancel()
            self.loop.run_until_complete(asyncio.sleep(0))
            self.loop.close()
            self.folder.cleanup()

    def _see_the_end(self) -> None:
        """With faults over, and the user's word on what was left, everything is settled."""
        self.line.away = False
        self.line.faults.clear()
        self.line.crash.points_left = None
        if self.run is not None:
            self._end(crash=False)
        self._begin()
        self._go()
        assert self.run is not None
        for _ in range(20):
            if not self.run.queue.unsettled:
                break
            for change in self.run.queue.unsettled:
                if change.state is ChangeState.LEFT and change.number % 2:
                    self._send_left(change.number)
                elif change.state is ChangeState.LEFT:
                    self._spawn(self.run.queue.drop(change.number))
            self._go(70.0)
        self._go(200.0)
        unsettled = [change for change in self._journal() if not change.state.settled]
        assert not unsettled, unsettled
        self.every_claim_is_true()
        self.no_change_is_applied_twice()
        self.what_was_confirmed_by_the_user_stays_in_the_journal()
        self.what_the_journal_calls_confirmed_is_in_the_history()


def test_no_change_is_lost_doubled_or_told_otherwise_than_it_was(clock) -> None:
    run_state_machine_as_test(
        lambda: Changes(type(clock)()),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
