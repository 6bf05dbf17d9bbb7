"""The contexts of the settings, each as the screen gets it."""

import os
import random
from collections.abc import Callable
from pathlib import Path

from jobs_tui.cli.cache_folder import cache_folder
from jobs_tui.cli.journal_folder import journal_folder
from jobs_tui.cli.settings.declared import REFRESH
from jobs_tui.cli.settings.for_service import service_settings
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.settings.reading import SettingsSource
from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.thing_selection import ThingSelection
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings, OpenDataPlane
from jobs_tui.engine.journal.author import this_author
from jobs_tui.engine.journal.journal import Journal, JournalError, NoJournal
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.engine.recent_things import RecentThings
from jobs_tui.engine.thing_search import ThingSearch
from jobs_tui.service.connection import open_control_plane, open_data_plane
from jobs_tui.service.control_plane import ControlPlane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.opening import TellStage


def contexts_of(source: SettingsSource, clock: Clock) -> Contexts:
    """The context to begin with, and those in the file."""

    def open_context(name: str) -> Context:
        return _context(source.in_force(name), clock)

    return Contexts(_context(source.in_force(), clock), source.contexts, open_context)


def engine_of(
    settings: Settings,
    things: tuple[str, ...],
    open_link: OpenDataPlane,
    refresh_seconds: float,
    folder: Callable[[], Path],
    clock: Clock,
) -> Engine:
    """An engine for some things, with a journal of its own.

    `refresh_seconds` holds where the settings say nothing; `folder` is where the journal lies.
    """
    journal: Journal = NoJournal()
    if settings.journal:
        instance = f"{os.getpid()}-{os.urandom(8).hex()}"
        journal = SqliteJournal(folder, instance, clock.now, settings.keep_journal)
    return Engine(
        things,
        open_link,
        EngineSettings(settings.refresh or refresh_seconds, settings.rate, settings.read_only),
        clock,
        random.Random(),  # noqa: S311 - it only spreads calls
        journal,
        this_author(os.environ),
    )


def _context(settings: Settings, clock: Clock) -> Context:
    caption = settings.context or settings.profile or ""
    known_as = settings.context or f"{settings.profile or ''} {settings.region or ''}".strip()

    async def open_link(tell: TellStage) -> JobsDataPlane | Failure:
        return await open_data_plane(service_settings(settings, cache_folder()), clock, tell)

    async def open_control() -> ControlPlane | Failure:
        return await open_control_plane(service_settings(settings, cache_folder()), clock)

    def watch(things: tuple[str, ...]) -> Engine:
        return engine_of(settings, things, open_link, REFRESH.default, journal_folder, clock)

    def search(selection: ThingSelection, at_most: int) -> ThingSearch:
        return ThingSearch(selection, open_control, clock, at_most=at_most)

    return Context(
        caption,
        watch,
        settings.things,
        settings.selection,
        search,
        lambda: _recent_things().of(known_as),
        lambda things: _recent_things().remember(known_as, things),
    )


def _recent_things() -> RecentThings:
    try:
        return RecentThings(journal_folder())
    except JournalError:
        # there is no home: nothing is remembered
        return RecentThings(None)
