"""Everybody else at work on the same account: agents on the devices, and whoever makes jobs."""

from itertools import count
from random import Random
from typing import Any

from monkey.texts import some_details, some_document

from jobs_tui.emulator import Account, RetryCriterion, ServiceError

JOBS_KEPT = 60
"""Older ones are deleted, whatever has become of them: an account does not grow for ever."""

AGENT_SECONDS = 15.0
"""In the middle, in simulated seconds, from one thing that an agent does to the next."""

JOB_SECONDS = 180.0


class Others:
    """Acts at random, on its own time and whenever it is told to."""

    def __init__(self, account: Account, things: tuple[str, ...], clock: Any, random: Random):
        self.account = account
        self.things = things
        self._clock = clock
        self._random = random
        self._numbers = count(1)
        self.jobs: list[str] = []

    async def work_for_ever(self) -> None:
        """Act at random intervals, until cancelled."""
        share = AGENT_SECONDS / JOB_SECONDS
        while True:
            await self._clock.sleep(self._random.expovariate(1 / AGENT_SECONDS))
            if self._random.random() < share:
                self.create_job()
            elif self._random.random() < share / 3:
                self.cancel_job()
            else:
                self.change_execution()

    def create_job(self, *, everywhere: bool = False, timers: bool = True) -> str:
        """On some things, with whatever a job may have; the oldest ones go for it."""
        job_id = f"job-{next(self._numbers)}"
        some = self._random.random
        some_of_them = min(len(self.things), self._random.randint(1, 8))
        self.account.create_job(
            job_id,
            self._random.sample(self.things, len(self.things) if everywhere else some_of_them),
            some_document(self._random),
            in_progress_timeout_in_minutes=(
                self._random.choice((1, 5, 60)) if timers and some() < 0.3 else None
            ),
            retry_criteria=[RetryCriterion("ALL", 2)] if some() < 0.2 else (),
        )
        self.jobs.append(job_id)
        while len(self.jobs) > JOBS_KEPT:
            self.account.delete_job(self.jobs.pop(0), force=True)
        return f"create {job_id}"

    def change_execution(self) -> str:
        """As an agent does: start the next one, go on with it, end it."""
        thing, random = self._random.choice(self.things), self._random
        details = some_details(random)
        pending = self.account.get_pending_job_executions(thing)
        if not pending.in_progress:
            self.account.start_next_pending_job_execution(thing, status_details=details)
            return f"start on {thing} with {details}"
        job_id = random.choice(pending.in_progress).job_id
        status = random.choice(("IN_PROGRESS", "IN_PROGRESS", "SUCCEEDED", "FAILED", "REJECTED"))
        self.account.update_job_execution(thing, job_id, status, status_details=details)
        return f"{job_id} on {thing} is {status} with {details}"

    def cancel_job(self) -> str:
        """Also what is in progress."""
        job_id = self._random.choice(self.jobs)
        try:
            self.account.cancel_job(job_id, force=True)
        except ServiceError as error:
            return f"cannot cancel {job_id}: {error}"
        return f"cancel {job_id}"

    def begin_anew(self, jobs: int, *, timers: bool) -> None:
        """Take all jobs away, and put in others, some of them in progress; no thing is without."""
        while self.jobs:
            self.account.delete_job(self.jobs.pop(), force=True)
        self.create_job(everywhere=True, timers=timers)
        for _ in range(jobs - 1):
            self.create_job(timers=timers)
        for thing in self.things[::3]:
            self.account.start_next_pending_job_execution(thing)
