"""What one can do while an execution or its document is open."""

from typing import ClassVar

from jobs_tui.ui.commands.command import Command
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


class Scroll(Command[ExecutionPlace]):
    """A movement of the text."""

    lines: ClassVar[int] = 0
    pages: ClassVar[int] = 0

    def run(self, place: ExecutionPlace) -> None:
        """Move by lines or by pages."""
        if self.lines:
            place.scroll(self.lines)
        else:
            place.scroll_page(self.pages)


class LineDown(Scroll):
    """Scroll one line down."""

    keys = ("down", "j")
    name = "Line down"
    lines = 1


class LineUp(Scroll):
    """Scroll one line up."""

    keys = ("up", "k")
    name = "Line up"
    lines = -1


class PageDown(Scroll):
    """Scroll one page down."""

    keys = ("pagedown", "space")
    shown_keys = "pgdn space"
    name = "Page down"
    pages = 1


class PageUp(Scroll):
    """Scroll one page up."""

    keys = ("pageup",)
    shown_keys = "pgup"
    name = "Page up"
    pages = -1


class Top(Scroll):
    """Go to the first line."""

    keys = ("home", "g")
    name = "First line"
    lines = -(10**7)


class Bottom(Scroll):
    """Go to the last line."""

    keys = ("end", "G")
    name = "Last line"
    lines = 10**7


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
    LineDown(),
    LineUp(),
    PageDown(),
    PageUp(),
    Top(),
    Bottom(),
    ToggleRaw(),
    ToggleMask(),
    Fetch(),
    ExecutionHelp(),
)
