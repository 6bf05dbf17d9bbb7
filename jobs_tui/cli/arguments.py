"""What may stand on the command line."""

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from jobs_tui import __version__
from jobs_tui.cli.argument_type import argument_type
from jobs_tui.cli.numbers import Number
from jobs_tui.cli.settings.declared import WHAT, Setting
from jobs_tui.cli.settings.flags import add_options, add_things, flag_level, flags_of
from jobs_tui.cli.settings.kinds import thing_name
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.ui.terminal.safe_text import safe_line

if TYPE_CHECKING:
    from jobs_tui.cli.change_arguments import Look, Wish
    from jobs_tui.cli.journal_arguments import JournalSelection
    from jobs_tui.cli.list_arguments import Listing
    from jobs_tui.emulator import Switches

ON_ONE_EXECUTION = ("describe", "start", "update")
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
)
HELP = ("-h", "--help")

_OF_THE_COCKPITS_OPTIONS = {
    "config": "Print the settings that would be in force with these options, and where each comes "
    "from.",
    "keys": "Print every command of the screens: the id by which the table [keys] of the settings "
    "can give it other keys, the keys that it has, and where these come from.",
    "info": "Print where settings, journal, caches and log are, which versions are at work, and "
    "how the terminal is seen. No secret is in it.",
}
"""What commands do that take the options of the cockpit, and print."""


class WrongUsage(Exception):  # noqa: N818 - it is what the exit status is called
    """The command line cannot be meant; its text is for the user."""


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


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{safe_line(message)}; try '{self.prog} --help'")


def parse(argv: Sequence[str]) -> Arguments:
    """Read the command line.

    Raises WrongUsage for what cannot be meant; ends the program after --help and --version.
    """
    common = _common()
    words = list(argv)
    named = _command_in(words, common)
    command = named or "watch"
    if named is not None:
        words.remove(named)
    elif words in (["-h"], ["--help"]):
        _overview(common).print_help()
        raise SystemExit(0)
    if command == "emulator":
        return Arguments(command, switches=_switches(words))
    if command == "journal":
        return Arguments(command, selection=_selection(words))
    if command in ON_ONE_EXECUTION:
        return _on_one_execution(command, words)
    found = _parser_of(command, common).parse_args(words)
    listing = _listing(found) if command == "list" else None
    return Arguments(
        command,
        _flags_of(found),
        as_json=getattr(found, "json", False),
        thing=getattr(found, "thing", None),
        number_of_things=getattr(found, "number_of_things", None),
        seed=getattr(found, "seed", None),
        listing=listing,
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


def _common(
    *, in_demo: bool = False, without: Sequence[Setting[Any]] = ()
) -> argparse.ArgumentParser:
    common = _Parser(prog="jobs-tui", add_help=False, allow_abbrev=False)
    common.add_argument("--version", action="version", version=f"jobs-tui {__version__}")
    add_options(common, in_demo=in_demo, without=without)
    return common


def _overview(common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="jobs-tui",
        parents=[common],
        allow_abbrev=False,
        description="The terminal cockpit for the device side of AWS IoT Jobs.",
        usage="jobs-tui [options] [THING ...]\n"
        "       jobs-tui describe THING JOB | start THING | update THING JOB STATUS [options]\n"
        "       jobs-tui demo | list | journal [options]\n"
        "       jobs-tui doctor | config | keys | info | emulator [options]",
        epilog="jobs-tui demo needs no AWS account. A thing that is called like a command: "
        "jobs-tui watch THING ... Each option can stand in a file, too, and in the environment as "
        "JOBS_TUI_REGION and so on; jobs-tui config tells what is in force.",
    )
    add_things(parser)
    return parser


def _parser_of(command: str, common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    if command == "watch":
        return _overview(common)
    if command == "list":
        return _list(common)
    if command in _OF_THE_COCKPITS_OPTIONS:
        return _printing(command, common)
    if command == "doctor":
        return _doctor()
    return _demo()


def _list(common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    from jobs_tui.cli import list_arguments  # noqa: PLC0415 - the cockpit does without

    parser = _printing("list", common, list_arguments.DESCRIPTION)
    list_arguments.add_list_options(parser)
    return parser


def _listing(found: argparse.Namespace) -> "Listing":
    from jobs_tui.cli.list_arguments import listing_of  # noqa: PLC0415 - the cockpit does without

    return listing_of(found)


def _printing(
    command: str, common: argparse.ArgumentParser, description: str = ""
) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"jobs-tui {command}",
        parents=[common],
        allow_abbrev=False,
        description=description or _OF_THE_COCKPITS_OPTIONS[command],
    )
    parser.add_argument("--json", action="store_true", help="JSON")
    add_things(parser)
    return parser


def _doctor() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="jobs-tui doctor",
        parents=[_common(without=WHAT)],
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


def _demo() -> argparse.ArgumentParser:
    from jobs_tui.engine.context import MOST_THINGS  # noqa: PLC0415 - the demo loads it anyway

    parser = _Parser(
        prog="jobs-tui demo",
        parents=[_common(in_demo=True)],
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


def _selection(words: Sequence[str]) -> "JournalSelection":
    from jobs_tui.cli import journal_arguments  # noqa: PLC0415 - the cockpit does without

    parser = _Parser(
        prog="jobs-tui journal", allow_abbrev=False, description=journal_arguments.DESCRIPTION
    )
    journal_arguments.add_journal_options(parser)
    return journal_arguments.selection_of(parser.parse_args(words))


def _on_one_execution(command: str, words: Sequence[str]) -> Arguments:
    from jobs_tui.cli import change_arguments  # noqa: PLC0415 - the cockpit does without

    parser = _Parser(
        prog=f"jobs-tui {command}",
        parents=[_common(without=change_arguments.of_no_use(command))],
        allow_abbrev=False,
    )
    change_arguments.add_change_options(parser, command)
    found = parser.parse_args(words)
    if command == "describe":
        look = change_arguments.look_of(found)
        return Arguments(command, _flags_of(found), as_json=found.json, look=look)
    try:
        wish = change_arguments.wish_of(command, found)
    except ValueError as error:
        parser.error(f"{error}")
    return Arguments(command, _flags_of(found), as_json=found.json, wish=wish)


def _switches(words: Sequence[str]) -> "Switches":
    from jobs_tui.cli import emulator_arguments  # noqa: PLC0415 - the cockpit does without aiohttp

    parser = _Parser(
        prog="jobs-tui emulator", allow_abbrev=False, description=emulator_arguments.DESCRIPTION
    )
    emulator_arguments.add_emulator_options(parser)
    try:
        return emulator_arguments.switches_of(parser.parse_args(words))
    except ValueError as error:
        parser.error(f"{error}")
