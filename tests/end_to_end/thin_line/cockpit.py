"""A program: the cockpit, or with `--stock` the same app where Textual itself sends what it draws.

Keys and screens are the same, so that bytes, times and costs of the two can be compared. The date
stands still, so that no age on the screen changes by itself.
"""

import argparse
import asyncio
import logging
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from textual._compositor import Compositor

from jobs_tui.domain.clock import Clock, SystemClock
from jobs_tui.domain.outcome import Failure
from jobs_tui.domain.traffic import Traffic
from jobs_tui.engine.change import Author
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.app import CockpitApp

NOW = 1_800_000_000.0


class StandingDate:
    """A clock that stands still by date, so that ages do; waiting and measuring are real."""

    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class StockCockpit(CockpitApp):
    """The same app, whose screens are sent by Textual itself."""

    # a relative one would be looked for beside this file
    CSS_PATH = Path(sys.modules[CockpitApp.__module__].__file__ or "").with_name("app.tcss")

    takes_frames = False


def change_textual() -> None:
    """Make it one whose compositor is asked for a frame in another way."""
    theirs = Compositor.render_update

    def render_update(self: Compositor, *arguments: object, **named: object) -> object:
        return theirs(self, *arguments, **named)

    Compositor.render_update = render_update


def main() -> int:
    """Show the cockpit until it is left; returns the exit status."""
    wanted = _parsed()
    if wanted.log_file:
        logging.basicConfig(filename=wanted.log_file)
    if wanted.other_textual:
        change_textual()
    clock: Clock = SystemClock() if wanted.running_date else StandingDate()
    traffic = Traffic()
    settings = ServiceSettings(
        region="eu-west-3",
        endpoint_url=wanted.endpoint_url,
        credentials=StaticCredentials("test", "test"),
        traffic=traffic,
    )

    async def open_link(_tell: object) -> JobsDataPlane | Failure:
        return await open_data_plane(settings, clock)

    def watch(things: tuple[str, ...]) -> Engine:
        return Engine(
            things,
            open_link,
            EngineSettings(wanted.refresh, wanted.rate, low_bandwidth=wanted.low_bandwidth),
            clock,
            random.Random(7),
            SqliteJournal(Path.home, "run", clock.now),
            lambda: Author("ann", "gateway", "10.0.0.7"),
            traffic=traffic,
        )

    kind: Callable[..., CockpitApp] = StockCockpit if wanted.stock else CockpitApp
    things = tuple(wanted.things)
    context = Context("test", watch, things, low_bandwidth=wanted.low_bandwidth)
    app = kind(Contexts(context))
    status = app.run(mouse=not app.low_bandwidth)
    return app.return_code or 0 if status is None else status


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(Path(__file__).name, description=__doc__)
    parser.add_argument("things", nargs="+", metavar="THING")
    parser.add_argument("--endpoint-url", required=True)
    parser.add_argument("--refresh", type=float, default=1.0, metavar="SECONDS")
    parser.add_argument("--rate", type=float, default=100.0, help="calls per second at most")
    parser.add_argument("--running-date", action="store_true", help="for a service with a real one")
    parser.add_argument("--stock", action="store_true", help="send what Textual sends")
    parser.add_argument("--other-textual", action="store_true", help="as of another release")
    parser.add_argument("--log-file", metavar="FILE")
    parser.add_argument("--low-bandwidth", action="store_true", help="as the setting of that name")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
