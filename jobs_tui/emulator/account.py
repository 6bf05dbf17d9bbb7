"""The account in the box: its things, jobs and executions, and the operations on them.

This is the only place that changes. It is not locked: use it from one thread (the emulator's own,
see `EmulatorThread.call`).
"""

import uuid
from collections.abc import Mapping, Sequence
from random import Random
from typing import Literal

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.execution import (
    PENDING_LIST_LIMIT,
    JobExecution,
    PendingJobExecutions,
    StatusDetails,
    UpdatedJobExecution,
)
from jobs_tui.domain.status import Status
from jobs_tui.emulator import constraints, rules
from jobs_tui.emulator.job_document import device_document
from jobs_tui.emulator.presigned_urls import fill_placeholders
from jobs_tui.emulator.records import (
    PRESIGNED_URL_SECONDS,
    Execution,
    Job,
    RetryCriterion,
    Thing,
)
from jobs_tui.emulator.service_error import already_exists, not_found, terminal_state


class Account:
    """An AWS account with nothing but AWS IoT Jobs in it, held in memory.

    Every operation raises ServiceError for what the service would refuse, and then has changed
    nothing. Timers need no task: each operation first lets those fire that are due by the clock.
    """

    def __init__(
        self,
        clock: Clock,
        random: Random,
        *,
        version_mismatch_status: Literal[400, 409] = 400,
        unknown_thing_status: Literal[200, 404] = 200,
        timer_lateness: float = 0.0,
        status_details_limit: int | None = None,
    ) -> None:
        """Make an empty account.

        Args:
            clock: what the time is.
            random: where thing ids and presigned URLs come from.
            version_mismatch_status: 400 as the live service answers a stale expectedVersion, or 409
                as imitations do that were written from the guide.
            unknown_thing_status: 200 to treat a thing that was never created as one without jobs,
                as captures show, or 404 as the service model allows.
            timer_lateness: seconds after its deadline at which a timer fires; the guide allows 60.
            status_details_limit: how many status details there may be, or None for any number; the
                guide says both.
        """
        self.clock = clock
        self.random = random
        self._version_mismatch_status = version_mismatch_status
        self._unknown_thing_status = unknown_thing_status
        self._timer_lateness = timer_lateness
        self._status_details_limit = status_details_limit
        self._things: dict[str, Thing] = {}
        self._jobs: dict[str, Job] = {}
        self._tries: dict[str, dict[str, tuple[Execution, ...]]] = {}
        """Per thing and job, oldest first; only the last can be pending."""

    def create_thing(self, name: str, attributes: Mapping[str, str] | None = None) -> Thing:
        """CreateThing: once more with the same attributes is no error."""
        constraints.check_thing_name(name)
        wanted = dict(attributes or {})
        there = self._things.get(name)
        if there is None:
            thing_id = str(uuid.UUID(int=self.random.getrandbits(128), version=4))
            there = self._things[name] = Thing(name, thing_id, wanted)
            self._tries[name] = {}
        elif there.attributes != wanted:
            raise already_exists(f"Thing {name} already exists in account with different details")
        return there

    def create_job(
        self,
        job_id: str,
        targets: Sequence[str],
        document: str,
        *,
        description: str | None = None,
        in_progress_timeout_in_minutes: int | None = None,
        retry_criteria: Sequence[RetryCriterion] = (),
        presigned_url_seconds: int = PRESIGNED_URL_SECONDS,
    ) -> Job:
        """CreateJob for the things named as targets: each gets a QUEUED execution at once."""
        constraints.check_new_job(
            job_id, targets, in_progress_timeout_in_minutes, retry_criteria, presigned_url_seconds
        )
        constraints.check_document_size(document)
        job = Job(
            job_id=job_id,
            document=device_document(document),
            description=description,
            in_progress_timeout_in_minutes=in_progress_timeout_in_minutes,
            retry_criteria=tuple(retry_criteria),
            presigned_url_seconds=presigned_url_seconds,
        )
        if job_id in self._jobs:
            raise already_exists(f"Job {job_id} already exists")
        for name in targets:
            if name not in self._things:
                raise not_found(f"Thing {name} not found")
        self._jobs[job_id] = job
        for name in targets:
            self._tries[name][job_id] = (rules.queued(job, name, 1, self.clock.now()),)
        return job

    def get_pending_job_executions(self, thing_name: str) -> PendingJobExecutions:
        """GetPendingJobExecutions: ten at most, those in progress first."""
        constraints.check_thing_name(thing_name)
        listed = [each.summary for each in self._pending(thing_name)[:PENDING_LIST_LIMIT]]
        return PendingJobExecutions(
            in_progress=tuple(each for each in listed if each.status is Status.IN_PROGRESS),
            queued=tuple(each for each in listed if each.status is Status.QUEUED),
        )

    def describe_job_execution(
        self,
        thing_name: str,
        job_id: str,
        *,
        execution_number: int | None = None,
        include_job_document: bool = True,
    ) -> JobExecution | None:
        """DescribeJobExecution; None only for `$next` when nothing is pending."""
        constraints.check_thing_name(thing_name)
        if job_id == constraints.NEXT_JOB:
            pending = self._pending(thing_name)
            if not pending:
                return None
            execution = pending[0]
        else:
            constraints.check_job_id(job_id)
            execution = self._find(thing_name, job_id, execution_number)
        if not execution.pending:
            raise terminal_state()
        return self._told(execution, include_job_document=include_job_document)

    def start_next_pending_job_execution(
        self,
        thing_name: str,
        *,
        status_details: StatusDetails | None = None,
        step_timeout_in_minutes: int | None = None,
    ) -> JobExecution | None:
        """StartNextPendingJobExecution; None when nothing is pending."""
        constraints.check_thing_name(thing_name)
        constraints.check_status_details(status_details, self._status_details_limit)
        constraints.check_step_timeout(step_timeout_in_minutes, cancellable=False)
        pending = self._pending(thing_name)
        if not pending:
            return None
        now = self.clock.now()
        execution = rules.started(pending[0], now, status_details, step_timeout_in_minutes)
        self._put(execution)
        return self._told(execution, include_job_document=True)

    def update_job_execution(
        self,
        thing_name: str,
        job_id: str,
        status: str | None,
        *,
        status_details: StatusDetails | None = None,
        expected_version: int | None = None,
        execution_number: int | None = None,
        include_job_document: bool = False,
        step_timeout_in_minutes: int | None = None,
    ) -> UpdatedJobExecution:
        """UpdateJobExecution, with the checks in the order of the live service."""
        constraints.check_thing_name(thing_name)
        constraints.check_job_id(job_id)
        constraints.check_status_details(status_details, self._status_details_limit)
        wanted = constraints.check_device_status(status)
        constraints.check_step_timeout(step_timeout_in_minutes, cancellable=True)
        execution = self._find(thing_name, job_id, execution_number)
        rules.check_version(execution, expected_version, self._version_mismatch_status)
        execution = rules.updated(
            execution, self.clock.now(), wanted, status_details, step_timeout_in_minutes
        )
        self._put(execution)
        document = self._document(execution.job) if include_job_document else None
        return UpdatedJobExecution(execution.state, document)

    def cancel_job_execution(self, thing_name: str, job_id: str, *, force: bool = False) -> None:
        """CancelJobExecution of the control plane; one in progress only with `force`."""
        constraints.check_thing_name(thing_name)
        constraints.check_job_id(job_id)
        execution = self._find(thing_name, job_id, None)
        self._put(rules.canceled(execution, self.clock.now(), force=force))

    def forget_finished(self, ended_before: float) -> None:
        """Forget each job that has ended on all its things before a moment, executions and all.

        An account that runs for hours would grow without bound; this is what DeleteJob is used for.
        """
        for job_id in list(self._jobs):
            last_tries = [by_job[job_id][-1] for by_job in self._tries.values() if job_id in by_job]
            if all(not each.pending and each.last_updated_at < ended_before for each in last_tries):
                del self._jobs[job_id]
                for by_job in self._tries.values():
                    by_job.pop(job_id, None)

    def _pending(self, thing_name: str) -> list[Execution]:
        if thing_name not in self._things:
            if self._unknown_thing_status == 404:
                raise not_found(f"Thing {thing_name} not found")
            return []
        self._let_timers_fire(thing_name)
        return rules.in_order(tries[-1] for tries in self._tries[thing_name].values())

    def _find(self, thing_name: str, job_id: str, execution_number: int | None) -> Execution:
        if thing_name in self._things:
            self._let_timers_fire(thing_name)
            for execution in reversed(self._tries[thing_name].get(job_id, ())):
                if execution_number in {None, execution.execution_number}:
                    return execution
        raise not_found(f"Job execution of job {job_id} on thing {thing_name} not found")

    def _let_timers_fire(self, thing_name: str) -> None:
        now = self.clock.now()
        for tries in list(self._tries[thing_name].values()):
            execution = rules.timed_out(tries[-1], now, self._timer_lateness)
            if execution is not None:
                self._put(execution)

    def _put(self, execution: Execution) -> None:
        """Put the last try of its job on its thing in the place of what it was, and retry it."""
        job, by_job = execution.job, self._tries[execution.thing_name]
        tries = (*by_job[job.job_id][:-1], execution)
        if rules.retry_is_due(tries):
            number, at = execution.execution_number + 1, execution.last_updated_at
            tries = (*tries, rules.queued(job, execution.thing_name, number, at))
            # the new one comes after all that were queued in the same moment
            del by_job[job.job_id]
        by_job[job.job_id] = tries

    def _told(self, execution: Execution, *, include_job_document: bool) -> JobExecution:
        seconds_left = None
        if execution.deadline is not None:
            seconds_left = max(0, int(execution.deadline) - int(self.clock.now()))
        return JobExecution(
            job_id=execution.job.job_id,
            thing_name=execution.thing_name,
            status=execution.status,
            status_details=execution.status_details,
            queued_at=execution.queued_at,
            started_at=execution.started_at,
            last_updated_at=execution.last_updated_at,
            approximate_seconds_before_timed_out=seconds_left,
            version_number=execution.version_number,
            execution_number=execution.execution_number,
            job_document=self._document(execution.job) if include_job_document else None,
        )

    def _document(self, job: Job) -> str:
        now, seconds = self.clock.now(), job.presigned_url_seconds
        return fill_placeholders(job.document, now, seconds, self.random)
