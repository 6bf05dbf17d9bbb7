"""One parser with all commands in it, made of the same parts as the one that a command line needs.

It parses nothing: it is what the libraries look at that make completion and the manual page.
"""

import argparse
from collections.abc import Callable, Iterator
from functools import partial

from jobs_tui.cli.arguments import COMMANDS, parser_of
from jobs_tui.cli.common_parser import common_options

WIDE = partial(argparse.HelpFormatter, width=100_000)
"""Lines are not broken: where would depend on the terminal, and on the version of Python."""


def first_sentence(text: str) -> str:
    """Of a description, what fits into a line of its own."""
    return f"{' '.join(text.split()).split('. ')[0].rstrip('.')}."


def whole_parser(
    line_of: Callable[[str], str] = first_sentence,
) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """The parser, and those of the commands in it by name.

    `line_of` makes the line that a command has in a list out of its description.
    """
    overview = parser_of("watch", common_options())
    whole = argparse.ArgumentParser(
        prog="jobs-tui",
        parents=[common_options()],
        usage=overview.usage,
        description=overview.description,
        epilog=overview.epilog,
        formatter_class=WIDE,
    )
    places = whole.add_subparsers(title="commands", metavar="COMMAND", prog="jobs-tui")
    commands = {}
    for command in COMMANDS:
        one = parser_of(command, common_options())
        usage = "jobs-tui [watch] [options] [THING ...]" if command == "watch" else one.usage
        commands[command] = places.add_parser(
            command,
            parents=[one],
            add_help=False,
            usage=usage,
            description=one.description,
            # one that is laid out already is for the help only
            epilog=one.epilog if one.formatter_class is argparse.HelpFormatter else None,
            formatter_class=WIDE,
            help=line_of(one.description or ""),
        )
    return whole, commands


def arguments_of(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """What may stand after a command, options and others, in the order of the help."""
    for group in parser._action_groups:  # noqa: SLF001 - argparse offers no other way
        for action in group._group_actions:  # noqa: SLF001 - as above
            if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
                yield action
