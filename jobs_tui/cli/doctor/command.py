"""Runs the examination and prints it."""

import asyncio
import os
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing, suppress

from jobs_tui.cli.cache_folder import cache_folder
from jobs_tui.cli.daemon_threads import DaemonThreads
from jobs_tui.cli.doctor.config_file import (
    config_file_finding,
    config_problems_finding,
    said_by,
)
from jobs_tui.cli.doctor.report import JsonReport, LinesReport, Report
from jobs_tui.cli.doctor.terminal import terminal_finding, this_terminal
from jobs_tui.cli.logs import log_problem
from jobs_tui.cli.output import Output, print_all
from jobs_tui.cli.progress import Progress
from jobs_tui.cli.settings.for_service import service_settings
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.reading import settings_source
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.finding import Finding, Level
from jobs_tui.service.doctor.steps import Step, skipped

INTERRUPTED = "interrupted before the end"


def main_doctor(
    flags: Mapping[str, object], thing_name: str | None, *, as_json: bool
) -> tuple[bool, str | None]:
    """Print to standard output; returns whether nothing failed, and what went wrong in one line.

    Args:
        flags: the settings that the command line gives, by their names.
        thing_name: on which the operations are tried.
        as_json: whether a program reads what is printed.
    """
    levels: list[Level] = []

    def write(output: Output) -> str | None:
        report = JsonReport(output) if as_json else LinesReport(output, _columns(output))
        try:
            with asyncio.Runner() as runner:
                # what a silent name server holds up ends with the program
                runner.get_loop().set_default_executor(DaemonThreads())
                runner.run(_print(flags, thing_name, report, levels.append))
        except KeyboardInterrupt:
            return INTERRUPTED
        report.end()
        return None

    problem = print_all(write)
    return Level.FAILED not in levels, problem


async def _print(
    flags: Mapping[str, object],
    thing_name: str | None,
    report: Report,
    note: Callable[[Level], None],
) -> None:
    progress = Progress()
    try:
        async with aclosing(_findings(flags, thing_name, progress)) as findings:
            async for finding in findings:
                progress.end()
                note(finding.level)
                # the status tells of every step, also to who has read enough
                with suppress(BrokenPipeError):
                    report.add(finding)
    finally:
        progress.end()


async def _findings(
    flags: Mapping[str, object], thing_name: str | None, progress: Progress
) -> AsyncGenerator[Finding, None]:
    yield terminal_finding(this_terminal(), os.environ)
    try:
        source = settings_source(flags, os.environ)
        settings = source.in_force()
    except SettingsError as error:
        yield config_problems_finding(error.problems)
        for step in Step:
            if step is not Step.CERTIFICATE:
                yield skipped(step, "the settings cannot be read")
        return
    yield config_file_finding(source, log_problem(settings, "doctor"))
    from jobs_tui.service.doctor.examination import (  # noqa: PLC0415 - the first lines come before
        examine,
    )

    examination = examine(
        service_settings(settings, cache_folder()),
        thing_name,
        SystemClock(),
        secrets.randbits,
        said_by=said_by(settings),
        tell=progress.begin,
    )
    async with aclosing(examination) as findings:
        async for finding in findings:
            yield finding


def _columns(output: Output) -> int | None:
    """How long a line may be; None where nobody sees its end."""
    try:
        return os.get_terminal_size(output.fileno()).columns or None
    except (OSError, ValueError):
        return None
