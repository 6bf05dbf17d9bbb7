"""The table of all keys: which command has which, on which screen."""

from types import MappingProxyType
from typing import NamedTuple

from jobs_tui.ui.commands.command import KeyMap
from jobs_tui.ui.commands.every_screen import SCREENS
from jobs_tui.ui.commands.key_map import with_keys
from jobs_tui.ui.commands.key_names import in_words

NOTHING_MOVED: KeyMap = MappingProxyType({})


class KeyRow(NamedTuple):
    """One command on one screen."""

    screen: str
    """panels, execution, journal, notices, pulse, progress (of a change of many), or choice (of the
    things to watch)."""
    command: str
    """The id by which the settings know it."""
    keys: tuple[str, ...]
    """As a person writes them, in the settings too; none for what only the palette has."""
    name: str
    """What the palette calls it."""
    help: str
    """What it does, in one line."""


def key_rows(key_map: KeyMap = NOTHING_MOVED) -> tuple[KeyRow, ...]:
    """Every command of every screen, in the order of help, with the keys in force."""
    return tuple(
        KeyRow(
            screen.name,
            command.command_id,
            tuple(map(in_words, command.keys)),
            command.name,
            command.help,
        )
        for screen in SCREENS
        for command in with_keys(screen.commands, key_map, among_text=screen.among_text)
    )
