"""The cockpit, on a real endpoint or on the demo's emulator."""

import gc
import os
import random
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from jobs_tui.cli.cache_folder import cache_folder
from jobs_tui.cli.demo import DEMO_REFRESH_SECONDS, DEMO_THINGS, Demo
from jobs_tui.cli.journal_folder import journal_folder
from jobs_tui.cli.settings.declared import REFRESH
from jobs_tui.cli.settings.for_service import service_settings
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.reading import SettingsSource
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.engine import Engine, EngineSettings, OpenDataPlane
from jobs_tui.engine.journal.author import this_author
from jobs_tui.engine.journal.journal import Journal, NoJournal
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.ui.app import CockpitApp


def _collect_again() -> None:
    """Free memory as usual from now on, but do not look again at what was loaded to stay."""
    gc.freeze()
    gc.enable()


def run_demo(settings: Settings) -> int:
    """Show the cockpit on the demo until the user leaves; returns the exit status."""
    with closing(Demo()) as demo:
        return _show(
            settings,
            DEMO_THINGS,
            partial(demo.open_data_plane, read_only=settings.read_only),
            "demo",
            DEMO_REFRESH_SECONDS,
            demo.journal_folder,
        )


def run_cockpit(source: SettingsSource) -> int:
    """Show the cockpit until the user leaves; returns the exit status.

    Raises SettingsError where nothing says what to watch.
    """
    settings = source.in_force()
    if not settings.things:
        # also where a selection says it: there is nothing yet that looks for things
        raise SettingsError("name the things to watch, or see one at work: jobs-tui demo")
    clock = SystemClock()

    async def open_link() -> JobsDataPlane | Failure:
        return await open_data_plane(service_settings(settings, cache_folder()), clock)

    return _show(
        settings,
        settings.things,
        open_link,
        settings.context or settings.profile or "",
        REFRESH.default,
        journal_folder,
    )


def _show(
    settings: Settings,
    things: tuple[str, ...],
    open_link: OpenDataPlane,
    caption: str,
    refresh_seconds: float,
    folder: Callable[[], Path],
) -> int:
    clock = SystemClock()
    journal: Journal = NoJournal()
    if settings.journal:
        instance = f"{os.getpid()}-{os.urandom(8).hex()}"
        journal = SqliteJournal(folder, instance, clock.now, settings.keep_journal)
    engine = Engine(
        things,
        open_link,
        EngineSettings(settings.refresh or refresh_seconds, settings.rate, settings.read_only),
        clock,
        random.Random(),  # noqa: S311 - it only spreads calls
        journal,
        this_author(os.environ),
    )
    app = CockpitApp(engine, caption, on_first_frame=_collect_again)
    status = app.run()
    return app.return_code or 0 if status is None else status
