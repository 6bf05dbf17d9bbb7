"""Which options each command takes, as its parser of the command line has them."""

import argparse
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any
from unittest.mock import patch

from jobs_tui.cli import arguments
from jobs_tui.cli.settings.declared import READ_ONLY, SETTINGS, WHICH
from jobs_tui.cli.settings.setting import Setting
from readme.markdown import NOTHING, code, plain, table

COCKPIT = "watch"

_DEFAULT = re.compile(r" ?\(default:? (?P<value>[^)]*)\)")


@cache
def parser_of(command: str) -> argparse.ArgumentParser:
    """What reads the command line of a command; it is the one that is asked for its help."""
    asked: list[argparse.ArgumentParser] = []

    def remember(parser: argparse.ArgumentParser) -> None:
        asked.append(parser)

    with patch.object(argparse.ArgumentParser, "print_help", remember), suppress(SystemExit):
        arguments.parse([command, "--help"])
    return asked[0]


@cache
def commands_with_settings() -> tuple[str, ...]:
    """The commands that take settings as options: not those that have no use for any."""
    return tuple(each for each in arguments.COMMANDS if takes(each, READ_ONLY))


def takes(command: str, setting: Setting[Any]) -> bool:
    """Whether a setting can stand on the command line of a command."""
    return any(action.dest == setting.name for action in parser_of(command)._actions)


def own_options(command: str) -> Iterator[argparse.Action]:
    """The options of a command that are no settings, and not those that every program has."""
    others = {"help", "version"}
    if command in commands_with_settings():
        others |= {each.name for each in (*WHICH, *SETTINGS)}
    for action in parser_of(command)._actions:
        if action.option_strings and action.dest not in others:
            yield action


def own_options_table(command: str) -> str:
    """Each option of a command that is no setting, and what it means."""
    help_of = parser_of(command)._get_formatter()._expand_help
    rows = [
        (_spelled(action), *told_and_default(help_of(action))) for action in own_options(command)
    ]
    return table(("option", "meaning", "default"), rows)


def told_and_default(help_text: str, default: str = NOTHING) -> tuple[str, str]:
    """What a help text tells, and the default that it names, else the given one."""
    named = _DEFAULT.search(help_text)
    told = _DEFAULT.sub("", help_text)
    return plain(told), default if named is None else plain(named["value"])


def _spelled(action: argparse.Action) -> str:
    option = action.option_strings[0]
    if action.nargs == 0:
        return code(option)
    value = action.metavar
    if value is None:
        value = "|".join(f"{each}" for each in action.choices or ())
    return code(f"{option} [{value}]" if action.nargs == "?" else f"{option} {value}")
