"""The keys that the user has given to commands, in the place of the commands' own."""

import copy
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from textual.binding import BindingType

from jobs_tui.ui.commands.command import Command, KeyMap
from jobs_tui.ui.commands.every_screen import SCREENS
from jobs_tui.ui.commands.key_names import in_words, is_character
from jobs_tui.ui.commands.over_panels import BackToPanels

Commands = tuple[Command[Any], ...]

_MOVES = "it moves and scrolls, in fields and dialogs too"
STAYS = {
    "enter": "it opens what one reads, and alone sends what a dialog shows",
    "escape": "it goes back, out of fields and dialogs too",
    "ctrl+c": "it tells how to leave",
    "ctrl+l": "it repaints the screen, whatever is open",
    "ctrl+p": "it opens the palette",
    "ctrl+q": "it leaves the program, whatever is open",
    "ctrl+z": "it is what shells stop a program by",
    **dict.fromkeys(("up", "down", "home", "end", "pageup", "pagedown"), _MOVES),
}
"""Keys that stay with the commands that have them, and why no other command can be given one."""

NO_TEXT = frozenset({"space", "plus", "question_mark"})
"""Characters that are keys, too, where the name of a thing is typed: none can hold them."""


class Clash(NamedTuple):
    """Two commands of one screen for which one key would stand."""

    key: str
    screen: str
    first: Command[Any]
    second: Command[Any]


def with_keys(commands: Commands, key_map: KeyMap, *, among_text: bool = False) -> Commands:
    """The same commands with the keys that are in force.

    With `among_text` what is typed is text, which a character cannot be a key in: a command to
    which only characters were given keeps its own keys there.
    """
    moved = []
    for command in commands:
        keys = _keys_of(command, key_map, among_text=among_text)
        if isinstance(command, BackToPanels):
            # the key that opened the screen closes it, unless it means something else on it
            opener = key_map.get(command.opener, (command.opened_by,))
            others = [each for each in commands if each is not command]
            taken = {key for each in others for key in _keys_of(each, key_map)}
            keys = tuple(dict.fromkeys((*keys, *(each for each in opener if each not in taken))))
        moved.append(command if keys == command.keys else _with(command, keys))
    return tuple(moved)


def clashes(key_map: KeyMap) -> Iterator[Clash]:
    """Where one key would stand for two commands, each pair once.

    Those that have a key in common by themselves may have another one in common: of them the screen
    chooses the one that can be used.
    """
    told = set()
    for screen in SCREENS:
        commands = with_keys(screen.commands, key_map, among_text=screen.among_text)
        pairs = combinations(zip(screen.commands, commands, strict=True), 2)
        for (own_first, first), (own_second, second) in pairs:
            if set(own_first.keys) & set(own_second.keys):
                continue
            for key in first.keys:
                pair = (key, first.command_id, second.command_id)
                if key in second.keys and pair not in told:
                    told.add(pair)
                    yield Clash(key, screen.name, first, second)


def why_it_stays(key: str, command_id: str) -> str | None:
    """Why a key cannot be given to a command, or None."""
    if key not in STAYS:
        return None
    own = (each.keys for each in _of_id(command_id))
    return None if any(key in keys for keys in own) else STAYS[key]


def command_ids() -> tuple[str, ...]:
    """Those of all commands, in the order in which the screens list them."""
    every = (command.command_id for screen in SCREENS for command in screen.commands)
    return tuple(dict.fromkeys(every))


def _of_id(command_id: str) -> Iterable[Command[Any]]:
    every = (command for screen in SCREENS for command in screen.commands)
    return (command for command in every if command.command_id == command_id)


def _keys_of(
    command: Command[Any], key_map: KeyMap, *, among_text: bool = False
) -> tuple[str, ...]:
    own = command.keys
    if isinstance(command, BackToPanels):
        own = tuple(key for key in own if key != command.opened_by)
    given = key_map.get(command.command_id)
    if given is None:
        return own
    keys = tuple(key for key in given if not (among_text and _is_text(key)))
    if given and not keys:
        return own
    return tuple(dict.fromkeys((*keys, *(key for key in own if key in STAYS))))


def _is_text(key: str) -> bool:
    """Whether a field of one line takes it, as a character or to edit."""
    from jobs_tui.ui.widgets.safe_input import SafeInput  # noqa: PLC0415 - where there is one

    edits = {key for keys in _bound(SafeInput.BINDINGS) for key in keys.split(",")}
    return key in edits or (is_character(key) and key not in NO_TEXT)


def _bound(bindings: Iterable[BindingType]) -> Iterator[str]:
    for each in bindings:
        yield each[0] if isinstance(each, tuple) else each.key


def _with(command: Command[Any], keys: tuple[str, ...]) -> Command[Any]:
    moved = copy.copy(command)
    moved.keys = keys
    moved.shown_keys = " ".join(map(in_words, keys))
    return moved
