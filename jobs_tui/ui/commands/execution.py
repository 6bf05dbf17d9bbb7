"""What one can do while an execution or its document is open."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.document import DOCUMENT_COMMANDS
from jobs_tui.ui.commands.execution_place import ExecutionPlace
from jobs_tui.ui.commands.moving_in_list import ends, steps
from jobs_tui.ui.commands.over_panels import OVER_PANELS_COMMANDS, OverPanelsPlace
from jobs_tui.ui.commands.taking_out import TAKING_OUT_COMMANDS


class DocumentPlace(ExecutionPlace, OverPanelsPlace, Protocol):
    """The screen that shows one execution and its document, over the panels."""


class Back(Command[ExecutionPlace]):
    """End the search, or go back to the panels."""

    keys = ("escape", "q")
    shown_keys = "esc q"
    name = "Back"
    hint = "back"

    def run(self, place: ExecutionPlace) -> None:
        """Do the one or the other."""
        place.back()


class Fetch(Command[ExecutionPlace]):
    """Fetch it again from the service; presigned URLs are made anew."""

    keys = ("f",)
    name = "Fetch again"
    hint = "fetch again"

    def run(self, place: ExecutionPlace) -> None:
        """Read it again."""
        place.fetch()


EXECUTION_COMMANDS: tuple[Command[DocumentPlace], ...] = (
    Back(),
    *steps("line", page_down=("space",)),
    *ends("first line", "last line"),
    *DOCUMENT_COMMANDS,
    *TAKING_OUT_COMMANDS,
    Fetch(),
    *OVER_PANELS_COMMANDS,
)
