"""The options of `jobs-tui describe`, `start` and `update`: the commands on one execution."""

import argparse
from collections.abc import Mapping
from typing import Any, NamedTuple

from jobs_tui.cli.argument_type import argument_type
from jobs_tui.cli.numbers import above_0
from jobs_tui.cli.settings.declared import (
    JOURNAL,
    KEEP_JOURNAL,
    LOW_BANDWIDTH,
    NOTIFY,
    RATE,
    REFRESH,
    STUCK_AFTER,
    THEME,
    WHAT,
)
from jobs_tui.cli.settings.kinds import thing_name
from jobs_tui.cli.settings.setting import Setting
from jobs_tui.domain.checks import detail_value_problem, step_timeout_problem
from jobs_tui.domain.names import detail_name_problem, job_id_problem
from jobs_tui.domain.requests import NEXT_JOB
from jobs_tui.domain.status import SETTABLE, Status

DESCRIBE, START, UPDATE = "describe", "start", "update"

WAIT_SECONDS = 60.0
"""How long to wait for a change to be settled unless the user says otherwise."""

USAGE = {
    DESCRIBE: "jobs-tui describe THING JOB [--document | --json] [--execution-number N] [options]",
    START: "jobs-tui start THING [--detail NAME=VALUE]... [--yes] [--json] [options]",
    UPDATE: "jobs-tui update THING JOB STATUS [--detail NAME=VALUE]... [--yes] [--json] [options]",
}

DESCRIPTION = {
    DESCRIBE: "Print everything that the service tells of one execution: its status, version, "
    "times, timer and status details; or its job document alone. Nothing is changed.",
    START: "Start the next pending job of a thing, as the cockpit does. What stands first is read "
    "and shown, with what would be sent, and nothing is sent before you have said yes. Where a job "
    "is in progress already, or none is pending, nothing is sent, and the status is 1.",
    UPDATE: "Report a status for an execution, as the cockpit does. The execution is read and "
    "shown, with what would be sent, and nothing is sent before you have said yes. The change is "
    "for the version that was read: where another writer was faster it is a conflict, and nothing "
    "is overwritten. The status details that stand there are kept, those that are given are added "
    "to them or take their place.",
}

_RECORDED = (
    "Where nobody can be asked, as in a script, --yes has to stand there. The change is in the "
    "journal (`jobs-tui journal`) before it is sent. An answer that was lost is made up for by "
    "reading what stands there; a change that is still open after --wait stays in the journal, "
    "where the cockpit, or the next such command on the thing, settles it by reading. What could "
    "not be sent by then is dropped, and never goes out later. "
)

EPILOG = {
    DESCRIBE: "What stands on a terminal has every control character made visible, and what "
    "presigned URLs grant hidden; into a pipe or a file, --document writes what was received, byte "
    "for byte. Exit status: 0 printed; 1 there is none, it has finished, or the service could not "
    "be asked; 2 wrong usage.",
    START: f"{_RECORDED}Exit status: 0 started; 1 nothing was started, or it is not known; 2 wrong "
    "usage.",
    UPDATE: f"{_RECORDED}Exit status: 0 the change is confirmed; 1 it was refused, is in conflict, "
    "could not be sent, or is not confirmed; 2 wrong usage.",
}


class Look(NamedTuple):
    """Which execution to describe, and what of it."""

    thing_name: str
    job_id: str
    """A job id or `NEXT_JOB`."""
    execution_number: int | None = None
    document: bool = False
    """Whether the job document is wanted, and nothing else."""


class Wish(NamedTuple):
    """A change that is asked for."""

    thing_name: str
    job_id: str | None = None
    """None for the start of what stands first."""
    status: Status | None = None
    """None for a start."""
    details: Mapping[str, str] = {}
    replace_details: bool = False
    """Whether those that are not given are to go."""
    expected_version: int | None = None
    execution_number: int | None = None
    step_timeout: int | None = None
    """Minutes, or `CANCEL_STEP_TIMER`."""
    wait: float = WAIT_SECONDS
    unasked: bool = False
    """Whether to send it without a question."""
    drop_left: bool = False
    """Whether to drop what an earlier run left unsent on the thing."""


def of_no_use(command: str) -> tuple[Setting[Any], ...]:
    """The settings that a command has no use for."""
    neither = (*WHAT, REFRESH, RATE, LOW_BANDWIDTH, STUCK_AFTER, NOTIFY, THEME)
    return (*neither, JOURNAL, KEEP_JOURNAL) if command == DESCRIBE else neither


