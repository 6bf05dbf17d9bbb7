"""The options of `jobs-tui emulator`."""

import argparse
from pathlib import Path

from jobs_tui.cli.argument_type import argument_type
from jobs_tui.cli.numbers import PORT, above_0, from_0
from jobs_tui.cli.settings.kinds import thing_name
from jobs_tui.emulator import AccountSettings, Fault, FaultKind, Rates, Switches

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
    add(
        "--port",
        type=argument_type(PORT.whole),
        default=0,
        metavar="N",
        help="the port (default: a free one)",
    )
    add(
        "--things",
        type=argument_type(_things),
        default=(),
        metavar="NAMES|N",
        help="things to create: names as gw-1,gw-2, or a number for thing-0001 and so on",
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
        type=argument_type(above_0().of),
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
        help="serve https, with the certificate and key in a file, or with a new pair that the "
        "openssl command makes",
    )
    add(
        "--client-ca",
        type=Path,
        metavar="FILE.pem",
        help="with --tls: who signs client certificates; a request needs one, or a signature",
    )
    add(
        "--throttle",
        type=argument_type(Rates.parse),
        metavar="READS/WRITES",
        help="requests per second that the data plane takes, as 100/20; more are answered 429",
    )
    add(
        "--fault",
        dest="faults",
        action="append",
        type=argument_type(Fault.parse),
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
        type=argument_type(from_0("a number of seconds").of),
        default=0.0,
        metavar="SECONDS",
        help="how late timers fire; the live service takes up to 60",
    )
    add(
        "--details-limit",
        type=argument_type(from_0("a number of details").whole),
        metavar="N",
        help="how many status details there may be (default: any number)",
    )
    add(
        "--fleet-indexing",
        choices=("on", "building", "off"),
        default="on",
        help="whether SearchIndex finds things, not yet, or has no index (default on; on AWS it is "
        "off until it is turned on)",
    )
    add(
        "--state",
        type=Path,
        metavar="FILE",
        help="keep everything in this file across restarts; it holds the job documents, too",
    )
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


def _things(text: str) -> tuple[str, ...]:
    if text.isascii() and text.isdigit():
        number = int(text[:9])
        if number > MOST_THINGS:
            raise ValueError(f"{MOST_THINGS} things at most")
        return tuple(f"thing-{index:04d}" for index in range(1, number + 1))
    return tuple(dict.fromkeys(thing_name(name) for name in text.split(",")))
