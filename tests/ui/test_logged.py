"""What the engine decides while somebody looks at it, as the log has it."""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from jobs_tui.cli.logs import keep_off_the_screen, tell_when_it_fails


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Callable[[str], list[str]]]:
    """Logs, and tells what was decided about something, each without its columns."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    log = tmp_path / "a.log"
    keep_off_the_screen(log, debug=True)

    def decided(about: str) -> list[str]:
        return re.findall(rf" decided .* about={about} (.*)", log.read_text("utf-8"))

    yield decided
    keep_off_the_screen(None)
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


async def test_an_endpoint_that_goes_and_comes_back(cockpit, account, logged) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("live")
        await screen.take_endpoint_away()
        await screen.see(lambda: logged("outage"))
        await screen.bring_endpoint_back()
        await screen.press("R")
        await screen.see(lambda: logged("outage")[-1] == "state=back unreached=1")
    assert re.fullmatch(r"state=away tries=1 next_try=[\d.]+s", logged("outage")[0])
    opened, closed = logged("link")
    assert opened.startswith("state=opened host=127.0.0.1:")
    assert closed == "state=closed"
    assert "things=1 read_only=no" in logged("run")[0]


async def test_what_the_user_changes_of_the_run(cockpit, account, logged) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("live")
        screen.engine.refresher.pause(paused=True, thing_name="gw-1")
        screen.engine.refresher.pause(paused=False)
        screen.engine.save_bandwidth(on=True)
        screen.engine.save_bandwidth(on=False)
    assert logged("refreshing")[:2] == ["state=paused", "state=resumed"]
    assert logged("bandwidth") == ["low=yes", "low=no"]


async def test_throttling_and_a_clock_that_is_wrong(cockpit, account, logged) -> None:
    account.create_thing("gw-1")

    async def intercept(_: web.Request) -> web.StreamResponse:
        headers = {
            "x-amzn-ErrorType": "ThrottlingException",
            "Date": "Fri, 15 Jan 2027 09:00:00 GMT",
        }
        return web.json_response({"message": "Rate exceeded"}, status=429, headers=headers)

    async with cockpit("gw-1") as screen:
        await screen.see("live")
        screen.server.intercept = intercept
        await screen.press("R")
        await screen.see(lambda: logged("rate"))
        assert logged("rate")[0] == "now=50/s limit=100/s"
        await screen.see(lambda: logged("back-off"))
        screen.engine.store.learn_time(screen.engine.clock.now() + 3600)
    assert logged("clock")[-1] == "service_ahead=3600.5s"


async def test_a_log_that_cannot_be_written_is_told_on_the_screen(cockpit, account, logged) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1") as screen:
        await screen.see("live")
        keep_off_the_screen(Path("/dev/full"), debug=True)
        tell_when_it_fails(lambda told: screen.app.call_later(screen.app.warn, told))
        await screen.see("the log file cannot be written: No space left on device")
        told = screen.engine.store.oldest_answer
        await screen.press("R")
        await screen.see("live")
        assert told is not None
    del logged


async def test_another_context(cockpit, account, logged) -> None:
    account.create_thing("gw-1")
    async with cockpit("gw-1", others=("lyon",)) as screen:
        await screen.see("live")
        screen.app.screen.switch_context("lyon")
        await screen.see(lambda: logged("context"))
        await screen.see("lyon")
    assert logged("context") == ["name=lyon"]
