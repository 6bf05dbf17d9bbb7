"""That the output changes nothing: a terminal shows what whole frames would have it show."""

import pytest

from monkey.stage import Kind
from monkey.terminal import Abilities

XTERM = Kind("xterm-256color", "256", synchronizes=True)

KINDS = (
    XTERM,
    Kind("tmux-256color", "truecolor", slow=True),
    Kind("screen-256color", "256", Abilities(erases_in_color=False), slow=True),
    Kind("linux", "standard", Abilities(returns_on_newline=False)),
    Kind("vt100", "standard", Abilities(erases_in_color=False, erases_cells=False)),
)

SELDOM = ("tmux-256color", "linux")

FAST_STEPS = 35
SLOW_STEPS = 250


@pytest.mark.parametrize(
    "kind",
    # of the slow lines and of the few colours, one each
    [
        pytest.param(kind, marks=pytest.mark.slow if kind.name in SELDOM else (), id=kind.name)
        for kind in KINDS
    ],
)
async def test_a_monkey_sees_on_any_terminal_what_whole_frames_would_show(play_steps, kind) -> None:
    await play_steps(KINDS.index(kind), kind, FAST_STEPS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 13))
async def test_it_does_so_however_long_it_plays(play_steps, seed) -> None:
    kind = KINDS[seed % len(KINDS)]
    # at the pace of the program, too, at which one frame has more in it
    pace = 0.001 if seed % 3 else None
    await play_steps(seed, kind, SLOW_STEPS, frame_seconds=pace)


async def test_what_is_compared_with_is_what_textual_itself_would_have_drawn(play_steps) -> None:
    await play_steps(1, XTERM, FAST_STEPS, compares=False)
