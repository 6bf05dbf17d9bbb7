"""Makes `browser.png`: `.venv/bin/python screenshots/browser.py [FILE]`.

The demo in a headless Chromium, through Textual's own server; pictures differ by ports and dates.
"""

import asyncio
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(f"{HERE.parent / 'tests' / 'end_to_end'}")

from chromium import chromium, installed  # noqa: E402 - of the tests
from textual_server import serving  # noqa: E402 - as above

SIZE = (1180, 620)
"""Pixels of the window."""

SEED = 1
"""What of the demo's past comes out the same in every run."""

PANELS = 4


async def picture() -> bytes:
    """The picture, once all panels are live."""
    program = installed()
    if program is None:
        raise SystemExit("there is no Chromium: install one, such as by `apt install chromium`")
    async with (
        serving("demo", "--seed", f"{SEED}") as server,
        chromium(program) as browser,
        browser.page(server.url, *SIZE) as page,
    ):
        await page.see(lambda: page.text.count("\u00b7 live") == PANELS)
        await page.see("size in bytes")
        await page.drawn()
        return await page.picture()


if __name__ == "__main__":
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "browser.png"
    file.write_bytes(asyncio.run(picture()))
