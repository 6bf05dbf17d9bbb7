"""The real program, ended in the middle of a change: it is told, in the journal, and settled."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from jobs_tui.engine.change import ChangeState

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "jobs_tui")
UPDATE = ("update", "gw-1", "fw-1", "in_progress", "--detail", "a=1")


@pytest.fixture
def whole(environment: Mapping[str, str], bench) -> dict[str, str]:
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}", "LANG": "C.UTF-8"}
    return {**environment, **own, "JOBS_TUI_ENDPOINT_URL": bench.emulator.url}


def read_until(descriptor: int, wanted: str) -> str:
    """What a terminal shows until these words, or until its other end is closed."""
    shown = ""
    while wanted not in shown or not wanted:
        assert select.select([descriptor], [], [], 20)[0], shown
        try:
            shown += os.read(descriptor, 65536).decode()
        except OSError:
            break
    return shown


def look_with_a_cockpit(bench, whole: dict[str, str]) -> None:
    """Let a cockpit watch the thing until it has settled the last change."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(PROGRAM[0], [*PROGRAM, "gw-1"], {**whole, "TERM": "xterm-256color"})  # noqa: S606
    termios.tcsetwinsize(terminal, (24, 80))
    deadline = time.monotonic() + 20
    while not bench.journal()[0].state.settled:
        assert time.monotonic() < deadline
        if select.select([terminal], [], [], 0.1)[0]:
            os.read(terminal, 65536)
    os.kill(process, signal.SIGTERM)
    read_until(terminal, "")
    os.waitpid(process, 0)
    os.close(terminal)


@pytest.mark.parametrize(
    ("keys", "status"), [(b"\x03", 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_ended_at_the_question_nothing_was_sent(bench, whole, keys, status) -> None:
    process, terminal = pty.fork()
    if process == 0:
        os.execve(PROGRAM[0], [*PROGRAM, *UPDATE], whole)  # noqa: S606
    read_until(terminal, "send it? [y/N] ")
    if isinstance(keys, bytes):
        os.write(terminal, keys)
    else:
        os.kill(process, keys)
    shown = read_until(terminal, "")
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == status
    os.close(terminal)
    last = shown.split("\r\n")
    assert re.sub(r"^\^C", "", last[0]) == ""
    assert last[1:] == ["jobs-tui: gw-1 / fw-1: IN_PROGRESS, not sent: interrupted", ""]
    assert bench.changes_sent == 0
    assert bench.journal() == []


@pytest.mark.parametrize("ignored", [False, True])
def test_a_terminal_that_is_gone_at_the_question_gives_no_yes(bench, whole, ignored) -> None:
    process, terminal = pty.fork()
    if process == 0:
        if ignored:
            # as by nohup
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.execve(PROGRAM[0], [*PROGRAM, *UPDATE], whole)  # noqa: S606
    read_until(terminal, "send it? [y/N] ")
    os.close(terminal)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert status == (1 if ignored else 129)
    assert bench.changes_sent == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_ended_while_the_answer_is_held_back_it_is_settled_by_the_next_cockpit(
    bench, whole, told, number: signal.Signals
) -> None:
    bench.fault("UpdateJobExecution=hang-after:once")
    process = subprocess.Popen(
        [*PROGRAM, *UPDATE, "--yes"], env=whole, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 20
    while bench.execution().version_number == 2:
        assert time.monotonic() < deadline
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    killed = number == signal.SIGKILL
    wanted = -number if killed else 128 + number
    assert process.returncode == wanted
    if not killed:
        assert err.startswith("jobs-tui: interrupted: IN_PROGRESS on gw-1 is sending; it is number")
        assert err.count("\n") == 1
    assert bench.journal()[0].state is ChangeState.SENDING

    look_with_a_cockpit(bench, whole)
    assert bench.journal()[0].state is ChangeState.CONFIRMED
    assert told("update", "gw-1", "fw-1", "failed", "--yes")[0] == 0
    assert bench.changes_sent == 2


def test_the_document_goes_into_a_pipe_and_the_pipe_may_close(bench, whole) -> None:
    command = [*PROGRAM, "describe", "gw-1", "fw-1", "--document"]
    done = subprocess.run(command, env=whole, capture_output=True, check=False, timeout=30)
    assert (done.returncode, done.stdout, done.stderr) == (0, b'{"do":"it"}', b"")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            command, env=whole, stdout=closed, stderr=subprocess.PIPE, check=False, timeout=30
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_output_that_cannot_be_written_does_not_hide_that_the_change_was_made(
    bench, whole
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, *UPDATE, "--yes"],
            env=whole,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=30,
        )
    assert done.returncode == 1
    assert "IN_PROGRESS, confirmed: version 3; the output cannot be written" in done.stderr
