"""What may stand on the command line."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from urllib.parse import urlsplit

from jobs_tui import __version__
from jobs_tui.cli.journal_arguments import (
    DESCRIPTION,
    JournalSelection,
    add_journal_options,
    selection_of,
)
from jobs_tui.domain.checks import thing_name_problem
from jobs_tui.ui.terminal.safe_text import safe_line

if TYPE_CHECKING:
    from jobs_tui.emulator import Switches

COMMANDS = ("watch", "demo", "emulator", "journal")


class WrongUsage(Exception):  # noqa: N818 - it is what the exit status is called
    """The command line cannot be meant; its text is for the user."""


class Arguments(NamedTuple):
    """The command line, checked."""

    command: str
    things: tuple[str, ...] = ()
    region: str | None = None
    profile: str | None = None
    endpoint_url: str | None = None
    refresh: float | None = None
    """Seconds between two refreshes of a thing; None for the command's own default."""
    rate: float = 10.0
    """Calls per second at most."""
    log_file: Path | None = None
    read_only: bool = False
    recorded: bool = True
    """Whether changes are recorded on disk before they are sent."""
    keep_days: float = 90.0
    """How long the journal keeps what is settled."""
    switches: "Switches | None" = None
    """Of the emulator, where that is the command."""
    selection: JournalSelection | None = None
    """Of the journal, where that is the command."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{safe_line(message)}; try '{self.prog} --help'")


def parse(argv: Sequence[str]) -> Arguments:
    """Read the command line.

    Raises WrongUsage for what cannot be meant; ends the program after --help and --version.
    """
    common = _common()
    _, rest = common.parse_known_args([word for word in argv if word not in ("-h", "--help")])
    words = list(argv)
    command = "watch"
    if rest and rest[0] in COMMANDS:
        command = rest[0]
        words.remove(command)
    elif words in (["-h"], ["--help"]):
        _overview(common).print_help()
        raise SystemExit(0)
    if command == "emulator":
        return Arguments(command, switches=_switches(words))
    if command == "journal":
        return Arguments(command, selection=_selection(words))
    found = vars(_parser_of(command, common).parse_args(words))
    things = tuple(dict.fromkeys(found.pop("things", ())))
    return _checked(Arguments(command, things, **found))


def _common() -> argparse.ArgumentParser:
    common = _Parser(prog="jobs-tui", add_help=False, allow_abbrev=False)
    common.add_argument("--version", action="version", version=f"jobs-tui {__version__}")
    common.add_argument("--region", help="AWS region; else the SDK's own settings say")
    common.add_argument("--profile", help="AWS profile; else the SDK's own settings say")
    common.add_argument("--endpoint-url", metavar="URL", help="the endpoint to ask")
    common.add_argument(
        "--refresh", type=_positive, metavar="SECONDS", help="between two refreshes (default 5)"
    )
    common.add_argument(
        "--rate",
        type=_positive,
        default=10.0,
        metavar="CALLS_PER_SECOND",
        help="calls by itself at most, for all things together (default 10)",
    )
    common.add_argument("--read-only", action="store_true", help="let nothing be changed")
    common.add_argument(
        "--no-journal",
        dest="recorded",
        action="store_false",
        help="send changes without a record on disk",
    )
    common.add_argument(
        "--keep-journal",
        dest="keep_days",
        type=_positive,
        default=90.0,
        metavar="DAYS",
        help="how long the journal keeps what is settled (default 90)",
    )
    common.add_argument("--log-file", type=Path, metavar="FILE", help="keep warnings and errors")
    return common


def _overview(common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="jobs-tui",
        parents=[common],
        description="The terminal cockpit for the device side of AWS IoT Jobs.",
        usage="jobs-tui [options] THING ...\n       jobs-tui demo | emulator | journal [options]",
        epilog="jobs-tui demo needs no AWS account. A thing that is called like a command: "
        "jobs-tui watch THING ...",
    )
    parser.add_argument("things", nargs="*", metavar="THING", help="the things to watch")
    return parser


def _parser_of(command: str, common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    if command == "watch":
        return _overview(common)
    return _Parser(
        prog="jobs-tui demo",
        parents=[common],
        description="The cockpit on the embedded emulator, with a small fleet at work. "
        "No AWS configuration is read.",
    )


def _selection(words: Sequence[str]) -> JournalSelection:
    parser = _Parser(prog="jobs-tui journal", allow_abbrev=False, description=DESCRIPTION)
    add_journal_options(parser)
    return selection_of(parser.parse_args(words))


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


def _checked(arguments: Arguments) -> Arguments:
    if arguments.command == "watch":
        if not arguments.things:
            raise WrongUsage("name the things to watch, or see one at work: jobs-tui demo")
        for name in arguments.things:
            problem = thing_name_problem(name)
            if problem is not None:
                raise WrongUsage(f"'{safe_line(name)}' is not a thing name: it {problem}")
    if arguments.endpoint_url is not None:
        _check_url(arguments.endpoint_url)
    return arguments


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise WrongUsage(
            f"--endpoint-url '{safe_line(url)}' is not a URL such as https://HOST or http://HOST:PORT"
        )


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return number
