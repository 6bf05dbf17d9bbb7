"""A program that runs beside the screen, and can reach it in no way."""

import asyncio
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial

MOST_OUTPUT = 64 * 1024
"""Bytes that are kept of what it says: the last ones."""

END_SECONDS = 1.0
"""How long it may take to end by itself when it is told to."""

LAST_WORDS_SECONDS = 0.2
"""How long what it has said is waited for once it has ended."""

LONGEST_LINE = 300


class BackgroundProgram:
    """In a session of its own, without the terminal; all that it starts can be ended with it."""

    def __init__(self, program: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it. Raises OSError."""
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[int] = self._loop.create_future()
        self._said = asyncio.Event()
        self._tail = b""
        self._process = subprocess.Popen(  # noqa: S603 - the user's own
            program,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        for work in (self._listen, self._wait):
            threading.Thread(target=work, name="own command", daemon=True).start()

    async def ended(self) -> int:
        """Wait for its end; its status, negative for the signal that ended it."""
        status = await asyncio.shield(self._ended)
        with suppress(TimeoutError):
            # what it has left behind may hold the pipe open for ever
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                await self._said.wait()
        return status

    @property
    def last_line(self) -> str:
        """The last line of its output that says anything; foreign text."""
        lines = self._tail.decode(errors="replace").split("\n")
        last = next((each.strip() for each in reversed(lines) if each.strip()), "")
        return last[-LONGEST_LINE:]

    async def end(self) -> None:
        """End it, and all that it has started."""
        try:
            self._send(signal.SIGTERM)
            async with asyncio.timeout(END_SECONDS):
                await asyncio.shield(self._ended)
        except TimeoutError:
            pass
        finally:
            self.kill()

    def kill(self) -> None:
        """End it at once; from any thread."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        with suppress(OSError):
            os.killpg(self._process.pid, number)

    def _listen(self) -> None:
        """Take in what it says, in a thread, however much that is."""
        pipe = self._process.stdout
        while pipe is not None and (data := os.read(pipe.fileno(), 65536)):
            self._tail = (self._tail + data)[-MOST_OUTPUT:]
        if pipe is not None:
            pipe.close()
        self._tell(self._said.set)

    def _wait(self) -> None:
        status = self._process.wait()
        self._tell(partial(self._ended.set_result, status))

    def _tell(self, call: Callable[[], object]) -> None:
        with suppress(RuntimeError):
            # the loop may have ended by then
            self._loop.call_soon_threadsafe(call)
