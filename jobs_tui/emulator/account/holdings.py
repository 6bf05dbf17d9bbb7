"""What an account has, and the one place where that changes."""

import uuid
from collections.abc import Iterable
from random import Random
from typing import Protocol

from jobs_tui.domain.clock import Clock
from jobs_tui.emulator.account.settings import AccountSettings
from jobs_tui.emulator.rules.records import (
    Cancellation,
    Execution,
    Job,
    Membership,
    Record,
    Thing,
    ThingGroup,
)
from jobs_tui.emulator.rules.service_error import not_found


class Keeper(Protocol):
    """Whoever keeps the records for the next run; it hears of each change as it is made."""

    def keep(self, record: Record) -> None:
        """Write a record, in the place of the one of the same identity if there is one."""
        ...

    def forget(self, record: Record) -> None:
        """Remove a record."""
        ...

    def commit(self, now: float) -> None:
        """Make what was kept and forgotten since the last commit last, as of this moment."""
        ...


class KeepsNothing:
    """For an account that lives in memory only."""

    def keep(self, record: Record) -> None:
        """Do nothing."""

    def forget(self, record: Record) -> None:
        """Do nothing."""

    def commit(self, now: float) -> None:
        """Do nothing."""


class Holdings:
    """Things, groups, jobs and executions, in the order in which they came to be."""

    def __init__(
        self,
        clock: Clock,
        random: Random,
        settings: AccountSettings = AccountSettings(),  # noqa: B008 - frozen
        keeper: Keeper | None = None,
    ) -> None:
        """Make an empty account.

        Args:
            clock: what the time is.
            random: where ids and presigned URLs come from.
            settings: how the account behaves.
            keeper: who is told of each change.
        """
        self.clock = clock
        self.random = random
        self.settings = settings
        self._keeper = keeper or KeepsNothing()
        self._things: dict[str, Thing] = {}
        self._groups: dict[str, ThingGroup] = {}
        self._members: dict[str, dict[str, Membership]] = {}
        """Per group, by the name of the thing."""
        self._jobs: dict[str, Job] = {}
        self._cancellations: dict[str, Cancellation] = {}
        self._tries: dict[str, dict[str, tuple[Execution, ...]]] = {}
        """Per thing and job, oldest first; only the last can be pending."""
        self._reached: dict[str, dict[str, None]] = {}
        """Per job, the names of the things that have or had executions of it."""

    def restore(self, records: Iterable[Record]) -> None:
        """Take back what a keeper kept, oldest first; it is not told of it again."""
        keeper, self._keeper = self._keeper, KeepsNothing()
        for record in records:
            self._put(record)
        self._keeper = keeper

    def commit(self) -> None:
        """Make all changes so far last, if there is a keeper; for whoever serves the account."""
        self._keeper.commit(self.clock.now())

    def _put(self, record: Record) -> None:
        match record:
            case Thing():
                self._things[record.name] = record
                self._tries.setdefault(record.name, {})
            case ThingGroup():
                self._groups[record.name] = record
                self._members.setdefault(record.name, {})
            case Membership():
                self._members[record.group_name][record.thing_name] = record
            case Job():
                self._jobs[record.job_id] = record
                self._reached.setdefault(record.job_id, {})
            case Cancellation():
                self._cancellations[record.job_id] = record
            case Execution():
                self._put_execution(record)
        self._keeper.keep(record)

    def _put_execution(self, execution: Execution) -> None:
        """Put it in the place of the try that it was before, or behind all that came earlier."""
        by_job, job_id = self._tries[execution.thing_name], execution.job.job_id
        tries = by_job.get(job_id, ())
        if tries and tries[-1].execution_number == execution.execution_number:
            tries = tries[:-1]
        else:
            # a new try comes after all that were queued in the same moment
            by_job.pop(job_id, None)
        by_job[job_id] = (*tries, execution)
        self._reached[job_id][execution.thing_name] = None

    def _remove_membership(self, membership: Membership) -> None:
        del self._members[membership.group_name][membership.thing_name]
        self._keeper.forget(membership)

    def _remove_job(self, job: Job) -> None:
        """Remove a job with all that it left on things."""
        del self._jobs[job.job_id]
        self._keeper.forget(job)
        cancellation = self._cancellations.pop(job.job_id, None)
        if cancellation is not None:
            self._keeper.forget(cancellation)
        for thing_name in self._reached.pop(job.job_id):
            for execution in self._tries[thing_name].pop(job.job_id):
                self._keeper.forget(execution)

    def _thing(self, name: str) -> Thing:
        """Raises ServiceError for a thing that was never created."""
        if name not in self._things:
            raise not_found(f"Thing {name} not found")
        return self._things[name]

    def _group(self, name: str) -> ThingGroup:
        """Raises ServiceError for a group that was never created."""
        if name not in self._groups:
            raise not_found(f"Thing group {name} not found")
        return self._groups[name]

    def _job(self, job_id: str) -> Job:
        """Raises ServiceError for a job that does not exist, or not any more."""
        if job_id not in self._jobs:
            raise not_found(f"Job {job_id} not found")
        return self._jobs[job_id]

    def _new_id(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))