def add_change_options(parser: argparse.ArgumentParser, command: str) -> None:
    """Give a parser the options of one of the three; `look_of` and `wish_of` read what it found."""
    parser.usage, parser.description = USAGE[command], DESCRIPTION[command]
    parser.epilog = EPILOG[command]
    parser.add_argument("thing", type=argument_type(thing_name), metavar="THING", help="the thing")
    if command != START:
        next_too = f", or {NEXT_JOB} for the one that stands first" if command == DESCRIBE else ""
        parser.add_argument(
            "job",
            type=argument_type(_job_or_next if command == DESCRIBE else _job),
            metavar="JOB",
            help=f"the job's id{next_too}",
        )
    if command == UPDATE:
        parser.add_argument(
            "status",
            type=argument_type(_status),
            metavar="STATUS",
            help=f"{_settable()}, in any letter case",
        )
    group = parser.add_argument_group("the execution" if command == DESCRIBE else "the change")
    form = group.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON, for programs")
    if command == DESCRIBE:
        form.add_argument("--document", action="store_true", help="the job document alone")
    if command != START:
        group.add_argument(
            "--execution-number",
            type=argument_type(_whole),
            metavar="N",
            help="this execution of the job on the thing (the latest, if left out)",
        )
    if command != DESCRIBE:
        _add_of_changes(group, command)


def _add_of_changes(group: argparse._ArgumentGroup, command: str) -> None:
    group.add_argument(
        "--detail",
        dest="details",
        action="append",
        type=argument_type(_detail),
        metavar="NAME=VALUE",
        help="a status detail; may be given more than once",
    )
    if command == UPDATE:
        group.add_argument(
            "--replace-details",
            action="store_true",
            help="keep no status detail but those that are given; without any, all are cleared",
        )
        group.add_argument(
            "--expected-version",
            type=argument_type(_whole),
            metavar="N",
            help="send nothing unless this version stands there (the one that was just read)",
        )
    cancels = "; -1 cancels the one that runs" if command == UPDATE else ""
    group.add_argument(
        "--step-timeout",
        type=argument_type(_minutes_or_cancel if command == UPDATE else _minutes),
        metavar="MINUTES",
        help=f"the step timer, 1 to 10080 minutes from now{cancels}",
    )
    group.add_argument(
        "--wait",
        type=argument_type(above_0("a number of seconds").of),
        default=WAIT_SECONDS,
        metavar="SECONDS",
        help=f"how long to wait until the change is settled (default {WAIT_SECONDS:g})",
    )
    group.add_argument("--yes", action="store_true", help="send it without a question")
    group.add_argument(
        "--drop-left",
        action="store_true",
        help="drop what an earlier run left unsent on the thing; else nothing is sent beside it",
    )


def look_of(found: argparse.Namespace) -> Look:
    """What is to be described."""
    return Look(found.thing, found.job, found.execution_number, found.document)


def wish_of(command: str, found: argparse.Namespace) -> Wish:
    """The change that is asked for. Raises ValueError where a detail is there twice."""
    details: dict[str, str] = {}
    for name, value in found.details or ():
        if name in details:
            raise ValueError(f"argument --detail: {name} is there twice")
        details[name] = value
    wish = Wish(
        found.thing,
        details=details,
        step_timeout=found.step_timeout,
        wait=found.wait,
        unasked=found.yes,
        drop_left=found.drop_left,
    )
    if command == START:
        return wish
    return wish._replace(
        job_id=found.job,
        status=found.status,
        replace_details=found.replace_details,
        expected_version=found.expected_version,
        execution_number=found.execution_number,
    )


def _job(text: str) -> str:
    problem = job_id_problem(text)
    if problem is not None:
        raise ValueError(f"'{text}' is not a job id: {problem}")
    return text


def _job_or_next(text: str) -> str:
    return text if text == NEXT_JOB else _job(text)


def _settable() -> str:
    *names, last = SETTABLE
    return f"{', '.join(names)} or {last}"


def _status(text: str) -> Status:
    try:
        status = Status(text.upper())
    except ValueError:
        raise ValueError(f"must be {_settable()}, not '{text}'") from None
    if status not in SETTABLE:
        raise ValueError(f"a device cannot set {status}; it can set {_settable()}")
    return status


def _detail(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"must be NAME=VALUE, not '{text}'")
    problem = detail_name_problem(name)
    if problem is not None:
        raise ValueError(f"the name '{name}' {problem}")
    problem = detail_value_problem(value)
    if problem is not None:
        raise ValueError(f"the value of {name} {problem}")
    return name, value


def _minutes(text: str, *, cancellable: bool = False) -> int:
    digits = text.removeprefix("-")
    known = digits.isascii() and digits.isdigit() and len(digits) < 10
    problem = step_timeout_problem(int(text) if known else 0, cancellable=cancellable)
    if problem is not None:
        raise ValueError(f"{problem}, not '{text}'")
    return int(text)


def _minutes_or_cancel(text: str) -> int:
    return _minutes(text, cancellable=True)


def _whole(text: str) -> int:
    """A whole number of 64 bits, which a float could not hold."""
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) < 2**63):
        raise ValueError(f"must be a whole number of 64 bits, not negative, not '{text}'")
    return int(text)
