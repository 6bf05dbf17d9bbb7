"""One attempt on a change: sending it once, or reading what stands there; recorded in it."""

from dataclasses import replace

from jobs_tui.domain.description import JobExecution, JobExecutionState
from jobs_tui.domain.outcome import Done, Failure, Outcome, Refused, Throttled
from jobs_tui.domain.requests import StartNextPendingJobExecution
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.change import Attempt, AttemptKind, Change, ChangeState, Verdict, attempt_of
from jobs_tui.engine.settling import (
    read_for,
    verdict_of_failed_send,
    verdict_of_update,
)
from jobs_tui.engine.settling_starts import verdict_of_started
from jobs_tui.engine.store import Store
from jobs_tui.service.data_plane import JobsDataPlane

ASK_AGAIN_AFTER = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds before each further attempt on a change that is open; the last one repeats."""


def pause_before_next(change: Change) -> float:
    """Seconds: none before the first of a kind, then ever longer ones.

    Sends are counted over the whole life of a change, so that none is hammered at the service
    however quickly each is lost; reads since the last send.
    """
    kinds = [each.kind for each in change.attempts]
    count = kinds.count(AttemptKind.SEND)
    if change.state is not ChangeState.WAITING:
        count = len(kinds)
        if AttemptKind.SEND in kinds:
            count = kinds[::-1].index(AttemptKind.SEND)
    return ASK_AGAIN_AFTER[min(count, len(ASK_AGAIN_AFTER) - 1)]


class Attempts:
    """Asks the service on behalf of changes; decides nothing but what each answer proves."""

    def __init__(self, link: JobsDataPlane, store: Store, budget: CallBudget) -> None:
        self.link = link
        self._store = store
        self._budget = budget

    def begun(self, change: Change) -> Change:
        """The change as the journal must hold it before its first byte goes out."""
        attempt = Attempt(AttemptKind.SEND, self._store.service_now(), "")
        return replace(
            change, state=ChangeState.SENDING, attempts=(*change.attempts, attempt), explanation=""
        )

    async def send(self, change: Change) -> tuple[Change, Verdict]:
        """Send it once, and read what stands there if it was turned down."""
        sent_at = self._budget.count()
        at = self._store.service_now()
        outcome, verdict = await self._send(change)
        ended = attempt_of(AttemptKind.SEND, at, outcome)
        change = replace(change, attempts=(*change.attempts, ended))
        if isinstance(outcome, Throttled):
            self._budget.throttled(sent_at)
        if verdict.state in {ChangeState.REFUSED, ChangeState.CONFLICT}:
            return await self._with_standing(change, outcome, verdict)
        return change, verdict

    async def read(self, change: Change) -> tuple[Change, Outcome[JobExecution | None]]:
        """Read the execution that it is about."""
        self._budget.count()
        at = self._store.service_now()
        read = await self.link.describe_job_execution(read_for(change))
        attempt = attempt_of(AttemptKind.READ, at, read)
        return replace(change, attempts=(*change.attempts, attempt)), read

    async def _send(self, change: Change) -> tuple[Outcome[object], Verdict]:
        request = change.request
        if isinstance(request, StartNextPendingJobExecution):
            started = await self.link.start_next_pending_job_execution(request)
            if isinstance(started, Done):
                return started, verdict_of_started(change, request, started.value)
            return started, verdict_of_failed_send(change, started)
        updated = await self.link.update_job_execution(request)
        if isinstance(updated, Done):
            return updated, verdict_of_update(updated.value.execution_state, request)
        return updated, verdict_of_failed_send(change, updated)

    async def _with_standing(
        self, change: Change, outcome: Outcome[object], verdict: Verdict
    ) -> tuple[Change, Verdict]:
        """What stands there now, as the refusal itself said or else by reading."""
        if verdict.standing is not None:
            return change, verdict
        told = outcome.standing if isinstance(outcome, Failure) else None
        if told is not None and change.based_on is not None:
            return change, replace(verdict, standing=_as_told(change.based_on, told))
        change, read = await self.read(change)
        if isinstance(read, Done) and read.value is not None:
            return change, replace(verdict, standing=read.value)
        if isinstance(read, Refused):
            explanation = f"{verdict.explanation}; {read.reason}"
            return change, replace(verdict, explanation=explanation, advice=read.advice)
        return change, verdict


def _as_told(seen: JobExecution, told: JobExecutionState) -> JobExecution:
    """What stands there now, by the few members that a refusal tells."""
    return replace(
        seen,
        status=told.status,
        status_details=told.status_details,
        version_number=told.version_number,
        approximate_seconds_before_timed_out=None,
    )
