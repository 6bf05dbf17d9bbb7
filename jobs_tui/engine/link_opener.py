"""Opens the link to the service, and again for as long as it cannot be opened."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeAlias

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.logged import decided, is_kept, seconds
from jobs_tui.domain.outcome import Failure, Unreachable, word_of
from jobs_tui.engine.refreshing.cadence import wait_after
from jobs_tui.engine.refreshing.wakeable_sleep import WakeableSleep
from jobs_tui.engine.store import Connecting, Store
from jobs_tui.service.endpoint import host_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from jobs_tui.service.data_plane import JobsDataPlane
    from jobs_tui.service.opening import OpeningStage, TellStage

OpenDataPlane: TypeAlias = "Callable[[TellStage], Awaitable[JobsDataPlane | Failure]]"
"""Opens the link to the service; tells what it waits for, and why it cannot."""


class LinkOpener:
    """Says in the store what is waited for, or why there is no link."""

    def __init__(
        self,
        open_data_plane: OpenDataPlane,
        store: Store,
        clock: Clock,
        randomness: random.Random,
        interval: Callable[[], float],
    ) -> None:
        """Open nothing yet; `interval` tells the seconds between two refreshes of a thing."""
        self._open = open_data_plane
        self._store = store
        self._clock = clock
        self._random = randomness
        self._interval = interval
        self._wanted = False
        """Whether the user has asked for another try since this one began."""
        self._sleep = WakeableSleep(clock)

    def try_again(self) -> None:
        """Do not wait any longer, or try once more after the try that is under way."""
        self._wanted = True
        self._sleep.wake()

    async def open(self) -> JobsDataPlane:
        """Return the link once it could be opened."""
        failures = 0
        while True:
            self._wanted = False
            opened = await self._open(self._tell_stage)
            if not isinstance(opened, Failure):
                decided("link", state="opened", host=host_of(opened.endpoint))
                return opened
            failures += 1
            self._store.set_link(opened)
            for name in self._store.thing_names:
                self._store.record_failure(name, opened)
            next_try = self._next_try(opened, failures)
            if is_kept():
                decided(
                    "link",
                    state="not opened",
                    next_try=seconds(next_try - self._clock.monotonic()),
                    outcome=word_of(opened),
                    reason=opened.reason,
                )
            if not self._wanted:
                await self._sleep.sleep_until(next_try)

    def _tell_stage(self, stage: OpeningStage) -> None:
        """Say what is waited for; once it has failed, the reason for that stays instead."""
        if not isinstance(self._store.link, Failure):
            self._store.set_link(Connecting(stage, self._clock.monotonic()))

    def _next_try(self, failure: Failure, failures: int) -> float:
        """When to try again where that may help by itself; infinite where only the user may.

        What refuses credentials is asked again only by the user: it may open a window, or lock an
        account after so many times.
        """
        if not isinstance(failure, Unreachable):
            return float("inf")
        wait = wait_after(self._interval(), failures, self._random.random())
        return self._clock.monotonic() + wait
