"""Random sequences of operations, against a second model that is as naive as can be.

The model counts timers down minute by minute where the emulator compares moments, and keeps its
executions in one flat list in the order in which they came to be.
"""

from dataclasses import dataclass, field
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from jobs_tui.emulator import Account, RetryCriterion, ServiceError

THING = "gw-1"
JOB_IDS = st.sampled_from(["a", "b", "c", "d"])
STATUSES = st.sampled_from(["IN_PROGRESS"] * 5 + ["FAILED"] * 2 + ["SUCCEEDED", "REJECTED"])
TIMEOUTS = st.none() | st.integers(1, 15)
RETRIES = st.dictionaries(
    st.sampled_from(["FAILED", "TIMED_OUT", "ALL"]), st.integers(0, 3), max_size=2
)
DETAILS = st.none() | st.dictionaries(st.sampled_from(["p", "q"]), st.sampled_from("xyz"))
STEP_MINUTES = st.none() | st.integers(1, 12)


class MinuteClock:
    def __init__(self) -> None:
        self.minutes = 0

    def now(self) -> float:
        return 60.0 * self.minutes

    def monotonic(self) -> float:
        return self.now()

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(f"the rules never sleep, asked for {seconds} s")


@dataclass
class NaiveExecution:
    job_id: str
    number: int
    status: str = "QUEUED"
    version: int = 1
    details: dict = field(default_factory=dict)
    minutes_left: int | None = None
    step_minutes_left: int | None = None

    def listed(self) -> tuple:
        return self.job_id, self.number, self.version


class Naive:
    """What the service does, told as a story."""

    def __init__(self) -> None:
        self.timeouts: dict[str, int | None] = {}
        self.retries: dict[str, list[list]] = {}
        self.executions: list[NaiveExecution] = []

    def create(self, job_id: str, timeout: int | None, retries: dict[str, int]) -> None:
        self.timeouts[job_id] = timeout
        self.retries[job_id] = [[kind, number] for kind, number in retries.items()]
        self.executions.append(NaiveExecution(job_id, 1))

    def of(self, status: str) -> list[NaiveExecution]:
        return [each for each in self.executions if each.status == status]

    def latest(self, job_id: str) -> NaiveExecution | None:
        return next((each for each in reversed(self.executions) if each.job_id == job_id), None)

    def start_next(self, details: dict | None, step: int | None) -> NaiveExecution | None:
        if self.of("IN_PROGRESS"):
            return self.of("IN_PROGRESS")[0]
        if not self.of("QUEUED"):
            return None
        first = self.of("QUEUED")[0]
        self.report(first, "IN_PROGRESS", details, step)
        return first

    def report(
        self, execution: NaiveExecution, status: str, details: dict | None, step: int | None
    ) -> None:
        if execution.status == "QUEUED" and status == "IN_PROGRESS":
            execution.minutes_left = self.timeouts[execution.job_id]
        execution.version += 1
        if details is not None:
            execution.details = details
        if step == -1:
            execution.step_minutes_left = None
        elif step is not None:
            execution.step_minutes_left = step
        self.end_if_ended(execution, status)

    def end_if_ended(self, execution: NaiveExecution, status: str) -> None:
        execution.status = status
        if status not in ("FAILED", "TIMED_OUT"):
            return
        again = False
        for criterion in self.retries[execution.job_id]:
            if criterion[0] in (status, "ALL"):
                again = again or criterion[1] > 0
                criterion[1] -= 1
        if again:
            self.executions.append(NaiveExecution(execution.job_id, execution.number + 1))

    def a_minute_passes(self) -> None:
        for execution in self.of("IN_PROGRESS"):
            for timer in ("minutes_left", "step_minutes_left"):
                left = getattr(execution, timer)
                if left is not None:
                    setattr(execution, timer, left - 1)
            if 0 in (execution.minutes_left, execution.step_minutes_left):
                self.end_if_ended(execution, "TIMED_OUT")


