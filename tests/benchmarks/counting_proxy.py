"""Stands between a client and a server on loopback, and counts every byte of both directions."""

import asyncio
from types import TracebackType
from typing import NamedTuple


class Crossed(NamedTuple):
    """Bytes that went through, both ways."""

    up: int = 0
    down: int = 0

    @property
    def total(self) -> int:
        """Both ways together."""
        return self.up + self.down

    def since(self, before: "Crossed") -> "Crossed":
        """What has been added."""
        return Crossed(self.up - before.up, self.down - before.down)


class CountingProxy:
    """Passes on what it is sent as it is; runs from entering to leaving."""

    def __init__(self, port: int) -> None:
        """Make one that stands before the server on this port."""
        self._server_port = port
        self._up = self._down = 0
        self._passing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "CountingProxy":
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.close()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    @property
    def crossed(self) -> Crossed:
        """What has gone through until now."""
        return Crossed(self._up, self._down)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._passing.add(task)
        server = await asyncio.open_connection("127.0.0.1", self._server_port)
        try:
            await asyncio.gather(
                self._pass_on(reader, server[1], up=True),
                self._pass_on(server[0], writer, up=False),
            )
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            server[1].close()

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool
    ) -> None:
        while data := await reader.read(65536):
            if up:
                self._up += len(data)
            else:
                self._down += len(data)
            writer.write(data)
            await writer.drain()
        writer.write_eof()
