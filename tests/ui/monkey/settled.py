"""When the app has done all that it was asked, and has sent what there is to show."""

import asyncio
import time
from collections.abc import Iterable, Iterator

from textual.message_pump import MessagePump
from textual.screen import Screen

from jobs_tui.ui.app import CockpitApp
from monkey.driver import TerminalDriver

PATIENCE_SECONDS = 10.0


async def settle(app: CockpitApp, driver: TerminalDriver) -> None:
    """Return once nothing is under way; what comes from the network later is not waited for."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    calm = 0
    while not app._exit and app._exception is None:
        reason = under_way(app, driver)
        calm = 0 if reason else calm + 1
        if calm == 2:
            # nobody has a turn between this and the comparison
            return
        assert time.monotonic() < deadline, f"does not settle: {reason}"
        # timers have their turn as well
        await asyncio.sleep(0.0005 if reason else 0)


def under_way(app: CockpitApp, driver: TerminalDriver) -> str:
    """What is not done yet; empty if all is."""
    return next(_reasons(app, driver), "")


def _reasons(app: CockpitApp, driver: TerminalDriver) -> Iterator[str]:
    if driver.read_on():
        yield "what was typed may become another key"
    if not driver.idle:
        yield "the terminal has not taken all yet"
    if app.takes_frames and not app._settled.is_set():
        yield "a frame is due"
    if app._batch_count:
        yield "drawing is put off"
    yield from _reasons_of_size(app, driver)
    if app._turns is not None and not app._typed._getters:  # type: ignore[attr-defined]
        yield "a typed key has its turn"
    for screen in app.screen_stack:
        yield from _reasons_of_screen(screen)
    if app.screen._compositor._dirty_regions and not app.takes_frames:
        yield "regions are to be drawn"
    yield from _reasons_of_queues((app, *app.screen_stack, *app.screen.walk_children()))
    if driver.terminal.held:
        yield "a synchronized update is open"


def _reasons_of_size(app: CockpitApp, driver: TerminalDriver) -> Iterator[str]:
    if app._resize_timer is not None or app._resize_event is not None:
        yield "the screens are not told of a size yet"
    # a screen that there is no room for stays as it was
    size = app._no_room or app.screen.size
    if size != (driver.terminal.columns, driver.terminal.lines):
        yield f"the screen is {size}"


def _reasons_of_screen(screen: Screen[object]) -> Iterator[str]:
    if not screen.is_running:
        yield f"{screen} does not run"
    # what it has to lay out or to draw, it does when that timer ticks
    timer = screen._Screen__update_timer  # type: ignore[attr-defined]
    if timer is not None and timer._active.is_set():
        yield f"{screen} is to be drawn"
    if screen.is_current and screen._callbacks:
        yield f"{screen} has callbacks"


def _reasons_of_queues(pumps: Iterable[MessagePump]) -> Iterator[str]:
    for pump in pumps:
        if pump._next_callbacks or pump._pending_message or not _waits(pump):
            yield f"{pump} has messages"


def _waits(pump: MessagePump) -> bool:
    """Whether it waits for a message, rather than being busy with one."""
    queue = pump._message_queue
    return queue.empty() and bool(queue.ready_event._waiters)  # type: ignore[attr-defined]
