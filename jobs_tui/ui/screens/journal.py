"""The journal: every change of every instance on this machine, and what became of it."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from jobs_tui.engine.change import Change
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.journal import JOURNAL_COMMANDS
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.screens.help import HelpScreen
from jobs_tui.ui.screens.open_change import open_change
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Piece, line
from jobs_tui.ui.views.bars import Notice, notice_line
from jobs_tui.ui.views.journal import journal_line, journal_title

MOST = 1000
"""How many of the latest changes are shown."""

LOOK_AGAIN_SECONDS = 1.0

NOTES = (
    "What is open: Enter shows it, and sends or drops it by a button.",
    "The same list, for programs too: jobs-tui journal --json",
)


class JournalScreen(CommandScreen):
    """A list with a cursor; Enter tells everything about a change, and what can be done."""

    COMMAND_LIST = JOURNAL_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(JOURNAL_COMMANDS)

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        # until it is read, so that a key that comes at once finds what it is for
        self._read: Sequence[Change] = tuple(reversed(engine.store.changes))
        self._problem = ""
        self._at = 0
        self._notice: Notice | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield LineWidget(id="header")
        yield LineWidget(id="text")
        yield LineWidget(id="notice")
        yield LineWidget(id="footer")

    def on_mount(self) -> None:
        """Read it, and follow what happens meanwhile."""
        self.read_again()
        self.set_interval(LOOK_AGAIN_SECONDS, self.read_again)

    def on_resize(self) -> None:
        """Draw it at its size."""
        self.show()

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

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        self._notice = notice
        self.show()

    def back(self) -> None:
        """Return to the panels."""
        self.dismiss()

    def open_help(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(HelpScreen(partial(self.help_text, "The journal", NOTES)))

    def show(self) -> None:
        """Draw as much of the list as fits, the cursor in it."""
        if not self.is_open:
            return
        width, now = self.size.width, self.engine.store.service_now()
        title = journal_title(len(self._read), width, self._problem)
        self.query_one("#header", LineWidget).show_lines([title])
        begin = max(0, self._at - self.page + 1)
        shown = self._read[begin : begin + self.page]
        lines = [
            journal_line(change, now, width, selected=begin + index == self._at)
            for index, change in enumerate(shown)
        ]
        empty = [line(Piece("  No change was asked for yet", "dim"))]
        self.query_one("#text", LineWidget).show_lines(lines or empty)
        self.query_one("#notice", LineWidget).show_lines([notice_line(self._notice, width)])
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])

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
