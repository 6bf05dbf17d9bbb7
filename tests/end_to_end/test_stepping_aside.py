"""Another program where the cockpit was: the terminal is lent, and comes back as it was."""

import os
import random
import shlex
import shutil
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from left_behind import check_given_back, processes_of

from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "jobs_tui")
URL = "https://b.s3.amazonaws.com/k?X-Amz-Signature=hunter2"

READER = """#!/bin/sh
stat -c '%a %n' "$1" "$(dirname "$1")" > "$NOTES"
cat "$1" >> "$NOTES"
printf '\\033[2J\\033[HREADER HERE\\n'
read line
echo changed >> "$1"
exit 3
"""

UNRULY = """#!/bin/sh
trap '' TERM HUP
printf '\\033[?1049h\\033[?1000h\\033[?25l'
stty raw -echo
sleep 1000 &
printf '\\033[2J\\033[HREADER HERE\\n'
while :; do sleep 1000; done
"""


OWN = """
[commands.background]
key = "F"
confirm = false
command = '''
trap "" TERM
(echo wrecked > /dev/tty) 2> /dev/null
sleep 1000 &
echo $$ > F
while :; do sleep 1000; done
'''
[commands.foreground]
key = "M"
confirm = false
mode = "in-place"
command = "printf '\\\\033[2J\\\\033[HIN PLACE\\\\n'; echo $$ > M; sleep 1000"
"""


@dataclass
class Lending:
    terminal: object
    modes: list[object]
    folder: Path
    account: Account
    emulator: EmulatorThread

    @property
    def notes(self) -> list[str]:
        return (self.folder / "notes").read_text().splitlines()

    def files(self) -> list[Path]:
        return list(self.folder.glob("jobs-tui-*"))


@pytest.fixture
def lend(
    run: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Lending]]:
    account = Account(SystemClock(), random.Random(1))
    account.create_thing("gw-1")
    account.create_job("fw-1", ("gw-1",), f'{{"url":"{URL}","a":1}}')
    with EmulatorThread(lambda: EmulatorServer(account)) as emulator:
        monkeypatch.chdir(tmp_path)

        def start(script: str, *shell: str, options: tuple[str, ...] = ()) -> Lending:
            reader = tmp_path / "reader"
            reader.write_text(script)
            reader.chmod(0o700)
            environment = {
                "PYTHONPATH": str(ROOT),
                "PAGER": f"'{reader}'",
                "NOTES": str(tmp_path / "notes"),
                "TMPDIR": str(tmp_path),
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_DEFAULT_REGION": "eu-west-3",
                "PS1": "shell> ",
            }
            words = ("gw-1", "--endpoint-url", emulator.url, "--refresh", "0.5", *options)
            terminal = run(
                *(() if shell else words), program=shell or PROGRAM, environment=environment
            )
            modes = termios.tcgetattr(terminal._fd)
            if shell:
                terminal.wait_for("shell> ")
                terminal.send(shlex.join((*PROGRAM, *words)).encode() + b"\r")
            terminal.wait_for("live")
            terminal.press("o")
            terminal.wait_for('"a": 1')
            return Lending(terminal, modes, tmp_path, account, emulator)

        yield start


@pytest.mark.slow
def test_a_program_has_the_terminal_and_all_is_as_before_when_it_ends(lend) -> None:
    lent = lend(READER)
    terminal = lent.terminal
    terminal.press("e")
    terminal.wait_for("READER HERE")
    assert termios.tcgetattr(terminal._fd) == lent.modes
    assert [line.split()[0] for line in lent.notes[:2]] == ["600", "700"]
    assert "hunter2" not in "".join(lent.notes)
    assert '  "a": 1' in lent.notes
    lent.account.create_job("fw-2", ("gw-1",), "{}")
    terminal.resize(100, 30)
    asked: list[str] = []

    async def count(request: web.Request) -> None:
        asked.append(request.path)

    # reads go on meanwhile
    lent.emulator.server.intercept = count
    terminal.wait_for(lambda: len(asked) > 2)
    lent.emulator.server.intercept = None
    terminal.send(b"\r")
    terminal.wait_for("ended with status 3")
    assert "READER" not in terminal.text
    assert lent.files() == []
    terminal.press("escape")
    terminal.wait_for("fw-2")
    assert terminal.line_with("esc") or "help" in terminal.screen.display[29]
    assert terminal.end_by(signal.SIGTERM) == 128 + signal.SIGTERM
    check_given_back(terminal, lent.modes)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["SIGTERM", "SIGHUP"])
