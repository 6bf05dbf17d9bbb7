"""`jobs-tui list`: the pending executions of some things, once, as a table or for programs."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import NamedTuple

from jobs_tui.cli import links
from jobs_tui.cli.daemon_threads import DaemonThreads
from jobs_tui.cli.logs import keep_off_the_screen
from jobs_tui.cli.output import Output, print_all, tell, write_table
from jobs_tui.cli.progress import Progress
from jobs_tui.cli.settings.declared import RATE
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.thing_list import read_thing_list
from jobs_tui.domain.attention import AttentionLimits, attention
from jobs_tui.domain.clock import Clock, SystemClock
from jobs_tui.domain.execution import JobExecutionSummary
from jobs_tui.domain.moments import timestamp
from jobs_tui.domain.outcome import Done, Failure
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.asked_once import Asked, ask_once
from jobs_tui.engine.context import MOST_THINGS
from jobs_tui.ui.terminal.safe_text import safe_line

HEADS = ("THING", "JOB", "STATUS", "VERSION", "QUEUED", "STARTED", "UPDATED", "NEEDS")

NO_THINGS = "no thing is named: `jobs-tui list THING ...`"

FAILURES_TOLD = 10
"""Things of which is told why they could not be asked; of more, how many."""


class NothingNamed(Exception):  # noqa: N818 - it says what is wrong with the command line
    """There is no thing to ask for."""


class _Row(NamedTuple):
    thing_name: str
    summary: JobExecutionSummary
    needs: str


class _Found:
    """What has come so far."""

    def __init__(self, limits: AttentionLimits, clock: Clock) -> None:
        self.rows: list[_Row] = []
        self.capped: list[str] = []
        self.failed: dict[str, Failure] = {}
        self.asked = 0
        self._limits = limits
        self._clock = clock

    def add(self, asked: Asked) -> None:
        self.asked += 1
        thing_name, outcome = asked
        if not isinstance(outcome, Done):
            self.failed[thing_name] = outcome
            return
        now = outcome.service_time or self._clock.now()
        for summary in outcome.value:
            needs = attention(summary, None, now, self._limits)
            self.rows.append(_Row(thing_name, summary, needs or ""))
        if outcome.value.capped:
            self.capped.append(thing_name)


def main_list(settings: Settings, *, as_json: bool) -> tuple[bool, str | None]:
    """Print to standard output; returns whether every thing was asked, and what went wrong.

    What went wrong with single things stands on the error stream by then. Raises NothingNamed where
    no thing is named, and SettingsError for a list of things that cannot be read.
    """
    clock = SystemClock()
    found = _Found(AttentionLimits(stuck_after=60 * settings.stuck_after), clock)

    def write(output: Output) -> str | None:
        with asyncio.Runner() as runner:
            # what a silent name server holds up ends with the program
            runner.get_loop().set_default_executor(DaemonThreads())
            problem = runner.run(_ask(settings, found, clock))
        if problem is None or found.asked:
            (_write_json if as_json else _write_table)(found, output)
        return problem

    try:
        keep_off_the_screen(settings.log_file)
    except OSError as error:
        return False, f"the log file cannot be written: {error.strerror}"
    problem = print_all(write)
    tell(_notes(found))
    return problem is None and not found.failed, problem


async def _ask(settings: Settings, found: _Found, clock: Clock) -> str | None:
    """Ask for all of them; returns what went wrong before any could be asked, or None."""
    progress = Progress()
    try:
        things = await _things(settings, clock, progress)
        if isinstance(things, Failure):
            return f"{things.reason}; {things.advice}"
        link = await links.open_link(settings, clock, progress.begin, Traffic())
        if isinstance(link, Failure):
            return f"{link.reason}; {link.advice}"
        try:
            progress.begin(f"asking for {len(things):,} thing{'s' * (len(things) != 1)}")
            answers: AsyncGenerator[Asked, None]
            async with aclosing(
                ask_once(link, things, settings.rate or RATE.default, clock)
            ) as answers:
                async for asked in answers:
                    found.add(asked)
        finally:
            await link.close()
    finally:
        progress.end()
    return None


async def _things(
    settings: Settings, clock: Clock, progress: Progress
) -> tuple[str, ...] | Failure:
    if settings.things_file is not None:
        names, problems = read_thing_list(settings.things_file)
        tell(f"jobs-tui: {safe_line(problem)}\n" for problem in problems)
        return names
    if settings.selection is None:
        if not settings.things:
            raise NothingNamed(NO_THINGS)
        return settings.things
    progress.begin("looking for things")
    found = await links.search_of(settings, clock, settings.selection, MOST_THINGS).run()
    return found.failure or found.names


def _write_table(found: _Found, output: Output) -> None:
    if found.rows:
        write_table([HEADS, *map(_cells, found.rows)], output)


def _cells(row: _Row) -> tuple[str, ...]:
    each = row.summary
    moments = (each.queued_at, each.started_at, each.last_updated_at)
    version = "-" if each.version_number is None else f"{each.version_number}"
    return (
        row.thing_name,
        each.job_id,
        each.status,
        version,
        *("-" if moment is None else timestamp(moment) for moment in moments),
        row.needs or "-",
    )


def _write_json(found: _Found, output: Output) -> None:
    members = {
        "executions": [
            {
                "thing": row.thing_name,
                "job": row.summary.job_id,
                "execution_number": row.summary.execution_number,
                "status": row.summary.status,
                "version": row.summary.version_number,
                "queued_at": _moment(row.summary.queued_at),
                "started_at": _moment(row.summary.started_at),
                "last_updated_at": _moment(row.summary.last_updated_at),
                "needs": row.needs or None,
            }
            for row in found.rows
        ],
        "there_may_be_more": found.capped,
        "failed": [
            {"thing": thing, "reason": failure.reason, "code": failure.code or None}
            for thing, failure in found.failed.items()
        ],
    }
    json.dump(members, output, indent=2)
    output.write("\n")


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else timestamp(seconds)


def _notes(found: _Found) -> list[str]:
    """What is told beside the table, in lines."""
    notes = [
        f"{thing}: {failure.reason}; {failure.advice}" for thing, failure in found.failed.items()
    ]
    if len(notes) > FAILURES_TOLD:
        more = len(notes) - FAILURES_TOLD
        notes[FAILURES_TOLD:] = [f"{more:,} more things could not be asked"]
    if found.capped:
        things = ", ".join(found.capped[:3]) + (" and others" if found.capped[3:] else "")
        notes.append(f"{things}: the service lists no more, there may be more")
    if found.asked and not found.rows and not found.failed:
        notes.append("no pending jobs (an unknown thing name gets the same answer)")
    return [f"jobs-tui: {safe_line(note)}\n" for note in notes]
