"""Mistakes in the file: one file for each, with what is told of it beside it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jobs_tui.cli import main

Refused = Callable[..., list[str]]

MISTAKES = sorted((Path(__file__).parent / "mistakes").glob("*.toml"), key=lambda path: path.stem)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_told_with_its_line_and_without_secrets(
    mistake: Path, refused: Refused
) -> None:
    told = refused("--config", f"{mistake}")
    expected = mistake.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert len(told) == len(expected)
    for line, wanted in zip(told, expected, strict=True):
        # what is no TOML is told in the words of this Python's tomllib
        begin, any_words, _ = wanted.replace("FILE", f"{mistake}").partition("...")
        assert line.startswith(begin) if any_words else line == begin
    assert "hunter2" not in "".join(told).lower()


def test_nothing_is_shown_with_settings_that_cannot_be_meant(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("refresh = 0")
    assert main(["gw-1"]) == 2
    assert capsys.readouterr().err == (
        f"jobs-tui: {file}:1: refresh must be a number of seconds above 0, not 0\n"
    )


def test_a_named_file_that_does_not_exist_is_told(
    home: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused("--config", "~/a.toml") == [f"{home}/a.toml: there is no such file"]
    monkeypatch.setenv("JOBS_TUI_CONFIG", f"{home}/b.toml")
    assert refused() == [f"{home}/b.toml: there is no such file"]


def test_a_file_that_cannot_be_read_is_told(file: Path, refused: Refused) -> None:
    file.mkdir()
    assert refused() == [f"{file}: Is a directory"]


def test_a_file_with_a_hostile_name_is_told_safely(home: Path, refused: Refused) -> None:
    path = home / "\u202e.toml"
    path.write_text("refresh = 0")
    (line,) = refused("--config", f"{path}")
    assert line.startswith(f"{home}/<U+202E>.toml:1: refresh must be")
    (line,) = refused("--config", f"{home}/\x1b[31m.toml")
    assert "without control characters" in line


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("REFRESH", "5s", "must be a number of seconds above 0, not '5s'"),
        ("RATE", "-1", "must be a number of calls per second above 0, not '-1'"),
        ("READ_ONLY", "perhaps", "must be true or false, not 'perhaps'"),
        ("THINGS", "gw-1,a b", 'must be thing names, and "a b" is none: it may hold only'),
        ("THINGS", "gw-1,", 'must be thing names, and "" is none: it must not be empty'),
        ("ENDPOINT_URL", "x", "must be a URL such as https://HOST or http://HOST:PORT, not 'x'"),
        ("ENDPOINT_URL", "https://u:hunter2@h", "must be a URL without a user name and password"),
        ("ENDPOINT_URL", "https://a b", "must be a URL without spaces, not 'https://a b'"),
        ("KEY", "-----BEGIN PRIVATE KEY-----\nhunter2", "must be the path of a file, not what is"),
        ("REGION", "\x1b[31m", "must be the name of a region, not '\u241b[31m': it holds what"),
        ("GROUP", "\udcff", "must be the name of a thing group, not '<U+DCFF>': it may hold only"),
    ],
)
def test_a_bad_value_in_the_environment_is_told_with_its_variable(
    variable: str, value: str, told: str, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"JOBS_TUI_{variable}", value)
    (line,) = refused()
    assert line.startswith(f"JOBS_TUI_{variable} {told}")
    assert "hunter2" not in line


def test_a_misspelt_variable_does_not_go_unnoticed(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_TUI_READONLY", "1")
    monkeypatch.setenv("JOBS_TUI_NO_JOURNAL", "1")
    monkeypatch.setenv("JOBS_TUI_SOMETHING_OF_SOMEBODY_ELSE", "1")
    assert refused() == [
        "JOBS_TUI_NO_JOURNAL means nothing; did you mean JOBS_TUI_JOURNAL?",
        "JOBS_TUI_READONLY means nothing; did you mean JOBS_TUI_READ_ONLY?",
    ]


def test_what_is_wrong_in_the_environment_and_in_the_file_is_told_together(
    file: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("rate = 0")
    monkeypatch.setenv("JOBS_TUI_RATE", "0")
    assert [line.partition(" must")[0] for line in refused()] == [
        "JOBS_TUI_RATE",
        f"{file}:1: rate",
    ]


@pytest.mark.parametrize("command", [["demo"], ["journal"]])
def test_demo_and_journal_read_no_settings(
    command: list[str],
    file: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file.write_text("refresh = 0")
    monkeypatch.setenv("JOBS_TUI_RATE", "0")
    # the demo finds no terminal, which is looked for after the settings
    expected = {"demo": 2, "journal": 0}[command[0]]
    monkeypatch.setitem(os.environ, "TERM", "dumb")
    assert main(command) == expected
    assert "must be" not in capsys.readouterr().err
