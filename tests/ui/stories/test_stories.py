"""The main stories of somebody who knows the keys, each with the keys that it takes at most."""

import json

from jobs_tui.emulator import Account
from stories.person import Person

THINGS = ("gw-1", "gw-2")
DOCUMENT = json.dumps({"operation": "install", "version": "1.2.3"})


def two_gateways(account: Account) -> None:
    """One with a job in progress and one behind it, and one with a job that waits."""
    for thing in THINGS:
        account.create_thing(thing)
    account.create_job("fw-1", THINGS, DOCUMENT)
    account.create_job("log-1", ["gw-1"], "{}")
    account.start_next_pending_job_execution("gw-1")


async def test_look_start_and_finish(account: Account, cockpit) -> None:
    two_gateways(account)
    async with cockpit(*THINGS) as screen:
        person = Person(screen)
        await person.sees_panel("gw-1", "1 in progress", "1 queued")
        await person.sees_rows("gw-1", "fw-1 IN_PROGRESS", "log-1 QUEUED")
        await person.is_on("gw-1", "fw-1")

        await person.presses("o")
        await person.sees("job document", '"install"')
        person.has_pressed(1)
        await person.presses("escape")
        await person.expects_panels()

        await person.presses("tab")
        await person.is_on("gw-2", "fw-1")
        person.counts_again()
        await person.presses("n")
        await person.expects_dialog("Start the next job", "Sends PUT", "now QUEUED")
        await person.presses("enter")
        await person.is_told("confirmed")
        person.has_pressed(2)
        await person.sees_rows("gw-2", "fw-1 IN_PROGRESS")

        await person.presses("s")
        await person.expects_dialog("Change status", "the change is based on it")
        await person.presses("s")
        await person.sees("s SUCCEEDED")
        await person.presses("enter")
        await person.is_told("SUCCEEDED, confirmed")
        await person.sees_panel("gw-2", "0 in progress", "0 queued")


async def test_fail_with_a_reason(account: Account, cockpit) -> None:
    two_gateways(account)
    async with cockpit(*THINGS) as screen:
        person = Person(screen)
        await person.is_on("gw-1", "fw-1")
        await person.presses("s")
        await person.expects_dialog("Change status", "the change is based on it")
        await person.presses("f", "tab")
        # the text is a name and a value, and what ends each of them
        await person.types("reason\tdisk full\n")
        await person.sees('"reason": "disk full"')
        await person.presses("enter")
        await person.is_told("FAILED, confirmed")
        person.has_pressed(4)
        await person.sees_rows("gw-1", "fw-1 FAILED", "log-1 QUEUED")


async def test_the_next_stuck_one(account: Account, cockpit) -> None:
    two_gateways(account)
    async with cockpit(*THINGS, stuck_after=0.0) as screen:
        person = Person(screen)
        await person.is_on("gw-1", "fw-1")
        account.start_next_pending_job_execution("gw-2")
        await person.sees_rows("gw-2", "fw-1 IN_PROGRESS")
        await screen.see(lambda: screen.text.count("! stuck") == 2)
        await person.presses("full_stop")
        await person.is_on("gw-2", "fw-1")
        person.has_pressed(1)


async def test_a_conflict(account: Account, cockpit) -> None:
    two_gateways(account)
    async with cockpit(*THINGS, refresh=60) as screen:
        person = Person(screen)
        await person.is_on("gw-1", "fw-1")
        await person.presses("s")
        await person.expects_dialog("Change status", "the change is based on it")
        account.update_job_execution(
            "gw-1", "fw-1", status="IN_PROGRESS", status_details={"step": "flashing"}
        )
        await person.presses("f", "enter")
        await person.expects_dialog("Conflict", "flashing", "Apply to version 3", "Drop it")
        await person.presses("shift+tab", "enter")
        await person.is_told("FAILED, confirmed: version 4")
        await person.expects_panels()
