"""Which options each command takes, as its parser of the command line has them."""

import argparse
import re
from collections.abc import Iterator
from typing import Any

from jobs_tui.cli import arguments, change_arguments, emulator_arguments, journal_arguments
from jobs_tui.cli.settings.declared import SETTINGS, WHICH, Setting
from readme.markdown import NOTHING, code, plain, table

COCKPIT = "watch"
COMMANDS_WITH_SETTINGS = tuple(
    each for each in arguments.COMMANDS if each not in ("emulator", "journal")
)

_DEFAULT = re.compile(r" ?\(default:? (?P<value>[^)]*)\)")


def parser_of(command: str) -> argparse.ArgumentParser:
    """What reads the command line of a command."""
    match command:
        case "emulator":
            parser = argparse.ArgumentParser(add_help=False)
            emulator_arguments.add_emulator_options(parser)
        case "journal":
            parser = argparse.ArgumentParser(add_help=False)
            journal_arguments.add_journal_options(parser)
        case "describe" | "start" | "update":
            unused = change_arguments.of_no_use(command)
            parser = argparse.ArgumentParser(
                parents=[arguments._common(without=unused)], add_help=False
            )
            change_arguments.add_change_options(parser, command)
        case _:
            parser = arguments._parser_of(command, arguments._common())
    return parser


def takes(command: str, setting: Setting[Any]) -> bool:
    """Whether a setting can stand on the command line of a command."""
    return any(action.dest == setting.name for action in parser_of(command)._actions)


def own_options(command: str) -> Iterator[argparse.Action]:
    """The options of a command that are no settings, and not those that every program has."""
    others = {"help", "version"}
    if command in COMMANDS_WITH_SETTINGS:
        others |= {each.name for each in (*WHICH, *SETTINGS)}
    for action in parser_of(command)._actions:
        if action.option_strings and action.dest not in others:
            yield action


def own_options_table(command: str) -> str:
    """Each option of a command that is no setting, and what it means."""
    rows = [
        (_spelled(action), *told_and_default((action.help or "") % {"prog": "jobs-tui"}))
        for action in own_options(command)
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
