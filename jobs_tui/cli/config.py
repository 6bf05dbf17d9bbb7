"""`jobs-tui config`: the settings in force, where each comes from, and where the files are."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jobs_tui.cli.cache_folder import cache_folder
from jobs_tui.cli.journal_folder import journal_folder
from jobs_tui.cli.moved_keys import MovedKeys, moved_keys
from jobs_tui.cli.output import Output, print_all, write_table
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.settings.reading import SettingsSource
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME
from jobs_tui.ui.terminal.safe_text import safe_line

if TYPE_CHECKING:
    from jobs_tui.domain.own_command import OwnCommand

OwnCommands: TypeAlias = "tuple[OwnCommand, ...]"


class KeptFile(NamedTuple):
    """A file or folder of the program's."""

    path: Path | None
    """None where this user has no home folder."""
    there: bool


def main_config(source: SettingsSource, *, as_json: bool) -> str | None:
    """Print to standard output; returns what went wrong, in one line, or None."""
    settings, files = source.in_force(), _files(source)
    write = _json if as_json else _table
    commands, keys = source.file.commands, moved_keys(source)
    return print_all(lambda output: write(settings, files, commands, keys, output))


def _files(source: SettingsSource) -> dict[str, KeptFile]:
    try:
        journal: Path | None = journal_folder() / FILE_NAME
    except JournalError:
        journal = None
    path = source.file.path
    return {
        "config": KeptFile(path and path.absolute(), source.file.there),
        "journal": _kept(journal),
        "cache": _kept(cache_folder()),
    }


def _kept(path: Path | None) -> KeptFile:
    try:
        return KeptFile(path, path is not None and path.exists())
    except OSError:
        return KeptFile(path, there=False)


def _table(
    settings: Settings,
    files: Mapping[str, KeptFile],
    commands: OwnCommands,
    keys: tuple[MovedKeys, ...],
    output: Output,
) -> None:
    rows = [("SETTING", "VALUE", "FROM")]
    for name, given in settings.values.items():
        rows.append((name, _words(given.value), given.source.words))
    write_table(rows, output)
    output.write("\n")
    rows = [("FILE", "PATH", "")]
    for name, file in files.items():
        path = "-" if file.path is None else str(file.path)
        rows.append((name, path, "" if file.there else "not there"))
    write_table(rows, output)
    if commands:
        output.write("\n")
        rows = [("KEY", "OWN COMMAND", "")]
        for own in commands:
            rows.append((own.key, own.name, "reads" if own.reads else ""))
        write_table(rows, output)
    if keys:
        output.write("\n")
        rows = [("COMMAND", "KEYS", "FROM")]
        rows += [(each.command, " ".join(each.keys) or "-", each.given_in) for each in keys]
        write_table(rows, output)
    if settings.contexts:
        output.write(f"\ncontexts: {safe_line(', '.join(settings.contexts))}\n")


def _json(
    settings: Settings,
    files: Mapping[str, KeptFile],
    commands: OwnCommands,
    keys: tuple[MovedKeys, ...],
    output: Output,
) -> None:
    members = {
        "settings": {
            name: {"value": given.value, "from": given.source.words}
            for name, given in settings.values.items()
        },
        "contexts": settings.contexts,
        "commands": [own._asdict() for own in commands],
        "keys": {each.command: {"keys": each.keys, "from": each.given_in} for each in keys},
        "files": {name: file._asdict() for name, file in files.items()},
    }
    json.dump(members, output, indent=2, default=str)
    output.write("\n")


def _words(value: object) -> str:
    match value:
        case None | "" | ():
            return "-"
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:g}"
        case tuple():
            return ", ".join(value)
    return f"{value}"
