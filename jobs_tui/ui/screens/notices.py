"""The notices: what the status line has told in this run, also while nobody looked."""

from typing import ClassVar

from textual.binding import BindingType

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.notices import Notice
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.notices import NOTICES_COMMANDS
from jobs_tui.ui.screens.reading_screen import ReadingScreen
from jobs_tui.ui.terminal.line_widgets import LineView
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.notices import notices_rows, notices_title


class NoticesScreen(ReadingScreen):
    """A list that grows at its beginning; what one reads stays where it is."""

    COMMAND_LIST = NOTICES_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(NOTICES_COMMANDS)

    help_title = "Notices"
    help_notes = (
        "The latest 200 of this run; what became of changes is in the journal, for good.",
        "Enter goes to the thing, and to the job while it is still on the screen.",
        "Why a job has left its list is not told: finished, canceled, removed or timed out.",
    )

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._notices = engine.notices
        self._selected: Notice | None = None
        self._at = 0
        self.place: ExecutionKey | None = None
        """Where to go once this is closed."""

    def on_mount(self) -> None:
        """Follow what is told meanwhile."""
        self._notices.subscribe(self._noticed)

    def on_unmount(self) -> None:
        """Follow it no more."""
        self._notices.unsubscribe(self._noticed)

    @property
    def selected(self) -> Notice | None:
        """The notice that the cursor is on."""
        return self._selected

    @property
    def page(self) -> int:
        """How many notices a page moves: as many as lines show, but for one."""
        return max(1, self.query_one(LineView).size.height - 1)

    def steps_to(self, y: int) -> int | None:
        """How many notices from that with the cursor to that on a line, if there is one."""
        view, shown = self.query_one(LineView), self._notices.newest_first
        rows = notices_rows(shown, view.scrollable_content_region.width, self._selected)
        at = y + view.scroll_offset.y
        there = rows[at][1] if at < len(rows) else None
        places = [number for number, each in enumerate(shown) if each is there]
        return places[0] - self._at if places else None

    def move(self, by: int) -> None:
        """Move the cursor by so many notices."""
        shown = self._notices.newest_first
        if not shown:
            return
        self._at = max(0, min(len(shown) - 1, self._at + by))
        self._selected, self._told = shown[self._at], None
        self.show()
        self._bring_into_sight(at_top=abs(by) > 1)

    def go(self) -> None:
        """Close this, and go to what the notice under the cursor is about."""
        if self._selected is not None:
            self.place = self._selected.place
        self.dismiss()

    def title_line(self, width: int) -> Line:
        """What it is, and how many there are."""
        return notices_title(len(self._notices.newest_first), width)

    def draw_text(self) -> None:
        """Draw them; what comes above those that one reads does not move them."""
        shown = self._notices.newest_first
        self._follow(shown)
        view = self.query_one(LineView)
        before = view.virtual_size.height
        rows = notices_rows(shown, view.scrollable_content_region.width, self._selected)
        view.show_lines([each for each, _ in rows])
        if view.scroll_offset.y:
            view.scroll_relative(y=view.virtual_size.height - before, animate=False)

    def _noticed(self, told: object) -> None:
        del told
        self.show()

    def _follow(self, shown: tuple[Notice, ...]) -> None:
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
