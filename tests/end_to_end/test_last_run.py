"""What the last run saw is there at once in the next one: the installed program."""

import stat
from pathlib import Path

import pytest

from jobs_tui.emulator import Emulator, Switches

KEYS = {
    "AWS_ACCESS_KEY_ID": "any",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
    "AWS_REGION": "eu-west-3",
}


@pytest.mark.slow
def test_a_gateway_that_is_offline_shows_what_the_last_run_saw(run, tmp_path: Path) -> None:
    with Emulator(Switches(things=["gw-1"])) as emulator:
        emulator.call(emulator.account.create_job, "fw-1", ["gw-1"], '{"a": "PLANTED"}')
        environment = KEYS | {"AWS_ENDPOINT_URL": emulator.url}
        terminal = run("gw-1", environment=environment)
        terminal.wait_for("fw-1")
        terminal.press("o")
        terminal.wait_for("PLANTED")
        terminal.press("q", "q")
        assert terminal.wait_for_end() == 0

    folder = tmp_path / ".cache" / "jobs-tui"
    (snapshot,) = folder.glob("things-*.jsonl")
    assert stat.S_IMODE(snapshot.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not [each for each in folder.iterdir() if b"PLANTED" in each.read_bytes()]

    terminal = run("gw-1", "gw-2", environment=environment)
    terminal.wait_for(lambda: "unreachable" in terminal.line_with("gw-1"))
    assert "stale " in terminal.line_with("gw-1")
    assert "QUEUED" in terminal.line_with("fw-1")
    assert b"from the last run" in terminal.raw
    before_it = terminal.raw.partition(b"from the last run")[0]
    assert b"unreachable" not in before_it
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert b"fw-1" in snapshot.read_bytes()


@pytest.mark.slow
def test_the_demo_keeps_nothing_in_the_folder_for_caches(run, tmp_path: Path) -> None:
    terminal = run("demo")
    terminal.wait_for("live")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert list(tmp_path.rglob("things*")) == []
