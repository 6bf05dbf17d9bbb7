"""A Textual whose private parts are not those that frames are taken with."""

from pathlib import Path

import pytest


def test_its_own_output_is_used_and_the_log_says_so(gateway, tmp_path: Path) -> None:
    log_file = tmp_path / "log"
    terminal = gateway.start("--other-textual", "--log-file", str(log_file))
    terminal.wait_for(lambda: terminal.text.count("live") == 4)
    terminal.press("o")
    terminal.wait_for("ubuntu")
    terminal.press("escape")
    terminal.wait_for("boiler-07")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert "its own output is used" in log_file.read_text()


@pytest.mark.slow
def test_with_the_one_expected_nothing_is_logged(gateway, tmp_path: Path) -> None:
    log_file = tmp_path / "log"
    terminal = gateway.start("--log-file", str(log_file))
    terminal.wait_for(lambda: terminal.text.count("live") == 4)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert log_file.read_text() == ""
