"""Keys that were typed before the screen showed what they would do, on terminals of many kinds."""

import random
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web

from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread

ROOT = Path(__file__).parents[2]
BASED_ON = "the change is based on it"
PRESS_AGAIN = "press it again"


@dataclass
class Bench:
    """The program on one thing with a job in progress, and what the service has of it."""

    emulator: EmulatorThread
    start_in_terminal: Callable[..., object]
    described: threading.Event
    refreshed: threading.Event

    def start(self, *, reports: bool = True):
        """Start the program and wait for what it shows first."""
        terminal = self.start_in_terminal(
            "gw-1",
            "--refresh",
            "0.5",
            program=(sys.executable, "-m", "jobs_tui"),
            environment={
                "PYTHONPATH": str(ROOT),
                "AWS_ACCESS_KEY_ID": "any",
                "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
                "AWS_REGION": "eu-west-3",
                "AWS_ENDPOINT_URL": self.emulator.url,
            },
        )
        terminal.reports_itself = reports
        terminal.wait_for("fw-1")
        terminal.rest()
        self.described.clear()
        return terminal

    @property
    def standing(self) -> tuple[str, int]:
        """Status and version number of the execution."""
        execution = self.emulator.call(self.emulator.account.job_execution, "gw-1", "fw-1")
        return str(execution.status), execution.version_number

    def sends_once(self, terminal) -> None:
        """Press Enter, which is taken now."""
        assert self.standing == ("IN_PROGRESS", 2)
        terminal.press("enter")
        terminal.wait_for("FAILED, confirmed: version 3")
        assert self.standing == ("FAILED", 3)


@pytest.fixture
def bench(run: Callable[..., object]) -> Iterator[Bench]:
    account = Account(SystemClock(), random.Random(1))
    account.create_thing("gw-1")
    account.create_job("fw-1", ("gw-1",), "{}")
    account.start_next_pending_job_execution("gw-1")
    described, refreshed = threading.Event(), threading.Event()

    async def note(request: web.Request) -> None:
        if request.method == "GET":
            (described if request.path.endswith("/fw-1") else refreshed).set()

    with EmulatorThread(lambda: EmulatorServer(account, intercept=note)) as emulator:
        yield Bench(emulator, run, described, refreshed)


def test_all_keys_of_a_change_at_once_send_nothing_and_the_dialog_says_so(bench: Bench) -> None:
    terminal = bench.start()
    terminal.type_ahead("s", "f", "enter", "enter")
    terminal.wait_for(BASED_ON)
    terminal.wait_for(PRESS_AGAIN)
    bench.sends_once(terminal)


@pytest.mark.slow
def test_enter_before_a_late_terminal_has_reported_sends_nothing(bench: Bench) -> None:
    terminal = bench.start()
    terminal.reports_itself = False
    terminal.press("s")
    terminal.wait_for(BASED_ON)
    terminal.rest()
    terminal.type_ahead("f", "enter")
    terminal.wait_for(PRESS_AGAIN)
    terminal.report()
    bench.sends_once(terminal)


def test_an_enter_that_is_before_the_report_in_the_input_sends_nothing(bench: Bench) -> None:
    terminal = bench.start()
    terminal.reports_itself = False
    terminal.press("s")
    terminal.wait_for(BASED_ON)
    terminal.rest()
    assert terminal.unanswered
    terminal.send(b"f\r" + b"\x1b[0n" * terminal.unanswered)
    terminal.unanswered = 0
    terminal.wait_for(PRESS_AGAIN)
    terminal.report()
    bench.sends_once(terminal)


@pytest.mark.slow
def test_an_enter_that_is_after_the_report_in_the_input_is_taken(bench: Bench) -> None:
    terminal = bench.start()
    terminal.reports_itself = False
    terminal.press("s")
    terminal.wait_for(BASED_ON)
    terminal.rest()
    terminal.send(b"f" + b"\x1b[0n" * terminal.unanswered + b"\r")
    terminal.wait_for("FAILED, confirmed: version 3")


@pytest.mark.slow
def test_a_report_in_pieces_is_no_key(bench: Bench) -> None:
    terminal = bench.start()
    terminal.reports_itself = False
    terminal.press("s")
    terminal.wait_for(BASED_ON)
    terminal.press("tab", "why")
    terminal.rest()
    while terminal.unanswered:
        terminal.unanswered -= 1
        for piece in (b"\x1b", b"[", b"0", b"n"):
            terminal.send(piece)
            terminal.read_for(0.15)
    assert "[" not in terminal.line_with("why").replace("\u2502", "")
    terminal.press("tab", "x", "shift+tab", "shift+tab", "f")
    terminal.report()
    bench.sends_once(terminal)


@pytest.mark.slow
def test_a_reader_that_stalls_is_not_taken_for_one_who_has_seen_the_dialog(bench: Bench) -> None:
    terminal = bench.start()
    terminal.type_ahead("s")
    assert bench.described.wait(10)
    for _ in range(2):
        bench.refreshed.clear()
        assert bench.refreshed.wait(10)
    terminal.type_ahead("f", "enter")
    terminal.wait_for(BASED_ON)
    terminal.wait_for(PRESS_AGAIN)
    bench.sends_once(terminal)


@pytest.mark.slow
def test_a_terminal_that_never_reports_locks_nobody_out(bench: Bench) -> None:
    terminal = bench.start(reports=False)
    terminal.type_ahead("s", "f", "enter")
    terminal.wait_for(PRESS_AGAIN)
    assert bench.standing == ("IN_PROGRESS", 2)
    # it may be slow rather than silent, so soon after the start
    terminal.read_for(12)
    bench.sends_once(terminal)
