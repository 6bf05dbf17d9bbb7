"""Compares what a screen looks like with what it looked like when it was accepted."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import pytest
from textual.pilot import Pilot

from jobs_tui.engine.refresher import Refresher
from jobs_tui.ui.views.steady import SteadyFigure
from snapshots.shots import Size, Step, perform
from snapshots.stage import Scene, Stage

CALLS_PER_SECOND = 0.0
UNTIL_THE_NEXT_TRY = 5.0


@pytest.fixture
def still_header(monkeypatch) -> None:
    """What the header measures in real seconds stands still."""
    measured = Refresher.held_back.fget

    def held_back(refresher: Refresher) -> float | None:
        return None if measured(refresher) is None else UNTIL_THE_NEXT_TRY

    monkeypatch.setattr(Refresher, "held_back", property(held_back))
    monkeypatch.setattr(SteadyFigure, "told", lambda *_: CALLS_PER_SECOND)


@pytest.fixture
def looks_as_before(
    snap_compare, still_header, fixed_date, tmp_path, monkeypatch, read_screen
) -> Iterator[Callable[[Scene, Sequence[Step], Size], bool]]:
    """Whether the screen after some steps is the one that was looked at when it was accepted."""
    with ExitStack() as stack:

        def compare(scene: Scene, steps: Sequence[Step], size: Size) -> bool:
            for name, value in scene.environment:
                monkeypatch.setenv(name, value)
            stage = stack.enter_context(Stage(scene, fixed_date, tmp_path))

            async def run_before(pilot: Pilot[int]) -> None:
                await perform(steps, stage, pilot, read_screen)

            return snap_compare(stage.app, terminal_size=size, run_before=run_before)

        yield compare
