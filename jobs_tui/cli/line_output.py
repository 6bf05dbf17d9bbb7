"""Lines that leave one by one, each at once, and never hold up who writes them."""

import asyncio
import fcntl
import os
import stat

from jobs_tui.ui.terminal.safe_text import safe_line


class LineOutput:
    """Whole lines to a descriptor, in the order in which they are written.

    A reader that is slow is waited for in a thread, so that the event loop, and a signal, need not.
    That a pipe has lost its reader is noticed at once, also while there is nothing to write.
    """

    def __init__(self, descriptor: int, encoding: str) -> None:
        """Write there; what the encoding lacks is written as an escape."""
        self._descriptor = descriptor
        self._encoding = encoding
        self._waiting: list[str] = []
        self._news = asyncio.Event()

    def write_line(self, text: str) -> None:
        """Let a line out soon, made safe; called in the event loop."""
        self._waiting.append(f"{safe_line(text)}\n")
        self._news.set()

    async def run(self) -> None:
        """Write for ever. Raises OSError where that cannot be: BrokenPipeError without a reader."""
        loop = asyncio.get_running_loop()
        gone = loop.create_future()
        watched = _is_pipe(self._descriptor)
        if watched:
            loop.add_reader(self._descriptor, gone.cancel)
        try:
            while True:
                news = asyncio.ensure_future(self._write_next())
                await asyncio.wait((news, gone), return_when=asyncio.FIRST_COMPLETED)
                if gone.done():
                    news.cancel()
                    raise BrokenPipeError
                await news
        finally:
            if watched:
                loop.remove_reader(self._descriptor)

    async def _write_next(self) -> None:
        await self._news.wait()
        self._news.clear()
        waiting, self._waiting = self._waiting, []
        data = "".join(waiting).encode(self._encoding, "backslashreplace")
        await asyncio.get_running_loop().run_in_executor(None, _write, self._descriptor, data)


def _is_pipe(descriptor: int) -> bool:
    """Whether it is the end of a pipe that can only be written to, so that its news are one."""
    mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
    return stat.S_ISFIFO(os.fstat(descriptor).st_mode) and mode == os.O_WRONLY


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
