"""Moving in a list, or in a text, by lines and pages: the same keys wherever there is one."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command

FAR = 10**7
"""More lines than any list has."""


class ListPlace(Protocol):
    """A screen with a list, or a text, that fills it."""

    @property
    def page(self) -> int:
        """How many lines show at once."""
        ...

    def move(self, by: int) -> None:
        """Move by so many lines."""
        ...


class Move(Command[ListPlace]):
    """A movement by so many lines and pages."""

    def __init__(
        self,
        shared_id: str,
        keys: tuple[str, ...],
        name: str,
        told: str,
        *,
        lines: int = 0,
        pages: int = 0,
    ) -> None:
        """Make one; `told` is its line of help, its id that of the same movement in the panels."""
        self.shared_id = shared_id
        self.keys = keys
        self.shown_keys = " ".join(_SHORT.get(key, key) for key in keys)
        self.name = name
        self._told = told
        self._lines = lines
        self._pages = pages

    @property
    def help(self) -> str:
        """What it does, in one line."""
        return self._told

    def run(self, place: ListPlace) -> None:
        """Move."""
        place.move(self._lines + self._pages * place.page)


_SHORT = {"pagedown": "pgdn", "pageup": "pgup"}


def steps(line: str, *, letters: bool = True, page_down: tuple[str, ...] = ()) -> tuple[Move, ...]:
    """One line or one page up or down.

    Args:
        line: what a line of the list is.
        letters: whether letters move as well; not where they are text.
        page_down: more keys that go one page down.
    """
    down, up = (("j",), ("k",)) if letters else ((), ())
    below, above = f"{line} below".capitalize(), f"{line} above".capitalize()
    return (
        Move("row-down", ("down", *down), below, f"Go one {line} down", lines=1),
        Move("row-up", ("up", *up), above, f"Go one {line} up", lines=-1),
        Move("page-down", ("pagedown", *page_down), "Page down", "Go one page down", pages=1),
        Move("page-up", ("pageup",), "Page up", "Go one page up", pages=-1),
    )


def ends(first: str, last: str) -> tuple[Move, ...]:
    """To the first line and to the last; they are told by what they are."""
    return (
        Move("first-row", ("home", "g"), first.capitalize(), f"Go to the {first}", lines=-FAR),
        Move("last-row", ("end", "G"), last.capitalize(), f"Go to the {last}", lines=FAR),
    )
