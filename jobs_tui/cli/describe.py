"""`jobs-tui describe`: everything about one execution, or its job document alone."""

import json

from jobs_tui.cli import links
from jobs_tui.cli.bare_output import write_document
from jobs_tui.cli.change_arguments import Look
from jobs_tui.cli.logs import log_problem
from jobs_tui.cli.output import Output, print_all, tell
from jobs_tui.cli.progress import Progress
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.short_run import look_freshly, run_shortly
from jobs_tui.domain.clock import Clock, SystemClock
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.masking import mask
from jobs_tui.domain.moments import timestamp
from jobs_tui.domain.outcome import Failure, Outcome
from jobs_tui.domain.requests import DescribeJobExecution
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.thing_state import Described
from jobs_tui.ui.terminal.safe_text import safe_line
from jobs_tui.ui.views.changes import failure_words
from jobs_tui.ui.views.execution import short_execution_lines

NOTHING_PENDING = "nothing is pending (an unknown thing name gets the same answer)"
NO_DOCUMENT = "the service sent no job document with it"
HIDDEN = (
    "jobs-tui: what presigned URLs grant is hidden on a terminal; a pipe or a file gets all of it\n"
)
WHOLE = 10_000
"""Cells of a line: each member has one, and programs may count on that."""


def main_describe(settings: Settings, look: Look, *, as_json: bool) -> str | None:
    """Print to standard output; returns what went wrong, in one line, or None."""
    clock = SystemClock()
    problem = log_problem(settings, "describe")
    if problem is not None:
        return problem
    outcome = run_shortly(_ask(settings, look, clock))
    subject = f"{look.thing_name} / {look.job_id}"
    if isinstance(outcome, Failure):
        return f"{subject}: {failure_words(outcome)}"
    execution = outcome.value
    if execution is None:
        return f"{look.thing_name}: {NOTHING_PENDING}"
    if look.document:
        return _print_document(execution, subject)
    now = outcome.service_time or clock.now()

    def write(output: Output) -> None:
        if as_json:
            json.dump(members(execution), output, indent=2)
            output.write("\n")
        else:
            _write_lines(execution, now, output)

    return print_all(write)


async def _ask(settings: Settings, look: Look, clock: Clock) -> Outcome[JobExecution | None]:
    progress = Progress()
    try:
        link = await links.open_link(settings, clock, progress.begin, Traffic())
        if isinstance(link, Failure):
            return link
        try:
            progress.begin("asking")
            request = DescribeJobExecution(
                look.thing_name,
                look.job_id,
                look.execution_number,
                # each time that it is fetched, new presigned URLs are made for it
                include_job_document=look.document,
            )
            return await look_freshly(link, request, clock)
        finally:
            await link.close()
    finally:
        progress.end()


def _print_document(execution: JobExecution, subject: str) -> str | None:
    document = execution.job_document
    if document is None:
        return f"{subject}: {NO_DOCUMENT}"
    hidden = False

    def write(output: Output) -> None:
        nonlocal hidden
        hidden = write_document(document, output)

    problem = print_all(write)
    if hidden:
        tell([HIDDEN])
    return problem


def _write_lines(execution: JobExecution, now: float, output: Output) -> None:
    """As the cockpit names the members."""
    for each in short_execution_lines(Described(execution, now), now, WHOLE):
        # a line end of somebody else's makes no line
        output.write(safe_line(mask("".join(piece.text for piece in each.pieces))).rstrip() + "\n")


def members(execution: JobExecution) -> dict[str, object]:
    """An execution as programs get it; by the names that `jobs-tui list --json` has."""
    return {
        "thing": execution.thing_name,
        "job": execution.job_id,
        "execution_number": execution.execution_number,
        "status": execution.status,
        "version": execution.version_number,
        "queued_at": _moment(execution.queued_at),
        "started_at": _moment(execution.started_at),
        "last_updated_at": _moment(execution.last_updated_at),
        "seconds_before_timed_out": execution.approximate_seconds_before_timed_out,
        "status_details": masked_details(execution),
    }


def masked_details(execution: JobExecution) -> dict[str, str]:
    """The status details, in which what presigned URLs grant is hidden."""
    return {mask(name): mask(value) for name, value in execution.status_details.items()}


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else timestamp(seconds)
