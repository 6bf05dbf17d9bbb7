"""What the commands of finding may ask; read by the type checker only."""

from typing import Protocol


class Ways(Protocol):
    """What leads around on the screen with the panels."""

    @property
    def behind(self) -> bool:
        """Whether one can go back."""
        ...

    @property
    def ahead(self) -> bool:
        """Whether one can go forward."""
        ...

    def back(self) -> None:
        """Go to where one was before the latest jump."""
        ...

    def forward(self) -> None:
        """Go to where one came back from."""
        ...

    def open_sort(self) -> None:
        """Ask what to sort by."""
        ...

    def open_add(self) -> None:
        """Ask which thing to watch as well."""
        ...

    @property
    def why_not_close(self) -> str | None:
        """Why the panel with the focus cannot be closed, or None."""
        ...

    def close(self) -> None:
        """Watch the thing with the focus no more."""
        ...

    def toggle_full_screen(self) -> None:
        """Give the panel with the focus all the room, or share it out again."""
        ...


class FindingPlace(Protocol):
    """The screen with the panels."""

    @property
    def ways(self) -> Ways:
        """What leads around on it."""
        ...
