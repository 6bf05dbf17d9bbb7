"""`jobs-tui journal`: what was asked for and what became of it, as a table or for programs."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from jobs_tui.cli.journal_arguments import JournalSelection
from jobs_tui.cli.journal_folder import journal_folder
from jobs_tui.cli.output import Output, print_all, write_table
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.moments import timestamp
from jobs_tui.domain.parameters import parameters
from jobs_tui.engine.change import Change
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.engine.journal.sqlite_journal import FILE_NAME
from jobs_tui.ui.terminal.safe_text import safe_line

COLUMNS = (
    "number",
    "asked_at",
    "user",
    "host",
    "ssh_client",
    "endpoint",
    "identity",
    "thing",
    "job",
    "execution_number",
    "from_status",
    "from_version",
    "to",
    "status_details",
    "step_timeout_in_minutes",
    "state",
    "explanation",
    "version",
    "attempts",
    "request_ids",
)
"""Of CSV; of JSON too, where `attempts` is a list with everything about each."""


def print_journal(selection: JournalSelection, now: float, output: Output) -> str | None:
    """Print the changes, the oldest first; returns what went wrong, in one line, or None.

    `now` is in seconds since the epoch.
    """
    from jobs_tui.engine.journal.journal_file import JournalFile  # noqa: PLC0415 - SQLite

    changes: Sequence[Change] = ()
    try:
        path = journal_folder() / FILE_NAME
        if _is_there(path):
            file = JournalFile(path, read_only=True)
            since = selection.since.at(now)
            changes = file.changes(thing_name=selection.thing_name, since=since)[::-1]
            file.close()
    except JournalError as error:
        return safe_line(f"{error.reason}; {error.advice}")
    {"table": _table, "json": _json, "csv": _csv}[selection.form](changes, output)
    return None


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError as error:
        advice = "check who may read there"
        raise JournalError(f"{path}: {error.strerror}", advice) from error
    return True


def entry(change: Change) -> dict[str, object]:
    """A change as programs get it: everything that the journal holds of it."""
    seen, standing = change.based_on, change.standing
    sent = parameters(change.request)
    return {
        "number": change.number,
        "asked_at": timestamp(change.asked_at),
        "user": change.author.user,
        "host": change.author.host,
        "ssh_client": change.author.ssh_client,
        "endpoint": change.endpoint,
        "identity": change.identity,
        "thing": change.thing_name,
        "job": change.job_id,
        "execution_number": change.execution_number,
        "from_status": seen.status if seen else None,
        "from_version": seen.version_number if seen else None,
        "to": change.wish,
        "status_details": sent.get("statusDetails"),
        "step_timeout_in_minutes": sent.get("stepTimeoutInMinutes"),
        "state": change.state,
        "explanation": change.explanation,
        "version": standing.version_number if standing else None,
        "attempts": [{**asdict(each), "at": timestamp(each.at)} for each in change.attempts],
        "request_ids": [each.request_id for each in change.attempts if each.request_id],
    }


def _table(changes: Sequence[Change], output: Output) -> None:
    heads = ("WHEN", "WHO", "THING", "JOB", "FROM", "TO", "STATE", "TRIES")
    write_table([heads, *(_row(change) for change in changes)], output)


def _row(change: Change) -> tuple[str, ...]:
    seen = change.based_on
    told = f"{change.state}: {change.explanation}" if change.explanation else str(change.state)
    who = f"{change.author.user}@{change.author.host}"
    return (
        timestamp(change.asked_at),
        f"{who} ({change.author.ssh_client})" if change.author.ssh_client else who,
        change.thing_name,
        change.job_id or "$next",
        f"{seen.status} v{seen.version_number}" if seen else "-",
        change.wish,
        told,
        f"{len(change.attempts)}",
    )


def _json(changes: Sequence[Change], output: Output) -> None:
    json.dump([entry(change) for change in changes], output, indent=2)
    output.write("\n")


def _csv(changes: Sequence[Change], output: Output) -> None:
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for change in changes:
        members = entry(change)
        members["status_details"] = json.dumps(members["status_details"] or {})
        members["attempts"] = len(change.attempts)
        members["request_ids"] = " ".join(each.request_id or "" for each in change.attempts).strip()
        writer.writerow([_cell(members[name]) for name in COLUMNS])


def _cell(value: object) -> str:
    """As text that no spreadsheet takes for a formula and no terminal for a command."""
    text = "" if value is None else safe_line(f"{value}")
    formula = isinstance(value, str) and text[:1] in {"=", "+", "-", "@"}
    return f"'{text}" if formula else text


def main_journal(selection: JournalSelection) -> str | None:
    """Print to standard output; returns what went wrong, in one line, or None."""
    return print_all(lambda output: print_journal(selection, SystemClock().now(), output))
