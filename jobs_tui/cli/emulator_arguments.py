"""The options of `jobs-tui emulator`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from jobs_tui.domain.checks import thing_name_problem
from jobs_tui.emulator import AccountSettings, Fault, FaultKind, Rates, Switches
from jobs_tui.ui.terminal.safe_text import safe_line

T = TypeVar("T")

ACCESS_KEY_ID, SECRET_ACCESS_KEY = "test", "test"
"""The one pair of keys that --check-signatures lets in."""
MOST_THINGS = 100_000

DESCRIPTION = """\
Serve AWS IoT Jobs on loopback until interrupted: the four operations of the data plane, and those
of the control plane that put work in and look after it. Any credentials will do, unless
--check-signatures is given."""


def add_emulator_options(parser: argparse.ArgumentParser) -> None:
    """Give a parser the options; `switches_of` reads what it found."""
    add = parser.add_argument
    add("--port", type=_port, default=0, metavar="N", help="the port (default: a free one)")
    add(
        "--things",
        type=_things,
        default=(),
        metavar="NAMES|N",
        help="things to create: names with commas between, or a number for thing-0001 and so on",
    )
    add(
        "--jobs",
        type=Path,
        metavar="FILE.jsonl",
        help="jobs to create: a JSON object a line, jobId and the members of CreateJob",
    )
    add("--seed", type=int, metavar="N", help="ids, URLs and faults are the same in every run")
    add(
        "--speed",
        type=_positive,
        default=1.0,
        metavar="FACTOR",
        help="how fast time passes in it (60: a minute a second)",
    )
    add(
        "--check-signatures",
        action="store_true",
        help=f"let in only what access key {ACCESS_KEY_ID} with secret {SECRET_ACCESS_KEY} signed",
    )
    add(
        "--tls",
        nargs="?",
        type=Path,
        const=True,
        metavar="FILE.pem",
        help="serve https, with the certificate and key in a file or with a new pair",
    )
    add(
        "--client-ca",
        type=Path,
        metavar="FILE.pem",
        help="with --tls: who signs client certificates; a request needs one, or a signature",
    )
    add(
        "--throttle",
        type=_told(Rates.parse),
        metavar="READS/WRITES",
        help="requests per second that the data plane takes",
    )
    add(
        "--fault",
        dest="faults",
        action="append",
        type=_told(Fault.parse),
        default=[],
        metavar="SPEC",
        help="what goes wrong, as UpdateJobExecution=cut-after:once (see below); may be repeated",
    )
    add(
        "--version-mismatch",
        type=int,
        choices=(400, 409),
        default=400,
        help="how a stale expectedVersion is answered (default 400, as the live service does)",
    )
    add(
        "--unknown-thing",
        type=int,
        choices=(200, 404),
        default=200,
        help="how a thing that does not exist is answered (default 200, as one without jobs)",
    )
    add(
        "--timer-lateness",
        type=_seconds,
        default=0.0,
        metavar="SECONDS",
        help="how late timers fire; the live service takes up to 60",
    )
    add(
        "--details-limit",
        type=_count,
        metavar="N",
        help="how many status details there may be (default: any number)",
    )
    add(
        "--fleet-indexing",
        choices=("on", "building", "off"),
        default="on",
        help="whether things can be searched by SearchIndex, not yet, or not at all (default on)",
    )
    add("--state", type=Path, metavar="FILE", help="keep everything in this file across restarts")
    parser.epilog = _fault_help()
    parser.formatter_class = argparse.RawDescriptionHelpFormatter


def switches_of(found: argparse.Namespace) -> Switches:
    """The switches that were given; raises ValueError for some that do not go together."""
    if found.client_ca is not None and found.tls is None:
        raise ValueError("--client-ca goes with --tls: certificates are a matter of https")
    return Switches(
        port=found.port,
        things=found.things,
        jobs=found.jobs,
        seed=found.seed,
        speed=found.speed,
        secrets={ACCESS_KEY_ID: SECRET_ACCESS_KEY} if found.check_signatures else None,
        tls=found.tls is not None,
        certificate=None if found.tls is True else found.tls,
        client_ca=found.client_ca,
        rates=found.throttle,
        faults=tuple(found.faults),
        state=found.state,
        account=AccountSettings(
            version_mismatch_status=found.version_mismatch,
            unknown_thing_status=found.unknown_thing,
            timer_lateness=found.timer_lateness,
            status_details_limit=found.details_limit,
            fleet_indexing=found.fleet_indexing,
        ),
    )


def _fault_help() -> str:
    kinds = "\n".join(f"  {kind:<18}{kind.meaning}" for kind in FaultKind)
    return (
        "faults: OPERATION=KIND:SHARE\n"
        "  OPERATION is a name such as UpdateJobExecution, or * for all. Both planes have a\n"
        "  DescribeJobExecution: iot:DescribeJobExecution is that of the control plane.\n"
        "  SHARE is 5%, once, 3 (times) or always. KIND is\n"
        f"{kinds}\n"
    )


def _told(parse: Callable[[str], T]) -> Callable[[str], T]:
    """Let argparse pass on the words of a ValueError."""

    def told(text: str) -> T:
        try:
            return parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{error}") from error

    return told


def _things(text: str) -> tuple[str, ...]:
    if text.isascii() and text.isdigit():
        number = int(text[:9])
        if number > MOST_THINGS:
            raise argparse.ArgumentTypeError(f"{MOST_THINGS} things at most")
        return tuple(f"thing-{index:04d}" for index in range(1, number + 1))
    names = tuple(dict.fromkeys(text.split(",")))
    for name in names:
        problem = thing_name_problem(name)
        if problem is not None:
            raise argparse.ArgumentTypeError(
                f"'{safe_line(name)}' is not a thing name: it {problem}"
            )
    return names


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not a port")
    return number


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 <= number < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is not a number of details")
    return number
