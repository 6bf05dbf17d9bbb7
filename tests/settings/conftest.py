"""A user with a file of settings, who asks what is in force."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's home folder; nothing is set that could have a say."""
    for name in tuple(os.environ):
        if name.startswith(("AWS_", "JOBS_TUI_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return tmp_path


@pytest.fixture
def file(home: Path) -> Path:
    """Where the file of settings is looked for; the folder is there, the file is not."""
    path = home / "settings" / "jobs-tui" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


class Told:
    """What `jobs-tui config --json` has printed."""

    def __init__(self, members: dict[str, Any]) -> None:
        self.members = members

    def __getitem__(self, name: str) -> tuple[Any, str]:
        """The value of a setting, and where it comes from."""
        setting = self.members["settings"][name]
        return setting["value"], setting["from"]


@pytest.fixture
def config(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Ask for the settings in force."""

    def ask(*words: str) -> Told:
        status = main(["config", "--json", *words])
        output, errors = capsys.readouterr()
        assert (status, errors) == (0, "")
        return Told(json.loads(output))

    return ask


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """What is told of settings that cannot be meant, line by line."""

    def ask(*words: str) -> list[str]:
        status = main(["config", *words])
        output, errors = capsys.readouterr()
        assert (status, output) == (2, "")
        lines = errors.splitlines()
        assert lines
        assert all(line.startswith("jobs-tui: ") for line in lines)
        return [line.removeprefix("jobs-tui: ") for line in lines]

    return ask
