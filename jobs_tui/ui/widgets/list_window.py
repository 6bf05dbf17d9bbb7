"""The cursor in a long list, and the part of the list that is in sight: by identity, not by place.

Both stay where they are while the list changes around them. Pure, and the same for a list of any
length: only a new order costs more than a few steps.
"""

from typing import NamedTuple


class _Origin(NamedTuple):
    """Where the cursor was before the list was narrowed down."""

    names: tuple[str, ...]
    at: int
    top: int


class ListWindow:
    """Where the cursor and the window are in a list of names."""

    def __init__(self, names: tuple[str, ...] = (), height: int = 1) -> None:
        """Begin at the top."""
        self.names = names
        """All of them, in order."""
        self.height = height
        """Lines of the window."""
        self.top = 0
        """The place of the first one in sight."""
        self.at = 0
        """The place of the cursor."""
        self.at_top = True
        """Whether whoever moved last left the window at the top of the list."""
        self._origin: _Origin | None = None

    @property
    def selected(self) -> str | None:
        """The name that the cursor is on; None in an empty list."""
        return self.names[self.at] if self.names else None

    @property
    def in_sight(self) -> tuple[str, ...]:
        """The names in the window."""
        return self.names[self.top : self.top + self.height]

    @property
    def thumb(self) -> range:
        """The lines of the window beside which the indicator of what is in sight stands."""
        return thumb_of(self.top, self.height, len(self.names))

    def take(self, names: tuple[str, ...]) -> None:
        """Put the list in another order, or other names into it.

        The cursor stays on its name, and that on its line of the window. Where the name is gone,
        the cursor goes to what followed it, or else to what stood before it.
        """
        self._take(names, self._here if self.names else self._origin)

    def narrow(self, names: tuple[str, ...]) -> None:
        """The same, but seen from where the cursor was when `remember` was called.

        So whoever types and deletes again is back where it began, unless the cursor was moved.
        """
        self._take(names, self._origin or self._here)

    def remember(self) -> None:
        """Take the present place for the one from which the list is narrowed down."""
        self._origin = self._here

    def forget(self) -> None:
        """Take it for that no longer, unless nothing is left to be seen from."""
        if self.names:
            self._origin = None

    def resize(self, height: int) -> None:
        """Make the window so many lines high."""
        if height != self.height:
            self.height = max(1, height)
            self._place(self.top)

    def move(self, by: int, *, within: bool) -> bool:
        """Move the cursor; tells whether it moved. Past an end it goes only as far as the end.

        Without `within` a step past an end is not taken at all. A cursor that is out of sight
        comes in from the edge, as whoever presses the key sees the window and not the cursor.
        """
        begin = self.at
        if not self.top <= self.at < self.top + self.height:
            begin = self.top - 1 if by > 0 else self.top + self.height
        target = begin + by
        last = len(self.names) - 1
        if within:
            target = max(0, min(target, last))
        if target == self.at or not 0 <= target <= last:
            return False
        self.at = target
        self._place(self.top)
        self._moved()
        return True

    def scroll(self, by: int) -> bool:
        """Move the window; the cursor only as far as it has to. Tells whether anything moved."""
        top = max(0, min(self.top + by, len(self.names) - self.height))
        if top == self.top:
            return False
        self.top = top
        self.at = max(top, min(self.at, top + self.height - 1))
        self._moved()
        return True

    def select(self, name: str) -> bool:
        """Put the cursor on a name; tells whether it is in the list."""
        if name not in self.names:
            return False
        self.at = self.names.index(name)
        self._place(self.top)
        self._moved()
        return True

    @property
    def has_left_top(self) -> bool:
        """Whether the window followed the cursor away from the top, where it had been left."""
        return self.at_top and self.top > 0

    def return_to_top(self) -> None:
        """Show the beginning of the list again, even if the cursor is out of sight then."""
        self.top = 0

    def go_first(self) -> None:
        """Put the cursor on the first name: nobody has chosen another one."""
        self.at = self.top = 0

    @property
    def _here(self) -> _Origin:
        return _Origin(self.names, self.at, self.top)

    def _take(self, names: tuple[str, ...], origin: _Origin | None) -> None:
        origin = origin or self._here
        if self.names and not names:
            self._origin = origin
        kept = _kept(names, origin)
        self.names = names
        self.at = 0 if kept is None else names.index(kept)
        self._place(self.at - (origin.at - origin.top))

    def _moved(self) -> None:
        self._origin = None
        self.at_top = self.top == 0

    def _place(self, top: int) -> None:
        """Put the window there, but with the cursor in it and no empty line that could be full."""
        top = max(self.at - self.height + 1, min(top, self.at))
        self.top = max(0, min(top, len(self.names) - self.height))


def _kept(names: tuple[str, ...], origin: _Origin) -> str | None:
    """The name that the cursor goes to in another list."""
    if not origin.names:
        return None
    there = set(names)
    after = origin.names[origin.at :]
    before = reversed(origin.names[: origin.at])
    return next((name for part in (after, before) for name in part if name in there), None)


def thumb_of(top: int, height: int, count: int) -> range:
    """The lines beside which the indicator of what is in sight stands; none if all is."""
    if count <= height:
        return range(0)
    length = max(1, height * height // count)
    free = height - length
    begin = top * free // (count - height)
    if 0 < top < count - height:
        # the ends are told only at the ends
        begin = max(min(1, free - 1), min(begin, free - 1))
    return range(begin, begin + length)
