"""That the output changes nothing: the terminal shows what whole frames would have it show."""

import pytest
from textual import constants

from monkey.stage import Kind, playing
from monkey.terminal import Abilities

KINDS = (
    Kind("xterm-256color", "256", synchronizes=True),
    Kind("xterm-256color", "truecolor"),
    Kind("screen-256color", "256", Abilities(erases_in_color=False)),
    Kind("linux", "standard", Abilities(returns_on_newline=False)),
    Kind("vt100", "standard", Abilities(erases_in_color=False, erases_cells=False)),
)


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch):
    """Plays so many steps on a kind of terminal; in several runs, where the monkey leaves."""

    async def play_steps(seed: int, kind: Kind, steps: int) -> None:
        monkeypatch.setenv("TERM", kind.name)
        monkeypatch.delenv("TMUX", raising=False)
        monkeypatch.setattr(constants, "COLOR_SYSTEM", kind.colors)
        # frames follow one another as fast as they can be made
        monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.001)
        done = 0
        while done < steps:
            async with playing(seed + done * 1000, kind) as play:
                while done < steps and not play.over:
                    await play.step()
                    done += 1

    return play_steps


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.name}-{kind.colors}")
async def test_a_monkey_sees_on_any_terminal_what_whole_frames_would_show(play, kind) -> None:
    await play(KINDS.index(kind), kind, 60)
