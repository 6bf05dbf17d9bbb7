"""The fleet of `jobs-tui demo`: one gateway in Lyon and what hangs on it, and more if wanted.

`meter-112` and `door-03` have an agent that works their jobs off while one watches, and get new
ones. `gw-lyon-01` and `boiler-07` have none: only their timers change them, so that a person can
start and finish their jobs undisturbed. Things of any other name are those of a large fleet.
"""

import asyncio
from collections.abc import Sequence
from random import Random

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.status import Status
from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.account.settings import AccountSettings
from jobs_tui.emulator.clocks.replay_clock import ReplayClock
from jobs_tui.emulator.demo.agent import AgentSimulation
from jobs_tui.emulator.demo.agents import FleetAgents
from jobs_tui.emulator.demo.jobs import Arrivals, job_document
from jobs_tui.emulator.demo.past import NO_AGENT, give_past
from jobs_tui.emulator.demo.rollouts import Rollouts
from jobs_tui.emulator.rules.records import RetryCriterion
from jobs_tui.emulator.server.server import EmulatorServer
from jobs_tui.emulator.server.thread import EmulatorThread

DEMO_THINGS = ("gw-lyon-01", "boiler-07", "meter-112", "door-03")
WITH_AGENT = ("meter-112", "door-03")

FIRST_ARRIVAL = 12.0
"""Seconds from the start until the first new job."""
BETWEEN_ARRIVALS = (20.0, 40.0)
"""Seconds from one new job to the next: at least, at most."""
REMEMBER_FINISHED = 600.0
"""Seconds for which a finished job is still known, so that the demo can run for days."""


LATE_SECONDS = 60.0
"""How late timers fire in a large fleet, as on AWS: some executions are past their deadline."""


def demo_emulator(
    clock: Clock, random: Random, names: Sequence[str] = DEMO_THINGS, port: int = 0
) -> EmulatorThread:
    """The demo's fleet and server, ready to be started. Each run is new."""
    return EmulatorThread(
        lambda: EmulatorServer(prepare_demo_fleet(clock, random, names), port),
        background=lambda account: run_demo_fleet(account, clock, random),
    )


def prepare_demo_fleet(clock: Clock, random: Random, names: Sequence[str] = DEMO_THINGS) -> Account:
    """An account with the fleet in the state in which the demo starts, hours of past behind.

    The account runs on `clock`; its own random numbers, and what has happened to things that are
    not those of the gateway in Lyon, are derived from `random`.
    """
    past = ReplayClock(clock)
    dice = Random(random.getrandbits(64))  # noqa: S311 - nothing in it is secret
    others = [name for name in names if name not in DEMO_THINGS]
    lateness = LATE_SECONDS if others else 0.0
    account = Account(past, dice, AccountSettings(timer_lateness=lateness))
    past.go_back(minutes=180)
    by_hand = [name for name in DEMO_THINGS if name in names]
    for name in by_hand:
        account.create_thing(name)
    for name in by_hand:
        _HISTORIES[name](account, past)
    if others:
        give_past(account, past, others, random)
    past.catch_up()
    return account


async def run_demo_fleet(account: Account, clock: Clock, random: Random) -> None:
    """Let the agents work and new jobs arrive, until cancelled."""
    things = {thing.name: thing for thing in account.list_things()}
    others = [
        name
        for name, thing in things.items()
        if name not in DEMO_THINGS and thing.attributes != NO_AGENT
    ]

    def dice() -> Random:
        return Random(random.getrandbits(64))  # noqa: S311 - a show

    async with asyncio.TaskGroup() as group:
        for name in WITH_AGENT:
            if name in things:
                group.create_task(AgentSimulation(account, name, clock, dice()).run())
        if others:
            agents = FleetAgents(account, clock, dice(), others)
            group.create_task(agents.run())
            group.create_task(Rollouts(account, clock, dice(), others, agents.expect_work).run())
        group.create_task(_bring_jobs(account, clock, random))


