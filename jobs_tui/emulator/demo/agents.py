"""The agents of a large fleet, all on one schedule, so that they cost little together."""

import heapq
from collections.abc import Iterable
from math import inf
from random import Random
from typing import NamedTuple

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.description import JobExecution
from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.demo.agent import (
    FIRST_REPORT,
    STEP_TIMEOUT_IN_MINUTES,
    next_step,
    progress_of,
)
from jobs_tui.emulator.rules.constraints import NEXT_JOB
from jobs_tui.emulator.rules.service_error import ServiceError

BETWEEN_LOOKS = 0.25
"""Seconds between two looks at who is due."""
STEPS_AT_ONCE = 10
"""How many agents do something at each look; who is due then and is not among them is late."""
STEPS_PER_SECOND = STEPS_AT_ONCE / BETWEEN_LOOKS

LONGEST_SLEEP = 1.0
"""Seconds; a job may arrive meanwhile."""

SILENT_SECONDS = 300.0
"""An agent that has said nothing for so long has fallen silent."""
SILENT_SHARE = 0.01
"""How likely an agent falls silent on a job."""
SILENCE = (600.0, 5400.0)
"""Seconds until it goes on: at least, at most."""


class _Seen(NamedTuple):
    """What an agent is at work on, as it saw it last."""

    job_id: str
    execution_number: int | None
    version_number: int | None
    progress: int
    timed: bool
    """Whether a timer runs, which each report then winds up again."""

    @classmethod
    def of(cls, execution: JobExecution) -> "_Seen":
        return cls(
            execution.job_id,
            execution.execution_number,
            execution.version_number,
            progress_of(execution),
            execution.approximate_seconds_before_timed_out is not None,
        )


class FleetAgents:
    """An agent for each of many things, which starts its jobs, reports progress, and ends them.

    Each report is based on the version that the agent has seen, as `AgentSimulation` does it. The
    more agents, the less often each does something, and never are there more than
    STEPS_PER_SECOND steps of them all: they live in the process of the screen that shows them.
    """

    def __init__(
        self, account: Account, clock: Clock, random: Random, thing_names: Iterable[str]
    ) -> None:
        self._account = account
        self._clock = clock
        self._random = random
        self._names = tuple(thing_names)
        self._between_reports = max(10.0, len(self._names) / 250)
        # all together, those that have nothing to do take a quarter of the steps that there are
        self._between_looks_for_work = max(60.0, 4 * len(self._names) / STEPS_PER_SECOND)
        self._seen: dict[str, _Seen] = {}
        """What each that is at work is at work on."""
        self._turn_of: dict[str, float] = {}
        """When each does something next, in monotonic seconds."""
        self._turns: list[tuple[float, str]] = []
        """The same as a heap; a turn that is not the one in `_turn_of` counts no more."""

    async def run(self) -> None:
        """Work until cancelled."""
        self._begin()
        while True:
            self._take_turns()
            await self._clock.sleep(self._seconds_to_next_turn())

    def expect_work(self, thing_names: Iterable[str]) -> None:
        """A job has arrived for these: those that are idle look for it soon."""
        for name in thing_names:
            if name not in self._seen:
                self._take_turn_in(self._random.uniform(1, 3 * self._between_reports), name)

    def _begin(self) -> None:
        """Look at what each was at work on, and when it goes on with it."""
        now = self._clock.now()
        for name in self._names:
            pending = self._account.get_pending_job_executions(name)
            if pending.in_progress:
                execution = self._account.describe_job_execution(
                    name, NEXT_JOB, include_job_document=False
                )
                if execution is not None:
                    self._seen[name] = _Seen.of(execution)
                silent = now - (pending.in_progress[0].last_updated_at or now)
                wait = self._random.uniform(0, self._between_reports)
                if silent > SILENT_SECONDS:
                    wait = self._silence()
            elif pending.queued:
                wait = self._random.uniform(0, 20 * self._between_reports)
            else:
                wait = self._random.uniform(0, self._between_looks_for_work)
            self._take_turn_in(wait, name)

    def _take_turns(self) -> None:
        now, steps = self._clock.monotonic(), 0
        while steps < STEPS_AT_ONCE and self._turns and self._turns[0][0] <= now:
            turn, name = heapq.heappop(self._turns)
            if self._turn_of[name] == turn:
                del self._turn_of[name]
                self._take_turn_in(self._step(name), name)
                steps += 1

    def _take_turn_in(self, seconds: float, name: str) -> None:
        """Let an agent do something in so many seconds, unless it does before."""
        turn = self._clock.monotonic() + seconds
        if turn < self._turn_of.get(name, inf):
            self._turn_of[name] = turn
            heapq.heappush(self._turns, (turn, name))

    def _seconds_to_next_turn(self) -> float:
        if not self._turns:
            return LONGEST_SLEEP
        seconds = self._turns[0][0] - self._clock.monotonic()
        return min(max(seconds, BETWEEN_LOOKS), LONGEST_SLEEP)

    def _step(self, name: str) -> float:
        """Do what comes next; returns in how many seconds to do what comes then."""
        seen = self._seen.pop(name, None)
        return self._start(name) if seen is None else self._report(name, seen)

    def _start(self, name: str) -> float:
        execution = self._account.start_next_pending_job_execution(
            name,
            status_details=FIRST_REPORT,
            step_timeout_in_minutes=self._random.choice((STEP_TIMEOUT_IN_MINUTES, None)),
        )
        if execution is None:
            return self._between_looks_for_work * self._random.uniform(0.5, 1.5)
        self._seen[name] = _Seen.of(execution)
        return self._silence() if self._random.random() < SILENT_SHARE else self._pause()

    def _report(self, name: str, seen: _Seen) -> float:
        status, details = next_step(seen.progress, self._random)
        try:
            updated = self._account.update_job_execution(
                name,
                seen.job_id,
                status,
                status_details=details,
                expected_version=seen.version_number,
                execution_number=seen.execution_number,
                step_timeout_in_minutes=STEP_TIMEOUT_IN_MINUTES if seen.timed else None,
            )
        except ServiceError:
            return self._pause()
        if not status.terminal:
            self._seen[name] = seen._replace(
                progress=int(details["progress"]),
                version_number=updated.execution_state.version_number,
            )
        return self._pause()

    def _pause(self) -> float:
        return self._between_reports * self._random.uniform(0.5, 1.5)

    def _silence(self) -> float:
        return self._random.uniform(*SILENCE)
