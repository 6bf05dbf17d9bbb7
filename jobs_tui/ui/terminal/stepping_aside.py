"""Runs another program where the app was, while all that is not the screen goes on.

Nothing waits for the program but whoever has asked for it: changes and reads go on. When the app
ends meanwhile, so does the program.
"""

import asyncio
import os
import shutil
import signal
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

from textual import events
from textual.app import App

from jobs_tui.ui.terminal.lent_terminal import LentTerminal
from jobs_tui.ui.terminal.signals import LeavesOnSignal
from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver

END_SECONDS = 0.5
"""How long a program may take to end by itself when the app does."""

OURS_ALONE = (signal.SIGPIPE, signal.SIGXFSZ)
"""What Python ignores, and other programs do not expect to be ignored."""


async def step_aside(
    app: App[int], program: Sequence[str], environment: Mapping[str, str] | None = None
) -> int:
    """Run a program on the terminal until it ends.

    Returns its exit status, or the number of the signal that ended it as a negative number. Raises
    OSError if it cannot be started; the screen then stays as it is.
    """
    if shutil.which(program[0]) is None:
        raise FileNotFoundError(program[0])
    driver = app._driver  # noqa: SLF001 - there is no other way to it
    if isinstance(driver, SturdyDriver) and driver.lent_to is not None:
        raise BlockingIOError("another program has the terminal")
    terminal = LentTerminal(driver) if isinstance(driver, SturdyDriver) else None
    # until it has ended well
    tidy, back = True, False
    try:
        status = await _Running(program, environment or os.environ, terminal).ended(app)
        tidy, back = status != 0, True
    except OSError:
        tidy, back = False, True
        raise
    finally:
        if terminal is not None:
            terminal.take_back(tidy=tidy)
            if back and not app._exit:  # noqa: SLF001 - as Textual does
                terminal.end()
                app.refresh(layout=True)
                # what is open was not to be seen meanwhile: a dialog takes no Enter for it yet
                app.screen.post_message(events.ScreenResume())
    return status


class _Running:
    """A program that has the terminal, with all that it has started."""

    def __init__(
        self, program: Sequence[str], environment: Mapping[str, str], terminal: LentTerminal | None
    ) -> None:
        """Start it. Raises OSError."""
        self._terminal = terminal
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[int] = self._loop.create_future()
        self._pid = os.posix_spawnp(
            program[0],
            list(program),
            environment,
            # the screen is on stderr, and stdout may lead elsewhere
            file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)],
            setpgroup=0,
            setsigmask=(),
            setsigdef=OURS_ALONE,
        )
        if terminal is not None:
            terminal.give_to(self._pid)
        threading.Thread(target=self._watch, name="aside", daemon=True).start()

    async def ended(self, app: App[int]) -> int:
        """Wait for its end; when that is not waited for any more, end it."""
        at_once = app.at_once if isinstance(app, LeavesOnSignal) else set()
        at_once.add(self._end_at_once)
        try:
            return await asyncio.shield(self._ended)
        finally:
            if not self._ended.done():
                await self._end()
            at_once.discard(self._end_at_once)

    async def _end(self) -> None:
        try:
            for number in (signal.SIGTERM, signal.SIGCONT):
                self._send(number)
            async with asyncio.timeout(END_SECONDS):
                await asyncio.shield(self._ended)
        except TimeoutError:
            pass
        finally:
            # also what it has started and not taken with it
            self._kill()

    def _end_at_once(self) -> None:
        self._kill()
        if self._terminal is not None:
            self._terminal.take_back(tidy=True)

    def _kill(self) -> None:
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        with suppress(OSError):
            os.killpg(self._pid, number)

    def _watch(self) -> None:
        """Wait, in a thread; tell the loop when it has stopped or ended."""
        while True:
            try:
                _, status = os.waitpid(self._pid, os.WUNTRACED)
            except ChildProcessError:
                # somebody else was told of its end
                status = 0
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._told, status)
            if not os.WIFSTOPPED(status):
                return

    def _told(self, status: int) -> None:
        if not os.WIFSTOPPED(status):
            if not self._ended.done():
                self._ended.set_result(os.waitstatus_to_exitcode(status))
        elif self._terminal is not None:
            if os.WSTOPSIG(status) in (signal.SIGTTIN, signal.SIGTTOU):
                # it asked for the terminal before it had got it
                self._terminal.go_on()
            else:
                self._terminal.stop_all()
