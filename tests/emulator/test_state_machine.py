"""Random sequences of operations, against a second model that is as naive as can be.

The model is told as a story, from the tables of states, versions and timers. It counts timers down
minute by minute where the emulator compares moments, counts retries down where the emulator adds
failures up, and keeps all executions in one flat list in the order in which they came to be.
"""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from jobs_tui.emulator import Account, AccountSettings, RetryCriterion, ServiceError, Target
from jobs_tui.emulator.rules.targets import arn

THINGS = ("gw-1", "gw-2", "gw-3")
GROUPS = ("site", "hall", "yard")
CROWD = [f"crowd-{number}" for number in range(9)]
"""Jobs that fill the first thing's list, so that it hides what comes after."""

THING = st.sampled_from([*THINGS, THINGS[0]])
GROUP = st.sampled_from([*GROUPS, "site", "hall"])
NEW_JOB_ID = st.sampled_from("abcdef")
TARGETS = st.lists(
    st.sampled_from(
        [("thinggroup", name) for name in GROUPS * 2 + ("site", "site")]
        + [("thing", name) for name in (*THINGS, "nobody")]
    ),
    min_size=1,
    max_size=3,
)
TIMEOUT = st.sampled_from([None, 1, 2, 3, 5, 8, 13])
RETRIES = st.sampled_from(
    [
        {"ALL": 3},
        {"FAILED": 2},
        {"TIMED_OUT": 1},
        {"FAILED": 1, "TIMED_OUT": 2},
        {"FAILED": 1, "ALL": 1},
        {"ALL": 0},
        {},
    ]
)
REPORTED = st.sampled_from(["IN_PROGRESS", "IN_PROGRESS", "FAILED", "SUCCEEDED", "REJECTED"])
STATUS = REPORTED | st.sampled_from(["QUEUED", "CANCELED", "TIMED_OUT", "REMOVED", "SUCCESS"])
DETAILS = st.sampled_from(
    [None] * 5
    + [{}, {"p": "x"}, {"p": "y"}, {"q": "z"}, {"p": "x", "q": "y"}]
    + [{"p": "two\nlines"}]
)
STALE_BY = st.sampled_from([None] * 8 + [0, 0, 0, 1, -1])
STEP_MINUTES = st.sampled_from([None, None, None, 1, 2, 4, 7, 11])
RARELY = st.sampled_from([False, False, False, True])
WHICH = st.integers(0, 99)
"""Which of what there is; see `Service.some_execution` and `Service.some_job`."""


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
class NaiveJob:
    job_id: str
    targets: list[tuple[str, str]]
    continuous: bool
    timeout: int | None
    retries: dict[str, int]
    created: int
    canceled: int | None = None


@dataclass
class NaiveExecution:
    job: NaiveJob
    thing: str
    number: int
    attempt: int
    retries_left: dict[str, int]
    queued: int
    last_updated: int
    started: int | None = None
    status: str = "QUEUED"
    version: int = 1
    details: dict = field(default_factory=dict)
    force_canceled: bool = False
    minutes_left: int | None = None
    step_minutes_left: int | None = None

    @property
    def pending(self) -> bool:
        return self.status in ("QUEUED", "IN_PROGRESS")

    @property
    def stands(self) -> tuple:
        return self.status, self.details, self.version

    @property
    def least_minutes_left(self) -> int | None:
        timers = (self.minutes_left, self.step_minutes_left)
        running = [minutes for minutes in timers if minutes is not None]
        return min(running) if running and self.status == "IN_PROGRESS" else None


class Refusal(Exception):  # noqa: N818 - as ServiceError, which is no error of the program either
    def __init__(self, code: str, words: str, standing: NaiveExecution | None = None) -> None:
        super().__init__(code, words)
        self.code = code
        self.words = words
        self.stands = None if standing is None else standing.stands


NOT_FOUND = Refusal("ResourceNotFoundException", "not found")


