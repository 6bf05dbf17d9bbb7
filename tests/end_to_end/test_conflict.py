"""Somebody else is faster: seen in a real terminal, decided by keys."""

import random

import pytest

from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread
from jobs_tui.emulator.rules.service_error import ServiceError

KEYS = {
    "AWS_ACCESS_KEY_ID": "any",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
    "AWS_REGION": "eu-west-3",
}


def test_a_conflict_shows_what_stands_there_and_sends_what_is_chosen(run) -> None:
    account = Account(SystemClock(), random.Random(1))
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], "{}")
    account.start_next_pending_job_execution("gw-1")
    with EmulatorThread(lambda: EmulatorServer(account)) as emulator:

        def flash() -> None:
            account.update_job_execution(
                "gw-1", "fw-1", status="IN_PROGRESS", status_details={"step": "flashing"}
            )

        words = ("gw-1", "--endpoint-url", emulator.url, "--refresh", "60")
        terminal = run(*words, environment=KEYS)
        terminal.wait_for("fw-1")
        terminal.press("s")
        terminal.wait_for("the change is based on it")
        emulator.call(flash)
        terminal.press("f", "enter")
        terminal.wait_for("Expected version 2 but found version 3")
        terminal.wait_for("flashing")
        terminal.press("shift+tab", "enter")
        terminal.wait_for("FAILED, confirmed: version 4")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        with pytest.raises(ServiceError, match="reached terminal state"):
            emulator.call(account.describe_job_execution, "gw-1", "fw-1")
