"""`jobs-tui demo`: an emulator on a free loopback port with a fleet at work."""

import asyncio
import random
from pathlib import Path
from typing import TYPE_CHECKING

from jobs_tui.cli.settings.declared import RATE
from jobs_tui.domain.clock import SystemClock
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.traffic import Traffic
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.opening import OpeningStage, TellStage

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from jobs_tui.emulator import EmulatorThread

DEMO_THINGS = ("gw-lyon-01", "boiler-07", "meter-112", "door-03")
"""The things of the demo's gateway."""

DEMO_REFRESH_SECONDS = 2.0
"""Loopback is cheap, and a demo is there to be watched."""

DEMO_MOST_CALLS_PER_SECOND = 50.0
"""For a large fleet; a small one needs no more than it takes to refresh each thing in time."""

DEMO_REGION = "eu-west-3"


def demo_calls_per_second(number_of_things: int) -> float:
    """The pace at which the demo asks unless the user says another."""
    needed = number_of_things / DEMO_REFRESH_SECONDS
    return min(max(RATE.default, needed), DEMO_MOST_CALLS_PER_SECOND)


class Demo:
    """The emulator behind the demo; it starts when the cockpit connects, after the first frame."""

    def __init__(self, things: tuple[str, ...] = DEMO_THINGS, seed: int | None = None) -> None:
        """Make a demo of these things; what has happened to them is the same for the same seed."""
        self._things = things
        self._seed = seed
        self._thread: EmulatorThread | None = None
        self._folder: TemporaryDirectory[str] | None = None

    @property
    def emulator(self) -> "EmulatorThread":
        """The emulator, once the cockpit has connected."""
        if self._thread is None:
            raise RuntimeError("the demo has not begun yet")
        return self._thread

    def journal_folder(self) -> Path:
        """Where the demo's changes are recorded; it goes with the demo."""
        import tempfile  # noqa: PLC0415 - after the first frame

        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="jobs-tui-demo-")
        return Path(self._folder.name)

    async def open_data_plane(
        self, tell: TellStage, *, read_only: bool = False, traffic: Traffic | None = None
    ) -> JobsDataPlane | Failure:
        """Start the emulator and reach it as any other endpoint, with pretended keys.

        Bytes are counted in `traffic`.
        """
        from jobs_tui.service.connection import open_data_plane  # noqa: PLC0415 - as below
        from jobs_tui.service.settings import (  # noqa: PLC0415 - after the first frame
            ServiceSettings,
            StaticCredentials,
        )

        if self._thread is None:
            tell(OpeningStage.FLEET)
        thread = await asyncio.to_thread(self._start)
        settings = ServiceSettings(
            region=DEMO_REGION,
            endpoint_url=thread.url,
            credentials=StaticCredentials("demo", "demo"),
            read_only=read_only,
            traffic=Traffic() if traffic is None else traffic,
        )
        return await open_data_plane(settings, SystemClock(), tell)

    def close(self) -> None:
        """End the emulator, if it was ever started, and forget its journal."""
        if self._thread is not None:
            self._thread.stop()
        self.forget_journal()

    def forget_journal(self) -> None:
        """Leave nothing on the disk."""
        if self._folder is not None:
            self._folder.cleanup()

    def _start(self) -> "EmulatorThread":
        from jobs_tui.emulator.demo.fleet import (  # noqa: PLC0415 - aiohttp after the first frame
            demo_emulator,
        )

        if self._thread is None:
            dice = random.Random(self._seed)  # noqa: S311 - a show
            self._thread = demo_emulator(SystemClock(), dice, self._things)
            self._thread.start()
        return self._thread
