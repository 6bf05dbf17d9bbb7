"""The real program, ended at the worst of moments: no change is lost, and none is made twice.

`JOBS_TUI_KILLS=200` sets how often the program is killed, `JOBS_TUI_KILLS_SEED` what happens when.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web

from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread, ServiceError
from jobs_tui.emulator.rules.records import Execution
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.journal.journal_file import JournalFile

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "jobs_tui")
KILLS = int(os.environ.get("JOBS_TUI_KILLS", "6"))
SEED = os.environ.get("JOBS_TUI_KILLS_SEED", "1")

KILLED_WITHIN = 0.5
"""Seconds after the Enter that confirms a change."""
HELD_BACK = 0.25
"""Seconds at most for which the line holds a change back, and then its answer."""


class CountingAccount(Account):
    """An account that remembers each change of an execution that it accepted."""

    def __init__(self) -> None:
        super().__init__(SystemClock(), random.Random(1))
        self.accepted: list[Execution] = []

    def _change(self, execution: Execution) -> None:
        super()._change(execution)
        self.accepted.append(execution)


@dataclass
class Bench:
    """The emulator, and a machine on which the program runs against it once after the other."""

    emulator: EmulatorThread
    account: CountingAccount
    environment: dict[str, str]
    start_in_terminal: Callable[..., object]
    jobs: int = 0

    def start(self):
        """Start the program and wait for what it shows first."""
        arguments = ("gw-1", "--endpoint-url", self.emulator.url, "--refresh", "0.5")
        terminal = self.start_in_terminal(*arguments, program=PROGRAM, environment=self.environment)
        terminal.wait_for(lambda: "live" in terminal.text or "Send it" in terminal.text)
        return terminal

    def pending(self) -> Execution:
        """The job execution that is there to be changed; a new one if the last one has ended."""
        listed = self.emulator.call(self.account.job_executions_for_thing, "gw-1")
        for execution in listed:
            if execution.pending:
                return execution
        self.jobs += 1
        self.emulator.call(self.account.create_job, f"fw-{self.jobs}", ("gw-1",), "{}")
        return self.pending()

    def accepted(self) -> int:
        """How many changes the service has accepted."""
        return self.emulator.call(len, self.account.accepted)

    def journal(self) -> list[Change]:
        """What the journal holds, the newest first."""
        path = Path(self.environment["XDG_STATE_HOME"], "jobs-tui", "journal.sqlite")
        file = JournalFile(path, read_only=True)
        try:
            return list(file.changes())
        finally:
            file.close()

    def printed(self) -> list[dict[str, object]]:
        """What `jobs-tui journal --json` prints."""
        ran = subprocess.run(
            [*PROGRAM, "journal", "--json"],
            env=self.environment,
            check=True,
            capture_output=True,
            timeout=60,
        )
        return json.loads(ran.stdout)


@pytest.fixture
def bench(
    run: Callable[..., object], bare_environment: dict[str, str], tmp_path: Path
) -> Iterator[Bench]:
    account = CountingAccount()
    account.create_thing("gw-1")
    environment = {
        **bare_environment,
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "eu-west-3",
    }
    with EmulatorThread(lambda: EmulatorServer(account)) as emulator:
        yield Bench(emulator, account, environment, run)


Line = Callable[[web.Request], Awaitable[web.StreamResponse | None]]


def troubled(emulator: EmulatorThread, chance: random.Random) -> Line:
    """A line that holds each change and its answer back a little, refuses some and loses some."""

    async def intercept(request: web.Request) -> web.StreamResponse | None:
        if request.method == "GET":
            return None
        await request.read()
        await asyncio.sleep(chance.uniform(0, HELD_BACK))
        trouble = chance.random()
        if trouble < 0.2:
            raise ServiceError(429, "ThrottlingException", "Rate exceeded")
        answer = web.Response() if trouble < 0.3 else await emulator.server.answer(request)
        await asyncio.sleep(chance.uniform(0, HELD_BACK))
        if trouble < 0.4 and request.transport is not None:
            request.transport.abort()
        return answer

    return intercept


def without_answers(emulator: EmulatorThread) -> Line:
    """A line on which each change arrives, and its answer never does."""

    async def intercept(request: web.Request) -> web.StreamResponse | None:
        if request.method == "GET":
            return None
        await emulator.server.answer(request)
        await asyncio.sleep(3600)
        return None

    return intercept


def ask_for_a_change(terminal, execution: Execution, number: int, chance: random.Random) -> None:
    """Fill the dialog of a change, all but the last Enter."""
    job_id = execution.job.job_id
    terminal.wait_for(job_id)
    if job_id not in terminal.line_with("▶"):
        # the cursor is still on the one that has just ended
        terminal.press("down")
        terminal.wait_for(lambda: job_id in terminal.line_with("▶"))
    if execution.status == "QUEUED" and chance.random() < 0.5:
        terminal.press("n")
        terminal.wait_for(f"starts {job_id}")
        return
    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.press(chance.choice("iisf"))
    if chance.random() < 0.5:
        name = f"note-{number}"
        terminal.press("tab", name, "tab", "by hand", "enter")
        terminal.wait_for(lambda: "by hand" in terminal.line_with(name))


def may_arrive(change: Change) -> bool:
    """Whether it is a start that was lost, and that could still come to the service."""
    return change.explanation.startswith("did not arrive so far")


def settle_what_was_left(terminal, bench: Bench, chance: random.Random) -> str:
    """Wait for the last change to be settled, answering if it is asked about; what was answered.

    A start that was lost is given up rather than waited for until it can arrive no more.
    """
    terminal.wait_for(
        lambda: (
            not bench.journal()
            or bench.journal()[0].state is ChangeState.LEFT
            or bench.journal()[0].state.settled
            or may_arrive(bench.journal()[0])
        )
    )
    if not bench.journal() or bench.journal()[0].state.settled:
        return "-"
    if may_arrive(bench.journal()[0]):
        terminal.press("J")
        terminal.wait_for("changes, newest first")
        terminal.press("enter")
        terminal.wait_for("Follow it no longer")
        terminal.press("shift+tab", "enter")
        terminal.wait_for(lambda: bench.journal()[0].state.settled)
        terminal.press("escape")
        terminal.wait_for("enter open  o document")
        return "given up"
    terminal.wait_for("Send it")
    answer = chance.choice(("send", "drop"))
    terminal.press(*["shift+tab"] * {"send": 2, "drop": 1}[answer], "enter")
    terminal.wait_for(lambda: bench.journal()[0].state.settled)
    return answer


APPLIED = {
    ChangeState.CONFIRMED: {1},
    ChangeState.DROPPED: {0},
    # dropped, where an execution has ended and only sending once more would tell by whom
    ChangeState.NOT_CONFIRMABLE: {0, 1},
}
"""How often a change is in the service's history that the journal says has ended so."""


