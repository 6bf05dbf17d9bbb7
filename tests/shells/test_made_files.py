"""The files for shells and man are those that the parsers make now, and can be read as they are."""

import json
import shlex
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from jobs_tui.cli import main
from jobs_tui.cli.arguments import parse
from jobs_tui.cli.completion import FILES, MANUAL
from jobs_tui.cli.completion_arguments import FILE_OF_SHELL

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _the_makers_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(f"{ROOT}")


def test_the_files_are_up_to_date_whatever_the_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    advice = "make them once more: python -m shell.make"
    assert import_module("shell.make").out_of_date() == [], advice


def test_a_file_that_was_changed_or_is_too_much_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make = import_module("shell.make")
    folder = shutil.copytree(FILES, tmp_path / "shell")
    monkeypatch.setattr(make, "FILES", folder)
    (folder / MANUAL).write_text("changed")
    (folder / "jobs-tui.tcsh").touch()
    (folder / "jobs-tui.bash").unlink()
    assert make.out_of_date() == [MANUAL, "jobs-tui.bash", "jobs-tui.tcsh"]


@pytest.mark.parametrize("typed", [*(f"completion {shell}" for shell in FILE_OF_SHELL), "man"])
def test_they_are_printed_as_they_are(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = MANUAL if typed == "man" else FILE_OF_SHELL[typed.split()[1]]
    assert main(typed.split()) == 0
    assert capsys.readouterr().out.encode() == FILES.joinpath(name).read_bytes()


@pytest.mark.parametrize(
    ("offered", "names"),
    [("things", ["gw-1", "gw-2", "line:7", "press-3"]), ("contexts", ["lyon"])],
)
def test_only_names_that_mean_nothing_to_a_shell_are_offered(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    offered: str,
    names: list[str],
) -> None:
    for variable in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "JOBS_TUI_CONFIG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", f"{home}")
    assert main(["completion", offered]) == 0
    assert capsys.readouterr().out.splitlines() == names


def test_the_manual_tells_of_every_option_and_status() -> None:
    page = FILES.joinpath(MANUAL).read_text()
    whole_parser = import_module("shell.whole_parser")
    _, commands = whole_parser.whole_parser()
    for command, parser in commands.items():
        assert f".SS \\fBjobs\\-tui {command}\\fR" in page
        for argument in whole_parser.arguments_of(parser):
            for option in argument.option_strings:
                assert option in {"-h", "--help"} or option.replace("-", "\\-") in page
    for status in (0, 1, 2, 3, 130):
        assert f".TP\n\\fB{status}\\fR\n" in page


def test_the_examples_of_the_manual_can_be_meant() -> None:
    for line, _ in import_module("shell.facts").EXAMPLES:
        program, *words = shlex.split(line)
        assert program == "jobs-tui"
        assert parse(words)


def test_the_files_that_the_manual_names_are_those_that_are_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "JOBS_TUI_CONFIG"):
        monkeypatch.delenv(folder, raising=False)
    monkeypatch.setenv("HOME", f"{tmp_path}")
    assert main(["info", "--json"]) == 0
    places = json.loads(capsys.readouterr().out)["places"]
    used = {
        Path(places[name]["path"]).relative_to(tmp_path)
        for name in ("settings", "journal", "recent things", "endpoints", "last seen")
    }
    named = {Path(path.removeprefix("~/")) for path, _ in import_module("shell.facts").FILES}
    assert len(named) == len(used)
    assert all(any(path.match(f"{each}") for each in named) for path in used)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("mandoc", ["mandoc", "-T", "lint", FILES / MANUAL]),
        ("man", ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", FILES / MANUAL]),
    ],
)
def test_what_shows_manuals_finds_nothing_wrong_but_that_there_is_no_date(
    program: str, command: list[str]
) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    complaints = done.stderr + (done.stdout if program == "mandoc" else "")
    assert [line for line in complaints.splitlines() if "missing date" not in line] == []
    if program == "man":
        assert " - terminal cockpit for the device side" in done.stdout
