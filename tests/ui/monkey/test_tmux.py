"""The same in a real terminal: one pane is sent what the program sends, another whole frames."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from monkey.frames import first_difference_of, whole_frame
from monkey.play import Play
from monkey.stage import Kind
from monkey.terminal import Abilities
from monkey.tmux import Pane

STEPS = 60

KINDS = (
    Kind("tmux-256color", "256"),
    Kind("screen-256color", "truecolor", Abilities(erases_in_color=False), slow=True),
)


@pytest.fixture
def panes(tmp_path: Path) -> Iterator[tuple[Pane, Pane]]:
    """The two, of the size of the first terminal."""
    if shutil.which("tmux") is None:
        pytest.skip("no tmux here")
    made = []
    try:
        for name in ("sent", "whole"):
            folder = tmp_path / name
            folder.mkdir()
            made.append(Pane(folder, 80, 24))
        yield made[0], made[1]
    finally:
        for pane in made:
            pane.close()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
async def test_a_pane_of_tmux_shows_what_another_one_shows_that_is_sent_whole_frames(
    play_steps, panes, kind
) -> None:
    sent, whole = panes

    def compare(play: Play) -> None:
        terminal = play.driver.terminal
        if (sent.columns, sent.lines) != (terminal.columns, terminal.lines):
            for pane in panes:
                pane.resize(terminal.columns, terminal.lines)
        sent.feed("".join(play.driver.written))
        play.driver.written.clear()
        if not play.over and play.app.has_room:
            whole.feed(whole_frame(play.app))
            found = first_difference_of(sent.rows(), whole.rows())
            assert found is None, play.tell(f"in tmux, {found}")

    await play_steps(KINDS.index(kind), kind, STEPS, after_step=compare)
