"""Finds things through the control plane, page by page, on a small budget of its own.

The quotas of the control plane are for a whole account, and much smaller than those of the data
plane: a search must not stand in the way of others, and it can wait.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from jobs_tui.domain.clock import Clock
from jobs_tui.domain.outcome import Done, Failure, Outcome, Throttled, Unreachable
from jobs_tui.domain.thing_selection import NamePrefix, ThingSelection
from jobs_tui.engine.call_budget import CallBudget
from jobs_tui.engine.pulse import Pulse
from jobs_tui.service.control_plane import ControlPlane, ThingPage

OpenControlPlane = Callable[[], Awaitable[ControlPlane | Failure]]
"""Opens the link to the control plane; tells why it cannot."""

ASK_AGAIN_AFTER = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each further try of a page that was throttled; then the search ends."""

PAGES_REPEAT = Unreachable(
    "the endpoint tells the same pages of things over and over",
    "this is not how the service answers: check the endpoint",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come."""

    selection: ThingSelection
    names: tuple[str, ...] = ()
    """What was found so far, each once, in the order of the service; kept whatever comes after."""
    looked_at: int = 0
    """How many things the service has told: of a name prefix more than are found."""
    pages: int = 0
    """How many pages were told."""
    calls_waiting: int = 0
    """Calls that wait for their turn or their answer."""
    finished: bool = False
    failure: Failure | None = None
    """Why it ended before its time or, where it has not finished, what holds it up."""
    capped: bool = False
    """Whether it ended because enough was found; there may be more."""


Listener = Callable[[Progress], None]


class ThingSearch:
    """One search; `run` it once."""

    def __init__(
        self,
        selection: ThingSelection,
        open_control_plane: OpenControlPlane,
        clock: Clock,
        calls_per_second: float = 2.0,
        at_most: int = 10_000,
        pulses: MutableMapping[str, Pulse] | None = None,
    ) -> None:
        """Make a search that has not begun.

        Args:
            selection: what is looked for.
            open_control_plane: called once; what it opens is closed when the search ends.
            clock: what turns and pauses go by.
            calls_per_second: as many pages are asked for, if none is throttled.
            at_most: the search ends when it has found so many things.
            pulses: where its calls are counted, by the URL of the endpoint.
        """
        self._open = open_control_plane
        self._clock = clock
        self._budget = CallBudget(calls_per_second, clock)
        self._at_most = at_most
        self._pulses = pulses
        self._names: dict[str, None] = {}
        self._listeners: list[Listener] = []
        self._progress = Progress(selection)

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        return self._progress

    def subscribe(self, listener: Listener) -> None:
        """Call this listener after each page, each pause that throttling makes, and at the end."""
        self._listeners.append(listener)

    async def run(self) -> Progress:
        """Search to the end, which may be a failure. Cancel it to stop: nobody is told of that."""
        self._progress = replace(self._progress, calls_waiting=1)
        plane = await self._open()
        if isinstance(plane, Failure):
            self._end(plane)
            return self._progress
        try:
            self._end(await self._page_through(plane))
        finally:
            await plane.close()
        return self._progress

    async def _page_through(self, plane: ControlPlane) -> Failure | None:
        """Ask for page after page; returns why not to the end, if not."""
        token, known_tokens = None, set[str]()
        while True:
            outcome = await self._ask(plane, token)
            if isinstance(outcome, Failure):
                return outcome
            self._take_in(outcome.value)
            token = outcome.value.next_token
            if token is None or self._progress.capped:
                return None
            if token in known_tokens:
                return PAGES_REPEAT
            known_tokens.add(token)
            self._tell(calls_waiting=1)

    async def _ask(self, plane: ControlPlane, token: str | None) -> Outcome[ThingPage]:
        """Ask for one page, once more after each pause while it is throttled."""
        for pause in ASK_AGAIN_AFTER:
            outcome = await self._ask_once(plane, token)
            if not isinstance(outcome, Throttled):
                return outcome
            self._tell(failure=outcome)
            await self._clock.sleep(pause)
        return await self._ask_once(plane, token)

    async def _ask_once(self, plane: ControlPlane, token: str | None) -> Outcome[ThingPage]:
        await self._budget.take()
        began = self._clock.monotonic()
        outcome = await plane.page_of_things(self._progress.selection, token)
        if self._pulses is not None:
            now = self._clock.monotonic()
            pulse = self._pulses.setdefault(plane.endpoint, Pulse(began))
            pulse.called(now, now - began, outcome)
        if isinstance(outcome, Throttled):
            self._budget.throttled()
        elif isinstance(outcome, Done):
            self._budget.answered()
        return outcome

    def _take_in(self, page: ThingPage) -> None:
        selection, names = self._progress.selection, page.names
        if isinstance(selection, NamePrefix):
            names = tuple(name for name in names if name.startswith(selection.prefix))
        self._names.update(dict.fromkeys(names))
        found = tuple(self._names)
        more = len(found) > self._at_most or page.next_token is not None
        self._progress = replace(
            self._progress,
            names=found[: self._at_most],
            looked_at=self._progress.looked_at + len(page.names),
            pages=self._progress.pages + 1,
            calls_waiting=0,
            failure=None,
            capped=len(found) >= self._at_most and more,
        )

    def _end(self, failure: Failure | None) -> None:
        self._tell(calls_waiting=0, finished=True, failure=failure)

    def _tell(self, **news: Any) -> None:
        self._progress = replace(self._progress, **news)
        for listener in self._listeners:
            listener(self._progress)
