"""Settings under a name in the file, and the change from one name to another in the cockpit."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobs_tui.cli import cockpit
from jobs_tui.cli.arguments import parse
from jobs_tui.cli.contexts import contexts_of
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.reading import SettingsSource, settings_source
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.thing_selection import AllThings, FleetQuery, NamePrefix, ThingGroup
from jobs_tui.engine.context import Contexts

Config = Callable[..., Any]

FILE = """\
context = "lyon"
refresh = 7
things = ["gw-0"]

[contexts.lyon]
things = ["gw-lyon-01", "boiler-07"]
region = "eu-west-3"
profile = "field"

[contexts.bench]
refresh = 1
group = "benches"
region = "us-east-1"

[contexts."north sea"]
"""


@pytest.fixture
def written(file: Path) -> Path:
    """That file."""
    file.write_text(FILE)
    return file


def source(*words: str) -> SettingsSource:
    """What the cockpit gets."""
    return settings_source(parse(words).flags, os.environ)


def test_the_file_names_a_context(written: Path, config: Config) -> None:
    told = config()
    assert told["context"] == ("lyon", "config.toml:1")
    assert told["things"] == (["gw-lyon-01", "boiler-07"], "config.toml:6")
    assert told["refresh"] == (7.0, "config.toml:2")
    assert told.members["contexts"] == ["lyon", "bench", "north sea"]


def test_flags_count_more_than_the_environment_in_naming_one(
    written: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_TUI_CONTEXT", "bench")
    told = config()
    assert told["context"] == ("bench", "JOBS_TUI_CONTEXT")
    assert told["refresh"] == (1.0, "config.toml:11")
    assert (told["things"][0], told["group"]) == ([], ("benches", "config.toml:12"))
    told = config("--context", "north sea")
    assert told["context"] == ("north sea", "--context")
    assert told["things"] == (["gw-0"], "config.toml:3")
    assert told["region"] == (None, "default")


def test_without_a_context_what_is_at_the_top_counts(file: Path, config: Config) -> None:
    file.write_text(FILE.partition("\n")[2])
    told = config()
    assert told["context"] == ("", "default")
    assert (told["things"][0], told["region"][0]) == (["gw-0"], None)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("benhc", "did you mean 'bench'? There are: lyon, bench, north sea"),
        ("x", "there is no context 'x'; there are: lyon, bench, north sea"),
        ("\x1b[31m", "there is no context '\u241b[31m'"),
    ],
)
def test_a_context_that_is_not_in_the_file_is_told(
    name: str, told: str, written: Path, refused: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = refused("--context", name) if name.isprintable() else [told]
    assert told in line
    monkeypatch.setenv("JOBS_TUI_CONTEXT", name)
    (line,) = refused()
    assert line.startswith("JOBS_TUI_CONTEXT")
    if name.isprintable():
        assert told in line


def test_a_context_without_a_file_is_told(file: Path, refused: Config) -> None:
    told = f"--context: there is no context 'lyon', as there is no file {file}"
    assert refused("--context", "lyon") == [told]
    file.write_text("refresh = 5")
    assert refused("--context", "lyon") == ["--context: there is no context 'lyon', nor any other"]


def test_the_context_can_be_changed_while_the_program_runs(written: Path) -> None:
    known = source("--read-only")
    assert known.contexts == ("lyon", "bench", "north sea")
    first, other, none = known.in_force(), known.in_force("bench"), known.in_force("")
    assert (first.context, first.things, first.region) == (
        "lyon",
        ("gw-lyon-01", "boiler-07"),
        "eu-west-3",
    )
    assert (other.context, other.things, other.region) == ("bench", (), "us-east-1")
    assert other.selection == ThingGroup("benches")
    assert (none.context, none.things, none.region) == ("", ("gw-0",), None)
    assert {each.read_only for each in (first, other, none)} == {True}
    assert first.contexts == known.contexts
    assert other.sources["context"].words == "chosen in the cockpit"
    assert known.in_force("lyon") == first
    with pytest.raises(SettingsError, match="did you mean 'lyon'"):
        known.in_force("lion")


def test_a_refresh_that_nobody_asked_for_is_left_to_the_command(file: Path, config: Config) -> None:
    assert source().in_force().refresh is None
    assert config()["refresh"] == (5.0, "default")
    file.write_text("refresh = 5")
    assert source().in_force().refresh == 5.0


def test_things_of_the_command_line_belong_to_the_first_context_only(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_TUI_PREFIX", "meter-")
    known = source("gw-7", "--region", "eu-central-1")
    assert known.in_force().things == ("gw-7",)
    assert known.in_force("lyon").things == ("gw-7",)
    other = known.in_force("bench")
    assert (other.things, other.selection) == ((), ThingGroup("benches"))
    assert other.region == "eu-central-1"
    assert source().in_force().selection == NamePrefix("meter-")
    assert source().in_force("bench").selection == ThingGroup("benches")


@pytest.mark.parametrize(
    ("words", "selection"),
    [
        (["--all-things"], AllThings()),
        (["--group", "north"], ThingGroup("north")),
        (["--prefix", "gw-"], NamePrefix("gw-")),
        (["--query", "attributes.site:x"], FleetQuery("attributes.site:x")),
        (["gw-1"], None),
        ([], None),
    ],
)
def test_what_to_look_for(words: list[str], selection: object) -> None:
    assert source(*words).in_force().selection == selection


def test_each_context_says_for_itself_whether_its_line_is_thin(file: Path) -> None:
    file.write_text("[contexts.lyon]\nlow-bandwidth = true\n[contexts.bench]\n")
    contexts = contexts_of(source("--context", "lyon", "gw-1"), SystemClock())
    assert contexts.open is not None
    thin, wide = contexts.first, contexts.open("bench")
    assert (thin.low_bandwidth, wide.low_bandwidth) == (True, False)
    engines = thin.watch(("gw-1",)), wide.watch(("gw-1",))
    assert [engine.low_bandwidth for engine in engines] == [True, False]


@pytest.mark.parametrize(("words", "thin"), [([], False), (["--low-bandwidth"], True)])
def test_the_demo_can_be_shown_as_on_a_thin_line(
    words: list[str], *, thin: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Contexts] = []

    def show(contexts: Contexts, _signals: object) -> int:
        shown.append(contexts)
        return 0

    monkeypatch.setattr(cockpit, "_show", show)
    cockpit.run_demo(SettingsSource.of_flags(parse(["demo", *words]).flags).in_force())
    (contexts,) = shown
    assert contexts.first.low_bandwidth is thin
    assert contexts.first.watch(("gw-1",)).low_bandwidth is thin
