"""`jobs-tui list --watch`: what stands there, then what happens, a line each, until it is ended."""

import asyncio
import io
import random
from typing import Any

from jobs_tui.cli import links
from jobs_tui.cli.daemon_threads import DaemonThreads
from jobs_tui.cli.line_output import LineOutput
from jobs_tui.cli.list_command import things_of
from jobs_tui.cli.list_lines import Sentences, Told, json_line
from jobs_tui.cli.logs import log_problem
from jobs_tui.cli.output import Output, print_all
from jobs_tui.cli.progress import Progress
from jobs_tui.cli.settings.declared import RATE, REFRESH
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.clock import Clock, SystemClock
from jobs_tui.domain.outcome import Failure, Unreachable
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.happenings import Happening
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.engine.watching import Watching
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.opening import TellStage


def main_watch(settings: Settings, *, as_json: bool) -> str | None:
    """Print to standard output until the reader is gone; returns what went wrong, or None.

    Only what nobody here can mend ends it: credentials that are refused from the start. Raises
    NothingNamed where no thing is named, and SettingsError for a list of things that cannot be
    read.
    """
    problem = log_problem(settings, "list --watch")
    if problem is not None:
        return problem

    def write(output: Output) -> str | None:
        told: Told = json_line if as_json else Sentences(60 * settings.stuck_after)
        with asyncio.Runner() as runner:
            # what a silent name server, or reader, holds up ends with the program
            runner.get_loop().set_default_executor(DaemonThreads())
            return runner.run(_watch(settings, told, output, SystemClock()))

    return print_all(write)


async def _watch(settings: Settings, told: Told, output: Output, clock: Clock) -> str | None:
    # no line is rewritten where somebody may listen to it
    things = await things_of(settings, clock, Progress(io.StringIO()))
    if isinstance(things, Failure):
        return f"{things.reason}; {things.advice}"
    lines = LineOutput(output.fileno(), output.encoding)
    refused: asyncio.Future[Failure] = asyncio.get_running_loop().create_future()
    engine = _engine(settings, things, clock, refused)

    def tell(happening: Happening) -> None:
        for line in told(happening, engine.store.service_now()):
            lines.write_line(line)

    watching = Watching(engine, tell)
    # every line is read, so that nothing is out of sight
    engine.refresher.look_at(things)
    tasks = [asyncio.create_task(each.run()) for each in (engine, watching, lines)]
    waited_for: tuple[asyncio.Future[Any], ...] = (*tasks, refused)
    try:
        await asyncio.wait(waited_for, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    failure = refused.result()
    return f"{failure.reason}; {failure.advice}"


def _engine(
    settings: Settings,
    things: tuple[str, ...],
    clock: Clock,
    refused: "asyncio.Future[Failure]",
) -> Engine:
    """The engine of the cockpit, which changes nothing; `refused` is set where it cannot begin."""
    traffic = Traffic()

    async def open_link(tell: TellStage) -> JobsDataPlane | Failure:
        link = await links.open_link(settings, clock, tell, traffic)
        if isinstance(link, Failure) and not isinstance(link, Unreachable):
            refused.set_result(link)
            # the end comes now, and no line before it
            await asyncio.Event().wait()
        return link

    return Engine(
        things,
        open_link,
        EngineSettings(
            settings.refresh or REFRESH.default,
            settings.rate or RATE.default,
            read_only=True,
            attention=AttentionLimits(stuck_after=60 * settings.stuck_after),
            low_bandwidth=settings.low_bandwidth,
        ),
        clock,
        random.Random(),  # noqa: S311 - it only spreads calls
        NoJournal(),
        traffic=traffic,
    )
