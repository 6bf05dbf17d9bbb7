"""The notices: what the status line has told in this run, also while nobody looked."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.notices import Notice as Told
from jobs_tui.engine.notices import Notices
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.notices import NOTICES_COMMANDS
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.screens.help import HelpScreen
from jobs_tui.ui.terminal.line_widgets import LineView, LineWidget
from jobs_tui.ui.views.bars import Notice, notice_line
from jobs_tui.ui.views.notices import notices_rows, notices_title

NOTES = (
    "The latest 200 of this run; what became of changes is in the journal, for good.",
    "Enter goes to the thing, and to the job while it is still on the screen.",
    "A list that a job has left does not tell why: it is finished, canceled, removed or timed out.",
)


class NoticesScreen(CommandScreen, Screen[None]):
    """A list that grows at its beginning; what one reads stays where it is."""

    COMMAND_LIST = NOTICES_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(NOTICES_COMMANDS)

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self._notices = notices
        self._selected: Told | None = None
        self._at = 0
        self._said: Notice | None = None
        self.place: ExecutionKey | None = None
        """Where to go once this is closed."""

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
    def selected(self) -> Told | None:
        """The notice that the cursor is on."""
        return self._selected

    @property
    def page(self) -> int:
        """How many notices a page moves: as many as lines show, but for one."""
        return max(1, self.query_one(LineView).size.height - 1)

    def move(self, by: int) -> None:
        """Move the cursor by so many notices."""
        shown = self._notices.newest_first
        if not shown:
            return
        self._at = max(0, min(len(shown) - 1, self._at + by))
        self._selected, self._said = shown[self._at], None
        self._show()
        self._bring_into_sight(at_top=abs(by) > 1)

    def go(self) -> None:
        """Close this, and go to what the notice under the cursor is about."""
        if self._selected is not None:
            self.place = self._selected.place
        self.dismiss()

    def open_help(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(HelpScreen(partial(self.help_text, "Notices", NOTES)))

    def back(self) -> None:
        """Return to the panels."""
        self.dismiss()

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        self._said = notice
        self._show()

    def _noticed(self, told: object) -> None:
        del told
        self._show()

    def _show(self) -> None:
        if not self.is_open:
            return
        width, shown = self.size.width, self._notices.newest_first
        self._follow(shown)
        self.query_one("#header", LineWidget).show_lines([notices_title(len(shown), width)])
        self.query_one("#notice", LineWidget).show_lines([notice_line(self._said, width)])
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])
        view = self.query_one(LineView)
        before = view.virtual_size.height
        rows = notices_rows(shown, view.scrollable_content_region.width, self._selected)
        view.show_lines([each for each, _ in rows])
        if view.scroll_offset.y:
            view.scroll_relative(y=view.virtual_size.height - before, animate=False)

    def _follow(self, shown: tuple[Told, ...]) -> None:
        """Keep the cursor on its notice, or on the one that was told in its place."""
        if not shown:
            return
        places = [number for number, each in enumerate(shown) if each is self._selected]
        self._at = places[0] if places else min(self._at, len(shown) - 1)
        self._selected = shown[self._at]

    def _bring_into_sight(self, *, at_top: bool) -> None:
        view = self.query_one(LineView)
        width, height = view.scrollable_content_region.width, view.size.height
        rows = notices_rows(self._notices.newest_first, width, self._selected)
        lines = [number for number, (_, notice) in enumerate(rows) if notice is self._selected]
        if not lines:
            return
        # with the newest one, the day that it is of
        first, last = lines[0] if self._at else 0, lines[-1]
        top = view.scroll_offset.y
        if first < top or (last >= top + height and at_top):
            view.scroll_to(y=first, animate=False)
        elif last >= top + height:
            view.scroll_to(y=last - height + 1, animate=False)
