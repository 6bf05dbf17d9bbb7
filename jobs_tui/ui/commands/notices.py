"""The commands of the screen with the notices."""

from typing import Protocol

from jobs_tui.engine.notices import Notice
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.leaving import Palette
from jobs_tui.ui.commands.moving_in_list import ends, steps


class NoticesPlace(Protocol):
    """The screen with the notices."""

    @property
    def selected(self) -> Notice | None:
        """The notice that the cursor is on."""
        ...

    @property
    def page(self) -> int:
        """How many notices a page moves."""
        ...

    def move(self, by: int) -> None:
        """Move the cursor by so many notices."""
        ...

    def go(self) -> None:
        """Go to what the notice under the cursor is about."""
        ...

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def open_palette(self) -> None:
        """Show the command palette."""
        ...

    def back(self) -> None:
        """Return to the panels."""
        ...


class NoticesBack(Command[NoticesPlace]):
    """Go back to the panels."""

    keys = ("escape", "q", "L")
    shown_keys = "esc q L"
    name = "Back"
    hint = "back"

    def run(self, place: NoticesPlace) -> None:
        """Close the screen."""
        place.back()


class GoThere(Command[NoticesPlace]):
    """Go to what this notice is about: the panel of its thing, and its row there."""

    keys = ("enter",)
    name = "Go there"
    hint = "go there"

    def why_not(self, place: NoticesPlace) -> str | None:
        """It must be about one thing."""
        selected = place.selected
        if selected is None:
            return "there is no notice"
        return None if selected.place is not None else "this notice is not about one thing"

    def run(self, place: NoticesPlace) -> None:
        """Close the screen, and go."""
        place.go()


class NoticesHelp(Command[NoticesPlace]):
    """Show the keys of where one is."""

    keys = ("question_mark",)
    shown_keys = "?"
    name = "Help"
    hint = "help"

    def run(self, place: NoticesPlace) -> None:
        """Open it."""
        place.open_help()


NOTICES_COMMANDS: tuple[Command[NoticesPlace], ...] = (
    NoticesBack(),
    GoThere(),
    *steps("notice", page_down=("space",)),
    *ends("newest notice", "oldest notice"),
    Palette(),
    NoticesHelp(),
)
