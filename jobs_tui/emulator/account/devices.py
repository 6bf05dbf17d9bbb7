"""The four operations of the data plane, as devices ask them."""

from jobs_tui.domain.description import JobExecution, UpdatedJobExecution
from jobs_tui.domain.execution import PENDING_LIST_LIMIT, PendingJobExecutions, StatusDetails
from jobs_tui.domain.status import Status
from jobs_tui.emulator.account.executions import Executions
from jobs_tui.emulator.rules import constraints
from jobs_tui.emulator.rules import executions as rules
from jobs_tui.emulator.rules.job_document import device_document
from jobs_tui.emulator.rules.presigned_urls import fill_placeholders
from jobs_tui.emulator.rules.records import Execution, Job
from jobs_tui.emulator.rules.service_error import not_found, terminal_state


class DeviceOperations(Executions):
    """The service model `iot-jobs-data`."""

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
        constraints.check_status_details(status_details, self.settings.status_details_limit)
        constraints.check_step_timeout(step_timeout_in_minutes, cancellable=False)
        pending = self._pending(thing_name)
        if not pending:
            return None
        now = self.clock.now()
        execution = rules.started(pending[0], now, status_details, step_timeout_in_minutes)
        if execution is not pending[0]:
            self._change(execution)
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
        constraints.check_status_details(status_details, self.settings.status_details_limit)
        wanted = constraints.check_device_status(status)
        constraints.check_step_timeout(step_timeout_in_minutes, cancellable=True)
        execution = self._find(thing_name, job_id, execution_number)
        rules.check_version(execution, expected_version, self.settings.version_mismatch_status)
        execution = rules.updated(
            execution, self.clock.now(), wanted, status_details, step_timeout_in_minutes
        )
        self._change(execution)
        document = self._document(execution.job) if include_job_document else None
        return UpdatedJobExecution(execution.state, document)

    def _pending(self, thing_name: str) -> list[Execution]:
        if thing_name not in self._things:
            if self.settings.unknown_thing_status == 404:
                raise not_found(f"Thing {thing_name} not found")
            return []
        return rules.in_order(tries[-1] for tries in self._tries_on(thing_name).values())

    def _told(self, execution: Execution, *, include_job_document: bool) -> JobExecution:
        return JobExecution(
            job_id=execution.job.job_id,
            thing_name=execution.thing_name,
            status=execution.status,
            status_details=execution.status_details,
            queued_at=execution.queued_at,
            started_at=execution.started_at,
            last_updated_at=execution.last_updated_at,
            approximate_seconds_before_timed_out=execution.seconds_left(self.clock.now()),
            version_number=execution.version_number,
            execution_number=execution.execution_number,
            job_document=self._document(execution.job) if include_job_document else None,
        )

    def _document(self, job: Job) -> str:
        return fill_placeholders(
            device_document(job.document), self.clock.now(), job.presigned_url_seconds, self.random
        )
