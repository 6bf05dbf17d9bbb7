"""Plays of so many steps, on terminals of several kinds."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual import constants

from monkey.play import Play
from monkey.stage import Kind, playing

FRAME = "jobs_tui.ui.terminal.comparing_output.FRAME_SECONDS"
STOCK_FRAME = "textual.screen.UPDATE_PERIOD"

PlaySteps = Callable[..., Awaitable[None]]


@pytest.fixture
def play_steps(many_terminals: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PlaySteps:
    """Plays so many steps; where the monkey finds the way out, in several runs."""

    async def play_steps(
        seed: int,
        kind: Kind,
        steps: int,
        *,
        compares: bool = True,
        frame_seconds: float | None = 0.001,
        after_step: Callable[[Play], object] = lambda _: None,
    ) -> None:
        monkeypatch.setenv("TERM", kind.name)
        # no terminal of its own could be lent to a program
        monkeypatch.setenv("PAGER", "'")
        # and what it writes is not for this folder
        monkeypatch.chdir(tmp_path)
        monkeypatch.delenv("TMUX", raising=False)
        monkeypatch.setattr(constants, "COLOR_SYSTEM", kind.colors)
        if frame_seconds is not None:
            monkeypatch.setattr(FRAME, frame_seconds)
            monkeypatch.setattr(STOCK_FRAME, frame_seconds)
        done = 0
        while done < steps:
            async with playing(seed + 1000 * done, kind, compares=compares) as play:
                after_step(play)
                while done < steps and not play.over:
                    await play.step()
                    after_step(play)
                    done += 1

    return play_steps
