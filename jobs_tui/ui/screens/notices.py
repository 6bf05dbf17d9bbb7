"""The notices: what the status line has told in this run, also while nobody looked."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from jobs_tui.engine.notices import Notices
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.notices import NOTICES_COMMANDS
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.screens.help import HelpScreen
from jobs_tui.ui.terminal.line_widgets import LineView, LineWidget
from jobs_tui.ui.views.bars import Notice, notice_line
from jobs_tui.ui.views.notices import notices_lines, notices_title

NOTES = ("The latest 200 of this run; what became of changes is in the journal, for good.",)


class NoticesScreen(CommandScreen, Screen[None]):
    """A text that grows at its beginning; what one reads stays where it is."""

    COMMAND_LIST = NOTICES_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(NOTICES_COMMANDS)

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self._notices = notices

    def compose(self) -> ComposeResult:
        """Title, text, status line, footer."""
        yield LineWidget(id="header")
        yield LineView(id="text")
        yield LineWidget(id="notice")
        yield LineWidget(id="footer")

    def on_mount(self) -> None:
        """Take the keys, and follow what is told meanwhile."""
        self.query_one(LineView).focus()
        self._notices.subscribe(self._noticed)

    def on_unmount(self) -> None:
        """Follow it no more."""
        self._notices.unsubscribe(self._noticed)

    def on_resize(self) -> None:
        """Draw it at its width."""
        self._show()

    @property
    def page(self) -> int:
        """How many lines of the text a page moves: one less than show."""
        return max(1, self.query_one(LineView).size.height - 1)

    def move(self, by: int) -> None:
        """Move the text by so many lines."""
        self.query_one(LineView).scroll_relative(y=by, animate=False)

    def open_help(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(HelpScreen(partial(self.help_text, "Notices", NOTES)))

    def back(self) -> None:
        """Return to the panels."""
        self.dismiss()

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        self.query_one("#notice", LineWidget).show_lines([notice_line(notice, self.size.width)])

    def _noticed(self, told: object) -> None:
        del told
        self._show()

    def _show(self) -> None:
        if not self.is_open:
            return
        width, shown = self.size.width, self._notices.newest_first
        self.query_one("#header", LineWidget).show_lines([notices_title(len(shown), width)])
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])
        view = self.query_one(LineView)
        before = view.virtual_size.height
        view.show_lines(notices_lines(shown, view.scrollable_content_region.width))
        if view.scroll_offset.y:
            view.scroll_relative(y=view.virtual_size.height - before, animate=False)
