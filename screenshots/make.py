"""Makes the pictures of this folder: `.venv/bin/python screenshots/make.py [NAME ...]`.

They show the demo as it starts, so they differ from one run to the next by ports and dates only.
"""

import asyncio
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from jobs_tui.cli.demo import DEMO_REGION, DEMO_THINGS, Demo
from jobs_tui.cli.demo_things import demo_things
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.thing_selection import ThingSelection
from jobs_tui.emulator import EmulatorThread
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.engine.thing_search import ThingSearch
from jobs_tui.service.connection import open_control_plane
from jobs_tui.service.control_plane import ControlPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.app import CockpitApp

HERE = Path(__file__).parent
FONT_FROM_THE_NETWORK = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


@dataclass(frozen=True)
class Shot:
    """One picture: after which keys, and which text says that all is there."""

    name: str
    size: tuple[int, int]
    steps: Sequence[tuple[Sequence[str], str]]
    meanwhile: Callable[[EmulatorThread], object] | None = None
    """What another writer does before the last step."""
    choosing: bool = False
    """Whether no thing is named at the start."""
    things: tuple[str, ...] = DEMO_THINGS
    seed: int | None = None
    """What of the demo's past comes out the same in every run."""


FLEET = demo_things(1000)
FLEET_SEED = 7


def agent_reports(emulator: EmulatorThread) -> None:
    """Be faster than the change that is about to be sent."""
    details = {"progress": "81", "step": "install"}
    emulator.call(
        emulator.account.update_job_execution,
        DEMO_THINGS[0],
        "fw-2026-11-edge",
        "IN_PROGRESS",
        status_details=details,
    )


SHOTS = (
    Shot("cockpit-80x24", (80, 24), [((), "! due")]),
    Shot(
        "thing-picker-80x24",
        (80, 24),
        [((), "4 found"), (("down", "space", *"o"), "boiler-07")],
        choosing=True,
    ),
    Shot("cockpit-160x48", (160, 48), [((), "! due"), ((), "size in bytes")]),
    Shot(
        "fleet-80x24",
        (80, 24),
        [((), "of 1,000 asked"), ((), "1,000 things"), (("v", "down"), "stays in view")],
        things=FLEET,
        seed=FLEET_SEED,
    ),
    Shot(
        "fleet-160x48",
        (160, 48),
        [((), "of 1,000 asked"), ((), "1,000 things"), (("v", "down"), "job document")],
        things=FLEET,
        seed=FLEET_SEED,
    ),
    Shot("execution-80x24", (80, 24), [((), "! due"), (("enter",), "timeline")]),
    Shot(
        "marked-80x24",
        (80, 24),
        [((), "! due"), (("asterisk", "s"), "gw-lyon-01 /"), (("i",), "4 requests go out")],
    ),
    Shot("document-80x24", (80, 24), [((), "! due"), (("o",), "size in bytes")]),
    Shot(
        "change-status-80x24",
        (80, 24),
        [
            ((), "! due"),
            (("s",), "the change is based on it"),
            (("f", "tab", *"reason", "tab", *"disk full"), "disk full"),
        ],
    ),
    Shot("start-next-80x24", (80, 24), [((), "! due"), (("n",), "already in progress")]),
    Shot(
        "conflict-80x24",
        (80, 24),
        [
            ((), "! due"),
            (("s",), "the change is based on it"),
            (("f", "tab", *"reason", "tab", *"disk full", "enter"), "disk full"),
            (("enter",), "Apply to version"),
        ],
        agent_reports,
    ),
    Shot(
        "journal-80x24",
        (80, 24),
        [
            ((), "! due"),
            (("s",), "the change is based on it"),
            (("f", "enter"), "FAILED, confirmed"),
            (("n",), "now QUEUED"),
            (("enter",), "start next, confirmed"),
            (("J",), "changes, newest first"),
        ],
    ),
)


def screen_text(app: CockpitApp) -> str:
    """What the picture would show, as text."""
    return re.sub(r"<[^>]+>|&#160;", " ", app.export_screenshot())


def context_of(demo: Demo, things: tuple[str, ...]) -> Context:
    """The demo's things, and a search for them."""
    clock = SystemClock()

    def watch(things: tuple[str, ...]) -> Engine:
        return Engine(
            things,
            demo.open_data_plane,
            EngineSettings(2.0, 10.0 if things == DEMO_THINGS else 100.0),
            clock,
            random.Random(1),  # noqa: S311 - it only spreads calls
            SqliteJournal(demo.journal_folder, "screenshots", clock.now),
        )

    async def open_control() -> ControlPlane | Failure:
        # starts the emulator
        await demo.open_data_plane(lambda _: None)
        url, keys = demo.emulator.url, StaticCredentials("demo", "demo")
        settings = ServiceSettings(region=DEMO_REGION, credentials=keys, control_endpoint_url=url)
        return await open_control_plane(settings, clock)

    def search(selection: ThingSelection, at_most: int) -> ThingSearch:
        return ThingSearch(selection, open_control, clock, at_most=at_most)

    return Context("demo", watch, things, None, search, lambda: DEMO_THINGS[:2])


async def take(shot: Shot) -> None:
    """Run the demo up to one picture and write it."""
    with closing(Demo(shot.things, shot.seed)) as demo:
        context = context_of(demo, shot.things)
        app = CockpitApp(Contexts(context._replace(things=()) if shot.choosing else context))
        async with app.run_test(size=shot.size) as pilot:
            for number, (keys, wanted) in enumerate(shot.steps, 1):
                if shot.meanwhile is not None and number == len(shot.steps):
                    await asyncio.to_thread(shot.meanwhile, demo.emulator)
                await pilot.press(*keys)
                until = time.monotonic() + 20
                while wanted not in screen_text(app).replace("  ", " "):
                    if time.monotonic() > until:
                        raise SystemExit(f"{shot.name}: never saw {wanted!r}")
                    await pilot.pause(0.05)
            picture = FONT_FROM_THE_NETWORK.sub("", app.export_screenshot(title="jobs-tui"))
    (HERE / f"{shot.name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    for each in SHOTS:
        if len(sys.argv) == 1 or each.name in sys.argv[1:]:
            asyncio.run(take(each))
