"""The keys that the settings have given to commands, as a person writes them."""

from typing import NamedTuple

from jobs_tui.cli.settings.reading import SettingsSource


class MovedKeys(NamedTuple):
    """One command of which they were given."""

    command: str
    """Its id."""
    keys: tuple[str, ...]
    """All that it has now; none for what only the palette has."""
    given_in: str
    """Where: the file and line."""


def moved_keys(source: SettingsSource) -> tuple[MovedKeys, ...]:
    """In the order of the file."""
    if not source.file.keys:
        return ()
    from jobs_tui.ui.commands.key_rows import key_rows  # noqa: PLC0415 - few have moved some

    # of several screens the first counts: the one where things are chosen, which is the last, takes
    # letters for text
    rows = {row.command: row.keys for row in reversed(key_rows(source.file.key_map))}
    return tuple(
        MovedKeys(name, rows[name], given.source.words) for name, given in source.file.keys.items()
    )
