"""Textual's own server, with the program behind it."""

import asyncio
import os
import shlex
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from socket import socket

ROOT = Path(__file__).parents[2]
TEXTUAL = Path(sys.executable).with_name("textual")


class TextualServer:
    """A server that runs."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self.process = process
        self.url = url

    @property
    def programs(self) -> list[int]:
        """The process ids of what it has started and what still runs."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(each) for each in children.read_text().split()]


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("localhost", port)
    except OSError:
        return False
    writer.close()
    return True


@asynccontextmanager
async def serving(
    *arguments: str, environment: Mapping[str, str] = os.environ
) -> AsyncIterator[TextualServer]:
    """Serve `jobs-tui` with these arguments on a free port."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        TEXTUAL,
        "serve",
        f"--port={port}",
        # a path alone would be taken for a script, and its arguments for nothing
        "--command",
        shlex.join([sys.executable, "-m", "jobs_tui", *arguments]),
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        # as a shell does it
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(30):
            # it says that it is ready a moment before it listens
            while not await _listens(port):
                assert process.returncode is None, "the server has ended"
                await asyncio.sleep(0.05)
        draining = asyncio.create_task(process.stdout.read())
        yield TextualServer(process, f"http://localhost:{port}")
        draining.cancel()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
