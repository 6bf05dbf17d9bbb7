"""Compares what a screen looks like with what it looked like when it was accepted."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import pytest
from textual.pilot import Pilot

from snapshots.shots import Size, Step, perform
from snapshots.stage import Scene, Stage


@pytest.fixture
def looks_as_before(
    snap_compare, fixed_date, tmp_path, monkeypatch, read_screen
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
