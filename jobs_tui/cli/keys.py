"""`jobs-tui keys`: every command of the screens, by what id the settings know it, and its keys."""

import json

from jobs_tui.cli.moved_keys import moved_keys
from jobs_tui.cli.output import Output, print_all, write_table
from jobs_tui.cli.settings.reading import SettingsSource
from jobs_tui.ui.commands.key_rows import KeyRow, key_rows

FORMAT = 1
"""As in `jobs-tui list --json`: the same number means that no member went or changed."""


def main_keys(source: SettingsSource, *, as_json: bool) -> str | None:
    """Print to standard output; returns what went wrong, in one line, or None."""
    rows = key_rows(source.file.key_map)
    given_in = {each.command: each.given_in for each in moved_keys(source)}
    write = _json if as_json else _table
    return print_all(lambda output: write(rows, given_in, output))


def _table(rows: tuple[KeyRow, ...], given_in: dict[str, str], output: Output) -> None:
    table = [("SCREEN", "COMMAND", "KEYS", "NAME", "FROM")]
    for row in rows:
        keys = " ".join(row.keys) or "-"
        table.append((row.screen, row.command, keys, row.name, given_in.get(row.command, "")))
    write_table(table, output)


def _json(rows: tuple[KeyRow, ...], given_in: dict[str, str], output: Output) -> None:
    commands = [{**row._asdict(), "from": given_in.get(row.command, "default")} for row in rows]
    json.dump({"format": FORMAT, "commands": commands}, output, indent=2)
    output.write("\n")
