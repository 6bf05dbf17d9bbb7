"""Jobs that arrive at a large fleet: now for one thing, now for some of a kind."""

from collections.abc import Callable, Iterable
from itertools import count
from random import Random

from jobs_tui.domain.clock import Clock
from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.demo.jobs import MOST_PENDING, job_document
from jobs_tui.emulator.demo.kinds import ERRANDS, RETRY_ONCE, kind_of

SECONDS_EACH = 1200.0
"""A thing gets something to do about as often."""
MOST_PER_SECOND = 2.0
"""Things that get something to do per second at most: what the agents of a large fleet can do."""
LEAST_PER_SECOND = 1 / 30

FOR_ONE_SHARE = 0.7
"""How many of the jobs are for one thing only."""
TARGETS = (5, 30)
"""For how many things the others are: at least, at most."""


class Rollouts:
    """Puts new jobs in, so many that the agents can work them off."""

    def __init__(
        self,
        account: Account,
        clock: Clock,
        random: Random,
        thing_names: Iterable[str],
        tell: Callable[[Iterable[str]], None],
    ) -> None:
        """Make it for things with an agent; `tell` hears for which of them a job has arrived."""
        self._account = account
        self._clock = clock
        self._random = random
        self._names = tuple(thing_names)
        self._tell = tell
        self._by_kind: dict[str, list[str]] = {}
        for name in self._names:
            self._by_kind.setdefault(kind_of(name), []).append(name)
        self._numbers = count(1001)
        self.per_second = min(
            max(len(self._names) / SECONDS_EACH, LEAST_PER_SECOND), MOST_PER_SECOND
        )
        """Things that get something to do per second."""

    async def run(self) -> None:
        """Bring jobs until cancelled."""
        targets = 1
        while True:
            await self._clock.sleep(targets / self.per_second * self._random.uniform(0.5, 1.5))
            targets = max(1, len(self.next()))

    def next(self) -> tuple[str, ...]:
        """Create one job for things that have not too much to do; returns their names."""
        names = [self._random.choice(self._names)]
        if self._random.random() >= FOR_ONE_SHARE:
            alike = self._by_kind[kind_of(names[0])]
            names = self._random.sample(alike, min(len(alike), self._random.randint(*TARGETS)))
        targets = tuple(name for name in names if self._has_room(name))
        if targets:
            work = self._random.choice(ERRANDS)
            self._account.create_job(
                f"{work.name}-{next(self._numbers):04d}",
                targets,
                job_document(work.document),
                in_progress_timeout_in_minutes=work.in_progress_timeout_in_minutes,
                retry_criteria=RETRY_ONCE,
            )
            self._tell(targets)
        return targets

    def _has_room(self, thing_name: str) -> bool:
        return len(self._account.get_pending_job_executions(thing_name)) < MOST_PENDING
