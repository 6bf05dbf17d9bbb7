"""What was told in this run, so that a line that was missed can be read again."""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jobs_tui.domain.execution import ExecutionKey
    from jobs_tui.engine.change import Change

KEPT = 200

HELD_SECONDS = 5.0
"""For so long mere news do not take the place of anything else in the status line."""


class Notice(NamedTuple):
    """Something that was told."""

    at: float
    """Service time, seconds since the epoch."""
    text: str
    """May hold foreign text."""
    level: str = ""
    """The look of it on the screen: empty, good, warning or alarm."""
    place: "ExecutionKey | None" = None
    """What it is about, where that is one execution, or, with an empty job id, one thing."""
    news: bool = False
    """Whether it came by itself, and is no answer to a key."""

    @property
    def mere_news(self) -> bool:
        """Whether it can wait: nobody has asked, and nobody has to do anything."""
        return self.news and not self.level

    @property
    def calls(self) -> bool:
        """Whether it is worth calling somebody who does not look: it came by itself, and is bad."""
        return self.news and self.level in {"warning", "alarm"}


Listener = Callable[[Notice], None]


class Notices:
    """The latest notices; who shows them is told of each new one."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Without any; `now` tells the time that is put beside each, seconds since the epoch."""
        self._now = now
        self._kept: deque[Notice] = deque(maxlen=KEPT)
        self._once: set[str] = set()
        self._listeners: list[Listener] = []

    @property
    def newest_first(self) -> tuple[Notice, ...]:
        """Those that are kept."""
        return tuple(reversed(self._kept))

    @property
    def latest(self) -> Notice | None:
        """The newest one."""
        return self._kept[-1] if self._kept else None

    @property
    def shown(self) -> Notice | None:
        """What the status line shows: the newest one that mere news do not push out too soon."""
        latest = self.latest
        if latest is None or not latest.mere_news:
            return latest
        now = self._now()
        for notice in reversed(self._kept):
            if not 0 <= now - notice.at < HELD_SECONDS:
                break
            if not notice.mere_news:
                return notice
        return latest

    def tell(
        self,
        text: str,
        level: str = "",
        *,
        once: str = "",
        place: "ExecutionKey | None" = None,
        news: bool = False,
    ) -> None:
        """Tell something; only the first time in this run where `once` names what it is about.

        What says the same as the one before takes its place. `place` is what it is about; `news`
        came by themselves.
        """
        if once in self._once:
            return
        if once:
            self._once.add(once)
        notice = Notice(self._now(), text, level, place, news)
        before = self.latest
        if before is not None and (before.text, before.level) == (text, level):
            self._kept.pop()
        self._kept.append(notice)
        for listener in tuple(self._listeners):
            listener(notice)

    def tell_of(self, change: "Change", text: str, level: str) -> None:
        """Tell what became of a change; a conflict is what nobody has asked for."""
        from jobs_tui.domain.execution import (  # noqa: PLC0415 - where something was changed
            ExecutionKey,
        )

        known = change.standing or change.based_on
        number = None if known is None else known.execution_number
        place = ExecutionKey(change.thing_name, change.job_id or "", number)
        self.tell(text, level, place=place, news=change.state == "conflict")

    def subscribe(self, listener: Listener) -> None:
        """Call this listener after each notice."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Listener) -> None:
        """Do not call it any more."""
        self._listeners.remove(listener)
