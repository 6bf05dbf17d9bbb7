"""What a person would look at, at 80x24 and wide, on a date that stands still."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from textual.pilot import Pilot

from jobs_tui.domain.outcome import Failure
from jobs_tui.emulator import EmulatorServer, EmulatorThread
from jobs_tui.emulator.demo.fleet import DEMO_THINGS, prepare_demo_fleet
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.sqlite_journal import SqliteJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.data_plane import JobsDataPlane
from jobs_tui.service.settings import ServiceSettings, StaticCredentials
from jobs_tui.ui.app import CockpitApp

SMALL, WIDE = (80, 24), (160, 48)
Steps = Sequence[tuple[Sequence[str], str]]


class AtOneAddress:
    """A data plane that calls its endpoint by the same name in every run."""

    endpoint = "http://127.0.0.1:41233"

    def __init__(self, data_plane: JobsDataPlane) -> None:
        self._data_plane = data_plane

    def __getattr__(self, name: str) -> object:
        return getattr(self._data_plane, name)


@pytest.fixture
def demo(fixed_date, tmp_path) -> Iterator[CockpitApp]:
    """The demo's fleet as it starts, asked once."""
    with EmulatorThread(
        lambda: EmulatorServer(prepare_demo_fleet(fixed_date, random.Random(7)))
    ) as emulator:
        settings = ServiceSettings(
            region="eu-west-3",
            endpoint_url=emulator.url,
            credentials=StaticCredentials("test", "test"),
        )

        async def open_link(_tell: object) -> JobsDataPlane | Failure:
            opened = await open_data_plane(settings, fixed_date)
            return opened if isinstance(opened, Failure) else AtOneAddress(opened)

        pace = EngineSettings(refresh_seconds=300.0, calls_per_second=100.0)
        journal = SqliteJournal(lambda: tmp_path, "snapshots", fixed_date.now)
        engine = Engine((*DEMO_THINGS,), open_link, pace, fixed_date, random.Random(7), journal)
        yield CockpitApp(Contexts(Context("demo", lambda _: engine, DEMO_THINGS)))


def until(steps: Steps, read_screen: Callable[[CockpitApp], str]) -> Callable[[Pilot[int]], object]:
    """Press keys, each time until the screen shows what they lead to."""

    async def run(pilot: Pilot[int]) -> None:
        for keys, wanted in steps:
            await pilot.press(*keys)
            deadline = time.monotonic() + 10
            while wanted not in read_screen(pilot.app):
                assert time.monotonic() < deadline, f"never saw {wanted!r}"
                await pilot.pause(0.05)
        await asyncio.wait_for(pilot.pause(0.3), 5)

    return run


ALL_IN = ((), "times out in 4 min")
TIMED = ((), "times out in 9 min")
MARKED = (("asterisk", "tab", "asterisk"), "6 marked")
ASKED = (("s", "f"), "6 requests go out")


@pytest.mark.parametrize(
    ("size", "steps"),
    [
        pytest.param(SMALL, [ALL_IN], id="cockpit-small"),
        pytest.param(WIDE, [ALL_IN, ((), "X-Amz-Signature")], id="cockpit-wide"),
        pytest.param(SMALL, [ALL_IN, (("o",), "X-Amz-Signature")], id="document-small"),
        pytest.param(SMALL, [ALL_IN, (("enter",), "version number")], id="execution-small"),
        pytest.param(
            SMALL,
            [ALL_IN, (("s",), "based on it"), (("f", "tab", *"reason", "tab", *"disk"), "disk")],
            id="change-status-small",
        ),
        pytest.param(
            SMALL,
            [ALL_IN, (("tab", "tab", "tab", "n"), "nothing to start")],
            id="start-next-small",
        ),
        pytest.param(SMALL, [ALL_IN, (("question_mark",), "Open the job")], id="help-small"),
        pytest.param(SMALL, [ALL_IN, MARKED, ASKED], id="bulk-small"),
        pytest.param(WIDE, [ALL_IN, MARKED, ASKED], id="bulk-wide"),
        pytest.param(
            SMALL,
            [ALL_IN, MARKED, ASKED, (("enter",), "6 sent \u00b7 6 confirmed")],
            id="bulk-progress-small",
        ),
    ],
)
def test_screen(snap_compare, demo, read_screen, size, steps) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=until((TIMED, *steps), read_screen))