async def _bring_jobs(account: Account, clock: Clock, random: Random) -> None:
    arrivals = Arrivals(account, random)
    await clock.sleep(FIRST_ARRIVAL)
    while True:
        arrivals.next()
        account.forget_finished(clock.now() - REMEMBER_FINISHED)
        await clock.sleep(random.uniform(*BETWEEN_ARRIVALS))


def _gateway_is_about_to_time_out(account: Account, past: ReplayClock) -> None:
    name, job_id = "gw-lyon-01", "fw-2026-11-edge"
    past.go_back(minutes=15)
    account.create_job(
        job_id,
        [name],
        job_document("freertos-afr-ota-multifile.json"),
        in_progress_timeout_in_minutes=60,
        retry_criteria=(RetryCriterion("TIMED_OUT", 1),),
        presigned_url_seconds=900,
    )
    past.go_back(minutes=12)
    details = {"progress": "0", "step": "download"}
    account.start_next_pending_job_execution(
        name, status_details=details, step_timeout_in_minutes=10
    )
    account.create_job("cert-rotate-0091", [name], job_document("managed-AWS-Download-File.json"))
    past.go_back(minutes=6)
    details = {"progress": "48", "step": "download"}
    _report(account, name, job_id, details, step_timeout_in_minutes=10)
    account.create_job("edge-apps-4-1", [name], job_document("dc-full-schema.json"))
    past.go_back(minutes=3)
    account.create_job("log-level-debug", [name], job_document("dc-echo.json"))
    past.go_back(minutes=1)
    details = {"progress": "62", "step": "verify"}
    _report(account, name, job_id, details, step_timeout_in_minutes=5)


def _boiler_is_stuck(account: Account, past: ReplayClock) -> None:
    name, job_id = "boiler-07", "ota-boiler-3-2-1"
    past.go_back(minutes=125)
    account.create_job(job_id, [name], job_document("upparat-update.json"))
    past.go_back(minutes=120)
    account.start_next_pending_job_execution(name, status_details={"progress": "0"})
    for minutes, progress in (
        (115, 8),
        (105, 21),
        (96, 35),
        (88, 47),
        (79, 58),
        (70, 66),
        (61, 71),
    ):
        past.go_back(minutes)
        _report(account, name, job_id, {"progress": str(progress), "step": "install"})
    past.go_back(minutes=60)
    account.create_job("reboot-nightly", [name], job_document("managed-AWS-Reboot.json"))


def _meter_is_at_work(account: Account, past: ReplayClock) -> None:
    name, job_id = "meter-112", "meter-fota-1-0-1"
    past.go_back(minutes=9)
    account.create_job(job_id, [name], job_document("nordic-nrf9160-fota.json"))
    past.go_back(minutes=7)
    account.create_job("tariff-table-0117", [name], job_document("dc-download-file.json"))
    past.go_back(minutes=2)
    account.create_job("agent-install-2-4", [name], job_document("sdkjs-install.json"))
    past.go_back(minutes=0.5)
    account.start_next_pending_job_execution(name, status_details={"progress": "0"})
    past.go_back(minutes=0.1)
    details = {"progress": "24", "step": "download"}
    _report(account, name, job_id, details, step_timeout_in_minutes=10)


def _nothing_is_to_be_done(account: Account, past: ReplayClock) -> None:
    """Until a job arrives."""


_HISTORIES = {
    "gw-lyon-01": _gateway_is_about_to_time_out,
    "boiler-07": _boiler_is_stuck,
    "meter-112": _meter_is_at_work,
    "door-03": _nothing_is_to_be_done,
}


def _report(
    account: Account,
    thing_name: str,
    job_id: str,
    details: dict[str, str],
    step_timeout_in_minutes: int | None = None,
) -> None:
    account.update_job_execution(
        thing_name,
        job_id,
        Status.IN_PROGRESS,
        status_details=details,
        step_timeout_in_minutes=step_timeout_in_minutes,
    )
