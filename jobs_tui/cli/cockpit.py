"""The cockpit, on a real endpoint or on the demo's emulator."""

import gc
from contextlib import ExitStack, closing
from functools import partial
from typing import TYPE_CHECKING

from jobs_tui.cli.contexts import contexts_of, engine_of
from jobs_tui.cli.logs import tell_when_it_fails
from jobs_tui.cli.settings.in_force import Settings
from jobs_tui.cli.settings.reading import SettingsSource
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine
from jobs_tui.ui.app import CockpitApp
from jobs_tui.ui.terminal.signals import EndingSignals

if TYPE_CHECKING:
    from jobs_tui.cli.demo import Demo

YOUNG = 5_000
"""Objects that are made before those that are still there are looked at; Python's own is 700.

Each call makes hundreds that are gone at its end: to look for them so often costs more than they.
"""


def _collect_again() -> None:
    """Free memory as usual from now on, but do not look again at what was loaded to stay."""
    gc.freeze()
    gc.set_threshold(YOUNG)
    gc.enable()


def run_demo(
    settings: Settings, number_of_things: int | None = None, seed: int | None = None
) -> int:
    """Show the cockpit on the demo until the user leaves; returns the exit status.

    None for the four things of its gateway, and for a past that is new in each run.
    """
    from jobs_tui.cli.demo import DEMO_THINGS, Demo  # noqa: PLC0415 - the cockpit does without

    names: tuple[str, ...] = DEMO_THINGS
    if number_of_things is not None:
        from jobs_tui.cli.demo_things import demo_things  # noqa: PLC0415 - most take the four

        names = demo_things(number_of_things)
    with EndingSignals() as signals, closing(Demo(names, seed)) as demo:
        signals.forget = demo.forget_journal
        return _show(Contexts(_demo_context(settings, demo, names)), signals)


def run_cockpit(source: SettingsSource) -> int:
    """Show the cockpit until the user leaves; returns the exit status."""
    with EndingSignals() as signals, ExitStack() as begun:

        def begin_demo() -> Context:
            from jobs_tui.cli.demo import DEMO_THINGS, Demo  # noqa: PLC0415 - where it is wanted

            demo = begun.enter_context(closing(Demo()))
            signals.forget = demo.forget_journal
            return _demo_context(source.in_force(), demo, DEMO_THINGS)

        contexts = contexts_of(source, SystemClock())
        return _show(contexts._replace(demo=begin_demo), signals)


def _demo_context(settings: Settings, demo: "Demo", names: tuple[str, ...]) -> Context:
    from jobs_tui.cli.demo import (  # noqa: PLC0415 - the cockpit does without
        DEMO_REFRESH_SECONDS,
        demo_calls_per_second,
    )

    traffic = Traffic()
    open_link = partial(demo.open_data_plane, read_only=settings.read_only, traffic=traffic)

    def watch(things: tuple[str, ...]) -> Engine:
        return engine_of(
            settings,
            things,
            open_link,
            DEMO_REFRESH_SECONDS,
            demo_calls_per_second(len(names)),
            demo.journal_folder,
            SystemClock(),
            traffic,
        )

    return Context(
        "demo",
        watch,
        names,
        low_bandwidth=settings.low_bandwidth,
        call_by=settings.call_by,
        theme=settings.theme,
    )


def _show(contexts: Contexts, signals: EndingSignals) -> int:
    def settled() -> None:
        _collect_again()
        # not before there is a screen to tell it on
        tell_when_it_fails(partial(app.call_later, app.warn))

    app = CockpitApp(contexts, on_settled=settled)
    signals.app = app
    status = app.run_quietly(mouse=not app.low_bandwidth)
    return signals.status or status
