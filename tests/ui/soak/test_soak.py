"""That nothing grows, nothing is lost, and nothing is left over, however long the program runs.

`.venv/bin/python tests/ui/soak --hours 8` does it for eight simulated hours, in eight minutes.
"""

import os
from pathlib import Path

import pytest
from textual import constants

from soak.soak import Plan, soak
from soak.telling import broken_bounds, lines_of

HOURS = float(os.environ.get("JOBS_TUI_SOAK_HOURS", "0.25"))
"""Simulated ones: a quarter of a minute."""


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    # no terminal of its own could be lent to a program
    monkeypatch.setenv("PAGER", "'")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "256")


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_hours_of_trouble_leave_nothing_behind(tmp_path: Path) -> None:
    report = await soak(Plan(hours=HOURS, seed=2), tmp_path)
    told = "\n".join(lines_of(report))
    assert not broken_bounds(report), told
    assert not report.contradictions, told
    assert not report.differences, told
    assert report.faults, told
    assert report.changes, told
