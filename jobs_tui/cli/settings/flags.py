"""The settings as options of the command line."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from jobs_tui.cli.argument_type import argument_type
from jobs_tui.cli.settings.declared import SETTINGS, THINGS, WHICH
from jobs_tui.cli.settings.kinds import thing_name
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.setting import Heading, Setting
from jobs_tui.cli.settings.source import Given, Level, Source, SourceKind
from jobs_tui.cli.settings.together import clashes


def add_options(
    parser: argparse.ArgumentParser, *, in_demo: bool = False, without: Sequence[Setting[Any]] = ()
) -> None:
    """Give a parser the option of every setting, or of those that the demo has a use for.

    `without` are left out: what a command has no use for is a mistake there.

    What was given stands in the namespace under the setting's name; what was not does not.
    """
    settings = [
        each
        for each in (*WHICH, *SETTINGS)
        if (each.in_demo or not in_demo) and each not in without
    ]
    for heading in Heading:
        group = parser.add_argument_group(heading)
        for setting in settings:
            if setting.heading is heading and setting is not THINGS:
                _add(group, setting)


def add_things(parser: argparse.ArgumentParser) -> None:
    """Give a parser the names of things that may stand on the command line."""
    parser.add_argument(
        THINGS.name,
        nargs="*",
        type=argument_type(thing_name),
        default=argparse.SUPPRESS,
        metavar=THINGS.metavar,
        help=THINGS.meaning,
    )


def flags_of(found: argparse.Namespace) -> dict[str, object]:
    """The settings that were given, by name."""
    flags = {
        each.name: getattr(found, each.name)
        for each in (*WHICH, *SETTINGS)
        if hasattr(found, each.name)
    }
    if THINGS.name in flags:
        flags[THINGS.name] = tuple(dict.fromkeys(flags[THINGS.name]))
    return flags


def flag_level(flags: Mapping[str, object]) -> Level:
    """What the command line says. Raises SettingsError for what does not go together."""
    level = {
        each.name: Given(flags[each.name], Source(SourceKind.FLAG, _source(each, flags[each.name])))
        for each in (*WHICH, *SETTINGS)
        if each.name in flags
    }
    problems = [clash.message for clash in clashes(level, _spelled)]
    if problems:
        raise SettingsError(*problems)
    return level


def _add(group: argparse._ArgumentGroup, setting: Setting[Any]) -> None:
    if setting.metavar is None:
        group.add_argument(
            setting.option,
            dest=setting.name,
            action="store_const",
            const=not setting.default,
            default=argparse.SUPPRESS,
            help=setting.meaning,
        )
        if setting.opposite:
            group.add_argument(
                setting.opposite_option,
                dest=setting.name,
                action="store_const",
                const=setting.default,
                default=argparse.SUPPRESS,
                help=setting.opposite,
            )
        return
    group.add_argument(
        setting.option,
        dest=setting.name,
        type=argument_type(setting.kind.from_text),
        default=argparse.SUPPRESS,
        metavar=setting.metavar,
        help=setting.meaning,
    )


def _spelled(setting: Setting[Any]) -> str:
    return THINGS.metavar or "" if setting is THINGS else setting.option


def _source(setting: Setting[Any], value: object) -> str:
    if setting.opposite and value == setting.default:
        return setting.opposite_option
    return "the command line" if setting is THINGS else setting.option
