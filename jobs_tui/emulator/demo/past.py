"""What has happened to a large fleet before the demo shows it.

Each kind of thing was given its firmware by one job, hours ago. Most things are done with it; of
the others some are at work, some wait for their turn, a few are stuck or about to time out, a few
have no agent that could do anything, and a few of these have more to do than the service lists.
"""

from collections.abc import Sequence
from itertools import count
from random import Random

from jobs_tui.domain.execution import PENDING_LIST_LIMIT, StatusDetails
from jobs_tui.domain.status import Status
from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.clocks.replay_clock import ReplayClock
from jobs_tui.emulator.demo.agent import FIRST_REPORT, STEP_TIMEOUT_IN_MINUTES, at_work
from jobs_tui.emulator.demo.jobs import job_document
from jobs_tui.emulator.demo.kinds import ERRANDS, FIRMWARE, RETRY_ONCE, Work, kind_of
from jobs_tui.emulator.rules.targets import Target, arn

BEGIN = 240.0
"""Minutes ago at which the firmware was given out."""

AT_WORK, WAITING, FAILED, ALONE = 0.08, 0.08, 0.03, 0.03
STUCK, DUE, FULL = 0.012, 0.012, 0.012
"""The shares of things that are at work, wait for their agent, wait for a second try, wait without
an agent, are stuck, are about to time out, and have a full list."""

NO_AGENT = {"agent": "absent"}
"""The attribute of a thing on which nobody works."""

MOST_AT_ONCE = 60
"""Things that one errand is for."""


def give_past(account: Account, past: ReplayClock, names: Sequence[str], random: Random) -> None:
    """Create things with all that has happened to them until now; `past` is the account's clock."""
    _Past(account, past, random).make(names)


class _Past:
    def __init__(self, account: Account, past: ReplayClock, random: Random) -> None:
        self._account = account
        self._past = past
        self._random = random

    def make(self, names: Sequence[str]) -> None:
        left = list(names)
        self._random.shuffle(left)

        def some(share: float) -> list[str]:
            """So many of those that are left; one at least, so that a small fleet has it too."""
            number = max(1, round(share * len(names)))
            taken = left[:number]
            del left[:number]
            return taken

        working, waiting, stuck, due = some(AT_WORK), some(WAITING), some(STUCK), some(DUE)
        full, alone, failed = some(FULL), some(ALONE), some(FAILED)
        self._create(names, frozenset((*alone, *full)))
        self._give_firmware(names)
        self._give_errands([*working, *waiting, *stuck, *due, *alone], full)
        for name in left:
            self._end(name, Status.SUCCEEDED, {"progress": "100"})
        for name in failed:
            progress = f"{self._random.randint(5, 95)}"
            reason = f"checksum mismatch at {progress} %"
            self._end(name, Status.FAILED, {"progress": progress, "reason": reason})
        for name in working:
            self._work(name)
        for name in stuck:
            self._fall_silent(name, self._random.uniform(35, 180))
        for name in due:
            # some are past their deadline: the demo's timers fire late
            until_deadline = self._random.uniform(-0.8, 5)
            self._fall_silent(name, STEP_TIMEOUT_IN_MINUTES - until_deadline, timer=True)

    def _create(self, names: Sequence[str], without_agent: frozenset[str]) -> None:
        self._past.go_back(2 * BEGIN)
        for name in names:
            self._account.create_thing(name, NO_AGENT if name in without_agent else None)
            kind = kind_of(name)
            self._account.create_missing_thing_group(kind)
            self._account.add_thing_to_thing_group(name, kind)

    def _give_firmware(self, names: Sequence[str]) -> None:
        self._past.go_back(BEGIN)
        for kind in dict.fromkeys(kind_of(name) for name in names):
            work = FIRMWARE[kind]
            group = Target.parse(arn("thinggroup", kind))
            self._create_job(work.name, [group], work)

    def _give_errands(self, busy: Sequence[str], full: Sequence[str]) -> None:
        """Give three of four that are busy something more to do, and too much to some."""
        targets: list[Sequence[str]] = []
        for names in (
            self._random.sample(busy, len(busy) // 2),
            self._random.sample(busy, len(busy) // 4),
            *(full for _ in range(PENDING_LIST_LIMIT + 1)),
        ):
            targets += [
                names[begin : begin + MOST_AT_ONCE] for begin in range(0, len(names), MOST_AT_ONCE)
            ]
        moments = sorted((self._random.uniform(2, 200) for _ in targets), reverse=True)
        for number, minutes, names in zip(count(301), moments, targets, strict=False):
            self._past.go_back(minutes)
            work = self._random.choice(ERRANDS)
            self._create_job(f"{work.name}-{number:04d}", names, work)

    def _create_job(self, job_id: str, targets: Sequence[str | Target], work: Work) -> None:
        self._account.create_job(
            job_id,
            targets,
            job_document(work.document),
            in_progress_timeout_in_minutes=work.in_progress_timeout_in_minutes,
            retry_criteria=RETRY_ONCE,
        )

    def _end(self, name: str, status: Status, details: StatusDetails) -> None:
        self._past.go_back(self._random.uniform(2, BEGIN - 5))
        job_id = FIRMWARE[kind_of(name)].name
        self._account.update_job_execution(name, job_id, status, status_details=details)

    def _work(self, name: str) -> None:
        """Start, report now and then, the last time just now."""
        minutes = self._random.uniform(1, 8)
        self._start(name, minutes)
        progress = 0
        while minutes > 0.5:
            minutes *= self._random.uniform(0.1, 0.5)
            progress += self._random.randint(8, 30)
            self._report(name, minutes, progress, timer=self._random.random() < 0.5)

    def _fall_silent(self, name: str, minutes: float, *, timer: bool = False) -> None:
        """Start, report once, so many minutes ago, and no more."""
        self._start(name, minutes + self._random.uniform(1, 20))
        self._report(name, minutes, self._random.randint(5, 90), timer=timer)

    def _start(self, name: str, minutes: float) -> None:
        self._past.go_back(minutes)
        self._account.start_next_pending_job_execution(name, status_details=FIRST_REPORT)

    def _report(self, name: str, minutes: float, progress: int, *, timer: bool) -> None:
        self._past.go_back(minutes)
        self._account.update_job_execution(
            name,
            FIRMWARE[kind_of(name)].name,
            Status.IN_PROGRESS,
            status_details=at_work(progress),
            step_timeout_in_minutes=STEP_TIMEOUT_IN_MINUTES if timer else None,
        )
