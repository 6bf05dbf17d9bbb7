"""`jobs-tui config`: what it prints, and how it ends."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.cli import main

ROOT = Path(__file__).parent.parent.parent

Config = Callable[..., Any]


def run(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "jobs_tui", *words],
        text=True,
        check=False,
        cwd=ROOT,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


def test_the_table_tells_each_setting_and_then_the_files(home: Path, file: Path) -> None:
    file.write_text('context = "lyon"\n[contexts.lyon]\nthings = ["gw-1", "gw-2"]\n')
    done = run("config", "--region", "eu-west-3")
    assert (done.returncode, done.stderr) == (0, "")
    settings, files, contexts = done.stdout.split("\n\n")
    assert (
        settings + "\n"
        == """\
SETTING               VALUE       FROM
context               lyon        config.toml:1
things                gw-1, gw-2  config.toml:3
things-file           -           default
all-things            false       default
group                 -           default
prefix                -           default
query                 -           default
region                eu-west-3   --region
profile               -           default
endpoint-url          -           default
cert                  -           default
key                   -           default
ca                    -           default
role-alias            -           default
credentials-endpoint  -           default
credentials-thing     -           default
discovery             true        default
refresh               5           default
rate                  10          default
low-bandwidth         false       default
stuck-after           30          default
notify                off         default
theme                 auto        default
read-only             false       default
journal               true        default
keep-journal          90          default
log-file              -           default
debug                 false       default
"""
    )
    assert [line.split() for line in files.splitlines()] == [
        ["FILE", "PATH"],
        ["config", f"{file}"],
        ["journal", f"{home}/.local/state/jobs-tui/journal.sqlite", "not", "there"],
        ["cache", f"{home}/.cache/jobs-tui", "not", "there"],
    ]
    assert contexts == "contexts: lyon\n"


def test_json_tells_the_files_too(home: Path, file: Path, config: Config) -> None:
    assert config().members["files"]["config"] == {"path": f"{file}", "there": False}
    file.touch()
    (home / ".cache" / "jobs-tui").mkdir(parents=True)
    assert config().members["files"] == {
        "config": {"path": f"{file}", "there": True},
        "journal": {"path": f"{home}/.local/state/jobs-tui/journal.sqlite", "there": False},
        "cache": {"path": f"{home}/.cache/jobs-tui", "there": True},
    }
    other = home / "other.toml"
    other.write_text("refresh = 7")
    told = config("--config", f"{other}")
    assert told["refresh"] == (7.0, "other.toml:1")
    assert told.members["files"]["config"]["path"] == f"{other}"


def test_without_a_home_folder_there_are_no_files(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    files = config().members["files"]
    assert {name: file["path"] for name, file in files.items()} == dict.fromkeys(files)


def test_foreign_text_is_made_safe(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "b.toml").write_text('[contexts."\\u202e"]\nlog-file = "\\u202ex"')
    assert main(["config", "--config", f"{home}/b.toml", "--context", "\u202e"]) == 2
    (home / "b.toml").write_text('log-file = "\\u202ex"')
    assert main(["config", "--config", f"{home}/b.toml"]) == 0
    output, errors = capsys.readouterr()
    assert "<U+202E>x" in output
    assert "<U+202E>" in errors
    assert "\u202e" not in output + errors


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run("config", stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_problems_are_told_on_a_line_each_and_end_with_2(file: Path) -> None:
    file.write_text("refresh = 0\nrate = 0\n")
    done = run("config", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split()[1] for line in done.stderr.splitlines()] == [f"{file}:1:", f"{file}:2:"]
