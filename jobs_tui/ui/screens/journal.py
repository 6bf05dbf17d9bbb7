"""The journal: every change of every instance on this machine, and what became of it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from jobs_tui.engine.change import Change
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.journal import JOURNAL_COMMANDS
from jobs_tui.ui.screens.open_change import open_change
from jobs_tui.ui.screens.reading_screen import ReadingScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.journal import journal_line, journal_title

MOST = 1000
"""How many of the latest changes are shown."""

LOOK_AGAIN_SECONDS = 1.0


class JournalScreen(ReadingScreen):
    """A list with a cursor; Enter tells everything about a change, and what can be done."""

    COMMAND_LIST = JOURNAL_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(JOURNAL_COMMANDS)

    help_title = "The journal"
    help_notes = (
        "What is open: Enter shows it, and sends or drops it by a button.",
        "The same list, for programs too: jobs-tui journal --json",
    )

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        # until it is read, so that a key that comes at once finds what it is for
        self._read: Sequence[Change] = tuple(reversed(engine.store.changes))
        self._problem = ""
        self._at = 0

    def text_parts(self) -> Sequence[Widget]:
        """As many rows as there is room for."""
        return (LineWidget(id="text"),)

    def on_mount(self) -> None:
        """Read it, and follow what happens meanwhile."""
        self.read_again()
        self.set_interval(LOOK_AGAIN_SECONDS, self.read_again)

    def on_screen_resume(self) -> None:
        """Show what a dialog over it has brought about."""
        self.read_again()

    @property
    def changes(self) -> Sequence[Change]:
        """Those that are shown, newest first."""
        return self._read

    @property
    def selected(self) -> Change | None:
        """The one that the cursor is on."""
        return self._read[self._at] if self._read else None

    def read_again(self) -> None:
        """Read what the journal holds now."""
        if self.is_current:
            self.run_worker(self._reading(), exclusive=True)

    def steps_to(self, y: int) -> int | None:
        """How many rows from that with the cursor to that on a line, if there is one."""
        at = max(0, self._at - self.page + 1) + y
        return at - self._at if at < len(self._read) else None

    def move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._at = max(0, min(len(self._read) - 1, self._at + by))
        self.show()

    @property
    def page(self) -> int:
        """How many rows show at once."""
        return max(1, self.query_one("#text", LineWidget).size.height)

    def open(self) -> None:
        """Tell everything about the change that the cursor is on."""
        if (change := self.selected) is not None:
            open_change(self.app, self.engine, change)

    def title_line(self, width: int) -> Line:
        """What it is, or why it cannot be read."""
        return journal_title(len(self._read), width, self._problem)

    def draw_text(self) -> None:
        """Draw as much of the list as fits, the cursor in it."""
        width, now = self.size.width, self.engine.store.service_now()
        begin = max(0, self._at - self.page + 1)
        shown = self._read[begin : begin + self.page]
        lines = [
            journal_line(change, now, width, selected=begin + index == self._at)
            for index, change in enumerate(shown)
        ]
        empty = [line(Piece("  No change was asked for yet", "dim"))]
        self.query_one("#text", LineWidget).show_lines(lines or empty)

    async def _reading(self) -> None:
        try:
            read = await self.engine.journal.latest(MOST)
            self._problem = ""
        except JournalError as error:
            self._problem = error.reason
            read = tuple(reversed(self.engine.store.changes))
        # the cursor may have been moved meanwhile
        selected, self._read = self.selected, read
        if selected is not None:
            numbers = [change.number for change in read]
            self._at = numbers.index(selected.number) if selected.number in numbers else 0
        self.show()
