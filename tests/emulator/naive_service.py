"""A second model of the service, as naive as can be, for `test_state_machine`.

It is told as a story, from the tables of states, versions and timers. It counts timers down minute
by minute where the emulator compares moments, counts retries down where the emulator adds failures
up, and keeps all executions in one flat list in the order in which they came to be.
"""

from dataclasses import dataclass, field

THINGS = ("gw-1", "gw-2", "gw-3")
GROUPS = ("site", "hall", "yard")


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
    def state(self) -> tuple:
        return self.status, self.details, self.version

    @property
    def summary(self) -> tuple:
        name = self.job.job_id, self.status, self.number, self.version
        return *name, self.queued, self.started, self.last_updated

    @property
    def all_told(self) -> tuple:
        name = self.job.job_id, self.thing, self.number
        details = sorted(self.details.items())
        return *name, self.attempt, self.force_canceled, details, *self.summary

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
        self.state = None if standing is None else standing.state


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
