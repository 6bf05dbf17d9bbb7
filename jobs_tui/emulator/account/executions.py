"""Executions as both planes see them: found, timed out, changed and retried."""

from jobs_tui.emulator.account.holdings import Holdings
from jobs_tui.emulator.rules import executions as rules
from jobs_tui.emulator.rules.records import Execution, Job
from jobs_tui.emulator.rules.service_error import not_found


class Executions(Holdings):
    """An account whose timers need no task: each look first lets those fire that are due."""

    def _tries_on(self, thing_name: str) -> dict[str, tuple[Execution, ...]]:
        """A thing's tries by job, at this moment."""
        by_job = self._tries[thing_name]
        now, lateness = self.clock.now(), self.settings.timer_lateness
        late = [rules.timed_out(tries[-1], now, lateness) for tries in by_job.values()]
        fired = [execution for execution in late if execution is not None]
        for execution in sorted(fired, key=lambda each: each.last_updated_at):
            self._change(execution)
        return by_job

    def _tries_of(self, job_id: str) -> list[tuple[Execution, ...]]:
        """A job's tries on each thing that has or had it, at this moment."""
        return [self._tries_on(thing_name)[job_id] for thing_name in self._reached[job_id]]

    def _is_pending(self, job_id: str) -> bool:
        """Whether a job is pending on any thing at this moment; looks no further than the first."""
        return any(
            # most things need no look at their timers: what has ended cannot time out
            self._tries[thing_name][job_id][-1].pending
            and self._tries_on(thing_name)[job_id][-1].pending
            for thing_name in self._reached[job_id]
        )

    def _find(self, thing_name: str, job_id: str, execution_number: int | None) -> Execution:
        """One execution, the latest where no number is given; raises ServiceError without one."""
        if thing_name in self._things:
            for execution in reversed(self._tries_on(thing_name).get(job_id, ())):
                if execution_number in {None, execution.execution_number}:
                    return execution
        raise not_found(f"Job execution of job {job_id} on thing {thing_name} not found")

    def _change(self, execution: Execution) -> None:
        """Put the last try in the place of what it was, and retry it if that is due."""
        self._put(execution)
        job, thing_name = execution.job, execution.thing_name
        tries = self._tries[thing_name][job.job_id]
        if job.job_id not in self._cancellations and rules.retry_is_due(tries):
            self._put(rules.queued(job, thing_name, tries, execution.last_updated_at))

    def _queue(self, job: Job, thing_name: str, at: float) -> None:
        """Put one more execution of a job on a thing, behind the retries that were due by then."""
        before = self._tries_on(thing_name).get(job.job_id, ())
        self._put(rules.queued(job, thing_name, before, at))
