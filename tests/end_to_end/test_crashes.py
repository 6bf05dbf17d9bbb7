"""Failures that nothing expects: the terminal is given back, one line and the log tell of them."""

import sys
from pathlib import Path

import pytest

PROGRAM = (sys.executable, str(Path(__file__).with_name("failing_cockpit.py")))
ROOT = str(Path(__file__).parents[2])
GIVEN_BACK = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l", b"\x1b[?2004l")


def fails(run, tmp_path: Path, place: str) -> None:
    log_file = tmp_path / "log"
    terminal = run(
        place,
        "demo",
        "--log-file",
        str(log_file),
        program=PROGRAM,
        environment={"PYTHONPATH": ROOT},
    )
    terminal.wait_for("fw-2026-11-edge")
    said = len(terminal.raw)
    terminal.press("?")
    if place in {"input", "leaving"}:
        terminal.wait_for_quiet()
        terminal.press("q")
    assert terminal.wait_for_end() == 1
    left = terminal.raw[said:]
    assert all(mode in left for mode in GIVEN_BACK)
    after = left.rpartition(b"\x1b[?1049l")[2]
    assert after.count(b"it failed (") == 1, after
    assert b"Traceback" not in after
    logged = log_file.read_text()
    assert "PlantedError" in logged
    assert "in fail" in logged
    assert "planted-in-a-message" not in logged
    assert "held-in-a-local-variable" not in logged.replace('planted_local = "held-in', "")


def test_a_widget_that_fails_ends_it_in_one_line(run, tmp_path: Path) -> None:
    fails(run, tmp_path, "widget")


@pytest.mark.slow
@pytest.mark.parametrize(
    "place",
    ["key", "worker", "refresher", "writer", "writer that waits", "input", "leaving"],
)
def test_so_does_everything_else(run, tmp_path: Path, place: str) -> None:
    fails(run, tmp_path, place)
