"""The commands of the screen with the notices."""

from typing import Protocol

from jobs_tui.engine.notices import Notice
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.moving_in_list import ends, steps
from jobs_tui.ui.commands.over_panels import OVER_PANELS_COMMANDS, BackToPanels, OverPanelsPlace


class NoticesPlace(OverPanelsPlace, Protocol):
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


class GoThere(Command[NoticesPlace]):
    """Go to what this notice is about: the panel of its thing, and its row there."""

    keys = ("enter",)
    name = "Go there"
    hint = "go there"

    def in_footer(self, place: NoticesPlace) -> bool:
        """Where there is one."""
        return place.selected is not None

    def why_not(self, place: NoticesPlace) -> str | None:
        """It must be about one thing."""
        selected = place.selected
        if selected is None:
            return "there is no notice"
        return None if selected.place is not None else "this notice is not about one thing"

    def run(self, place: NoticesPlace) -> None:
        """Close the screen, and go."""
        place.go()


NOTICES_COMMANDS: tuple[Command[NoticesPlace], ...] = (
    BackToPanels("open-notices", "L"),
    GoThere(),
    *steps("notice", page_down=("space",)),
    *ends("newest notice", "oldest notice"),
    *OVER_PANELS_COMMANDS,
)
