"""`jobs-tui info`: where the program keeps what, its versions, and the terminal as it sees it.

It works where little else does: without a home folder, and with settings that cannot be meant.
"""

import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from jobs_tui import __version__
from jobs_tui.cli.cache_folder import cache_folder
from jobs_tui.cli.doctor.terminal import terminal_finding, this_terminal
from jobs_tui.cli.journal_folder import journal_folder
from jobs_tui.cli.log_folder import usual_log
from jobs_tui.cli.output import Output, print_all, write_table
from jobs_tui.cli.settings.declared import CONFIG, DEBUG
from jobs_tui.cli.settings.file import usual_path
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.reading import settings_source
from jobs_tui.cli.snapshots import snapshot_path
from jobs_tui.engine.journal import sqlite_journal
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.recent_things import FILE_NAME as RECENT_THINGS
from jobs_tui.service.endpoints.endpoint_cache import FILE_NAME as ENDPOINTS

FORMAT = 1

PACKAGES = ("textual", "aiobotocore", "botocore", "aiohttp", "platformdirs")

NO_HOME = "no home folder"
NONE_NAMED = "none is named"
OFF = "off"


class Place(NamedTuple):
    """Where something is kept."""

    path: Path | None
    state: str
    """There or not, and what is wrong with it."""


class About(NamedTuple):
    """All that is told."""

    versions: Mapping[str, str]
    places: Mapping[str, Place]
    terminal: str
    debugging: str
    """Who says that what is asked, answered and decided is logged; or `OFF`."""
    problems: tuple[str, ...]
    """What is wrong with the settings."""


def main_info(flags: Mapping[str, object], *, as_json: bool) -> str | None:
    """Print to standard output; returns what went wrong, in one line, or None."""
    problems: tuple[str, ...] = ()
    settings, file = Settings(), None
    try:
        source = settings_source(flags, os.environ)
        settings, file = source.in_force(), source.file.path
    except SettingsError as error:
        problems = error.problems
        file = _named(flags) or usual_path()
    places = dict(_places(settings, file))
    terminal = terminal_finding(this_terminal(), os.environ).told
    write = _json if as_json else _lines
    about = About(_versions(), places, terminal, _debugging(settings), problems)
    return print_all(lambda output: write(about, output))


def _debugging(settings: Settings) -> str:
    """Whether what is asked, answered and decided is logged, and who says so."""
    if not settings.debug:
        return OFF
    return f"on, by {settings.sources[DEBUG.name].words}"


def _named(flags: Mapping[str, object]) -> Path | None:
    """The file of settings that is named, where those cannot be meant."""
    path = flags.get(CONFIG.name) or os.environ.get(CONFIG.variable)
    return Path(f"{path}").expanduser() if path else None


def _versions() -> dict[str, str]:
    return {
        "jobs-tui": __version__,
        "Python": platform.python_version(),
        **{package: _version(package) for package in PACKAGES},
        "platform": platform.platform(),
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _places(settings: Settings, file: Path | None) -> Iterator[tuple[str, Place]]:
    try:
        state: Path | None = journal_folder()
    except JournalError:
        state = None
    cache = cache_folder()
    yield "settings", _read(file)
    yield "state", _kept(state)
    yield "journal", _kept(state and state / sqlite_journal.FILE_NAME)
    yield "recent things", _kept(state and state / RECENT_THINGS)
    yield "cache", _kept(cache)
    yield "endpoints", _kept(cache and cache / ENDPOINTS)
    yield "last seen", _kept(snapshot_path(settings, os.environ))
    log = settings.log_file
    if log is None and not settings.debug:
        yield "log", Place(None, NONE_NAMED)
    else:
        yield "log", _kept(usual_log() if log is None else log.absolute())
    yield "program", _read(Path(sys.executable))


def _read(path: Path | None) -> Place:
    """Of what is only read."""
    if path is None:
        return Place(None, NO_HOME)
    path = path.absolute()
    there = _is_there(path)
    if there is None:
        return Place(path, "cannot be looked at")
    if not there:
        return Place(path, "not there")
    return Place(path, "there" if os.access(path, os.R_OK) else "there, cannot be read")


def _kept(path: Path | None) -> Place:
    """Of what is written, or made when it is first needed."""
    if path is None:
        return Place(None, NO_HOME)
    there = _is_there(path)
    if there is None:
        return Place(path, "cannot be looked at")
    if there:
        return Place(path, "there" if os.access(path, os.W_OK) else "there, cannot be written")
    above = next(each for each in path.parents if _is_there(each))
    if above.is_dir() and os.access(above, os.W_OK | os.X_OK):
        return Place(path, "not there yet")
    return Place(path, f"not there, and cannot be made: {above} cannot be written")


def _is_there(path: Path) -> bool | None:
    """None where nobody may look."""
    try:
        return path.exists()
    except OSError:
        return None


def _lines(about: About, output: Output) -> None:
    rows = [*about.versions.items(), ("terminal", about.terminal)]
    for name, place in about.places.items():
        rows.append((name, f"{'' if place.path is None else place.path} ({place.state})".strip()))
    rows.append(("debug", about.debugging))
    rows += [("problem", problem) for problem in about.problems]
    write_table([(f"{name}:", value) for name, value in rows], output)


def _json(about: About, output: Output) -> None:
    members = {
        "format": FORMAT,
        "versions": about.versions,
        "terminal": about.terminal,
        "places": {name: place._asdict() for name, place in about.places.items()},
        "debug": about.debugging != OFF,
        "problems": about.problems,
    }
    json.dump(members, output, indent=2, default=str)
    output.write("\n")
