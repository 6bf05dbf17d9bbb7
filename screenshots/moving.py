"""Makes the moving picture of this folder: `.venv/bin/python screenshots/moving.py`.

It drives the demo through a short story, and waits for what has to be on the screen, so that it
comes out the same on a slow machine, but for ports and times.
"""

import argparse
import asyncio
import os
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import NamedTuple

from make import HERE, agent_reports, context_of
from moving_svg import Frame, Row, moving_picture, rows_of, still_picture
from textual import events
from textual.pilot import Pilot

from jobs_tui.cli.demo import DEMO_THINGS, Demo
from jobs_tui.cli.demo_things import demo_things
from jobs_tui.emulator import EmulatorThread
from jobs_tui.engine.context import Contexts
from jobs_tui.ui.app import CockpitApp

SIZE = (80, 24)
SEED = 1
FILE = HERE / "moving-80x24.svg"
AT_MOST = 90.0
"""Seconds to wait for what has to be on the screen."""
UNFINISHED = ("loading", "reading", "sending", "connecting")
"""What is on the screen on the way only."""

SECOND_THING = r"in progress +queued +oldest.*\n  .*\n▶"
"""The cursor is on it."""

TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
"""Wherever the picture is made, it is one of a terminal with many colours and signs."""

SHOWN_KEYS = {"left": "←", "pagedown": "pgdn", "full_stop": ".", "slash": "/", "escape": "esc"}


class Step(NamedTuple):
    """Keys, what they lead to, and how that is told."""

    keys: Sequence[str]
    wanted: str
    """What is on the screen then, as a regular expression."""
    caption: str
    seconds: float = 2.0
    shown_keys: tuple[str, ...] | None = None
    """As they are told; else each by its name."""
    put_in: str = ""
    """Text for the field that the keys lead to, at once: a key waits until nothing is done, which
    among many things never is."""
    meanwhile: Callable[[EmulatorThread], object] | None = None
    """What another writer does before these keys."""


GATEWAY = (
    Step((), "! stuck", "jobs-tui demo: what needs you stands out", 3.0, ()),
    Step(("o",), "size in bytes", "opens the job document", 2.5),
    Step(("t",), "tree · ", "as a tree that folds", 2.5),
    Step(("escape",), "! stuck", "back", 1.5),
    Step(("s",), "the change is based on it", "changes the status: reads afresh first", 2.5),
    Step(("f",), '"FAILED"', "FAILED: what will be sent is below", 2.5),
    Step(
        ("tab", *"reason", "tab", *"disk full"),
        "disk full",
        "a reason for it",
        2.5,
        ("tab", "reason", "tab", "disk full"),
    ),
    Step(
        ("enter", "enter"),
        "Apply to version",
        "sends. The agent was faster: nothing is overwritten",
        3.0,
        ("enter", "enter"),
        meanwhile=agent_reports,
    ),
    Step(("left", "enter"), r"fw-2026-11-edge +FAILED", "applies it to the new version", 2.5),
    Step(("n",), "now QUEUED", "starts the next job: asks first", 2.5),
    Step(("enter",), r"cert-rotate-0091 +IN_PROGRESS", "starts it: IN_PROGRESS", 2.5),
    Step(("J",), "changes, newest first", "the journal has every change", 2.5),
)


def among_many(number: int) -> tuple[Step, ...]:
    """The story goes on with so many things."""
    return (
        Step((), f"{number:,} things", f"jobs-tui demo --things {number}", 3.0, ()),
        Step(("full_stop",), SECOND_THING, "goes to the next that needs attention", 2.5),
        Step(
            ("slash",),
            "lyon stuck",
            "those in Lyon that are stuck",
            3.0,
            ("/", "lyon stuck"),
            put_in="lyon stuck",
        ),
    )


def text_of(rows: Sequence[Row]) -> str:
    """What a picture says."""
    return "\n".join(row.text for row in rows)


async def frame_after(pilot: Pilot[None], step: Step, demo: Demo) -> Frame:
    """Press the keys of a step, and wait for what they lead to."""
    if step.meanwhile is not None:
        await asyncio.to_thread(step.meanwhile, demo.emulator)
    if "enter" in step.keys:
        # it counts for what has been on the screen only
        for key in step.keys:
            await pilot.press(key)
    else:
        await pilot.press(*step.keys)
    if step.put_in:
        pilot.app.post_message(events.Paste(step.put_in))
    keys = step.shown_keys
    shown = tuple(SHOWN_KEYS.get(key, key) for key in step.keys) if keys is None else keys
    until = time.monotonic() + AT_MOST
    while time.monotonic() < until:
        rows = rows_of(pilot.app.export_screenshot())
        told = text_of(rows)
        if re.search(step.wanted, told) and not any(words in told for words in UNFINISHED):
            return Frame(rows, shown, step.caption, step.seconds)
        await pilot.pause(0.05)
    raise SystemExit(f"{step.wanted!r} was never seen; the screen says\n{told}")


@asynccontextmanager
async def cockpit_on(things: tuple[str, ...]) -> AsyncIterator[tuple[Pilot[None], Demo]]:
    """The demo with these things, on a screen in memory."""
    with closing(Demo(things, SEED)) as demo:
        app = CockpitApp(Contexts(context_of(demo, things)))
        async with app.run_test(size=SIZE) as pilot:
            yield pilot, demo


async def all_frames(number: int) -> list[Frame]:
    """The whole story, which ends among so many things."""
    frames: list[Frame] = []
    for things, steps in ((DEMO_THINGS, GATEWAY), (demo_things(number), among_many(number))):
        async with cockpit_on(things) as (pilot, demo):
            frames += [await frame_after(pilot, step, demo) for step in steps]
    return frames


def main() -> None:
    """Make the picture, or stills of its frames."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=FILE, metavar="FILE", help="the file to write")
    parser.add_argument(
        "--stills", type=Path, metavar="FOLDER", help="a picture of each frame as well, to look at"
    )
    parser.add_argument(
        "--things", type=int, default=1000, metavar="N", help="how many there are at the end"
    )
    chosen = parser.parse_args()
    os.environ.pop("NO_COLOR", None)
    os.environ.update(TERMINAL)
    frames = asyncio.run(all_frames(chosen.things))
    chosen.to.write_text(moving_picture(frames, SIZE[0]), encoding="utf-8")
    for number, frame in enumerate(frames):
        if chosen.stills is not None:
            still = still_picture(frame, SIZE[0])
            (chosen.stills / f"{number:02d}.svg").write_text(still, encoding="utf-8")


if __name__ == "__main__":
    main()