def test_a_program_that_never_ends_ends_with_the_cockpit(lend, number: signal.Signals) -> None:
    lent = lend(UNRULY)
    terminal, session = lent.terminal, lent.terminal.pid
    terminal.press("e")
    terminal.wait_for("READER HERE")
    os.kill(terminal.pid, number)
    assert terminal.wait_for_end(5.0) == 128 + number
    check_given_back(terminal, lent.modes)
    assert processes_of(session) == []
    assert lent.files() == []


@pytest.mark.slow
def test_a_second_signal_ends_the_program_at_once(lend) -> None:
    lent = lend(UNRULY)
    terminal, session = lent.terminal, lent.terminal.pid
    terminal.press("e")
    terminal.wait_for("READER HERE")
    os.kill(terminal.pid, signal.SIGINT)
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.wait_for_end(5.0) == 128 + signal.SIGINT
    check_given_back(terminal, lent.modes)
    assert processes_of(session) == []
    assert lent.files() == []


@pytest.mark.slow
def test_a_program_ends_with_the_terminal_that_it_was_lent(lend) -> None:
    lent = lend(UNRULY)
    terminal, session = lent.terminal, lent.terminal.pid
    terminal.press("e")
    terminal.wait_for("READER HERE")
    assert terminal.hang_up() == 129
    assert processes_of(session) == []
    assert lent.files() == []


@pytest.mark.slow
def test_own_commands_end_with_the_cockpit_however_it_ends(lend, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text(OWN)
    lent = lend(READER, options=("--config", f"{settings}"))
    terminal = lent.terminal
    terminal.press("escape")
    terminal.wait_for("start next")
    for key in ("F", "M"):
        terminal.press(key)
        terminal.wait_for(lambda key=key: (tmp_path / key).exists())
    terminal.wait_for("IN PLACE")
    background = int((tmp_path / "F").read_text())
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.wait_for_end(5.0) == 128 + signal.SIGTERM
    check_given_back(terminal, lent.modes)
    assert processes_of(background) == []
    assert b"wrecked" not in terminal.raw
    assert lent.files() == []


@pytest.mark.slow
def test_a_program_that_is_killed_leaves_the_cockpit_as_it_was(lend) -> None:
    lent = lend(UNRULY)
    terminal = lent.terminal
    terminal.press("e")
    terminal.wait_for("READER HERE")
    os.killpg(os.tcgetpgrp(terminal._fd), signal.SIGKILL)
    terminal.wait_for("was ended by SIGKILL")
    terminal.press("?")
    terminal.wait_for("End the search")
    assert terminal.end_by(signal.SIGTERM) == 128 + signal.SIGTERM
    check_given_back(terminal, lent.modes)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash to stop it in")
def test_a_program_that_is_stopped_gives_the_shell_its_turn_and_goes_on(lend) -> None:
    lent = lend(READER, "/bin/bash", "--norc", "--noediting", "-i")
    terminal = lent.terminal
    terminal.press("e")
    terminal.wait_for("READER HERE")
    terminal.send(b"\x1a")
    terminal.wait_for("Stopped")
    terminal.wait_for(lambda: terminal.line_with("shell> "))
    terminal.send(b"echo at $((40+2))\r")
    terminal.wait_for("at 42")
    terminal.send(b"fg\r")
    terminal.wait_for(lambda: "fg" in terminal.text)
    terminal.rest()
    terminal.send(b"\r")
    terminal.wait_for("ended with status 3")
    terminal.press("escape")
    terminal.wait_for("start next")
    terminal.press("q")
    terminal.wait_for(lambda: "shell> " in terminal.text.splitlines()[terminal.screen.cursor.y])
    terminal.send(b"exit\r")
    assert terminal.wait_for_end() == 0
