"""From nothing named to a panel, and on to another context: the installed program, by its keys."""

from pathlib import Path

import pytest

from jobs_tui.emulator import Emulator, Switches

KEYS = {
    "AWS_ACCESS_KEY_ID": "any",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-test",
    "AWS_REGION": "eu-west-3",
}


@pytest.fixture
def emulator():
    """Three things, on the place of AWS."""
    with Emulator(Switches(things=["boiler-07", "gw-lyon-01", "gw-lyon-02"])) as emulator:
        emulator.call(emulator.account.create_job, "fw-1", ["gw-lyon-02"], "{}")
        yield emulator


@pytest.mark.slow
def test_choose_a_thing_watch_it_and_go_to_another_context(
    run, emulator: Emulator, tmp_path: Path
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[contexts.bench]\nthings = ["boiler-07"]\nread-only = true\n')
    environment = KEYS | {"AWS_ENDPOINT_URL": emulator.url, "JOBS_TUI_CONFIG": str(settings)}

    terminal = run(environment=environment)
    terminal.wait_for("3 found")
    terminal.press("lyon", "down", "down")
    terminal.wait_for(lambda: "\u25b6" in terminal.line_with("gw-lyon-02"))
    terminal.press("enter")
    terminal.wait_for("fw-1")
    terminal.wait_for("given endpoint")

    terminal.press("ctrl+p")
    terminal.press("bench")
    terminal.wait_for("Context bench")
    terminal.press("enter")
    terminal.wait_for("boiler-07")
    terminal.wait_for("READ-ONLY")
    terminal.press("q")
    assert terminal.wait_for_end() == 0

    again = run(environment=environment)
    again.wait_for("used last")
    assert "gw-lyon-02" in again.text.partition("found")[0]
    again.press("escape")
    assert again.wait_for_end() == 0


def test_the_things_of_a_file_are_watched_and_a_file_that_is_not_there_ends_it(
    run, emulator: Emulator, tmp_path: Path
) -> None:
    (tmp_path / "lyon.txt").write_text("# Lyon\r\ngw-lyon-02\r\nno name\r\ngw-lyon-01\r\n")
    environment = KEYS | {"AWS_ENDPOINT_URL": emulator.url}
    terminal = run("--things-file", f"{tmp_path}/lyon.txt", environment=environment)
    terminal.wait_for("fw-1")
    terminal.wait_for("gw-lyon-01")
    terminal.press("q")
    assert terminal.wait_for_end() == 0

    terminal = run("--things-file", "/nowhere/lyon.txt", environment=environment)
    terminal.wait_for("jobs-tui: /nowhere/lyon.txt: there is no such file")
    assert terminal.wait_for_end() == 2


def test_a_mistake_in_the_settings_is_told_before_anything_starts(run, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text("# mine\nregoin = 1\n")
    terminal = run("gw-1", columns=300, environment={"JOBS_TUI_CONFIG": str(settings)})
    terminal.wait_for("config.toml:2: unknown key 'regoin'; did you mean 'region'?")
    assert terminal.wait_for_end() == 2
