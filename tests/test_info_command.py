"""`jobs-tui info`: what it tells of places and versions, also where hardly anything works."""

import json
import os
import pwd
from pathlib import Path
from typing import Any

import pytest

from jobs_tui import __version__
from jobs_tui.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in tuple(os.environ):
        if name.startswith(("AWS_", "JOBS_TUI_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["info", "--json", *words]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return json.loads(said.out)


def test_one_line_for_each_item(home: Path, capsys) -> None:
    assert main(["info"]) == 0
    lines = dict(line.split(":", 1) for line in capsys.readouterr().out.splitlines())
    assert lines["jobs-tui"].strip() == __version__
    assert lines["journal"].split()[0] == f"{home}/.local/state/jobs-tui/journal.sqlite"
    assert lines["journal"].endswith("(not there yet)")
    assert set(lines) >= {"Python", "textual", "aiobotocore", "botocore", "platform", "terminal"}


def test_programs_get_the_same_and_what_is_there_is_told(home: Path, capsys) -> None:
    state = home / ".local" / "state" / "jobs-tui"
    state.mkdir(parents=True)
    (state / "recent-things.json").touch()
    members = told(capsys, "--log-file", f"{home}/a.log")
    assert list(members) == ["format", "versions", "terminal", "places", "debug", "problems"]
    states = {name: place["state"] for name, place in members["places"].items()}
    assert states == {
        "settings": "not there",
        "state": "there",
        "journal": "not there yet",
        "recent things": "there",
        "cache": "not there yet",
        "endpoints": "not there yet",
        "last seen": "not there yet",
        "log": "not there yet",
        "program": "there",
    }


def test_a_user_without_a_home_has_no_places(monkeypatch, capsys) -> None:
    def unknown(_user: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    places = told(capsys)["places"]
    assert {places[name]["state"] for name in ("settings", "state", "journal", "cache")} == {
        "no home folder"
    }


def test_a_home_that_cannot_be_written_is_told(home: Path, monkeypatch, capsys) -> None:
    # root may write anywhere, so the answer is given for it
    monkeypatch.setattr(os, "access", lambda path, mode: mode == os.R_OK)
    state = told(capsys)["places"]["journal"]["state"]
    assert state == f"not there, and cannot be made: {home} cannot be written"


def test_settings_that_cannot_be_meant_are_told_beside_the_rest(home: Path, capsys) -> None:
    path = home / "bad.toml"
    path.write_text('refresh = "often"\nregoin = "x"\n')
    members = told(capsys, "--config", f"{path}")
    assert members["places"]["settings"] == {"path": f"{path}", "state": "there"}
    assert [problem.split(":")[1] for problem in members["problems"]] == ["1", "2"]


def test_no_secret_is_in_it(monkeypatch, capsys) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    assert main(["info"]) == 0
    said = capsys.readouterr().out
    assert "AKIA" not in said
    assert "secret-of" not in said
