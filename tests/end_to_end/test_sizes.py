"""From 40x12 to 300x100 all can be done; on less one sentence tells, and nothing is taken."""

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from jobs_tui.ui.terminal.start_checks import no_room_lines

PROGRAM = (sys.executable, "-m", "jobs_tui")
ROOT = Path(__file__).parents[2]
MOST_PAGES = 12
SMALLEST = {"columns": 40, "lines": 12}


@pytest.fixture
def start(run: Callable[..., object]) -> Callable[..., object]:
    """Start the program as it is here."""
    return partial(run, program=PROGRAM, environment={"PYTHONPATH": str(ROOT)})


def unwrapped(terminal) -> str:
    """What the screen shows, without its line breaks and blanks."""
    return re.sub(r"[\s\u2502]", "", terminal.text)


def test_on_the_smallest_terminal_a_change_is_seen_before_it_is_sent(start) -> None:
    terminal = start("demo", "--seed", "1", **SMALLEST)
    terminal.wait_for("! due")
    assert "n start s status" in terminal.screen.display[11]
    terminal.press("s")
    terminal.wait_for(lambda: "thechangeisbasedonit" in unwrapped(terminal))
    terminal.wait_for(lambda: "gw-lyon-01/fw-2026-11-edge" in unwrapped(terminal))
    terminal.press("f")
    terminal.wait_for("(\u2022) f FAILED")
    terminal.press("enter")
    terminal.wait_for("Apply")
    terminal.wait_for(lambda: '"includeJobDocument":false}' in unwrapped(terminal))
    assert '{"status":"FAILED","expectedVersion":4' in unwrapped(terminal)
    terminal.press("pageup")
    terminal.wait_for(lambda: "SendsPOST/things/gw-lyon-01/jobs" in unwrapped(terminal))
    terminal.press("enter")
    terminal.wait_for(lambda: "FAILED" in terminal.line_with("confirmed:"))


@pytest.mark.slow
def test_on_the_smallest_terminal_an_execution_is_read_and_the_next_one_started(start) -> None:
    terminal = start("demo", "--seed", "1", **SMALLEST)
    terminal.wait_for("! due")
    terminal.press("enter")
    terminal.wait_for("version number")
    for _ in range(MOST_PAGES):
        if "protocol" in terminal.text:
            break
        terminal.press("pagedown")
        terminal.rest()
    assert "protocol" in terminal.text
    terminal.press("escape")
    terminal.wait_for("! due")
    terminal.press("down", "down", "down", "tab", "tab", "tab")
    terminal.press("n")
    terminal.wait_for(lambda: "thereisnothingtostart" in unwrapped(terminal))
    assert re.search("Start +Cancel", terminal.text)
    terminal.press("escape")
    terminal.wait_for(lambda: "Step timeout" not in terminal.text)
    terminal.press("?")
    terminal.wait_for("Keys")
    terminal.press("escape")
    terminal.wait_for("! due")
    terminal.press("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "lines"), [(39, 12), (40, 11), (12, 4), (1, 1)])
def test_too_small_one_sentence_tells_and_the_screen_comes_back_as_it_was(
    start, columns: int, lines: int
) -> None:
    terminal = start("demo", "--seed", "1")
    terminal.wait_for("! due")
    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.press("tab", "reason", "tab", "half a wor")
    terminal.wait_for("half a wor")
    terminal.wait_for_quiet()
    before = terminal.screen.display[1:]
    terminal.resize(columns, lines)
    told = no_room_lines(columns, lines, "ctrl+q leaves")
    told += [""] * (lines - len(told))
    terminal.wait_for(lambda: [line.rstrip() for line in terminal.screen.display] == told)
    terminal.send(b"\r\rd\x1b[200~pasted\x1b[201~\x1b[<0;9;5M\x1b[<0;9;5m")
    terminal.press("escape", "escape", "q")
    terminal.wait_for_quiet()
    assert [line.rstrip() for line in terminal.screen.display] == told
    terminal.resize(80, 24)
    terminal.wait_for(lambda: "half a wor" in terminal.text)
    terminal.wait_for_quiet()
    assert terminal.screen.display[1:] == before
    terminal.press("d")
    terminal.wait_for("half a word")


def test_an_enter_that_comes_with_the_room_for_a_dialog_sends_nothing(start) -> None:
    terminal = start("demo", "--seed", "1")
    terminal.wait_for("! due")
    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.press("f")
    terminal.wait_for("Sends")
    terminal.resize(30, 8)
    terminal.wait_for("is too small")
    terminal.resize(80, 24)
    terminal.send(b"\r\r")
    terminal.wait_for("Change status")
    terminal.wait_for_quiet()
    assert "Change status" in terminal.text
    terminal.press("enter")
    terminal.wait_for("FAILED, confirmed")


@pytest.mark.slow
def test_too_small_the_program_can_be_left(start) -> None:
    terminal = start("demo")
    terminal.wait_for("! due")
    terminal.resize(20, 5)
    terminal.wait_for(lambda: "toosmall" in unwrapped(terminal))
    terminal.send(b"\x11")
    assert terminal.wait_for_end() == 0


@pytest.mark.slow
def test_a_terminal_that_is_too_small_at_the_start_is_told_so(start) -> None:
    small = ("/bin/sh", "-c", 'stty rows 11 columns 40; exec "$@"', "sh", *PROGRAM)
    terminal = start("demo", program=small, columns=40, lines=11)
    terminal.wait_for(lambda: "toosmall" in unwrapped(terminal))
    assert terminal.wait_for_end() == 2
    assert b"\x1b" not in terminal.raw


@pytest.mark.slow
def test_on_the_largest_terminal_all_is_shown(start) -> None:
    terminal = start("demo", "--things", "60", "--seed", "1", columns=300, lines=100)
    terminal.wait_for("version number")
    for key, words in (("o", "esc back"), ("?", "An execution and its document")):
        terminal.press(key)
        terminal.wait_for(words)
    terminal.press("escape")
    terminal.wait_for(lambda: "An execution and" not in terminal.text)
    terminal.press("escape")
    terminal.wait_for("changes of this run")
    terminal.press("s")
    terminal.wait_for("the change is based on it")
    terminal.press("escape")
    terminal.wait_for(lambda: "Change status" not in terminal.text)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
