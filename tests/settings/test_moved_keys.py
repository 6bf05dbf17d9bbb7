"""Keys of the commands in the file of settings: what is taken, told, and refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.cli import main
from jobs_tui.cli.settings.file import read_file

MOVED = """
[keys]
next-panel = "Ctrl+N"
refresh-panel = ["F5", "ä", "?", "F5"]
help = "f1"
sort = []
open-execution = "O"
row-down = ["down", "left"]
fold-around = []
"""


def test_keys_are_read_as_the_terminal_names_them(file: Path) -> None:
    file.write_text(MOVED, "utf-8")
    assert dict(read_file(file, must_exist=True).key_map) == {
        "next-panel": ("ctrl+n",),
        "refresh-panel": ("f5", "ä", "question_mark"),
        "help": ("f1",),
        "sort": (),
        "open-execution": ("O",),
        "row-down": ("down", "left"),
        "fold-around": (),
    }


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('mark = "r"', ("mark (Mark)", "refresh-panel (Refresh this panel)", "refresh-panel = []")),
        ('fetch = "w"', ("fetch (Fetch again)", "write-out (Write to a file)", "execution screen")),
        ('mark = "X"\nsort = "X"', ("mark (Mark)", "sort (Sort)", "keep it for one of them")),
        ('mark = "enter"', ('mark cannot have "enter": it opens what one reads, and alone sends',)),
    ],
)
def test_nothing_is_started_with_a_key_that_would_mean_two_things(
    file: Path, capsys: pytest.CaptureFixture[str], keys: str, told: tuple[str, ...]
) -> None:
    file.write_text(f"[keys]\n{keys}\n")
    line = keys.count("\n") + 2
    assert main(["--config", f"{file}", "gw-1"]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith(f"jobs-tui: {file}:{line}: ")
    assert [words for words in told if words not in errors] == []


@pytest.mark.parametrize(
    "keys",
    [
        # the one makes room for the other
        'mark = "r"\nrefresh-panel = "u"',
        'mark = "r"\nrefresh-panel = []',
        'mark = "r"\nrefresh-panel = "space"\npage-down = "pgdn"',
        # by themselves they have a key in common: the screen knows which of them is meant
        'change-status = "S"\nchange-marked = "S"',
        'open-thing = "d"',
        # what stays may be named as well
        'open-execution = ["O", "enter"]',
        # on another screen it is text
        'mark = "G"\nlast-row = "end"',
        # what opens a screen closes it, unless its key means something there
        'open-journal = "w"\nopen-notices = "e"',
        'open-journal = "d"\nopen-execution = "enter"',
    ],
)
def test_keys_that_mean_one_thing_each_are_taken(
    file: Path, config: Callable[..., Any], keys: str
) -> None:
    file.write_text(f"[keys]\n{keys}\n")
    assert len(config().members["keys"]) == len(keys.splitlines())


def test_an_own_command_may_have_a_key_from_which_another_was_moved(
    file: Path, refused: Callable[..., list[str]]
) -> None:
    own = '[commands.logs]\nkey = "{}"\ncommand = "true"\n[keys]\nsort = "X"\n'
    file.write_text(own.format(","))
    assert [each.key for each in read_file(file, must_exist=True).commands] == [","]
    file.write_text(own.format("X"))
    assert refused() == [f"{file}:2: key \"X\" cannot be for 'logs': it is for 'Sort' already"]


def test_config_tells_the_keys_that_were_moved(
    file: Path, config: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert config().members["keys"] == {}
    file.write_text('[keys]\nsort = []\nopen-execution = "O"\n')
    assert config().members["keys"] == {
        "sort": {"keys": [], "from": "config.toml:2"},
        "open-execution": {"keys": ["O", "enter"], "from": "config.toml:3"},
    }
    assert main(["config"]) == 0
    table = capsys.readouterr().out.split("\n\n")[2]
    assert [line.split() for line in table.splitlines()] == [
        ["COMMAND", "KEYS", "FROM"],
        ["sort", "-", "config.toml:2"],
        ["open-execution", "O", "enter", "config.toml:3"],
    ]


def test_keys_tells_every_command_and_what_one_writes_to_move_it(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text('[keys]\nmark = "M"\n')
    assert main(["keys"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.split() == ["SCREEN", "COMMAND", "KEYS", "NAME", "FROM"]
    told = [" ".join(line.split()) for line in lines]
    assert "panels mark M Mark config.toml:2" in told
    assert "execution page-down pgdn space Page down" in told
    # where things are chosen, a letter is the beginning of a name
    assert "choice mark space Mark config.toml:2" in told
    assert main(["keys", "--json"]) == 0
    members = json.loads(capsys.readouterr().out)
    assert members["format"] == 1
    assert len(members["commands"]) == len(lines)
    assert members["commands"][0] == {
        "screen": "panels",
        "command": "open-thing",
        "keys": ["enter"],
        "name": "Open the thing",
        "help": "Go from the list to the panel of the thing",
        "from": "default",
    }


def test_what_keys_tells_can_be_written_back(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["commands"]
    every = {each["command"]: each["keys"] for each in reversed(told)}
    file.write_text("[keys]\n" + "".join(f"{name} = {json.dumps(every[name])}\n" for name in every))
    assert main(["keys", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)["commands"]
    assert [each["keys"] for each in again if each["screen"] == "panels"] == [
        each["keys"] for each in told if each["screen"] == "panels"
    ]
