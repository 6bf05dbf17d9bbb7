"""A device agent at work, as the demo shows one."""

from random import Random

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.status import Status
from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.rules.service_error import ServiceError

STEP_TIMEOUT_IN_MINUTES = 10
FIRST_REPORT = {"progress": "0", "step": "download"}
FAILING_SHARE = 0.02
"""How likely each step of the work is to fail; about one job in eight does."""


class AgentSimulation:
    """Starts the next job of one thing, reports progress every few seconds, ends it, and so on.

    Like a careful real agent it bases each report on the version that it has seen, and looks again
    when somebody else was faster: a person may well have ended or changed its job meanwhile.
    """

    def __init__(self, account: Account, thing_name: str, clock: Clock, random: Random) -> None:
        self._account = account
        self._thing_name = thing_name
        self._clock = clock
        self._random = random

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            execution = self._account.start_next_pending_job_execution(
                self._thing_name,
                status_details=FIRST_REPORT,
                step_timeout_in_minutes=STEP_TIMEOUT_IN_MINUTES,
            )
            await self._clock.sleep(self._random.uniform(3, 6))
            if execution is not None:
                await self._report(execution)

    async def _report(self, execution: JobExecution) -> None:
        status, details = next_step(progress_of(execution), self._random)
        try:
            self._account.update_job_execution(
                self._thing_name,
                execution.job_id,
                status,
                status_details=details,
                expected_version=execution.version_number,
                execution_number=execution.execution_number,
                step_timeout_in_minutes=STEP_TIMEOUT_IN_MINUTES,
            )
        except ServiceError:
            return
        if status.terminal:
            await self._clock.sleep(self._random.uniform(4, 10))


def next_step(progress: int, random: Random) -> tuple[Status, dict[str, str]]:
    """What an agent reports next of a job that is done to so many per cent."""
    if random.random() < FAILING_SHARE:
        reason = f"checksum mismatch at {progress} %"
        return Status.FAILED, {"progress": str(progress), "reason": reason}
    progress += random.randint(8, 20)
    if progress >= 100:
        return Status.SUCCEEDED, {"progress": "100"}
    return Status.IN_PROGRESS, at_work(progress)


def at_work(progress: int) -> dict[str, str]:
    """The details of a job that is done to so many per cent."""
    step = "download" if progress < 40 else "verify" if progress < 70 else "install"
    return {"progress": str(progress), "step": step}


def progress_of(execution: JobExecution) -> int:
    """How many per cent are done by its details, in which a person may have written anything."""
    text = execution.status_details.get("progress", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
