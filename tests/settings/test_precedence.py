"""Flags count more than the environment, that more than the file, and that more than a default."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.cli.settings.declared import SETTINGS

Config = Callable[..., Any]

WAYS = ["cert", "key", "role-alias", "credentials-endpoint", "credentials-thing"]

VALUES: dict[str, tuple[Any, Any]] = {
    "things": (["gw-1", "gw-2"], ["gw-3"]),
    "things-file": ("/a.txt", "/b.txt"),
    "all-things": (False, True),
    "group": ("north", "south"),
    "prefix": ("gw-", "meter-"),
    "query": ("attributes.site:x", "thingName:gw-*"),
    "region": ("eu-west-3", "us-east-1"),
    "profile": ("field", "bench"),
    "endpoint-url": ("https://a.example", "http://127.0.0.1:8123"),
    "cert": ("/a.pem", "/b.pem"),
    "key": ("/a.key", "/b.key"),
    "ca": ("/a.ca", "/b.ca"),
    "role-alias": ("alias-a", "alias-b"),
    "credentials-endpoint": ("https://c.example", "https://d.example"),
    "credentials-thing": ("gw-1", "gw-2"),
    "discovery": (True, False),
    "refresh": (7.0, 8.5),
    "rate": (1.0, 2.5),
    "low-bandwidth": (False, True),
    "stuck-after": (45.0, 0.5),
    "notify": ("bell", "desktop"),
    "theme": ("nord", "high-contrast"),
    "read-only": (False, True),
    "journal": (True, False),
    "keep-journal": (30.0, 365.0),
    "log-file": ("/a.log", "/b.log"),
    "debug": (False, True),
}
"""Two values for each; of a switch, the second is the one that its option gives."""


def on_command_line(name: str, value: Any) -> list[str]:
    if name == "things":
        return list(value)
    if value is True:
        return [f"--{name}"]
    return [f"--no-{name}"] if value is False else [f"--{name}", f"{value}"]


def variable_of(name: str) -> str:
    return "JOBS_TUI_" + name.upper().replace("-", "_")


def in_environment(value: Any) -> str:
    return ",".join(value) if isinstance(value, list) else f"{value}"


def in_file(name: str, value: Any) -> str:
    written = f"{value}".lower() if isinstance(value, bool) else f"{value!r}"
    return f"{name} = {written}\n"


def with_its_way(name: str) -> list[str]:
    """The settings without which this one makes no sense, and itself."""
    if name in {"cert", "key"}:
        return ["cert", "key"]
    return WAYS if name in WAYS else [name]


def test_every_setting_is_looked_at() -> None:
    assert list(VALUES) == [setting.name for setting in SETTINGS]


@pytest.mark.parametrize("name", VALUES)
def test_each_setting_can_be_given_in_each_way(
    name: str, file: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = with_its_way(name)
    low, high = VALUES[name]
    assert config()[name][1] == "default"

    file.write_text("".join(in_file(each, VALUES[each][0]) for each in names))
    assert config()[name] == (low, f"config.toml:{names.index(name) + 1}")

    for each in names:
        monkeypatch.setenv(variable_of(each), in_environment(VALUES[each][1]))
    assert config()[name] == (high, variable_of(name))

    for each in names:
        monkeypatch.setenv(variable_of(each), in_environment(VALUES[each][0]))
    words = [word for each in names for word in on_command_line(each, VALUES[each][1])]
    option = "the command line" if name == "things" else on_command_line(name, high)[0]
    assert config(*words)[name] == (high, option)


def test_defaults(config: Config) -> None:
    told = config()
    assert {name: told[name][0] for name in VALUES if told[name][0]} == {
        "discovery": True,
        "refresh": 5.0,
        "rate": 10.0,
        "stuck-after": 30.0,
        "notify": "off",
        "theme": "auto",
        "journal": True,
        "keep-journal": 90.0,
    }
    assert {told[name][1] for name in VALUES} == {"default"}


def test_a_file_can_switch_on_and_the_environment_off(
    file: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("read-only = true")
    assert config()["read-only"] == (True, "config.toml:1")
    monkeypatch.setenv("JOBS_TUI_READ_ONLY", "Off")
    assert config()["read-only"] == (False, "JOBS_TUI_READ_ONLY")
    assert config("--read-only")["read-only"] == (True, "--read-only")


def test_in_a_browser_nothing_may_be_changed_whatever_the_file_says(
    file: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("read-only = false")
    assert config()["read-only"] == (False, "config.toml:1")
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert config()["read-only"] == (True, "being in a browser")


@pytest.mark.parametrize("name", ["the environment", "the command line"])
def test_in_a_browser_changes_need_a_word_of_their_own(
    config: Config, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    if name == "the environment":
        monkeypatch.setenv("JOBS_TUI_READ_ONLY", "false")
        assert config()["read-only"] == (False, "JOBS_TUI_READ_ONLY")
        assert config("--read-only")["read-only"] == (True, "--read-only")
    else:
        assert config("--no-read-only")["read-only"] == (False, "--no-read-only")


def test_a_file_that_lets_nothing_be_changed_can_be_overruled_by_an_option(
    file: Path, config: Config
) -> None:
    file.write_text("read-only = true")
    assert config("--no-read-only")["read-only"] == (False, "--no-read-only")


def test_an_empty_variable_says_nothing(
    file: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('things = ["gw-1"]\nregion = "eu-west-3"')
    for name in ("THINGS", "REGION", "READ_ONLY", "CONFIG", "CONTEXT"):
        monkeypatch.setenv(f"JOBS_TUI_{name}", "")
    assert config()["things"] == (["gw-1"], "config.toml:1")
    assert config()["region"] == ("eu-west-3", "config.toml:2")


@pytest.mark.parametrize(
    ("top", "environment", "words", "expected"),
    [
        ('things = ["gw-1"]', {}, ["--group", "north"], {"group": "north"}),
        ('query = "x:y"', {"THINGS": "gw-1, gw-2"}, [], {"things": ["gw-1", "gw-2"]}),
        ('group = "north"', {"PREFIX": "gw-"}, ["gw-3"], {"things": ["gw-3"]}),
        ("all-things = true", {}, ["gw-3", "gw-3"], {"things": ["gw-3"]}),
        ('group = "north"', {"ALL_THINGS": "0"}, [], {}),
        ('things = []\ngroup = "north"', {}, [], {"group": "north"}),
        ('things-file = "/a.txt"', {}, ["gw-3"], {"things": ["gw-3"]}),
        ('things = ["gw-1"]', {"THINGS_FILE": "/a.txt"}, [], {"things-file": "/a.txt"}),
        ('group = "north"', {"THINGS": "gw-1"}, ["--things-file", "/a"], {"things-file": "/a"}),
    ],
)
def test_what_to_watch_is_displaced_as_a_whole(
    top: str,
    environment: dict[str, str],
    words: list[str],
    expected: dict[str, Any],
    file: Path,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file.write_text(top)
    for name, value in environment.items():
        monkeypatch.setenv(f"JOBS_TUI_{name}", value)
    told = config(*words)
    names = ("things", "things-file", "all-things", "group", "prefix", "query")
    assert {name: told[name][0] for name in names if told[name][0]} == expected


def test_paths_are_seen_from_the_folder_of_the_file(
    home: Path, file: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('log-file = "logs/a.log"\nca = "~/ca.pem"\ncert = "/c.pem"\nkey = "../k"')
    told = config()
    assert told["log-file"][0] == f"{file.parent}/logs/a.log"
    assert told["ca"][0] == f"{home}/ca.pem"
    assert told["cert"][0] == "/c.pem"
    assert told["key"][0] == f"{file.parent}/../k"
    monkeypatch.setenv("JOBS_TUI_CA", "~/other.pem")
    assert config()["ca"] == (f"{home}/other.pem", "JOBS_TUI_CA")
    assert config("--log-file=~/b.log", "--ca", "b.pem")["log-file"][0] == f"{home}/b.log"
    assert config("--ca", "b.pem")["ca"][0] == "b.pem"
