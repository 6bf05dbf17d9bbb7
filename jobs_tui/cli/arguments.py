"""What may stand on the command line."""

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from jobs_tui.cli.argument_type import argument_type
from jobs_tui.cli.common_parser import ON_ONE_EXECUTION, Parser, WrongUsage, common_options
from jobs_tui.cli.numbers import Number
from jobs_tui.cli.settings.flags import add_things, flag_level, flags_of
from jobs_tui.cli.settings.problems import SettingsError

if TYPE_CHECKING:
    from jobs_tui.cli.change_arguments import Look, Wish
    from jobs_tui.cli.journal_arguments import JournalSelection
    from jobs_tui.cli.list_arguments import Listing
    from jobs_tui.emulator import Switches

COMMANDS = (
    "watch",
    "demo",
    "list",
    *ON_ONE_EXECUTION,
    "doctor",
    "config",
    "keys",
    "info",
    "emulator",
    "journal",
    "completion",
    "man",
)
HELP = ("-h", "--help")


class Arguments(NamedTuple):
    """The command line, checked."""

    command: str
    flags: Mapping[str, object] = {}
    """The settings that were given, by their names; THING ... are `things`."""
    as_json: bool = False
    """Of commands that print, but `list`: whether a program reads what is printed."""
    thing: str | None = None
    """Of `doctor`: the thing on which the operations are tried."""
    number_of_things: int | None = None
    """Of the demo: how large its fleet is."""
    seed: int | None = None
    """Of the demo: what has happened to its fleet."""
    switches: "Switches | None" = None
    """Of the emulator, where that is the command."""
    selection: "JournalSelection | None" = None
    """Of the journal, where that is the command."""
    listing: "Listing | None" = None
    """Of `list`, where that is the command."""
    look: "Look | None" = None
    """Of `describe`: which execution."""
    wish: "Wish | None" = None
    """Of `start` and `update`: the change."""
    offered: str | None = None
    """Of `completion`: the shell that is to be served, or what it asks for to offer it."""


def parse(argv: Sequence[str]) -> Arguments:
    """Read the command line.

    Raises WrongUsage for what cannot be meant; ends the program after --help and --version.
    """
    common = common_options()
    words = list(argv)
    named = _command_in(words, common)
    command = named or "watch"
    if named is not None:
        words.remove(named)
    elif words in (["-h"], ["--help"]):
        _overview(common).print_help()
        raise SystemExit(0)
    parser = parser_of(command, common)
    found = parser.parse_args(words)
    if command == "emulator":
        return Arguments(command, switches=_switches(parser, found))
    if command == "journal":
        return Arguments(command, selection=_selection(found))
    if command in ON_ONE_EXECUTION:
        return _on_one_execution(command, parser, found)
    listing = _listing(found) if command == "list" else None
    return Arguments(
        command,
        _flags_of(found),
        as_json=getattr(found, "json", False),
        thing=getattr(found, "thing", None),
        number_of_things=getattr(found, "number_of_things", None),
        seed=getattr(found, "seed", None),
        listing=listing,
        offered=getattr(found, "offered", None),
    )


def _flags_of(found: argparse.Namespace) -> dict[str, object]:
    flags = flags_of(found)
    try:
        flag_level(flags)
    except SettingsError as error:
        raise WrongUsage(error.problems[0]) from error
    return flags


def _command_in(words: Sequence[str], common: argparse.ArgumentParser) -> str | None:
    """The command among the words, which is the first that is no option and no option's value."""
    if set(COMMANDS).isdisjoint(words):
        return None
    _, rest = common.parse_known_args([each for each in words if each not in HELP])
    return rest[0] if rest and rest[0] in COMMANDS else None


def _overview(common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser = Parser(
        prog="jobs-tui",
        parents=[common],
        allow_abbrev=False,
        description="The terminal cockpit for the device side of AWS IoT Jobs.",
        usage="jobs-tui [options] [THING ...]\n"
        "       jobs-tui describe THING JOB | start THING | update THING JOB STATUS [options]\n"
        "       jobs-tui demo | list | journal [options]\n"
        "       jobs-tui doctor | config | keys | info | emulator [options]\n"
        "       jobs-tui completion bash | completion zsh | completion fish | man",
        epilog="jobs-tui demo needs no AWS account. A thing that is called like a command: "
        "jobs-tui watch THING ... Each option can stand in a file, too, and in the environment as "
        "JOBS_TUI_REGION and so on; jobs-tui config tells what is in force.",
    )
    add_things(parser)
    return parser


def parser_of(command: str, common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The parser of one command: of a command line no other one is built.

    `common` is what `common_options` gives, for those commands that take all of it.
    """
    if command == "watch":
        return _overview(common)
    if command == "demo":
        return _demo()
    from jobs_tui.cli.printing_parsers import (  # noqa: PLC0415 - the cockpit does without
        printing_parser,
    )

    return printing_parser(command, common)


def _demo() -> argparse.ArgumentParser:
    from jobs_tui.engine.context import MOST_THINGS  # noqa: PLC0415 - the demo loads it anyway

    parser = Parser(
        prog="jobs-tui demo",
        parents=[common_options(in_demo=True)],
        allow_abbrev=False,
        description="The cockpit on the embedded emulator, with a fleet at work. "
        "No AWS configuration is read, and no settings of yours.",
    )
    fleet = parser.add_argument_group("the fleet")
    wanted = Number(
        f"a number of things from 1 to {MOST_THINGS}", lambda number: 1 <= number <= MOST_THINGS
    )
    fleet.add_argument(
        "--things",
        dest="number_of_things",
        type=argument_type(wanted.whole),
        metavar="N",
        help=f"how many things there are (default 4, at most {MOST_THINGS})",
    )
    fleet.add_argument(
        "--seed", type=int, metavar="N", help="what has happened to them is the same in every run"
    )
    return parser


def _listing(found: argparse.Namespace) -> "Listing":
    from jobs_tui.cli.list_arguments import listing_of  # noqa: PLC0415 - the cockpit does without

    return listing_of(found)


def _selection(found: argparse.Namespace) -> "JournalSelection":
    from jobs_tui.cli.journal_arguments import selection_of  # noqa: PLC0415 - as above

    return selection_of(found)


def _on_one_execution(
    command: str, parser: argparse.ArgumentParser, found: argparse.Namespace
) -> Arguments:
    from jobs_tui.cli import change_arguments  # noqa: PLC0415 - as above

    if command == "describe":
        look = change_arguments.look_of(found)
        return Arguments(command, _flags_of(found), as_json=found.json, look=look)
    try:
        wish = change_arguments.wish_of(command, found)
    except ValueError as error:
        parser.error(f"{error}")
    return Arguments(command, _flags_of(found), as_json=found.json, wish=wish)


def _switches(parser: argparse.ArgumentParser, found: argparse.Namespace) -> "Switches":
    from jobs_tui.cli.emulator_arguments import switches_of  # noqa: PLC0415 - as above

    try:
        return switches_of(found)
    except ValueError as error:
        parser.error(f"{error}")
