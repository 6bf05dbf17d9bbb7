"""The emulator on an event loop of its own, in a thread, for whoever has another loop or none."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from jobs_tui.emulator.account.account import Account
from jobs_tui.emulator.server.server import EmulatorServer

P = ParamSpec("P")
T = TypeVar("T")

Background = Callable[[Account], Coroutine[object, object, None]]
"""What runs beside the server on the same loop, such as a simulated fleet, until it is stopped."""


class EmulatorThread:
    """Runs an account's server from `start` to `stop`."""

    def __init__(
        self,
        build: Callable[[], EmulatorServer],
        *,
        background: Background | None = None,
    ) -> None:
        """Make a thread that is not running yet; `build` is called once, on its loop."""
        self._build = build
        self._background = background
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._server: EmulatorServer | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def server(self) -> EmulatorServer:
        """The server that runs; its `intercept` and `line` may be set from any thread."""
        if self._server is None:
            raise RuntimeError("the emulator is not running")
        return self._server

    @property
    def account(self) -> Account:
        """The account that is served; use it through `call` only."""
        return self.server.account

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return self.server.url

    def start(self) -> None:
        """Return once the port answers.

        Raises what went wrong: OSError if the port is taken, or whatever `build` raises.
        """
        if self._loop is not None:
            raise RuntimeError("the emulator is already running")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="jobs-tui emulator", daemon=True
        )
        self._thread.start()
        try:
            self._run(self._serve())
        finally:
            if self._server is None:
                self._end_loop()

    def stop(self) -> None:
        """Close the port and end the thread; a second call does nothing.

        Raises what ended the background task, if anything but this did.
        """
        if self._server is None:
            return
        try:
            self._run(self._close(self._server))
        finally:
            self._server = None
            self._end_loop()

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function on the emulator's own thread, between two requests, and wait for it.

        The only safe way to touch the account while it is served. Raises what the function raises.
        """

        async def on_the_loop() -> T:
            try:
                return function(*args, **kwargs)
            finally:
                self.account.commit()

        return self._run(on_the_loop())

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    async def _serve(self) -> None:
        server = self._build()
        await server.start()
        self._server = server
        if self._background is not None:
            self._task = asyncio.create_task(self._background(server.account))

    async def _close(self, server: EmulatorServer) -> None:
        await server.stop()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def _run(self, coroutine: Coroutine[object, object, T]) -> T:
        if self._loop is None:
            coroutine.close()
            raise RuntimeError("the emulator is not running")
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def _end_loop(self) -> None:
        if self._loop is None or self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = self._thread = None
