"""Where no screen can be drawn: one line, the exit status 2, and no byte for a terminal."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("jobs-tui")


class Ends:
    """A pty of which a test hands one end to the program as some of its streams."""

    def __init__(self) -> None:
        self._ours, self.theirs = pty.openpty()
        size = struct.pack("HHHH", 24, 80, 0, 0)
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, size)

    def shown(self) -> str:
        """What came out of it."""
        os.set_blocking(self._ours, False)
        try:
            return os.read(self._ours, 65536).decode()
        except BlockingIOError:
            return ""

    def close(self) -> None:
        os.close(self._ours)
        os.close(self.theirs)


@pytest.fixture
def ends():
    made = Ends()
    yield made
    made.close()


def start(environment: Mapping[str, str], **streams: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PROGRAM, "demo"],
        env=environment,
        check=False,
        text=True,
        timeout=20,
        start_new_session=True,
        **streams,
    )


@pytest.mark.parametrize("output", ["terminal", "pipe"])
def test_without_input_from_a_terminal_it_says_so_in_one_line(
    bare_environment, ends, output
) -> None:
    stdout = ends.theirs if output == "terminal" else subprocess.DEVNULL
    done = start(bare_environment, stdin=subprocess.PIPE, stdout=stdout, stderr=ends.theirs)
    assert done.returncode == 2
    shown = ends.shown()
    assert shown.startswith("jobs-tui: no terminal: input and error stream must both be one; ")
    assert "`jobs-tui list` needs no screen" in shown
    assert shown.count("\n") == 1
    assert "\x1b" not in shown


def test_without_a_terminal_to_draw_on_the_error_stream_says_so(bare_environment, ends) -> None:
    done = start(bare_environment, stdin=ends.theirs, stdout=ends.theirs, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert "input and error stream must both be one" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr
    assert ends.shown() == ""


@pytest.mark.parametrize("name", [None, "", "dumb"])
def test_a_terminal_that_cannot_draw_is_left_alone(bare_environment, ends, name) -> None:
    del bare_environment["TERM"]
    if name is not None:
        bare_environment["TERM"] = name
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), ends.theirs)
    done = start(bare_environment, **streams)
    assert done.returncode == 2
    shown = ends.shown()
    assert "TERM is empty or dumb" in shown
    assert shown.count("\n") == 1
    assert "\x1b" not in shown


@pytest.mark.slow
def test_the_output_may_go_elsewhere_while_the_screen_is_drawn_on_the_error_stream(run) -> None:
    terminal = run("-c", 'exec "$0" demo >/dev/null', str(PROGRAM), program=("/bin/sh",))
    terminal.wait_for("live")
    terminal.press("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.parametrize(
    "exported", [pytest.param({}, marks=pytest.mark.slow), {"COLUMNS": "no", "LINES": "0"}]
)
def test_a_terminal_that_knows_no_size_is_taken_for_the_usual_one(run, exported) -> None:
    terminal = run("demo", environment=exported, knows_size=False)
    terminal.wait_for("live")
    assert "? help" in terminal.screen.display[23]
    terminal.press("q")
    assert terminal.wait_for_end() == 0
