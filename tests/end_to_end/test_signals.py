"""Signals in every situation: the terminal as it was, changes on disk, status 128 + n, nobody left.

`JOBS_TUI_SIGNALS=all pytest -n0 -s -m "slow or not slow"` sends all, and prints what was seen.
"""

import asyncio
import fcntl
import os
import pty
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from left_behind import check_given_back, cpu_seconds, processes_of

from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import Account, EmulatorServer, EmulatorThread
from jobs_tui.engine.change import ChangeState
from jobs_tui.engine.journal.journal_file import JournalFile

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "jobs_tui")
THINGS = ("gw-1", "gw-2", "gw-3")
FRAMES_THAT_FILL_A_LINE = 40

ENDS_WITHIN = 5.0
"""Seconds, with a line that takes nothing and an endpoint that says nothing."""


@dataclass
class Cockpit:
    """The program in a terminal, watching three things of an emulator, with a journal."""

    emulator: EmulatorThread
    terminal: object
    modes: list[object]
    folder: Path

    def settled_on_disk(self) -> list[ChangeState]:
        """What the journal says of each change, the oldest first."""
        path = self.folder / "state" / "jobs-tui" / "journal.sqlite"
        if not path.exists():
            return []
        file = JournalFile(path, read_only=True)
        try:
            return [change.state for change in reversed(file.changes())]
        finally:
            file.close()

    def ends(self, seconds: float = ENDS_WITHIN) -> float:
        """Wait for the end without reading the terminal; how long that took."""
        began = time.monotonic()
        program = os.pidfd_open(self.terminal.pid)
        try:
            assert select.select([program], [], [], seconds)[0], "still runs"
        finally:
            os.close(program)
        return time.monotonic() - began


@pytest.fixture
def cockpit(run: Callable[..., object], tmp_path: Path) -> Iterator[Cockpit]:
    account = Account(SystemClock(), random.Random(1))
    for name in THINGS:
        account.create_thing(name)
    account.create_job("fw-1", THINGS, "{}")
    environment = {
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "eu-west-3",
    }
    with EmulatorThread(lambda: EmulatorServer(account)) as emulator:
        url = ("--endpoint-url", emulator.url, "--refresh", "0.5")
        terminal = run(*THINGS, *url, program=PROGRAM, environment=environment)
        modes = termios.tcgetattr(terminal._fd)
        terminal.wait_for(lambda: terminal.text.count("live") == 3)
        yield Cockpit(emulator, terminal, modes, tmp_path)


def at_rest(_: Cockpit) -> None:
    """Nobody does anything."""


def line_stalled(cockpit: Cockpit) -> None:
    """Nobody reads what the program draws, for so long that the line has taken all it can."""
    for _ in range(FRAMES_THAT_FILL_A_LINE):
        cockpit.terminal.press("ctrl+l")
        assert not select.select([], [], [], 0.02)[0]


def dialog_open(cockpit: Cockpit) -> None:
    """Something is typed into a dialog."""
    cockpit.terminal.press("s")
    cockpit.terminal.wait_for("the change is based on it")
    cockpit.terminal.press("i", "tab", "reason", "tab", "half a wor")
    cockpit.terminal.wait_for("half a wor")


async def _no_answer(request: web.Request) -> web.StreamResponse | None:
    if request.method != "GET":
        await asyncio.sleep(3600)
    return None


def change_sent(cockpit: Cockpit) -> None:
    """A change was sent and is not answered."""
    cockpit.emulator.server.intercept = _no_answer
    _apply(cockpit.terminal)
    cockpit.terminal.wait_for("sending")


async def _unavailable(request: web.Request) -> web.StreamResponse | None:
    if request.method == "GET" and "fw-1" not in request.path:
        return None
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)


def changes_queued(cockpit: Cockpit) -> None:
    """Changes of several things wait for an endpoint that does not answer."""
    cockpit.emulator.server.intercept = _unavailable
    for number, _ in enumerate(THINGS, 1):
        _apply(cockpit.terminal, "Enter keeps the change")
        cockpit.terminal.wait_for(lambda number=number: len(cockpit.settled_on_disk()) == number)
        cockpit.terminal.wait_for(lambda: "Change status" not in cockpit.terminal.text)
        cockpit.terminal.press("tab")


def bulk_under_way(cockpit: Cockpit) -> None:
    """A change of all that are marked was begun, and none of it is answered."""
    cockpit.emulator.server.intercept = _no_answer
    terminal = cockpit.terminal
    terminal.press(*"*\t*\t*")
    terminal.wait_for("3 marked")
    terminal.press("s")
    terminal.wait_for("just read; each change is based on")
    terminal.press("i")
    terminal.wait_for("3 requests go out")
    terminal.press("enter")
    terminal.wait_for(lambda: len(cockpit.settled_on_disk()) == 3)


