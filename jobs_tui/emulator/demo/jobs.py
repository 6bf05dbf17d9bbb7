"""The jobs of the demo: real job documents under plausible names."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count
from random import Random

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.rules.records import RetryCriterion

MOST_PENDING = 6
"""No job arrives on a thing that has this many; a panel of the demo stays readable."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """What arrives again and again on one thing."""

    thing_name: str
    name: str
    document: str
    in_progress_timeout_in_minutes: int | None = None


ARRIVING = (
    JobKind("meter-112", "tariff-table", "dc-download-file.json"),
    JobKind("meter-112", "meter-fota", "nordic-nrf9160-fota.json", 30),
    JobKind("meter-112", "clock-sync", "dc-old-echo.json"),
    JobKind("meter-112", "agent-install", "sdkjs-install.json", 60),
    JobKind("door-03", "badge-list", "managed-AWS-Download-File.json"),
    JobKind("door-03", "lock-firmware", "freertos-afr-ota-mqtt.json", 30),
    JobKind("door-03", "door-reboot", "managed-AWS-Reboot.json"),
)

_RETRY_ONCE = (RetryCriterion("FAILED", 1),)


@cache
def job_document(name: str) -> str:
    """The text of one of the job documents in this package."""
    return files(__package__).joinpath("job_documents", name).read_text(encoding="utf-8")


class Arrivals:
    """Puts new jobs in, one at a time, on things that an agent works off."""

    def __init__(self, account: Account, random: Random) -> None:
        self._account = account
        self._random = random
        there = {thing.name for thing in account.list_things()}
        self._kinds = [kind for kind in ARRIVING if kind.thing_name in there]
        self._numbers = count(118)

    def next(self) -> None:
        """Create one job, unless every thing has enough to do."""
        kinds = [kind for kind in self._kinds if self._has_room(kind.thing_name)]
        if not kinds:
            return
        kind = self._random.choice(kinds)
        self._account.create_job(
            f"{kind.name}-{next(self._numbers):04d}",
            [kind.thing_name],
            job_document(kind.document),
            in_progress_timeout_in_minutes=kind.in_progress_timeout_in_minutes,
            retry_criteria=_RETRY_ONCE,
        )

    def _has_room(self, thing_name: str) -> bool:
        return len(self._account.get_pending_job_executions(thing_name)) < MOST_PENDING
