"""The first start on a fresh machine: no settings, no account, no thing."""

from pathlib import Path

import pytest

import jobs_tui

ENVIRONMENT = {"PYTHONPATH": str(Path(jobs_tui.__file__).parent.parent)}


@pytest.mark.slow
def test_who_has_nothing_sees_the_demo_by_one_key_and_leaves_nothing_behind(
    run, tmp_path: Path
) -> None:
    terminal = run(environment=ENVIRONMENT)
    terminal.wait_for("no region is set")
    terminal.wait_for("Enter with nothing typed shows the demo")
    terminal.press("enter")
    terminal.wait_for("gw-lyon-01")
    terminal.wait_for("live")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert not list(tmp_path.rglob("journal.sqlite"))
