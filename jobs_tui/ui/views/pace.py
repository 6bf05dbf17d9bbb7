"""How fast the engine asks and how fresh what it knows is, for those who draw it."""

from jobs_tui.engine.engine import Engine
from jobs_tui.engine.store import Connected
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.bars import Modes, Pace, header_line, waiting_words
from jobs_tui.ui.views.panel import Freshness
from jobs_tui.ui.views.steady import SteadyFigure

SLOW = 1.5
"""How many times as long as usual it is until a thing is asked again before that is told."""

LIVE_ROUNDS = 2
LATENESS_SECONDS = 3.0
"""Data counts as live for so many intervals, and for as long as answers may take besides."""


def freshness(engine: Engine, thing_name: str) -> Freshness:
    """What tells whether the data of a thing is from the latest round."""
    refresher, store = engine.refresher, engine.store
    interval = refresher.interval_of(thing_name)
    return Freshness(
        store.service_now(),
        refresher.is_paused(thing_name),
        LIVE_ROUNDS * interval + LATENESS_SECONDS,
        store.link.source if isinstance(store.link, Connected) else "",
        _waiting_words(engine),
        interval if interval > SLOW * refresher.interval else None,
        coarse=engine.low_bandwidth,
    )


def header(engine: Engine, caption: str, width: int, steady: SteadyFigure) -> Line:
    """The one line at the top: what is watched, from where and at what pace."""
    budget, refresher, store = engine.budget, engine.refresher, engine.store
    answered, spared = store.oldest_answer, engine.byte_budget
    round_seconds, now = refresher.round_seconds, engine.clock.monotonic()
    expected = min(budget.limit, len(store.thing_names) / round_seconds) if round_seconds else 0.0
    calls = 0.0
    kilobytes: tuple[int | None, int] | None = None
    if spared is None:
        calls = steady.told(budget.calls_per_second, now, expected)
    else:
        taken, limit = spared.kilobytes
        kilobytes = None if taken is None else round(steady.told(taken, now)), limit
    pace = Pace(
        calls_per_second=calls,
        limit=budget.limit,
        rate=budget.rate,
        paused=refresher.paused,
        interval=refresher.interval,
        round_seconds=round_seconds,
        oldest=None if answered is None else max(0.0, store.service_now() - answered),
        held_back=refresher.held_back,
        kilobytes=kilobytes,
    )
    modes = Modes(engine.read_only, engine.recorded, store.journal_problem, engine.read_only_in)
    return header_line(
        caption, store.link, _waiting_words(engine), pace, modes, store.clock_offset, width
    )


def _waiting_words(engine: Engine) -> str:
    now = engine.clock.monotonic()
    return waiting_words(engine.store.link, now, in_minutes=engine.low_bandwidth)
