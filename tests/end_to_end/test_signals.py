"""Signals, whatever the program is doing: the terminal is given back, the status tells which."""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from jobs_tui.emulator import Emulator, Switches

PROGRAM = str(Path(sys.executable).with_name("jobs-tui"))
KEYS = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_REGION": "eu-west-3"}

ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
SITUATIONS = ("at rest", "with a dialog", "with a change under way", "on a stalled line")

GIVEN_BACK = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[?7h", b"\x1b[<u")
"""Alternate screen, cursor, mouse, pastes, line wrap and keyboard, as they were."""

ENDS_WITHIN = 8.0
MORE_THAN_A_LINE_HOLDS = 40


@dataclass
class Bench:
    """A thing with a job, and a program that is shown it."""

    emulator: Emulator
    terminal: object
    environment: dict[str, str]
    changes_asked: list[str] = field(default_factory=list)

    def come_to(self, situation: str) -> None:
        """Bring the program into a situation."""
        terminal = self.terminal
        terminal.wait_for("fw-1")
        terminal.wait_for("live")
        if situation == "on a stalled line":
            for _ in range(MORE_THAN_A_LINE_HOLDS):
                terminal.press("ctrl+l")
                select.select([], [], [], 0.02)
        elif situation != "at rest":
            terminal.press("s")
            terminal.wait_for("based on it")
        if situation == "with a change under way":
            terminal.press("i")
            terminal.press("enter")
            terminal.wait_for(lambda: self.changes_asked)

    def end_by(self, number: signal.Signals) -> int:
        """Send a signal; the exit status. What the program says is read when it has ended."""
        terminal = self.terminal
        process = os.pidfd_open(terminal.pid)
        os.kill(terminal.pid, number)
        ended, _, _ = select.select([process], [], [], ENDS_WITHIN)
        os.close(process)
        assert ended, "still runs"
        return terminal.wait_for_end()

    def is_given_back(self) -> bool:
        """Whether the terminal is as a shell expects it."""
        flags = termios.tcgetattr(self.terminal._fd)[3]
        said = self.terminal.raw
        modes = all(said.rfind(mode) > said.rfind(b"\x1b[?1049h") for mode in GIVEN_BACK)
        return modes and bool(flags & termios.ECHO and flags & termios.ICANON)

    def journal(self) -> list[dict[str, object]]:
        """What `jobs-tui journal --json` prints."""
        command = [PROGRAM, "journal", "--json"]
        ran = subprocess.run(
            command, env=self.environment, check=True, capture_output=True, timeout=30
        )
        return json.loads(ran.stdout)


@pytest.fixture
def bench(run: Callable[..., object], bare_environment: dict[str, str]) -> Iterator[Bench]:
    with Emulator(Switches(things=["gw-1"])) as emulator:
        emulator.call(emulator.account.create_job, "fw-1", ["gw-1"], "{}")
        environment = {**bare_environment, **KEYS, "AWS_ENDPOINT_URL": emulator.url}
        bench = Bench(emulator, run("gw-1", environment=environment), environment)

        async def hold_changes(request: web.Request) -> None:
            if request.method == "POST":
                bench.changes_asked.append(request.path)
                await asyncio.sleep(60)

        emulator.server.intercept = hold_changes
        yield bench


def check(bench: Bench, number: signal.Signals, situation: str) -> None:
    bench.come_to(situation)
    assert bench.end_by(number) == 128 + number
    assert bench.is_given_back()
    assert b"Traceback" not in bench.terminal.raw


@pytest.mark.slow
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
def test_a_signal_gives_the_terminal_back(
    bench: Bench, number: signal.Signals, situation: str
) -> None:
    check(bench, number, situation)


def test_termination_gives_the_terminal_back_in_the_middle_of_a_change(bench: Bench) -> None:
    check(bench, signal.SIGTERM, "with a change under way")
    (change,) = bench.journal()
    assert change["state"] not in {"confirmed", "refused"}
    assert len(bench.changes_asked) == 1


@pytest.mark.slow
def test_a_second_signal_ends_it_at_once(bench: Bench) -> None:
    bench.come_to("on a stalled line")
    os.kill(bench.terminal.pid, signal.SIGHUP)
    assert bench.end_by(signal.SIGTERM) in {128 + signal.SIGTERM, 128 + signal.SIGHUP}
    assert bench.is_given_back()


@pytest.mark.slow
def test_stopped_and_continued_it_draws_everything_again(bench: Bench) -> None:
    bench.come_to("at rest")
    said = len(bench.terminal.raw)
    os.kill(bench.terminal.pid, signal.SIGTSTP)
    bench.terminal.wait_for(lambda: b"\x1b[?1049l" in bench.terminal.raw[said:])
    status = Path(f"/proc/{bench.terminal.pid}/stat")
    bench.terminal.wait_for(lambda: status.read_text().rpartition(") ")[2][0] == "T")
    bench.terminal.resize(100, 30)
    said = len(bench.terminal.raw)
    os.kill(bench.terminal.pid, signal.SIGCONT)
    bench.terminal.wait_for(lambda: b"\x1b[?1049h" in bench.terminal.raw[said:])
    bench.terminal.wait_for("fw-1")
    bench.terminal.press("q")
    assert bench.terminal.wait_for_end() == 0


@pytest.mark.slow
@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
def test_nothing_of_the_demo_is_left_after_a_signal(
    run, tmp_path: Path, number: signal.Signals
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    terminal = run("demo", environment={"TMPDIR": str(room)})
    terminal.wait_for("fw-2026-11-edge")
    assert list(room.iterdir())
    assert terminal.end_by(number) == 128 + number
    assert not list(room.iterdir())
