"""What one can do while an execution or its document is open."""

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.document import DOCUMENT_COMMANDS
from jobs_tui.ui.commands.execution_place import ExecutionPlace
from jobs_tui.ui.commands.leaving import Palette
from jobs_tui.ui.commands.moving_in_list import ends, steps
from jobs_tui.ui.commands.taking_out import TAKING_OUT_COMMANDS


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


class ExecutionHelp(Command[ExecutionPlace]):
    """Show the keys of where one is."""

    keys = ("question_mark",)
    shown_keys = "?"
    name = "Help"
    hint = "help"

    def run(self, place: ExecutionPlace) -> None:
        """Open it."""
        place.open_help()


EXECUTION_COMMANDS: tuple[Command[ExecutionPlace], ...] = (
    Back(),
    *steps("line", page_down=("space",)),
    *ends("first line", "last line"),
    *DOCUMENT_COMMANDS,
    *TAKING_OUT_COMMANDS,
    Fetch(),
    Palette(),
    ExecutionHelp(),
)
