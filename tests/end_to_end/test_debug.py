"""The cockpit with `--debug`: all of a session is in the log, and a log that is full is told."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HERE = {"PYTHONPATH": str(Path(__file__).parents[2])}

LINE = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z DEBUG (asked|answered|decided) pid=\d+ "
    r"thing=\S+ job=\S+ request=\S+( [A-Za-z_]+=(\"([^\"\\\\]|\\\\.)*\"|[^\s\"=]+))+"
)


def test_a_session_of_the_demo_is_in_its_log(run, tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    terminal = run("demo", "--debug", "--log-file", f"{log}", environment=HERE)
    terminal.wait_for("live")
    terminal.press("p")
    terminal.wait_for("paused")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    lines = log.read_text("utf-8").splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    text = "\n".join(lines)
    assert "about=log command=demo" in text
    assert "about=link state=opened" in text
    assert "about=refreshing state=paused" in text
    assert lines[-1].endswith("about=link state=closed")


def test_a_log_without_room_is_told_and_disturbs_nothing(run) -> None:
    terminal = run("demo", "--debug", "--log-file", "/dev/full", environment=HERE)
    terminal.wait_for("live")
    terminal.wait_for("the log file cannot be written: No space left on device")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
