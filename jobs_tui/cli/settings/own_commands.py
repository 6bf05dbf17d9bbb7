"""The table of the user's own commands in the file, checked as a whole."""

import re
from collections.abc import Callable, Mapping

from jobs_tui.cli.settings.kinds import line_problem, shown
from jobs_tui.cli.settings.nearest import did_you_mean
from jobs_tui.cli.settings.settings_file import COMMANDS
from jobs_tui.domain.own_command import OwnCommand

MEMBERS = ("key", "command", "name", "confirm", "mode", "reads")
IN_PLACE, BACKGROUND = "in-place", "background"

_KEY = re.compile(r"[!-~]|f[1-9]|f1[0-2]|ctrl\+[a-z]")
KEY_WORDS = 'one character, or a key such as "f5" or "ctrl+e"'
NOT_APART = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter"}
"""What terminals send the same for as for other keys."""

KeyMap = Mapping[str, tuple[str, ...]]

Tell = Callable[[tuple[str, ...], str], None]
"""Told where something is wrong, as keys from the top of the document down, and what."""


def own_commands(tables: object, keys: KeyMap, tell: Tell) -> tuple[OwnCommand, ...]:
    """The commands, as far as they are good ones; what is wrong is told.

    `keys` are those that were given to other commands.
    """
    if not isinstance(tables, dict):
        tell((COMMANDS,), f"{COMMANDS} must be tables such as [{COMMANDS}.logs]")
        return ()
    found: list[tuple[str, OwnCommand]] = []
    for title, table in tables.items():
        if not isinstance(table, dict):
            told = f"'{title}' in [{COMMANDS}] must be a table such as [{COMMANDS}.logs]"
            tell((COMMANDS, title), told)
        elif (command := _Reader(title, table, tell).command()) is not None:
            found.append((title, command))
    return tuple(_with_free_keys(found, keys, tell))


class _Reader:
    """Reads one table."""

    def __init__(self, title: str, table: Mapping[str, object], tell: Tell) -> None:
        self._title = title
        self._table = table
        self._tell_at = tell
        self._good = True

    def command(self) -> OwnCommand | None:
        """The command, or None where something is wrong with it."""
        for member in self._table:
            if member not in MEMBERS:
                told = f"unknown key '{member}' in [{COMMANDS}.{self._title}]"
                self._tell(member, f"{told}{did_you_mean(member, MEMBERS)}")
        for member in ("key", "command"):
            if member not in self._table:
                self._tell("", f"[{COMMANDS}.{self._title}] needs {member}")
        name = self._text("name", self._title, line_problem)
        key = self._text("key", "", _key_problem)
        command = self._text("command", "", _command_problem)
        reads = self._switch("reads", default=False)
        confirm = self._switch("confirm", default=not reads)
        mode = self._text("mode", BACKGROUND, _mode_problem)
        made = OwnCommand(name, key, command, confirm, mode == IN_PLACE, reads)
        return made if self._good else None

    def _text(self, member: str, default: str, problem_of: Callable[[str], str | None]) -> str:
        value = self._table.get(member, default)
        if not isinstance(value, str):
            self._tell(member, f"{member} must be text, not {shown(value)}")
            return default
        problem = problem_of(value) if member in self._table or member == "name" else None
        if problem is not None:
            self._tell(member, f"{member} {problem}")
        return value

    def _switch(self, member: str, *, default: bool) -> bool:
        value = self._table.get(member, default)
        if not isinstance(value, bool):
            self._tell(member, f"{member} must be true or false, not {shown(value)}")
            return default
        return value

    def _tell(self, member: str, problem: str) -> None:
        self._good = False
        self._tell_at((COMMANDS, self._title, *((member,) if member else ())), problem)


def _key_problem(key: str) -> str | None:
    if _KEY.fullmatch(key) is None:
        return f"must be {KEY_WORDS}, not {shown(key)}"
    if key in NOT_APART:
        return f'cannot be "{key}": terminals send the same for {NOT_APART[key]}'
    return None


def _command_problem(command: str) -> str | None:
    if not command.strip():
        return "must not be empty"
    return "must not hold a NUL" if "\0" in command else None


def _mode_problem(mode: str) -> str | None:
    if mode in (IN_PLACE, BACKGROUND):
        return None
    return f'must be "{IN_PLACE}" or "{BACKGROUND}", not {shown(mode)}'


def _with_free_keys(
    found: list[tuple[str, OwnCommand]], keys: KeyMap, tell: Tell
) -> list[OwnCommand]:
    """Those whose key does nothing else; of two with one key the second is told."""
    if not found:
        return []
    # what the keys do is known by the screen, which is loaded for own commands only
    from jobs_tui.ui.commands.own import taken_keys, textual_key  # noqa: PLC0415 - as above

    taken = taken_keys(keys)
    free = []
    for title, command in found:
        key = textual_key(command.key)
        if key in taken:
            told = f"cannot be for '{command.name}': it is for '{taken[key]}' already"
            tell((COMMANDS, title, "key"), f'key "{command.key}" {told}')
            continue
        taken[key] = command.name
        free.append(command)
    return free
