"""A screen that is looked at: how one comes to it, and at which sizes."""

import asyncio
import time
from collections.abc import Callable, Sequence

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from jobs_tui.ui.app import CockpitApp
from snapshots.stage import Scene, Stage

Size = tuple[int, int]
SMALL, WIDE = (80, 24), (160, 48)

SAME_SECONDS = 0.25
"""For how long a screen has to stay as it is until it is taken to be complete."""

Keys = Sequence[str]
Meanwhile = Callable[[Stage], object]
Step = tuple[Keys | str | Meanwhile, str | Callable[[str], bool]]
"""Keys to press, or a text to paste, or what happens meanwhile; and what the screen shows then."""

ReadScreen = Callable[[CockpitApp], str]


async def perform(steps: Sequence[Step], stage: Stage, pilot: Pilot[int], read: ReadScreen) -> None:
    """Do one step after the other, each when the screen shows what the one before has led to."""
    for what, wanted in steps:
        if callable(what):
            await asyncio.to_thread(what, stage)
        elif isinstance(what, str):
            pilot.app.post_message(Paste(what))
        else:
            await seen_by_the_dialog(pilot)
            await pilot.press(*what)
        deadline = time.monotonic() + 10
        while not (wanted(read(pilot.app)) if callable(wanted) else wanted in read(pilot.app)):
            assert time.monotonic() < deadline, f"never saw {wanted!r} on\n{read(pilot.app)}"
            await pilot.pause(0.02)
    await stays(pilot, read)


async def seen_by_the_dialog(pilot: Pilot[int]) -> None:
    """Wait until a dialog takes keys as meant for it."""
    deadline = time.monotonic() + 10
    while not getattr(pilot.app.screen, "on_screen", True):
        assert time.monotonic() < deadline, "the dialog never was on the screen"
        await pilot.pause(0.02)


async def stays(pilot: Pilot[int], read: ReadScreen) -> None:
    """Wait until the screen stays as it is."""
    shown, deadline = read(pilot.app), time.monotonic() + 10
    since = time.monotonic()
    while time.monotonic() < since + SAME_SECONDS:
        assert time.monotonic() < deadline, "the screen never stays as it is"
        await pilot.pause(0.05)
        if (now := read(pilot.app)) != shown:
            shown, since = now, time.monotonic()


ROWS_IN: Step = ((), "times out in 4 min")
"""Every panel of the demo has its rows, and the first of them its timer."""


def _timed(text: str) -> bool:
    return "times out in 4 min" in text and "times out in 9 min" in text


def _with_selection(text: str) -> bool:
    wide = len(text.partition("\n")[0]) > SMALL[0]
    return "times out in 4 min" in text and (not wide or "X-Amz-Signature" in text)


SELECTED_IN: Step = ((), _with_selection)
"""The first row has its timer and, where there is room, what stands beside the panels."""

ALL_IN: Step = ((), _timed)
"""Every panel of the demo has its rows, and these have their timers."""


def shot(
    name: str,
    *steps: Step,
    scene: Scene = Scene(),  # noqa: B008 - it cannot be changed
    sizes: Sequence[Size] = (SMALL, WIDE),
    fast: bool = False,
) -> list[object]:
    """The cases of one screen, one for each size; if `fast`, the small one always runs."""
    return [
        pytest.param(
            scene,
            steps,
            size,
            id=f"{name}-{size[0]}x{size[1]}",
            marks=() if fast and size == SMALL else pytest.mark.slow,
        )
        for size in sizes
    ]
