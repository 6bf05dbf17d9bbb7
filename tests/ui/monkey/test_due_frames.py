"""Frames that cannot be taken when they are due."""

import asyncio
import time
from collections.abc import Callable

from monkey.stage import Kind, playing
from monkey.steps import KEYS

XTERM = Kind("xterm-256color", "256")


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    """Let others have their turn until a condition holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "never held"
        await asyncio.sleep(0)


async def test_a_frame_that_is_due_while_nothing_is_to_be_shown_comes_after_that(
    many_terminals,
) -> None:
    async with playing(1, XTERM) as play:
        app = play.app
        play.driver.type(KEYS["tab"])
        await until(lambda: app._frame_timer is not None)
        with app.batch_update():
            await until(lambda: app._frame_timer is None)
        await play.check()


async def test_a_terminal_that_was_of_another_size_for_a_moment_is_sent_all_again(
    many_terminals,
) -> None:
    async with playing(1, XTERM) as play:
        # the program hears of it when it is over
        play.driver.terminal.change_size(60, 20)
        play.driver.terminal.change_size(80, 24)
        play.driver.tell_size()
        await play.check()
