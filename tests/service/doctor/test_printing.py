"""How findings look: for a person at a terminal, in a pipe, and while there is a wait."""

import asyncio
import io
import os
import pty
import signal
import socket
import subprocess
import sys
import threading
from typing import Any

import pytest

from jobs_tui.cli import progress
from jobs_tui.cli.daemon_threads import DaemonThreads
from jobs_tui.cli.doctor.report import LinesReport
from jobs_tui.cli.doctor.terminal import Terminal, terminal_finding
from jobs_tui.cli.progress import Progress
from jobs_tui.domain.finding import Finding, Level

GOOD = Terminal(120, 40, "utf-8")


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def printed(columns: int | None, *findings: Finding) -> str:
    output = io.StringIO()
    report = LinesReport(output, columns)
    for each in findings:
        report.add(each)
    return output.getvalue()


def test_at_a_terminal_lines_are_broken_between_words() -> None:
    arn = "arn:aws:iot:eu-west-3:123456789012:thing/" + "gw" * 30
    finding = Finding("update", Level.FAILED, "not allowed: no word", f"allow it on {arn} soon")
    assert printed(60, finding) == (
        "failed   update         not allowed: no word\n"
        "                        allow it on\n"
        f"                        {arn}\n"
        "                        soon\n"
    )


def test_in_a_pipe_no_line_is_broken() -> None:
    words = "word " * 100
    assert printed(None, Finding("TLS", Level.OK, words)).count("\n") == 1


def test_nothing_foreign_reaches_the_terminal_as_it_is() -> None:
    told = printed(None, Finding("clock", Level.OK, "\x1b[31mred\n", "\u202e\x07"))
    assert told.count("\n") == 2
    assert "\u241b[31mred\u240a" in told
    assert not {"\x1b", "\u202e", "\x07"} & set(told)


@pytest.mark.parametrize(
    ("terminal", "environment", "level", "told"),
    [
        (None, {}, Level.SKIPPED, "none here"),
        (GOOD, {"TERM": "xterm-256color"}, Level.OK, "xterm-256color, 256 colours, 120x40, utf-8"),
        (
            GOOD,
            {"TERM": "tmux-256color", "COLORTERM": "truecolor", "TMUX": "socket,1,0"},
            Level.OK,
            "tmux-256color, 16 million colours, 120x40, utf-8, in tmux",
        ),
        (
            GOOD,
            {"TERM": "screen", "STY": "7.here"},
            Level.OK,
            "16 colours, 120x40, utf-8, in screen",
        ),
        (GOOD, {"TERM": "xterm", "NO_COLOR": "1"}, Level.OK, "no colours by NO_COLOR"),
        (GOOD, {"TERM": "dumb"}, Level.FAILED, "dumb"),
        (GOOD, {}, Level.FAILED, "TERM is empty"),
        (Terminal(79, 24, "utf-8"), {"TERM": "xterm"}, Level.WARNING, "79x24"),
        (Terminal(0, 0, "utf-8"), {"TERM": "vt220"}, Level.WARNING, "0x0"),
        (Terminal(80, 24, "iso8859-1"), {"TERM": "xterm"}, Level.WARNING, "iso8859-1"),
    ],
)
def test_what_the_cockpit_would_have_of_the_terminal(
    terminal: Terminal | None, environment: dict[str, str], level: Level, told: str
) -> None:
    finding = terminal_finding(terminal, environment)
    assert finding.level is level
    assert told in finding.told
    assert bool(finding.advice) == (level in {Level.WARNING, Level.FAILED})


async def test_a_wait_that_is_felt_is_told_and_taken_away(monkeypatch: Any) -> None:
    monkeypatch.setattr(progress, "FELT_AFTER", 0.0)
    stream = Tty()
    told = Progress(stream)
    told.begin("credentials")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert stream.getvalue() == "... credentials"
    told.end()
    assert stream.getvalue().endswith("\r               \r")


async def test_nothing_is_told_of_a_step_that_ends_at_once_or_in_a_pipe(monkeypatch: Any) -> None:
    quick = Tty()
    told = Progress(quick)
    told.begin("region")
    told.end()
    monkeypatch.setattr(progress, "FELT_AFTER", 0.0)
    pipe = io.StringIO()
    Progress(pipe).begin("credentials")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert quick.getvalue() == pipe.getvalue() == ""


def test_a_thread_that_hangs_does_not_hold_up_the_end() -> None:
    never = threading.Event()
    with asyncio.Runner() as runner:
        runner.get_loop().set_default_executor(DaemonThreads())

        async def gives_up() -> None:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.to_thread(never.wait), 0.01)
            assert await asyncio.to_thread(lambda: 7) == 7
            with pytest.raises(LookupError):
                await asyncio.to_thread({}.__getitem__, "missing")

        runner.run(gives_up())
    never.set()


@pytest.mark.slow
def test_a_real_terminal_gets_lines_of_its_width() -> None:
    program = (
        "import fcntl, pty, struct, sys, termios; "
        "fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 30, 60, 0, 0)); "
        "from jobs_tui.cli import main; "
        "sys.exit(main(['doctor', '--endpoint-url', 'http://127.0.0.1:1', 'gw-1']))"
    )
    master, slave = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "AWS_ACCESS_KEY_ID": "a"}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as running:
        os.close(slave)
        told = read_all(master)
    assert running.returncode == 1
    lines = told.decode().splitlines()
    assert lines[0].startswith("warning  terminal       xterm-256color, 256 colours,")
    assert max(len(each) for each in lines if "arn:" not in each and "/" not in each) <= 60


@pytest.mark.slow
def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    program = [sys.executable, "-m", "jobs_tui", "doctor", "--endpoint-url", "http://127.0.0.1:1"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode in {0, 1}


@pytest.mark.slow
def test_a_wait_is_told_and_can_be_ended() -> None:
    program = [sys.executable, "-m", "jobs_tui", "doctor", "--endpoint-url"]
    master, slave = pty.openpty()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with subprocess.Popen([*program, url], stdin=slave, stdout=slave, stderr=slave) as running:
            os.close(slave)
            told = b""
            while b"... clock" not in told:
                told += os.read(master, 4096)
            running.send_signal(signal.SIGINT)
            told += read_all(master)
    assert running.returncode == 130
    assert told.decode().splitlines()[-1].endswith("jobs-tui: interrupted before the end")


def read_all(terminal: int) -> bytes:
    """What is printed until nobody holds the terminal any more."""
    told = b""
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:
            more = b""
        if not more:
            os.close(terminal)
            return told
        told += more