class Naive:
    """What the service does, told as a story."""

    def __init__(self, late: int) -> None:
        self.minute = 0
        self.late = late
        self.parents: dict[str, str | None] = {}
        self.members: list[tuple[str, str]] = []
        self.jobs: list[NaiveJob] = []
        self.executions: list[NaiveExecution] = []

    # what there is

    def job(self, job_id: str) -> NaiveJob:
        for job in self.jobs:
            if job.job_id == job_id:
                return job
        raise NOT_FOUND

    def tries(self, thing: str, job_id: str) -> list[NaiveExecution]:
        on_thing = [each for each in self.executions if each.thing == thing]
        return [each for each in on_thing if each.job.job_id == job_id]

    def execution(self, thing: str, job_id: str, number: int | None = None) -> NaiveExecution:
        for execution in reversed(self.tries(thing, job_id)):
            if number is None or execution.number == number:
                return execution
        raise NOT_FOUND

    def last_tries(self, job: NaiveJob) -> list[NaiveExecution]:
        reached = [thing for thing in THINGS if self.tries(thing, job.job_id)]
        return [self.execution(thing, job.job_id) for thing in reached]

    def pending(self, thing: str) -> list[NaiveExecution]:
        on_thing = [each for each in self.executions if each.thing == thing]
        in_progress = [each for each in on_thing if each.status == "IN_PROGRESS"]
        return in_progress + [each for each in on_thing if each.status == "QUEUED"]

    def status(self, job: NaiveJob) -> tuple[str, int | None]:
        last_tries = self.last_tries(job)
        if job.canceled is not None:
            return "CANCELED", job.canceled
        if job.continuous or any(each.pending for each in last_tries):
            return "IN_PROGRESS", None
        return "COMPLETED", max([job.created, *(each.last_updated for each in last_tries)])

    def is_in(self, thing: str, group: str) -> bool:
        if (group, thing) in self.members:
            return True
        return any(self.is_in(thing, child) for child in self.children(group))

    def children(self, group: str) -> list[str]:
        return [name for name, parent in self.parents.items() if parent == group]

    def is_meant(self, thing: str, job: NaiveJob) -> bool:
        return any(
            name == thing if kind == "thing" else self.is_in(thing, name)
            for kind, name in job.targets
        )

    # what the control plane does

    def create_group(self, group: str, parent: str | None) -> None:
        if parent is not None and parent not in self.parents:
            raise Refusal("InvalidRequestException", "not found")
        if self.parents.setdefault(group, parent) != parent:
            raise Refusal("ResourceAlreadyExistsException", "different properties")

    def join(self, thing: str, group: str) -> None:
        if group not in self.parents:
            raise NOT_FOUND
        if (group, thing) in self.members:
            return
        self.members.append((group, thing))
        for job in self.jobs:
            if job.continuous and job.canceled is None and self.is_meant(thing, job):
                tries = self.tries(thing, job.job_id)
                if not tries or tries[-1].status == "REMOVED":
                    self.queue(job, thing)

    def leave(self, thing: str, group: str) -> None:
        if group not in self.parents:
            raise NOT_FOUND
        if (group, thing) not in self.members:
            return
        self.members.remove((group, thing))
        for each in self.executions:
            queued = each.thing == thing and each.status == "QUEUED"
            if queued and each.job.continuous and not self.is_meant(thing, each.job):
                self.end(each, "REMOVED")

    def create_job(self, job: NaiveJob) -> None:
        if any(there.job_id == job.job_id for there in self.jobs):
            raise Refusal("ResourceAlreadyExistsException", "already exists")
        if any(name not in self.parents and name not in THINGS for _, name in job.targets):
            raise NOT_FOUND
        self.jobs.append(job)
        for thing in THINGS:
            if self.is_meant(thing, job):
                self.queue(job, thing)

    def cancel_job(self, job_id: str, *, force: bool) -> None:
        job = self.job(job_id)
        status, _ = self.status(job)
        if status == "COMPLETED" or (status == "CANCELED" and not force):
            raise Refusal("InvalidRequestException", f"is {status} and cannot be canceled")
        job.canceled = self.minute
        for execution in self.last_tries(job):
            if execution.status == "QUEUED" or (execution.status == "IN_PROGRESS" and force):
                execution.force_canceled = force
                self.end(execution, "CANCELED")

    def delete_job(self, job_id: str, *, force: bool) -> None:
        job = self.job(job_id)
        status, _ = self.status(job)
        if status == "IN_PROGRESS" and not force:
            raise Refusal("InvalidStateTransitionException", "only force")
        self.jobs.remove(job)
        self.executions = [each for each in self.executions if each.job is not job]

    def cancel_execution(
        self, thing: str, job_id: str, details: dict | None, version: int | None, *, force: bool
    ) -> None:
        self.check_details(details)
        execution = self.execution(thing, job_id)
        if version not in (None, execution.version):
            raise Refusal("VersionConflictException", self.mismatch(version, execution))
        if execution.status != "QUEUED" and not (execution.status == "IN_PROGRESS" and force):
            raise Refusal(
                "InvalidStateTransitionException", f"is {execution.status} and cannot be canceled"
            )
        if details is not None:
            execution.details = details
        execution.force_canceled = force
        self.end(execution, "CANCELED")

    # what devices do

    def describe(self, thing: str, job_id: str, number: int | None) -> NaiveExecution:
        execution = self.execution(thing, job_id, number)
        if not execution.pending:
            raise Refusal("TerminalStateException", "It is neither IN_PROGRESS nor QUEUED")
        return execution

    def start_next(
        self, thing: str, details: dict | None, step: int | None
    ) -> NaiveExecution | None:
        self.check_details(details)
        pending = self.pending(thing)
        if pending and pending[0].status == "QUEUED":
            self.report(pending[0], "IN_PROGRESS", details, step)
        return pending[0] if pending else None

    def update(
        self,
        thing: str,
        job_id: str,
        number: int | None,
        status: str,
        details: dict | None,
        version: int | None,
        step: int | None,
    ) -> NaiveExecution:
        self.check_details(details)
        if status == "SUCCESS":
            raise Refusal("InvalidRequestException", "at 'status'")
        if status not in ("IN_PROGRESS", "SUCCEEDED", "FAILED", "REJECTED"):
            raise Refusal(
                "InvalidStateTransitionException",
                f"The status of job execution cannot be changed to be {status}",
            )
        execution = self.execution(thing, job_id, number)
        if version not in (None, execution.version):
            raise Refusal("InvalidRequestException", self.mismatch(version, execution), execution)
        if not execution.pending:
            raise Refusal(
                "InvalidStateTransitionException", f"is {execution.status} and cannot", execution
            )
        self.report(execution, status, details, step)
        return execution

    def check_details(self, details: dict | None) -> None:
        if details and "two\nlines" in details.values():
            raise Refusal("InvalidRequestException", "at 'statusDetails.p'")

    def mismatch(self, version: int | None, execution: NaiveExecution) -> str:
        return f"Expected version {version} but found version {execution.version}"

    # what follows from it

    def queue(self, job: NaiveJob, thing: str) -> None:
        tries = self.tries(thing, job.job_id)
        self.executions.append(
            NaiveExecution(
                job,
                thing,
                number=len(tries) + 1,
                attempt=len([each for each in tries if each.status in ("FAILED", "TIMED_OUT")]),
                retries_left=dict(tries[-1].retries_left if tries else job.retries),
                queued=self.minute,
                last_updated=self.minute,
            )
        )

    def report(
        self, execution: NaiveExecution, status: str, details: dict | None, step: int | None
    ) -> None:
        if execution.status == "QUEUED" and status == "IN_PROGRESS":
            execution.started = self.minute
            execution.minutes_left = execution.job.timeout
        execution.version += 1
        execution.last_updated = self.minute
        if details is not None:
            execution.details = details
        if step is not None:
            execution.step_minutes_left = None if step == -1 else step
        if status == "IN_PROGRESS":
            execution.status = status
        else:
            self.end(execution, status)

    def end(self, execution: NaiveExecution, status: str) -> None:
        execution.status = status
        execution.last_updated = self.minute
        if status not in ("FAILED", "TIMED_OUT"):
            return
        left = execution.retries_left
        again = any(left.get(kind, 0) > 0 for kind in (status, "ALL"))
        for kind in (status, "ALL"):
            left[kind] = left.get(kind, 0) - 1
        if again and execution.job.canceled is None:
            self.queue(execution.job, execution.thing)

    def a_minute_passes(self) -> None:
        self.minute += 1
        for execution in list(self.executions):
            for timer in ("minutes_left", "step_minutes_left"):
                left = getattr(execution, timer)
                if left is not None:
                    setattr(execution, timer, left - 1)
            if execution.least_minutes_left == -self.late:
                self.end(execution, "TIMED_OUT")


