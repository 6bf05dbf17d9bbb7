"""What was told in this run, so that a line that was missed can be read again."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

KEPT = 200


class Notice(NamedTuple):
    """Something that was told."""

    at: float
    """Service time, seconds since the epoch."""
    text: str
    """May hold foreign text."""
    level: str = ""
    """The look of it on the screen: empty, good, warning or alarm."""


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

    def tell(self, text: str, level: str = "", *, once: str = "") -> None:
        """Tell something; only the first time in this run where `once` names what it is about.

        What says the same as the one before takes its place.
        """
        if once in self._once:
            return
        if once:
            self._once.add(once)
        notice = Notice(self._now(), text, level)
        before = self.latest
        if before is not None and (before.text, before.level) == (text, level):
            self._kept.pop()
        self._kept.append(notice)
        for listener in tuple(self._listeners):
            listener(notice)

    def subscribe(self, listener: Listener) -> None:
        """Call this listener after each notice."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Listener) -> None:
        """Do not call it any more."""
        self._listeners.remove(listener)
