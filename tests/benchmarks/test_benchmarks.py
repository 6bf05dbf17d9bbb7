"""That the benchmarks work, not how fast anything is: a shared machine in CI could not tell."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = (sys.executable, str(Path(__file__).parent))

FIGURES = {
    "start-up": 3,
    "round": 8,
    "lag": 4,
    "keys": 4,
    "sizes": 8,
    "idle": 2,
    "thin-line": 4,
    "wire": 9,
    "emulator": 3,
}


@pytest.mark.slow
def test_the_command_measures_everything_and_tells_it_in_a_table_and_plots(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    ran = subprocess.run(
        [*COMMAND, "--short", "--json", str(file)],
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads(file.read_text())
    assert {name: len(rows) for name, rows in told["figures"].items()} == FIGURES
    for rows in told["figures"].values():
        for row in rows:
            assert math.isfinite(row["value"]), row
            assert row["value"] >= 0, row
            assert row["bar"] is None or row["met"] in {True, False}, row
            assert row["what"] in ran.stdout
    _check_plausible(
        {row["what"]: row["value"] for rows in told["figures"].values() for row in rows}
    )
    assert "seconds of a full round" in ran.stdout
    assert "memory in MB" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 100


def _check_plausible(values: dict[str, float]) -> None:
    """What can only be otherwise if something else was measured than is said."""
    assert 0.3 < values["first frame / empty app"] < 10
    assert 0.9 < values["memory, 30 things x 10 / empty app"] < 3
    assert 0.01 < values["first of 30: throughput / aiobotocore"] < 2
    assert 0.5 < values["first: CPU per thing / aiobotocore"] < 100
    assert 0.01 < values["of a core, asked for 200 calls/s"] < 1.1
    assert 0.1 < values["calls made, of 200 each second"] < 1.2
    assert 500 < values["call, empty list"] < values["call, 10 executions"] < 5_000
    assert 4_000 < values["certificates in a hand-shake"] < values["hand-shake before a call"]
    assert values["hand-shake before a call"] < values["hand-shake by certificate"] < 15_000


def test_an_unknown_name_is_wrong_usage() -> None:
    ran = subprocess.run(
        [*COMMAND, "speed"], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 2
    assert "there is no benchmark speed; there are start-up, " in ran.stderr