def test_killed_at_any_moment_of_a_change_none_is_lost_and_none_is_made_twice(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)
    trouble = troubled(bench.emulator, random.Random(SEED))
    began, ended_as, recorded, open_but_applied = time.monotonic(), Counter[str](), 0, 0
    terminal = bench.start()
    for number in range(1, KILLS + 1):
        before = bench.accepted()
        ask_for_a_change(terminal, bench.pending(), number, chance)
        bench.emulator.server.intercept = trouble
        terminal.press("enter")
        terminal.read_for(chance.uniform(0, KILLED_WITHIN))
        assert terminal.end_by(signal.SIGKILL) == -signal.SIGKILL
        at_death = next(iter(bench.journal()), None)
        bench.emulator.server.intercept = None

        terminal = bench.start()
        answer = settle_what_was_left(terminal, bench, chance)
        changes, applied = bench.journal(), bench.accepted() - before
        assert len(changes) - recorded in {0, 1}
        if len(changes) == recorded:
            ended_as["not yet recorded: not sent"] += 1
            assert applied == 0
            continue
        recorded = len(changes)
        told = f"{changes[0]} {changes[0].attempts}"
        assert applied in APPLIED.get(changes[0].state, set()), told
        if changes[0].state is ChangeState.NOT_CONFIRMABLE:
            assert answer in {"drop", "given up"}, told
            open_but_applied += applied
        assert at_death is not None
        ended_as[
            f"{at_death.state} when killed, {answer}: {changes[0].state}, applied {applied} times"
        ] += 1
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    states = Counter(entry["state"] for entry in bench.printed())
    assert states.total() == recorded
    assert states["confirmed"] + open_but_applied == bench.accepted()
    if KILLS > 10:
        with capsys.disabled():
            print(f"\n{KILLS} kills in {time.monotonic() - began:.0f} s")
            for how, count in sorted(ended_as.items()):
                print(f"{count:5} {how}")


def hang_up(terminal) -> None:
    """The SSH session drops."""
    assert terminal.hang_up() in {129, -signal.SIGHUP}


def by_signal(number: signal.Signals) -> Callable[[object], None]:
    """The program is told to end."""

    def end(terminal) -> None:
        terminal.end_by(number)

    return end


@pytest.mark.parametrize(
    "end",
    [hang_up, by_signal(signal.SIGHUP), by_signal(signal.SIGTERM)],
    ids=["terminal-gone", "SIGHUP", "SIGTERM"],
)
def test_ended_while_the_answer_is_held_back_the_next_start_settles_the_change(
    bench: Bench, end: Callable[[object], None]
) -> None:
    bench.emulator.server.intercept = without_answers(bench.emulator)
    terminal = bench.start()
    ask_for_a_change(terminal, bench.pending(), 1, random.Random(1))
    terminal.press("enter")
    terminal.wait_for(lambda: bench.accepted() == 1)
    end(terminal)
    assert bench.journal()[0].state is ChangeState.SENDING

    terminal = bench.start()
    terminal.wait_for("confirmed")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    (entry,) = bench.printed()
    assert entry["state"] == "confirmed"
    assert [attempt["kind"] for attempt in entry["attempts"]] == ["send", "read"]
    assert bench.accepted() == 1
