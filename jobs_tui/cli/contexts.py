"""The contexts of the settings, each as the screen gets it."""

import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobs_tui.cli.settings.declared import RATE, REFRESH
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.settings.problems import SettingsError
from jobs_tui.cli.settings.reading import SettingsSource
from jobs_tui.cli.snapshots import snapshot_of
from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.domain.clock import Clock
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal import Journal, NoJournal
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.engine.snapshot.keeper import Snapshot
from jobs_tui.ui.terminal.start_checks import in_browser

if TYPE_CHECKING:
    from jobs_tui.domain.outcome import Failure
    from jobs_tui.domain.thing_selection import ThingSelection
    from jobs_tui.engine.change import Author
    from jobs_tui.engine.link_opener import OpenDataPlane
    from jobs_tui.engine.pulse import Pulse
    from jobs_tui.engine.thing_search import ThingSearch
    from jobs_tui.service.data_plane import JobsDataPlane
    from jobs_tui.service.opening import TellStage

Names = tuple[str, ...]

A_BROWSER = "a browser"


def contexts_of(source: SettingsSource, clock: Clock) -> Contexts:
    """The context to begin with, and those in the file; in a browser only the one.

    Raises SettingsError for a list of things that cannot be read or names none.
    """
    commands = source.file.commands

    def open_context(name: str) -> Context:
        settings = source.in_force(name)
        try:
            return _context(settings, *_things_of(settings), clock)._replace(commands=commands)
        except SettingsError as error:
            # the screen is up: choosing things there takes the place of the list
            return _context(settings, (), error.problems, clock)._replace(commands=commands)

    first = source.in_force()
    context = _context(first, *_things_of(first), clock)._replace(commands=commands)
    if in_browser(os.environ):
        # who serves one context has not given away the credentials of the others
        return Contexts(context, keys=source.file.key_map)
    return Contexts(context, source.contexts, open_context, keys=source.file.key_map)


def engine_of(
    settings: Settings,
    things: tuple[str, ...],
    open_link: "OpenDataPlane",
    refresh_seconds: float,
    calls_per_second: float,
    folder: Callable[[], Path],
    clock: Clock,
    traffic: Traffic,
    snapshot: Snapshot | None = None,
) -> Engine:
    """An engine for some things, with a journal of its own.

    `refresh_seconds` and `calls_per_second` hold where the settings say nothing; `folder` is where
    the journal lies; without a snapshot, nothing of an earlier run is shown and nothing is kept for
    a later one. Whoever opens the link counts bytes in `traffic`.
    """
    return Engine(
        things,
        open_link,
        EngineSettings(
            settings.refresh or refresh_seconds,
            settings.rate or calls_per_second,
            settings.read_only,
            AttentionLimits(stuck_after=60 * settings.stuck_after),
            settings.low_bandwidth,
            read_only_in=A_BROWSER * settings.read_only_in_browser,
        ),
        clock,
        random.Random(),  # noqa: S311 - it only spreads calls
        journal_of(settings, folder, clock),
        _author,
        snapshot,
        traffic,
    )


def journal_of(settings: Settings, folder: Callable[[], Path], clock: Clock) -> Journal:
    """The journal of one run, which lies in the folder, or none; it is not open yet."""
    if not settings.journal:
        return NoJournal()
    instance = f"{os.getpid()}-{os.urandom(8).hex()}"
    return SqliteJournal(folder, instance, clock.now, settings.keep_journal)


def _author() -> "Author":
    from jobs_tui.engine.journal.author import this_author  # noqa: PLC0415 - after the first frame

    author = this_author(os.environ)
    # where the server was started from says nothing of who looks at the page
    return replace(author, ssh_client=A_BROWSER) if in_browser(os.environ) else author


def _journal_folder() -> Path:
    from jobs_tui.cli.journal_folder import journal_folder  # noqa: PLC0415 - after the first frame

    return journal_folder()


def _things_of(settings: Settings) -> tuple[Names, Names]:
    """The things that are given by name, and what was wrong with a list of them.

    Raises SettingsError.
    """
    if settings.things_file is None:
        return settings.things, ()
    from jobs_tui.cli.thing_list import read_thing_list  # noqa: PLC0415 - most name their things

    return read_thing_list(settings.things_file)


def _context(settings: Settings, things: Names, problems: Names, clock: Clock) -> Context:
    traffic = Traffic()
    pulses: dict[str, Pulse] = {}
    known_as = settings.context or f"{settings.profile or ''} {settings.region or ''}".strip()

    async def open_link(tell: "TellStage") -> "JobsDataPlane | Failure":
        from jobs_tui.cli import links  # noqa: PLC0415 - after the first frame

        return await links.open_link(settings, clock, tell, traffic)

    def watch(things: tuple[str, ...]) -> Engine:
        return engine_of(
            settings,
            things,
            open_link,
            REFRESH.default,
            RATE.default,
            _journal_folder,
            clock,
            traffic,
            snapshot_of(settings, os.environ, clock),
        )

    def search(selection: "ThingSelection", at_most: int) -> "ThingSearch":
        from jobs_tui.cli import links  # noqa: PLC0415 - after the first frame

        return links.search_of(settings, clock, selection, at_most, pulses)

    def used_last() -> tuple[str, ...]:
        from jobs_tui.cli import links  # noqa: PLC0415 - where no thing is named

        return links.recent_things().of(known_as)

    def remember(things: tuple[str, ...]) -> None:
        from jobs_tui.cli import links  # noqa: PLC0415 - after the first frame

        links.recent_things().remember(known_as, things)

    return Context(
        settings.context or settings.profile or "",
        watch,
        things,
        settings.selection,
        search,
        used_last,
        remember,
        problems,
        settings.low_bandwidth,
        settings.call_by,
        pulses,
        theme=settings.theme,
    )
