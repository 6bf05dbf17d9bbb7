"""The header where bytes are spared: what it says, and how seldom it says anything else."""

import random
from itertools import pairwise

import pytest

from jobs_tui.domain.clock import SystemClock
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.ui.views.pace import header
from jobs_tui.ui.views.steady import SteadyFigure


class HandClock(SystemClock):
    """Time passes only when the test lets it."""

    passed = 0.0

    def monotonic(self) -> float:
        return self.passed


async def no_link(_tell: object) -> None:
    raise AssertionError


def told(engine: Engine) -> str:
    line = header(engine, "", 80, SteadyFigure())
    return "".join(piece.text for piece in line.pieces)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def engine(clock: HandClock) -> Engine:
    thin = EngineSettings(low_bandwidth=True)
    made = Engine(("gw-1",), no_link, thin, clock, random.Random(1), NoJournal())
    made.refresher.look_at(["gw-1"])
    return made


def test_on_a_thin_line_the_header_tells_kilobytes_instead_of_calls(engine: Engine) -> None:
    assert told(engine).endswith("every 15 s \u00b7 up to 30 kB/min ")
    engine.save_bandwidth(on=False)
    assert told(engine).endswith("every 5 s \u00b7 0.2/10 calls/s ")


def test_however_calls_go_the_header_changes_every_ten_seconds_at_most(
    engine: Engine, clock: HandClock
) -> None:
    dice, lines = random.Random(2), []
    for second in range(600):
        clock.passed = float(second)
        engine.traffic.sent += dice.randrange(2_000)
        engine.budget.count()
        lines.append(told(engine))
    changes = [second for second, pair in enumerate(pairwise(lines)) if pair[0] != pair[1]]
    assert min(later - earlier for earlier, later in pairwise(changes)) >= 10
    assert 10 < len(changes) < 60
    assert "60/30 kB/min" in lines[-1] or "65/30" in lines[-1] or "55/30" in lines[-1]
