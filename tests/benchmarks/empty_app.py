"""A program: the smallest Textual app; with the argument `sdk` it then loads aiobotocore, too.

With `sdk` it makes a client for the jobs data plane after its first frame and says that it has.
"""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """Shows one word."""

    def compose(self) -> ComposeResult:
        yield Static("LASTWORD")

    def on_mount(self) -> None:
        if "sdk" in sys.argv:
            self.run_worker(self._load())

    async def _load(self) -> None:
        from aiobotocore.session import AioSession  # noqa: PLC0415 - after the first frame

        async with AioSession().create_client("iot-jobs-data"):
            self.query_one(Static).update("LOADED")


Empty().run()
