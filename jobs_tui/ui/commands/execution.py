"""What one can do while an execution or its document is open."""

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.moving_in_list import ends, steps
from jobs_tui.ui.commands.place import ExecutionPlace

NO_DOCUMENT = "there is no document yet"


class _OfDocument(Command[ExecutionPlace]):
    """A command that needs a document."""

    def why_not(self, place: ExecutionPlace) -> str | None:
        """It waits for the read."""
        return None if place.document_read else NO_DOCUMENT


class Back(Command[ExecutionPlace]):
    """Go back to the panels."""

    keys = ("escape", "q")
    shown_keys = "esc q"
    name = "Back"
    hint = "back"

    def run(self, place: ExecutionPlace) -> None:
        """Close the screen."""
        place.back()


class ToggleRaw(_OfDocument):
    """Show the document as received, or indented."""

    keys = ("t",)
    name = "Raw or indented"
    hint = "raw"

    def run(self, place: ExecutionPlace) -> None:
        """Switch."""
        place.toggle_raw()


class ToggleMask(_OfDocument):
    """Show or hide the secrets of presigned URLs."""

    keys = ("u",)
    name = "Show or hide secrets"
    hint = "secrets"

    def run(self, place: ExecutionPlace) -> None:
        """Switch."""
        place.toggle_mask()


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
    ToggleRaw(),
    ToggleMask(),
    Fetch(),
    ExecutionHelp(),
)
