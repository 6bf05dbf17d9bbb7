"""Random sequences of operations, asked of the emulator and of the model in `naive_service`."""

import runpy
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from jobs_tui.emulator import Account, AccountSettings, RetryCriterion, ServiceError, Target
from jobs_tui.emulator.rules.targets import arn

pytestmark = pytest.mark.slow

# tests are no package, so what stands beside them cannot be imported
_BESIDE = runpy.run_path(str(Path(__file__).with_name("naive_service.py")))
GROUPS, THINGS = _BESIDE["GROUPS"], _BESIDE["THINGS"]
Naive, NaiveJob, Refusal = _BESIDE["Naive"], _BESIDE["NaiveJob"], _BESIDE["Refusal"]

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
REPORTED_STEP_MINUTES = st.sampled_from([None, None, 1, 2, 4, 7, 11, -1, -1])
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

    @rule(which=WHICH, status=REPORTED, step=REPORTED_STEP_MINUTES)
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
        step=REPORTED_STEP_MINUTES,
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
            assert _state(updated.execution_state) == expected.state

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
            assert [_summary(each) for each in answer] == [each.summary for each in pending[:10]]
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
        executions = sorted(each.all_told for each in self.model.executions)
        on_things = [self.account.job_executions_for_thing(thing) for thing in THINGS]
        of_jobs = [self.account.job_executions_for_job(job.job_id) for job in jobs]
        assert sorted(_all_told(each) for some in on_things for each in some) == executions
        assert sorted(_all_told(each) for some in of_jobs for each in some) == executions
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
            assert (None if error.state is None else _state(error.state)) == refusal.state
        return expected, done

    def _describe_alike(self, model, account) -> None:
        expected, described = self._both(model, account)
        assert (expected is None) == (described is None)
        if expected is None:
            return
        assert described.thing_name == expected.thing
        assert _summary(described) == expected.summary
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


def _state(told) -> tuple:
    return told.status, told.status_details, told.version_number


def _times(told) -> tuple:
    return tuple(_minutes(at) for at in (told.queued_at, told.started_at, told.last_updated_at))


def _summary(told) -> tuple:
    return told.job_id, told.status, told.execution_number, told.version_number, *_times(told)


def _all_told(execution) -> tuple:
    job_id, number = execution.job.job_id, execution.execution_number
    return (
        *(job_id, execution.thing_name, number, execution.retry_attempt),
        execution.force_canceled,
        sorted(execution.status_details.items()),
        *(job_id, execution.status, number, execution.version_number, *_times(execution)),
    )


TestService = Service.TestCase
TestService.settings = settings(
    max_examples=200,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