def sent_on_a_stalled_line(cockpit: Cockpit) -> None:
    """Both at once."""
    change_sent(cockpit)
    line_stalled(cockpit)


def _apply(terminal, words: str = "the change is based on it") -> None:
    terminal.press("s")
    terminal.wait_for(words)
    terminal.press("i")
    terminal.press("enter")


IN_DOUBT = {ChangeState.SENDING, ChangeState.NOT_CONFIRMED, ChangeState.WAITING}

SITUATIONS = (at_rest, line_stalled, dialog_open, change_sent, changes_queued, bulk_under_way)
HOW_MANY_CHANGES = {
    change_sent: 1,
    changes_queued: 3,
    bulk_under_way: 3,
    sent_on_a_stalled_line: 1,
}
ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
FAST = {(signal.SIGTERM, at_rest), (signal.SIGHUP, change_sent)}
ALL = os.environ.get("JOBS_TUI_SIGNALS") == "all"
"""Whether each signal is sent in each situation; else two of them, and in two situations all."""
USUAL = {signal.SIGTERM, signal.SIGHUP}


def every_case() -> Iterator[object]:
    for situation in (*SITUATIONS, sent_on_a_stalled_line):
        for number in ENDING:
            if not (ALL or number in USUAL or situation in {at_rest, change_sent}):
                continue
            marks = [] if (number, situation) in FAST else [pytest.mark.slow]
            name = f"{number.name}-{situation.__name__}"
            yield pytest.param(number, situation, marks=marks, id=name)


