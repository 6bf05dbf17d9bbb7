"""The cockpit through Textual's own server, and in a real browser."""

import asyncio
import os
import select
import signal
from collections.abc import AsyncIterator

import aiohttp
import pytest
from chromium import Chromium, chromium, installed
from textual_server import TextualServer, serving

pytest.importorskip("textual_dev", reason="the extra `web` is not installed")

PROGRAM = installed()

pytestmark = pytest.mark.slow
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium")

WIDE = (1180, 620)
NARROW = (700, 400)

BACKGROUND = (0.4, 0.95)
"""The share of a picture that is of the most frequent colour, where there are panels on it."""

COLORS = 100
"""A page with smooth letters has more, one that shows nothing but a message fewer."""


@pytest.fixture
async def server(bare_environment: dict[str, str]) -> AsyncIterator[TextualServer]:
    async with serving("demo", "--seed", "1", environment=bare_environment) as served:
        yield served


@pytest.fixture
async def browser() -> AsyncIterator[Chromium]:
    async with chromium(PROGRAM or "") as opened:
        yield opened


@needs_chromium
async def test_somebody_with_nothing_but_a_browser_looks_around_and_changes_nothing(
    server: TextualServer, browser: Chromium
) -> None:
    async with browser.page(server.url, *WIDE) as page:
        await page.see("! due")
        await page.see("READ-ONLY in a browser")
        await page.drawn()
        shares = await page.shares_of_colors(await page.picture())
        assert BACKGROUND[0] < shares[0] < BACKGROUND[1]
        assert len(shares) > COLORS

        row = next(n for n, each in enumerate(page.screen.display) if "ota-boiler" in each)
        await page.click(5, row)
        await page.see("\u25b6 ota-boiler-3-2-1")
        await page.press("s")
        await page.see("Change the status: not now, this run is read-only in a browser")
        await page.press("down")
        await page.see("\u25b6 reboot-nightly")
        await page.press("tab")
        await page.see("\u25b6 meter-fota-1-0-1")
        await page.press("ctrl+p")
        await page.see("Search for commands")
        await page.press("escape")
        await page.see(lambda: "Search for commands" not in page.text)
        await page.resize(*NARROW)
        await page.see(lambda: page.screen.columns < 80 and "? help" in page.screen.display[-1])
        await page.press("q")
        await page.see(lambda: page.closed)
        assert "Session ended" in await page.evaluate("document.body.innerText")
        await page.see(lambda: server.programs == [], seconds=5)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_server_that_is_ended_takes_its_programs_along(
    server: TextualServer, number: signal.Signals
) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.url}/ws?width=100&height=30") as page,
    ):
        async for message in page:
            if "! due" in message.data.decode():
                break
        (program,) = server.programs
        ended = os.pidfd_open(program)
        # ctrl+c goes to both of them, and so does what ends a service
        os.killpg(server.process.pid, number)
        async with asyncio.timeout(10):
            await server.process.wait()
        assert select.select([ended], [], [], 5)[0], "still runs without its server"
        os.close(ended)


@needs_chromium
async def test_a_tab_that_is_closed_ends_its_own_program_and_no_other(
    server: TextualServer, browser: Chromium
) -> None:
    async with browser.page(server.url, *WIDE) as first:
        await first.see("! due")
        async with browser.page(server.url, *WIDE) as second:
            await second.see("! due")
            assert len(server.programs) == 2
        await first.see(lambda: len(server.programs) == 1, seconds=5)
        await first.click(5, 2)
        await first.press("o")
        await first.see("job document")
        assert not first.closed
