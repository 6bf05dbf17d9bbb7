"""The cockpit, on a real endpoint or on the demo's emulator."""

import gc
import os
import random
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from jobs_tui.cli.arguments import Arguments
from jobs_tui.cli.demo import DEMO_REFRESH_SECONDS, DEMO_THINGS, Demo
from jobs_tui.cli.journal_folder import journal_folder
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings, OpenDataPlane
from jobs_tui.engine.journal.author import this_author
from jobs_tui.engine.journal.journal import Journal, NoJournal
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.opening import TellStage
from jobs_tui.service.settings import ServiceSettings
from jobs_tui.ui.app import CockpitApp

REFRESH_SECONDS = 5.0


def _collect_again() -> None:
    """Free memory as usual from now on, but do not look again at what was loaded to stay."""
    gc.freeze()
    gc.enable()


def run_cockpit(arguments: Arguments) -> int:
    """Show the cockpit until the user leaves; returns the exit status."""
    if arguments.command == "demo":
        with closing(Demo()) as demo:
            return _show(
                arguments,
                DEMO_THINGS,
                partial(demo.open_data_plane, read_only=arguments.read_only),
                "demo",
                DEMO_REFRESH_SECONDS,
                demo.journal_folder,
            )
    settings = ServiceSettings(
        region=arguments.region,
        profile=arguments.profile,
        endpoint_url=arguments.endpoint_url,
        read_only=arguments.read_only,
    )
    clock = SystemClock()

    async def open_link(tell: TellStage) -> JobsDataPlane | Failure:
        return await open_data_plane(settings, clock, tell)

    return _show(
        arguments,
        arguments.things,
        open_link,
        arguments.profile or "",
        REFRESH_SECONDS,
        journal_folder,
    )


def _show(
    arguments: Arguments,
    things: tuple[str, ...],
    open_link: OpenDataPlane,
    caption: str,
    refresh_seconds: float,
    folder: Callable[[], Path],
) -> int:
    clock = SystemClock()
    journal: Journal = NoJournal()
    if arguments.recorded:
        instance = f"{os.getpid()}-{os.urandom(8).hex()}"
        journal = SqliteJournal(folder, instance, clock.now, arguments.keep_days)

    def watch(things: tuple[str, ...]) -> Engine:
        return Engine(
            things,
            open_link,
            EngineSettings(
                arguments.refresh or refresh_seconds, arguments.rate, arguments.read_only
            ),
            clock,
            random.Random(),  # noqa: S311 - it only spreads calls
            journal,
            this_author(os.environ),
        )

    app = CockpitApp(Contexts(Context(caption, watch, things)), on_first_frame=_collect_again)
    status = app.run()
    return app.return_code or 0 if status is None else status
