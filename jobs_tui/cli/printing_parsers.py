"""The parsers of the commands that show no screen; a command line needs one of them at most."""

import argparse

from jobs_tui.cli.argument_type import argument_type
from jobs_tui.cli.common_parser import ON_ONE_EXECUTION, Parser, common_options
from jobs_tui.cli.settings.declared import WHAT
from jobs_tui.cli.settings.flags import add_things
from jobs_tui.cli.settings.kinds import thing_name

_OF_THE_COCKPITS_OPTIONS = {
    "config": "Print the settings that would be in force with these options, and where each comes "
    "from.",
    "keys": "Print every command of the screens: the id by which the table [keys] of the settings "
    "can give it other keys, the keys that it has, and where these come from.",
    "info": "Print where settings, journal, caches and log are, which versions are at work, and "
    "how the terminal is seen. No secret is in it.",
}
"""What commands do that take the options of the cockpit, and print."""


def printing_parser(command: str, common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The parser of one command that shows no screen.

    `common` is what `common_options` gives, for those commands that take all of it.
    """
    if command == "list":
        return _list(common)
    if command in _OF_THE_COCKPITS_OPTIONS:
        return _printing(command, common)
    if command in ON_ONE_EXECUTION:
        return _of_one_execution(command)
    return _WITH_OPTIONS_OF_THEIR_OWN[command]()


def _list(common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    from jobs_tui.cli import list_arguments  # noqa: PLC0415 - the cockpit does without

    parser = _printing("list", common, list_arguments.DESCRIPTION)
    list_arguments.add_list_options(parser)
    return parser


def _printing(
    command: str, common: argparse.ArgumentParser, description: str = ""
) -> argparse.ArgumentParser:
    parser = Parser(
        prog=f"jobs-tui {command}",
        parents=[common],
        allow_abbrev=False,
        description=description or _OF_THE_COCKPITS_OPTIONS[command],
    )
    parser.add_argument("--json", action="store_true", help="JSON")
    add_things(parser)
    return parser


def _doctor() -> argparse.ArgumentParser:
    parser = Parser(
        prog="jobs-tui doctor",
        parents=[common_options(without=WHAT)],
        allow_abbrev=False,
        description="Look at every step on the way to the service and say what works, what does "
        "not, and what to do about it. Nothing is changed.",
    )
    parser.add_argument("--json", action="store_true", help="JSON")
    parser.add_argument(
        "thing",
        nargs="?",
        type=argument_type(thing_name),
        metavar="THING",
        help="the thing on which each of the four operations is tried",
    )
    return parser


def _journal() -> argparse.ArgumentParser:
    from jobs_tui.cli import journal_arguments  # noqa: PLC0415 - the cockpit does without

    parser = Parser(
        prog="jobs-tui journal", allow_abbrev=False, description=journal_arguments.DESCRIPTION
    )
    journal_arguments.add_journal_options(parser)
    return parser


def _of_one_execution(command: str) -> argparse.ArgumentParser:
    from jobs_tui.cli import change_arguments  # noqa: PLC0415 - the cockpit does without

    parser = Parser(
        prog=f"jobs-tui {command}",
        parents=[common_options(without=change_arguments.of_no_use(command))],
        allow_abbrev=False,
    )
    change_arguments.add_change_options(parser, command)
    return parser


def _emulator() -> argparse.ArgumentParser:
    from jobs_tui.cli import emulator_arguments  # noqa: PLC0415 - the cockpit does without aiohttp

    parser = Parser(
        prog="jobs-tui emulator", allow_abbrev=False, description=emulator_arguments.DESCRIPTION
    )
    emulator_arguments.add_emulator_options(parser)
    return parser


def _completion() -> argparse.ArgumentParser:
    from jobs_tui.cli import completion_arguments  # noqa: PLC0415 - the cockpit does without

    parser = Parser(prog="jobs-tui completion", allow_abbrev=False)
    completion_arguments.add_completion_options(parser)
    return parser


def _man() -> argparse.ArgumentParser:
    return Parser(
        prog="jobs-tui man",
        allow_abbrev=False,
        description="Print the manual page; `jobs-tui man | man -l -` shows it.",
    )


_WITH_OPTIONS_OF_THEIR_OWN = {
    "doctor": _doctor,
    "journal": _journal,
    "emulator": _emulator,
    "completion": _completion,
    "man": _man,
}
"""What builds the parser of commands that do not take every common option."""
