"""Jobs, and their executions as the control plane sees them."""

from collections.abc import Sequence

from jobs_tui.domain.execution import StatusDetails
from jobs_tui.emulator.account.things import ThingOperations
from jobs_tui.emulator.rules import constraints
from jobs_tui.emulator.rules import executions as rules
from jobs_tui.emulator.rules.jobs import JobState, job_state
from jobs_tui.emulator.rules.new_job import check_new_job
from jobs_tui.emulator.rules.records import (
    PRESIGNED_URL_SECONDS,
    Cancellation,
    Execution,
    Job,
    RetryCriterion,
)
from jobs_tui.emulator.rules.service_error import (
    already_exists,
    invalid_request,
    invalid_state_transition,
    version_conflict,
)
from jobs_tui.emulator.rules.targets import Target


class JobOperations(ThingOperations):
    """The operations on jobs and job executions of the service model `iot`."""

    def create_job(
        self,
        job_id: str,
        targets: Sequence[str | Target],
        document: str,
        *,
        description: str | None = None,
        continuous: bool = False,
        in_progress_timeout_in_minutes: int | None = None,
        retry_criteria: Sequence[RetryCriterion] = (),
        presigned_url_seconds: int = PRESIGNED_URL_SECONDS,
        presigned_url_role: str | None = None,
    ) -> Job:
        """CreateJob: each thing that a target means gets a QUEUED execution at once.

        A target is the name of a thing, or a Target, which may be a group.
        """
        job = Job(
            job_id=job_id,
            document=document,
            targets=tuple(
                each if isinstance(each, Target) else Target.of_thing(each) for each in targets
            ),
            created_at=self.clock.now(),
            description=description,
            continuous=continuous,
            in_progress_timeout_in_minutes=in_progress_timeout_in_minutes,
            retry_criteria=tuple(retry_criteria),
            presigned_url_seconds=presigned_url_seconds,
            presigned_url_role=presigned_url_role,
        )
        check_new_job(job)
        if job_id in self._jobs:
            raise already_exists(f"Job {job_id} already exists")
        names = dict.fromkeys(name for each in job.targets for name in self._things_of(each))
        self._put(job)
        for name in names:
            self._queue(job, name, job.created_at)
        return job

    def describe_job(self, job_id: str) -> JobState:
        """DescribeJob, and GetJobDocument, which is a part of it."""
        job = self._job(job_id)
        last_tries = [tries[-1] for tries in self._tries_of(job_id)]
        return job_state(job, self._cancellations.get(job_id), last_tries)

    def list_jobs(self) -> list[JobState]:
        """ListJobs, all of them, in the order of their creation."""
        return [self.describe_job(job_id) for job_id in self._jobs]

    def cancel_job(
        self,
        job_id: str,
        *,
        force: bool = False,
        reason_code: str | None = None,
        comment: str | None = None,
    ) -> Job:
        """CancelJob: what is queued is canceled, with `force` also what is in progress.

        What is left in progress may still be finished, but is not retried. A job that is completed
        is an invalid request: the model has no other error for it.
        """
        state = self.describe_job(job_id)
        if state.ended and not (force and state.cancellation is not None):
            raise invalid_request(f"Job {job_id} is {state.status} and cannot be canceled")
        now = self.clock.now()
        self._put(Cancellation(job_id, now, force, reason_code, comment))
        for tries in self._tries_of(job_id):
            if rules.can_be_canceled(tries[-1], force=force):
                self._put(rules.canceled(tries[-1], now, force=force))
        return state.job

    def delete_job(self, job_id: str, *, force: bool = False) -> None:
        """DeleteJob with all its executions; one that has not ended only with `force`."""
        state = self.describe_job(job_id)
        if not state.ended and not force:
            raise invalid_state_transition(
                f"Job {job_id} is {state.status}; only force deletes it before it has ended"
            )
        self._remove_job(state.job)

    def job_execution(
        self, thing_name: str, job_id: str, execution_number: int | None = None
    ) -> Execution:
        """DescribeJobExecution of the control plane, which tells of finished ones too."""
        constraints.check_thing_name(thing_name)
        constraints.check_job_id(job_id)
        return self._find(thing_name, job_id, execution_number)

    def cancel_job_execution(
        self,
        thing_name: str,
        job_id: str,
        *,
        force: bool = False,
        expected_version: int | None = None,
        status_details: StatusDetails | None = None,
    ) -> None:
        """CancelJobExecution; one in progress only with `force`."""
        constraints.check_status_details(status_details, self.settings.status_details_limit)
        execution = self.job_execution(thing_name, job_id)
        problem = rules.version_problem(execution, expected_version)
        if problem is not None:
            raise version_conflict(problem)
        now = self.clock.now()
        self._put(rules.canceled(execution, now, force=force, details=status_details))

    def job_executions_for_thing(self, thing_name: str) -> list[Execution]:
        """ListJobExecutionsForThing: every try of every job that has not been deleted."""
        self._thing(thing_name)
        return [each for tries in self._tries_on(thing_name).values() for each in tries]

    def job_executions_for_job(self, job_id: str) -> list[Execution]:
        """ListJobExecutionsForJob: every try on every thing."""
        self._job(job_id)
        return [each for tries in self._tries_of(job_id) for each in tries]

    def forget_finished(self, ended_before: float) -> None:
        """Delete each job that has ended on all its things before a moment.

        An account that runs for hours would grow without bound; DeleteJob is used for this.
        """
        for job in tuple(self._jobs.values()):
            if job.job_id not in self._cancellations and self._is_pending(job.job_id):
                continue
            completed_at = self.describe_job(job.job_id).completed_at
            if completed_at is not None and completed_at < ended_before:
                self._remove_job(job)