class Service(RuleBasedStateMachine):
    """The emulator and the model, asked the same."""

    @initialize(
        late=st.sampled_from([0, 0, 1]),
        crowded=st.booleans(),
        jobs=st.lists(st.tuples(TARGETS, TIMEOUT, RETRIES, st.booleans()), min_size=2, max_size=4),
    )
    def start(self, late: int, jobs: list, *, crowded: bool) -> None:
        self.clock = MinuteClock()
        self.account = Account(self.clock, Random(1), AccountSettings(timer_lateness=60.0 * late))
        self.model = Naive(late)
        self.watched = True
        for thing in THINGS:
            self.account.create_thing(thing)
        self.create_group("site", None)
        self.create_group("hall", "site")
        self.join(THINGS[0], "hall")
        self.join(THINGS[1], "site")
        for job_id, (sent_to, timeout, retries, continuous) in zip("abcd", jobs, strict=False):
            self.create_job(job_id, sent_to, timeout, retries, continuous=continuous)
        for job_id in CROWD if crowded else ():
            self.create_job(job_id, [("thing", THINGS[0])], None, {}, continuous=False)

    @precondition(lambda self: len(self.model.parents) < len(GROUPS))
    @rule(group=GROUP, parent=st.none() | GROUP)
    def create_group(self, group: str, parent: str | None) -> None:
        self._both(
            lambda: self.model.create_group(group, parent),
            lambda: self.account.create_thing_group(group, parent=parent),
        )

    @rule(thing=THING, group=GROUP)
    def join(self, thing: str, group: str) -> None:
        self._both(
            lambda: self.model.join(thing, group),
            lambda: self.account.add_thing_to_thing_group(thing, group),
        )

    @rule(which=WHICH, thing=THING, group=GROUP)
    def leave(self, which: int, thing: str, group: str) -> None:
        if self.model.members and which % 4:
            group, thing = self.model.members[which % len(self.model.members)]
        self._both(
            lambda: self.model.leave(thing, group),
            lambda: self.account.remove_thing_from_thing_group(thing, group),
        )

    @rule(
        job_id=NEW_JOB_ID,
        sent_to=TARGETS,
        timeout=TIMEOUT,
        retries=RETRIES,
        continuous=st.booleans(),
    )
    def create_job(
        self,
        job_id: str,
        sent_to: list[tuple[str, str]],
        timeout: int | None,
        retries: dict[str, int],
        *,
        continuous: bool,
    ) -> None:
        job = NaiveJob(job_id, sent_to, continuous, timeout, retries, self.model.minute)
        self._both(
            lambda: self.model.create_job(job),
            lambda: self.account.create_job(
                job_id,
                [Target.parse(arn(kind, name)) for kind, name in sent_to],
                "{}",
                continuous=continuous,
                in_progress_timeout_in_minutes=timeout,
                retry_criteria=[RetryCriterion(*each) for each in retries.items()],
            ),
        )

    @rule(which=WHICH, force=RARELY)
    def cancel_job(self, which: int, *, force: bool) -> None:
        job_id = self.some_job(which)
        self._both(
            lambda: self.model.cancel_job(job_id, force=force),
            lambda: self.account.cancel_job(job_id, force=force),
        )

    @rule(which=WHICH, force=RARELY)
    def delete_job(self, which: int, *, force: bool) -> None:
        job_id = self.some_job(which)
        self._both(
            lambda: self.model.delete_job(job_id, force=force),
            lambda: self.account.delete_job(job_id, force=force),
        )

    @rule(which=WHICH, details=DETAILS, stale_by=STALE_BY, force=st.booleans())
    def cancel_execution(
        self, which: int, details: dict | None, stale_by: int | None, *, force: bool
    ) -> None:
        thing, job_id, _ = self.some_execution(which)
        version = self._version(thing, job_id, stale_by)
        self._both(
            lambda: self.model.cancel_execution(thing, job_id, details, version, force=force),
            lambda: self.account.cancel_job_execution(
                thing,
                job_id,
                force=force,
                expected_version=version,
                status_details=details,
            ),
        )

    @rule(thing=THING, details=DETAILS, step=STEP_MINUTES)
    def start_next(self, thing: str, details: dict | None, step: int | None) -> None:
        self._describe_alike(
            lambda: self.model.start_next(thing, details, step),
            lambda: self.account.start_next_pending_job_execution(
                thing, status_details=details, step_timeout_in_minutes=step
            ),
        )

    @rule(which=WHICH, status=REPORTED, step=STEP_MINUTES)
    def report(self, which: int, status: str, step: int | None) -> None:
        pending = [each for each in self.model.executions if each.pending]
        if pending:
            execution = pending[which % len(pending)]
            thing, job_id = execution.thing, execution.job.job_id
            self._update(thing, job_id, None, status, None, execution.version, step)

    @rule(
        which=WHICH,
        numbered=RARELY,
        status=STATUS,
        details=DETAILS,
        stale_by=STALE_BY,
        step=STEP_MINUTES | st.just(-1),
    )
    def update(
        self,
        which: int,
        status: str,
        details: dict | None,
        stale_by: int | None,
        step: int | None,
        *,
        numbered: bool,
    ) -> None:
        thing, job_id, number = self.some_execution(which)
        version = self._version(thing, job_id, stale_by)
        self._update(thing, job_id, number if numbered else None, status, details, version, step)

    def _update(
        self,
        thing: str,
        job_id: str,
        number: int | None,
        status: str,
        details: dict | None,
        version: int | None,
        step: int | None,
    ) -> None:
        expected, updated = self._both(
            lambda: self.model.update(thing, job_id, number, status, details, version, step),
            lambda: self.account.update_job_execution(
                thing,
                job_id,
                status,
                execution_number=number,
                status_details=details,
                expected_version=version,
                step_timeout_in_minutes=step,
            ),
        )
        if expected is not None:
            assert _stands(updated.execution_state) == expected.stands

    @rule(which=WHICH, numbered=st.booleans())
    def describe(self, which: int, *, numbered: bool) -> None:
        thing, job_id, number = self.some_execution(which)
        self._describe(thing, job_id, number if numbered else None)

    def _describe(self, thing: str, job_id: str, number: int | None) -> None:
        self._describe_alike(
            lambda: self.model.describe(thing, job_id, number),
            lambda: self.account.describe_job_execution(thing, job_id, execution_number=number),
        )

    @rule(minutes=st.sampled_from([1, 1, 1, 2, 3, 5, 8, 13]), watched=st.booleans())
    def wait(self, minutes: int, *, watched: bool) -> None:
        for _ in range(minutes):
            self.model.a_minute_passes()
        self.clock.minutes += minutes
        self.watched = watched

    @rule()
    def look(self) -> None:
        self.watched = True

    @invariant()
    def the_devices_see_the_same(self) -> None:
        if not self.watched:
            return
        for thing in THINGS:
            pending = self.model.pending(thing)
            answer = self.account.get_pending_job_executions(thing)
            assert [_listed(each) for each in answer] == [
                (
                    each.job.job_id,
                    each.status,
                    each.number,
                    each.version,
                    each.queued,
                    each.started,
                    each.last_updated,
                )
                for each in pending[:10]
            ]
            for expected in pending:
                self._describe(thing, expected.job.job_id, expected.number)
            self._describe_alike(
                lambda pending=pending: pending[0] if pending else None,
                lambda thing=thing: self.account.describe_job_execution(thing, "$next"),
            )

    @invariant()
    def the_operator_sees_the_same(self) -> None:
        if not self.watched:
            return
        jobs = self.model.jobs
        executions = [_told(each) for each in self.model.executions]
        on_things = [self.account.job_executions_for_thing(thing) for thing in THINGS]
        of_jobs = [self.account.job_executions_for_job(job.job_id) for job in jobs]
        assert sorted(_seen(each) for some in on_things for each in some) == sorted(executions)
        assert sorted(_seen(each) for some in of_jobs for each in some) == sorted(executions)
        for job, state in zip(jobs, self.account.list_jobs(), strict=True):
            assert state.job.job_id == job.job_id
            assert (state.status, _minutes(state.completed_at)) == self.model.status(job)
            assert state.things_by_status == Counter(
                each.status for each in self.model.last_tries(job)
            )
        for group in self.model.parents:
            assert set(self.account.list_things_in_thing_group(group, recursive=True)) == {
                thing for thing in THINGS if self.model.is_in(thing, group)
            }

    def some_execution(self, which: int) -> tuple[str, str, int]:
        """Mostly one that is pending, else one that may have ended, else perhaps none at all."""
        there = self.model.executions
        pending = [each for each in there if each.pending]
        if which % 10 == 9 or not there:
            return THINGS[which % 3], "abcdefg"[which % 7], which // 33
        candidates = pending if pending and which % 3 else there
        picked = candidates[which % len(candidates)]
        return picked.thing, picked.job.job_id, picked.number

    def some_job(self, which: int) -> str:
        """One that there is, or perhaps not."""
        there = [job.job_id for job in self.model.jobs] + ["g"]
        return there[which % len(there)]

    def teardown(self) -> None:
        if hasattr(self, "model"):
            self.watched = True
            self.the_devices_see_the_same()
            self.the_operator_sees_the_same()

    def _version(self, thing: str, job_id: str, stale_by: int | None) -> int | None:
        tries = self.model.tries(thing, job_id)
        if stale_by is None:
            return None
        return (tries[-1].version if tries else 1) + stale_by

    def _both(self, model, account):
        """What both do; they refuse the same, in the same words."""
        expected, refusal = _outcome(Refusal, model)
        done, error = _outcome(ServiceError, account)
        assert (refusal is None) == (error is None), (refusal, error)
        if error is not None:
            assert error.code == refusal.code
            assert refusal.words in error.message
            assert (None if error.state is None else _stands(error.state)) == refusal.stands
        return expected, done

    def _describe_alike(self, model, account) -> None:
        expected, described = self._both(model, account)
        assert (expected is None) == (described is None)
        if expected is None:
            return
        assert (described.thing_name, *_listed(described)) == (
            expected.thing,
            expected.job.job_id,
            expected.status,
            expected.number,
            expected.version,
            expected.queued,
            expected.started,
            expected.last_updated,
        )
        assert described.status_details == expected.details
        left = expected.least_minutes_left
        seconds = None if left is None else 60 * max(left, 0)
        assert described.approximate_seconds_before_timed_out == seconds


def _outcome(refusal: type[Exception], operation) -> tuple:
    try:
        return operation(), None
    except refusal as refused:
        return None, refused


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


def _stands(state) -> tuple:
    return state.status, state.status_details, state.version_number


def _listed(summary) -> tuple:
    return (
        summary.job_id,
        summary.status,
        summary.execution_number,
        summary.version_number,
        _minutes(summary.queued_at),
        _minutes(summary.started_at),
        _minutes(summary.last_updated_at),
    )


def _seen(execution) -> tuple:
    return (
        execution.job.job_id,
        execution.thing_name,
        execution.execution_number,
        execution.retry_attempt,
        execution.status,
        execution.version_number,
        sorted(execution.status_details.items()),
        execution.force_canceled,
        _minutes(execution.queued_at),
        _minutes(execution.started_at),
        _minutes(execution.last_updated_at),
    )


def _told(execution: NaiveExecution) -> tuple:
    return (
        execution.job.job_id,
        execution.thing,
        execution.number,
        execution.attempt,
        execution.status,
        execution.version,
        sorted(execution.details.items()),
        execution.force_canceled,
        execution.queued,
        execution.started,
        execution.last_updated,
    )


TestService = Service.TestCase
TestService.settings = settings(
    max_examples=300,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
