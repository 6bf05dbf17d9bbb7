"""While the link to the service is being opened: what is said, and that the keys work."""

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from jobs_tui.domain.clock import SystemClock
from jobs_tui.emulator import EmulatorServer
from jobs_tui.engine.context import Context, Contexts
from jobs_tui.engine.engine import Engine, EngineSettings
from jobs_tui.engine.journal.journal import NoJournal
from jobs_tui.service.connection import open_data_plane
from jobs_tui.service.settings import ServiceSettings
from jobs_tui.ui.app import CockpitApp


@pytest.fixture
def app_of(read_screen):
    """Runs the app on one thing with these settings, and reads its screen."""

    @asynccontextmanager
    async def run(settings: ServiceSettings) -> AsyncIterator[tuple]:
        clock = SystemClock()

        def watch(things: tuple[str, ...]) -> Engine:
            return Engine(
                things,
                lambda tell: open_data_plane(settings, clock, tell),
                EngineSettings(0.2),
                clock,
                random.Random(7),
                NoJournal(),
            )

        app = CockpitApp(Contexts(Context("", watch, ("gw-1",))))
        async with app.run_test(size=(80, 24)) as pilot:

            async def see(words: str) -> None:
                deadline = time.monotonic() + 8
                while words not in read_screen(app):
                    assert time.monotonic() < deadline, f"never saw {words!r}"
                    await pilot.pause(0.02)

            yield pilot, see

    return run


@pytest.fixture
def hanging_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile `lab` whose credential_process waits until a file is there."""
    go_on = tmp_path / "go-on"
    program = tmp_path / "process.py"
    program.write_text(
        "import json, pathlib, sys, time\n"
        f"while not pathlib.Path({str(go_on)!r}).exists(): time.sleep(0.02)\n"
        "print(json.dumps({'Version': 1, 'AccessKeyId': 'a', 'SecretAccessKey': 'b'}))\n"
    )
    config = tmp_path / "config"
    config.write_text(
        f"[profile lab]\nregion = eu-west-3\ncredential_process = {sys.executable} {program}\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    return go_on


async def test_keys_work_while_credentials_are_looked_for(
    app_of, account, hanging_process: Path
) -> None:
    account.create_thing("gw-1")
    async with EmulatorServer(account) as server:
        settings = ServiceSettings(profile="lab", endpoint_url=server.url)
        async with app_of(settings) as (pilot, see):
            await see("looking for credentials")
            await pilot.press("question_mark")
            await see("Start the next pending job of this thing")
            await pilot.press("escape")
            await asyncio.to_thread(hanging_process.touch)
            await see("No pending jobs")
            await see("given endpoint")


@pytest.mark.slow
async def test_a_process_that_never_ends_is_explained_in_the_panel(
    app_of, hanging_process: Path
) -> None:
    assert not hanging_process.exists()  # noqa: ASYNC240 - nothing else runs yet
    settings = ServiceSettings(
        profile="lab", endpoint_url="http://127.0.0.1:1", open_time_limit=0.5
    )
    async with app_of(settings) as (_, see):
        await see("no credentials after 0.5 s")
        await see("credential_process")
        await see("not connected")