class Service(RuleBasedStateMachine):
    """The emulator and the model, asked the same."""

    @initialize(jobs=st.lists(st.tuples(TIMEOUTS, RETRIES), min_size=3, max_size=3))
    def start(self, jobs: list[tuple[int | None, dict[str, int]]]) -> None:
        self.clock = MinuteClock()
        self.account = Account(self.clock, Random(1))
        self.account.create_thing(THING)
        self.model = Naive()
        for job_id, (timeout, retries) in zip("abc", jobs, strict=True):
            self.create_job(job_id, timeout, retries)

    @rule(job_id=JOB_IDS, timeout=TIMEOUTS, retries=RETRIES)
    def create_job(self, job_id: str, timeout: int | None, retries: dict[str, int]) -> None:
        criteria = [RetryCriterion(kind, number) for kind, number in retries.items()]
        code = self._code(
            self.account.create_job,
            job_id,
            [THING],
            "{}",
            in_progress_timeout_in_minutes=timeout,
            retry_criteria=criteria,
        )
        if self.model.latest(job_id) is None:
            assert code is None
            self.model.create(job_id, timeout, retries)
        else:
            assert code == "ResourceAlreadyExistsException"

    @rule(details=DETAILS, step=STEP_MINUTES)
    def start_next(self, details: dict | None, step: int | None) -> None:
        started = self.account.start_next_pending_job_execution(
            THING, status_details=details, step_timeout_in_minutes=step
        )
        expected = self.model.start_next(details, step)
        if expected is None:
            assert started is None
            return
        assert started is not None
        assert (started.job_id, started.execution_number) == (expected.job_id, expected.number)
        assert started.version_number == expected.version
        assert started.status_details == expected.details

    @rule(
        job_id=JOB_IDS,
        status=STATUSES,
        details=DETAILS,
        stale_by=st.sampled_from([None] * 4 + [0, 0, 1, -1]),
        step=STEP_MINUTES | st.just(-1),
    )
    def update(
        self,
        job_id: str,
        status: str,
        details: dict | None,
        stale_by: int | None,
        step: int | None,
    ) -> None:
        latest = self.model.latest(job_id)
        expected_version = None
        if stale_by is not None and latest is not None:
            expected_version = latest.version - stale_by
        code = self._code(
            self.account.update_job_execution,
            THING,
            job_id,
            status,
            status_details=details,
            expected_version=expected_version,
            step_timeout_in_minutes=step,
        )
        if latest is None:
            assert code == "ResourceNotFoundException"
        elif stale_by:
            assert code == "InvalidRequestException"
        elif latest.status not in ("QUEUED", "IN_PROGRESS"):
            assert code == "InvalidStateTransitionException"
        else:
            assert code is None
            self.model.report(latest, status, details, step)

    @rule(job_id=JOB_IDS, force=st.booleans())
    def cancel(self, job_id: str, *, force: bool) -> None:
        latest = self.model.latest(job_id)
        code = self._code(self.account.cancel_job_execution, THING, job_id, force=force)
        if latest is None:
            assert code == "ResourceNotFoundException"
        elif latest.status == "QUEUED" or (latest.status == "IN_PROGRESS" and force):
            assert code is None
            latest.status = "CANCELED"
        else:
            assert code == "InvalidStateTransitionException"

    @rule(minutes=st.integers(1, 20))
    def wait(self, minutes: int) -> None:
        for _ in range(minutes):
            self.model.a_minute_passes()
        self.clock.minutes += minutes

    @invariant()
    def the_pending_lists_are_the_same(self) -> None:
        pending = self.account.get_pending_job_executions(THING)
        for listed, status in ((pending.in_progress, "IN_PROGRESS"), (pending.queued, "QUEUED")):
            assert [
                (each.job_id, each.execution_number, each.version_number) for each in listed
            ] == [each.listed() for each in self.model.of(status)]

    @invariant()
    def every_execution_is_described_the_same(self) -> None:
        for expected in self.model.executions:
            number = expected.number
            if expected.status not in ("QUEUED", "IN_PROGRESS"):
                code = self._code(
                    self.account.describe_job_execution,
                    THING,
                    expected.job_id,
                    execution_number=number,
                )
                assert code == "TerminalStateException"
                continue
            described = self.account.describe_job_execution(
                THING, expected.job_id, execution_number=number
            )
            assert described is not None
            assert described.status == expected.status
            assert described.status_details == expected.details
            assert described.approximate_seconds_before_timed_out == _seconds_left(expected)

    def _code(self, operation, *arguments, **members) -> str | None:
        try:
            operation(*arguments, **members)
        except ServiceError as refusal:
            return refusal.code
        return None


def _seconds_left(execution: NaiveExecution) -> int | None:
    if execution.status != "IN_PROGRESS":
        return None
    timers = (execution.minutes_left, execution.step_minutes_left)
    running = [minutes for minutes in timers if minutes is not None]
    return 60 * min(running) if running else None


TestService = Service.TestCase
TestService.settings = settings(max_examples=250, stateful_step_count=40, deadline=None)
