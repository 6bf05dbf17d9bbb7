"""`jobs-tui list`: the pending executions of some things, once, as a table or for programs."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import NamedTuple

from jobs_tui.cli import links
from jobs_tui.cli.daemon_threads import DaemonThreads
from jobs_tui.cli.list_arguments import FailOn, Listing
from jobs_tui.cli.list_json import Row, list_members
from jobs_tui.cli.logs import log_problem
from jobs_tui.cli.output import Output, print_all, tell, write_table
from jobs_tui.cli.progress import Progress
from jobs_tui.cli.settings.declared import RATE
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.thing_list import read_thing_list
from jobs_tui.domain.attention import AttentionLimits, attention
from jobs_tui.domain.clock import Clock, SystemClock
from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.moments import timestamp
from jobs_tui.domain.outcome import Done, Failure, NotAllowed, Refused
from jobs_tui.domain.status import Status
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.asked_once import Asked, Read, ask_once, read_once
from jobs_tui.engine.context import MOST_THINGS
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.ui.terminal.safe_text import safe_line

HEADS = ("THING", "JOB", "STATUS", "VERSION", "QUEUED", "STARTED", "UPDATED", "NEEDS")

NO_THINGS = "no thing is named: `jobs-tui list THING ...`"

FAILURES_TOLD = 10
"""Things of which is told why they could not be asked; of more, how many."""


class NothingNamed(Exception):  # noqa: N818 - it says what is wrong with the command line
    """There is no thing to ask for."""


class Listed(NamedTuple):
    """How `list` has ended."""

    complete: bool
    """Whether all was asked that had to be."""
    found: bool
    """Whether there is what the status was to tell."""
    problem: str | None = None
    """What is still to be told, in one line."""


class _Found:
    """What has come so far."""

    def __init__(self, limits: AttentionLimits, clock: Clock) -> None:
        self.rows: dict[ExecutionKey, Row] = {}
        self.capped: list[str] = []
        self.failed: dict[str, Failure] = {}
        self.unread: dict[ExecutionKey, Failure] = {}
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
            key = ExecutionKey(thing_name, summary.job_id, summary.execution_number)
            needs = attention(summary, None, now, self._limits)
            self.rows[key] = Row(thing_name, summary, needs=needs)
        if outcome.value.capped:
            self.capped.append(thing_name)

    def in_progress(self) -> list[ExecutionKey]:
        rows = self.rows.items()
        return [key for key, row in rows if row.summary.status is Status.IN_PROGRESS]

    def add_deadline(self, read: Read) -> None:
        key, outcome = read
        if not isinstance(outcome, Done):
            # what is refused has ended since it was listed
            if not isinstance(outcome, Refused):
                self.unread[key] = outcome
            return
        left = outcome.value.approximate_seconds_before_timed_out if outcome.value else None
        if left is not None:
            now = outcome.service_time or self._clock.now()
            row = self.rows[key]
            needs = attention(row.summary, now + left, now, self._limits)
            self.rows[key] = row._replace(deadline=now + left, needs=needs)

    def has(self, wanted: FailOn | None) -> bool:
        if wanted is FailOn.PENDING:
            return bool(self.rows)
        return wanted is not None and any(row.needs for row in self.rows.values())


def main_list(settings: Settings, listing: Listing) -> Listed:
    """Print to standard output, once.

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
            (_write_json if listing.as_json else _write_table)(found, output)
        return problem

    problem = log_problem(settings, "list")
    if problem is not None:
        return Listed(complete=False, found=False, problem=problem)
    problem = print_all(write)
    tell(_notes(found))
    missed = found.failed or (listing.fail_on is FailOn.STUCK and found.unread)
    return Listed(problem is None and not missed, found.has(listing.fail_on), problem)


async def _ask(settings: Settings, found: _Found, clock: Clock) -> str | None:
    """Ask for all of them; returns what went wrong before any could be asked, or None."""
    progress = Progress()
    try:
        things = await things_of(settings, clock, progress)
        if isinstance(things, Failure):
            return f"{things.reason}; {things.advice}"
        link = await links.open_link(settings, clock, progress.begin, Traffic())
        if isinstance(link, Failure):
            return f"{link.reason}; {link.advice}"
        rate = settings.rate or RATE.default
        try:
            progress.begin(f"asking for {len(things):,} thing{'s' * (len(things) != 1)}")
            answers: AsyncGenerator[Asked, None]
            async with aclosing(ask_once(link, things, rate, clock)) as answers:
                async for asked in answers:
                    found.add(asked)
            progress.begin("reading deadlines")
            await _read_deadlines(link, found, rate, clock)
        finally:
            await link.close()
    finally:
        progress.end()
    return None


async def _read_deadlines(
    link: JobsDataPlane, found: _Found, calls_per_second: float, clock: Clock
) -> None:
    """Read when what is in progress will time out; where that is not allowed, no more is asked."""
    keys = found.in_progress()
    answers: AsyncGenerator[Read, None]
    async with aclosing(read_once(link, keys, calls_per_second, clock)) as answers:
        async for read in answers:
            found.add_deadline(read)
            if isinstance(read.outcome, NotAllowed):
                left = keys[keys.index(read.key) :]
                found.unread |= dict.fromkeys(left, read.outcome)
                return


async def things_of(
    settings: Settings, clock: Clock, progress: Progress
) -> tuple[str, ...] | Failure:
    """The things to ask for: those that are named, or those that are found.

    Raises NothingNamed where no thing is named, and SettingsError for a list of things that cannot
    be read; what was left out of one is told.
    """
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
        write_table([HEADS, *map(_cells, found.rows.values())], output)


def _cells(row: Row) -> tuple[str, ...]:
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
    members = list_members(found.rows.values(), found.capped, found.failed, found.unread)
    json.dump(members, output, indent=2)
    output.write("\n")


def _notes(found: _Found) -> list[str]:
    """What is told beside the table, in lines."""
    notes = [
        f"{thing}: {failure.reason}; {failure.advice}" for thing, failure in found.failed.items()
    ]
    if len(notes) > FAILURES_TOLD:
        more = len(notes) - FAILURES_TOLD
        notes[FAILURES_TOLD:] = [f"{more:,} more things could not be asked"]
    if found.unread:
        key, failure = next(iter(found.unread.items()))
        more = len(found.unread) - 1
        others = f" and {more:,} more" if more else ""
        told = f"{failure.reason}; {failure.advice}"
        notes.append(f"{key.thing_name} / {key.job_id}{others}: the deadline was not read: {told}")
    if found.capped:
        things = ", ".join(found.capped[:3]) + (" and others" if found.capped[3:] else "")
        notes.append(f"{things}: the service lists no more, there may be more")
    if found.asked and not found.rows and not found.failed:
        notes.append("no pending jobs (an unknown thing name gets the same answer)")
    return [f"jobs-tui: {safe_line(note)}\n" for note in notes]
