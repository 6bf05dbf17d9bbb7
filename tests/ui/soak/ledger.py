"""An account that knows which change each step of an execution comes from, and what must hold."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple
from urllib.parse import unquote

from aiohttp import web

from jobs_tui.domain.execution import StatusDetails
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.emulator import Account
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.store import Store

OTHERS = 0
"""Stands for all other writers, where a change has its number in the journal."""

_who: ContextVar[int] = ContextVar("who", default=OTHERS)


class Step(NamedTuple):
    """One version of an execution."""

    thing_name: str
    job_id: str
    execution_number: int
    version_number: int


class Made(NamedTuple):
    """Who made it, and what it came to."""

    who: int
    status: Status
    details: StatusDetails


class Ledger(Account):
    """Writes down who made which step; over HTTP it is the program, else somebody else."""

    def __init__(self, clock: Any, random: Random) -> None:
        super().__init__(clock, random)
        self.steps: dict[Step, Made] = {}
        self.store: Store | None = None
        """That of the program that runs now."""
        self.calls: Counter[str] = Counter()

    async def intercept(self, request: web.Request) -> None:
        """Find out which change a request is for, before it meets the line and its faults."""
        _who.set(OTHERS)
        operation = operation_of(request)
        self.calls[operation] += 1
        if operation in {"StartNextPendingJobExecution", "UpdateJobExecution"}:
            _who.set(self._number_of_change(unquote(request.raw_path.split("/")[2])))

    def _number_of_change(self, thing_name: str) -> int:
        assert self.store is not None
        ours = [each for each in self.store.changes if each.thing_name == thing_name]
        sent = [each for each in ours if each.state is ChangeState.SENDING]
        # one that arrives when it was given up already is of the one that is not settled
        open_ones = [each for each in ours if not each.state.settled]
        found = (sent or open_ones or ours)[-1:]
        assert found, f"a request for {thing_name} of which the store knows nothing"
        return found[0].number

    def _change(self, execution: Any) -> None:
        super()._change(execution)
        step = Step(
            execution.thing_name,
            execution.job.job_id,
            execution.execution_number,
            execution.version_number,
        )
        # a timer that runs out later, or a cancellation, makes no version of its own
        made = Made(_who.get(), execution.status, execution.status_details)
        self.steps.setdefault(step, made)


def operation_of(request: web.Request) -> str:
    """Which of the four operations of the data plane a request is."""
    parts = request.raw_path.partition("?")[0].split("/")
    if request.method == "GET":
        return "DescribeJobExecution" if len(parts) > 4 else "GetPendingJobExecutions"
    return "StartNextPendingJobExecution" if request.method == "PUT" else "UpdateJobExecution"


def contradictions(account: Ledger, changes: Iterable[Change]) -> list[str]:
    """Where the journal says of a change what the account does not show: lost, doubled, untold."""
    applied = Counter(made.who for made in account.steps.values())
    del applied[OTHERS]
    found = []
    known = set()
    for change in changes:
        known.add(change.number)
        for what, holds in _claims(account, change, applied[change.number]).items():
            if not holds():
                found.append(f"{what}: {change} {change.attempts}")
    found += [f"applied without a record: {number}" for number in set(applied) - known]
    return found


def _claims(account: Ledger, change: Change, applied: int) -> dict[str, Callable[[], bool]]:
    claims: dict[str, Callable[[], bool]] = {
        "applied more than once": lambda: applied <= 1,
        "not settled": lambda: change.state.settled,
    }
    if change.state in {ChangeState.REFUSED, ChangeState.NOTHING_STARTED} or (
        change.state in {ChangeState.CONFLICT, ChangeState.DROPPED} and not change.in_doubt
    ):
        claims["applied, and told otherwise"] = lambda: applied == 0
    if change.state is ChangeState.CONFIRMED:
        claims["confirmed, and not there"] = lambda: _is_there(account, change)
    return claims


def _is_there(account: Ledger, change: Change) -> bool:
    """Whether the step after what the user saw is this change's, or another writer's alike."""
    request, seen = change.request, change.based_on
    if isinstance(request, StartNextPendingJobExecution):
        by_us = [step for step, made in account.steps.items() if made.who == change.number]
        if by_us:
            return account.steps[by_us[0]].status is Status.IN_PROGRESS
        if "another writer's alike would look the same" in change.explanation:
            # it may be another job than the one that stood first
            seen = replace(change.standing, version_number=1) if change.standing else None
    if seen is None:
        return False
    step = Step(
        change.thing_name, seen.job_id, seen.execution_number or 1, (seen.version_number or 0) + 1
    )
    made = account.steps.get(step)
    wanted = request.status if isinstance(request, UpdateJobExecution) else Status.IN_PROGRESS
    return (
        made is not None
        and made.status is wanted
        and (made.who == change.number or request.status_details in (None, made.details))
    )