@pytest.mark.parametrize(("number", "situation"), every_case())
def test_a_signal_ends_the_program_in_good_order(
    cockpit: Cockpit,
    number: signal.Signals,
    situation: Callable[[Cockpit], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    situation(cockpit)
    terminal, session = cockpit.terminal, cockpit.terminal.pid
    os.kill(terminal.pid, number)
    took = cockpit.ends()
    assert terminal.wait_for_end() == 128 + number
    check_given_back(terminal, cockpit.modes)
    assert b"Traceback" not in terminal.raw
    assert processes_of(session) == []
    states = cockpit.settled_on_disk()
    assert len(states) == HOW_MANY_CHANGES.get(situation, 0)
    assert set(states) <= IN_DOUBT
    if ALL:
        with capsys.disabled():
            journal = ", ".join(states) or "no change"
            print(
                f"\n{number.name:8} {situation.__name__:24} {128 + number} {took:4.1f} s  {journal}"
            )


async def _silent(request: web.Request) -> web.StreamResponse | None:
    del request
    await asyncio.sleep(3600)
    return None


@pytest.mark.slow
def test_a_second_signal_ends_at_once_with_the_terminal_given_back(cockpit: Cockpit) -> None:
    line_stalled(cockpit)
    os.kill(cockpit.terminal.pid, signal.SIGTERM)
    os.kill(cockpit.terminal.pid, signal.SIGHUP)
    os.kill(cockpit.terminal.pid, signal.SIGINT)
    cockpit.ends(2.0)
    assert cockpit.terminal.wait_for_end() in {128 + signal.SIGTERM, 128 + signal.SIGHUP, 130}
    check_given_back(cockpit.terminal, cockpit.modes)


HANGS = """
import time
from jobs_tui.cli import main
from jobs_tui.ui.screens.cockpit import CockpitScreen
CockpitScreen.open_help = lambda screen: time.sleep(60)
raise SystemExit(main(["demo"]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("signals", "within"),
    [([signal.SIGTERM], 6.0), ([signal.SIGINT, signal.SIGINT], 2.0)],
    ids=["once", "twice"],
)
def test_a_program_that_hangs_is_ended_and_gives_the_terminal_back(
    run, tmp_path: Path, signals: list[signal.Signals], within: float
) -> None:
    environment = {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    terminal = run(program=(sys.executable, "-c", HANGS), environment=environment)
    modes = termios.tcgetattr(terminal._fd)
    terminal.wait_for("! due")
    terminal.wait_for(lambda: list(tmp_path.glob("jobs-tui-demo-*")))
    terminal.press("?")
    terminal.read_for(0.3)
    for number in signals:
        os.kill(terminal.pid, number)
        terminal.read_for(0.2)
    assert terminal.wait_for_end(within) == 128 + signals[0]
    check_given_back(terminal, modes)
    assert not list(tmp_path.glob("jobs-tui-demo-*"))


@pytest.mark.slow
def test_drawn_elsewhere_than_where_keys_come_from_it_rests_and_ends_with_that_terminal(
    bare_environment: dict[str, str],
) -> None:
    # the terminal of the keys knows no size
    keys, drawn = pty.openpty(), pty.openpty()
    fcntl.ioctl(drawn[1], termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    program = subprocess.Popen(
        [*PROGRAM, "demo"],
        env={**bare_environment, "PYTHONPATH": str(ROOT)},
        stdin=keys[1],
        stdout=subprocess.DEVNULL,
        stderr=drawn[1],
        start_new_session=True,
    )
    try:
        os.close(drawn[1])
        seen = b""
        while b"due" not in seen:
            assert select.select([drawn[0]], [], [], 10)[0], seen
            seen += os.read(drawn[0], 65536)
        os.close(drawn[0])
        # only what is drawn finds out
        os.write(keys[0], b"\x0c")
        assert program.wait(timeout=10) == 129
    finally:
        program.kill()
        program.wait()


@pytest.mark.slow
def test_a_signal_at_any_moment_of_the_start_leaves_nothing_behind(run, tmp_path: Path) -> None:
    for milliseconds in range(200, 900, 125):
        terminal = run(
            "demo",
            program=PROGRAM,
            environment={"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        )
        modes = termios.tcgetattr(terminal._fd)
        terminal.read_for(milliseconds / 1000)
        session = terminal.pid
        assert terminal.end_by(signal.SIGTERM) in {-signal.SIGTERM, 128 + signal.SIGTERM}
        check_given_back(terminal, modes)
        assert b"Traceback" not in terminal.raw
        assert processes_of(session) == []
        assert not list(tmp_path.glob("jobs-tui-demo-*"))


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_nothing_of_the_demo_stays_after_a_signal(
    run, tmp_path: Path, number: signal.Signals
) -> None:
    environment = {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    terminal = run("demo", program=PROGRAM, environment=environment)
    terminal.wait_for("! due")
    terminal.wait_for(lambda: list(tmp_path.glob("jobs-tui-demo-*")))
    url = next(word for word in terminal.text.split() if word.startswith("http://"))
    assert terminal.end_by(number) == 128 + number
    assert not list(tmp_path.glob("jobs-tui-demo-*"))
    port = int(url.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def stopped(terminal) -> None:
    """Read until the program has stopped."""
    state = Path(f"/proc/{terminal.pid}/stat")
    terminal.wait_for(lambda: state.read_text().rpartition(")")[2].split()[0] == "T")
    terminal.read_for(0.2)


@pytest.mark.slow
@pytest.mark.parametrize(
    "situation", [at_rest, line_stalled, dialog_open], ids=lambda each: each.__name__
)
@pytest.mark.parametrize("size", [(80, 24), (100, 30)], ids=["same size", "resized"])
def test_stopped_it_gives_the_terminal_back_and_continued_it_draws_all_of_it(
    cockpit: Cockpit, situation: Callable[[Cockpit], None], size: tuple[int, int]
) -> None:
    situation(cockpit)
    terminal = cockpit.terminal
    os.kill(terminal.pid, signal.SIGTSTP)
    stopped(terminal)
    check_given_back(terminal, cockpit.modes)
    used = cpu_seconds(terminal.pid)
    terminal._stream.feed(b"\x1b[2J\x1b[Hsomebody@gw:~$ vi\r\n")
    terminal.resize(*size)
    assert cpu_seconds(terminal.pid) == used
    os.kill(terminal.pid, signal.SIGCONT)
    wanted = "half a wor" if situation is dialog_open else "enter open"
    terminal.wait_for(lambda: wanted in terminal.text and "somebody" not in terminal.text)
    terminal.wait_for_quiet()
    assert "enter open" in terminal.screen.display[size[1] - 1]
    if situation is dialog_open:
        terminal.press("d")
        terminal.wait_for("half a word")
    else:
        terminal.press("ctrl+c")
        terminal.wait_for("q leaves the program")
    assert terminal.end_by(signal.SIGTERM) == 143
    check_given_back(terminal, cockpit.modes)


@pytest.mark.slow
def test_the_mouse_stays_off_where_bandwidth_is_saved(cockpit: Cockpit) -> None:
    terminal = cockpit.terminal
    terminal.press("B")
    terminal.wait_for(lambda: b"\x1b[?1003l" in terminal.raw)
    os.kill(terminal.pid, signal.SIGTSTP)
    stopped(terminal)
    said = len(terminal.raw)
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.wait_for(lambda: b"gw-3" in terminal.raw[said:])
    assert b"\x1b[?1003h" not in terminal.raw[said:]
    assert b"\x1b[?1000h" not in terminal.raw[said:]


@pytest.mark.slow
def test_continued_without_having_been_told_to_stop_it_takes_the_terminal_anew(
    cockpit: Cockpit,
) -> None:
    terminal = cockpit.terminal
    for stop in (signal.SIGSTOP, None):
        if stop is not None:
            os.kill(terminal.pid, stop)
            stopped(terminal)
            # as a shell does that has the terminal meanwhile
            termios.tcsetattr(terminal._fd, termios.TCSANOW, cockpit.modes)
        said = len(terminal.raw)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_for(lambda said=said: b"gw-3" in terminal.raw[said:])
    terminal.press("?")
    terminal.wait_for("Refresh all panels now")
    assert terminal.end_by(signal.SIGTERM) == 143
    check_given_back(terminal, cockpit.modes)


@pytest.mark.slow
def test_stopped_and_then_told_to_end_it_ends(cockpit: Cockpit) -> None:
    terminal = cockpit.terminal
    os.kill(terminal.pid, signal.SIGTSTP)
    stopped(terminal)
    os.kill(terminal.pid, signal.SIGTERM)
    os.kill(terminal.pid, signal.SIGCONT)
    assert terminal.wait_for_end() == 143
    check_given_back(terminal, cockpit.modes)


@pytest.mark.slow
def test_a_terminal_that_goes_unnoticed_ends_it_without_spinning(
    run, bare_environment: dict[str, str]
) -> None:
    ignoring = ("/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh", *PROGRAM)
    terminal = run("demo", program=ignoring, environment={"PYTHONPATH": str(ROOT)})
    terminal.wait_for("! due")
    began = time.monotonic()
    assert terminal.hang_up() == 129
    assert time.monotonic() - began < ENDS_WITHIN


@pytest.mark.parametrize(
    ("words", "number", "status"),
    [
        (("emulator",), signal.SIGINT, 0),
        (("emulator",), signal.SIGTERM, 0),
        (("emulator",), signal.SIGHUP, 0),
        (("doctor",), signal.SIGTERM, 143),
        (("doctor",), signal.SIGHUP, 129),
        (("doctor",), signal.SIGINT, 130),
    ],
)
@pytest.mark.slow
def test_the_other_commands_end_tidily(
    bare_environment: dict[str, str], words: tuple[str, ...], number: signal.Signals, status: int
) -> None:
    environment = {**bare_environment, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*PROGRAM, *words, *(("--endpoint-url", "http://192.0.2.1") if "doctor" in words else ())],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.send_signal(number)
        _, told = program.communicate(timeout=10)
    assert program.returncode == status
    assert b"Traceback" not in told
    assert processes_of(program.pid) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", ENDING, ids=lambda each: each.name)
def test_a_list_that_waits_says_for_what_and_ends_tidily(run, number: signal.Signals) -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{silent.getsockname()[1]}"
    environment = {
        "PYTHONPATH": str(ROOT),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
        "AWS_DEFAULT_REGION": "eu-west-3",
    }
    with silent:
        words = ("list", "gw-1", "--endpoint-url", url)
        terminal = run(*words, program=PROGRAM, environment=environment)
        modes = termios.tcgetattr(terminal._fd)
        terminal.wait_for("... asking for 1 thing")
        session = terminal.pid
        assert terminal.end_by(number) == 128 + number
    check_given_back(terminal, modes)
    assert b"Traceback" not in terminal.raw
    assert processes_of(session) == []


@pytest.mark.slow
def test_without_room_a_second_ctrl_q_leaves_a_change_that_is_not_settled(cockpit: Cockpit) -> None:
    change_sent(cockpit)
    terminal = cockpit.terminal
    terminal.resize(60, 5)
    terminal.wait_for("ctrl+q leaves")
    terminal.send(b"\x11")
    terminal.wait_for("changes are not settled, ctrl+q leaves them")
    terminal.resize(80, 24)
    terminal.wait_for("These changes are not settled")
    terminal.resize(60, 5)
    terminal.wait_for("changes are not settled, ctrl+q leaves them")
    terminal.send(b"\x11")
    assert terminal.wait_for_end() == 0
    check_given_back(terminal, cockpit.modes)
    assert set(cockpit.settled_on_disk()) <= IN_DOUBT
