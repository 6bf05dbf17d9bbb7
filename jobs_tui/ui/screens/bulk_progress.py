"""How a change of many executions goes: a bar, and what came of each."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from jobs_tui.engine.bulk_run import BulkRun
from jobs_tui.engine.engine import Engine
from jobs_tui.ui.commands.bulk import BULK_COMMANDS
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.screens.drawn_seldom import DrawnSeldom
from jobs_tui.ui.screens.help import HelpScreen
from jobs_tui.ui.screens.open_change import open_change
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.views.bars import Notice, notice_line
from jobs_tui.ui.views.bulk import progress_line, result_line, run_title, run_words

NOTES = (
    "No outcome stops the others. What is in doubt is settled after this is closed, too.",
    "The journal (J in the panels) keeps each change and what became of it.",
)
NOTHING_SENT = "nothing was sent for this one"


class BulkProgressScreen(DrawnSeldom, CommandScreen):
    """Sends what was planned as soon as it is shown; closed, it begins no more."""

    COMMAND_LIST = BULK_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(BULK_COMMANDS)
    CSS = "BulkProgressScreen #progress { height: 1; }"

    def __init__(self, engine: Engine, run: BulkRun) -> None:
        super().__init__()
        self.engine = engine
        self._run = run
        self._at = 0
        self._notice: Notice | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield LineWidget(id="header")
        yield LineWidget(id="progress")
        yield LineWidget(id="text")
        yield LineWidget(id="notice")
        yield LineWidget(id="footer")

    def on_mount(self) -> None:
        """Begin, and follow what becomes of it."""
        self.engine.store.subscribe(self._heard)
        self.run_worker(self._send(), exclusive=True)

    def on_unmount(self) -> None:
        """Nothing is begun that nobody sees."""
        self._run.stop()
        self.engine.store.unsubscribe(self._heard)

    def on_resize(self) -> None:
        """Draw it at its size."""
        self.show()

    def on_screen_resume(self) -> None:
        """Show what a dialog over it has brought about."""
        self.show()

    @property
    def goes_on(self) -> bool:
        """Whether more will be begun."""
        return not (self._run.ended or self._run.stopped)

    @property
    def under_way(self) -> bool:
        """Whether something was begun of which nothing was heard yet."""
        return not self._run.ended

    @property
    def page(self) -> int:
        """How many rows show at once."""
        return max(1, self.query_one("#text", LineWidget).size.height)

    def steps_to(self, y: int) -> int | None:
        """How many rows from that with the cursor to that on a line, if there is one."""
        at = max(0, self._at - self.page + 1) + y
        return at - self._at if at < len(self._run.rows) else None

    def move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._at = max(0, min(len(self._run.rows) - 1, self._at + by))
        self._notice = None
        self.show()

    def stop(self) -> None:
        """Begin no more."""
        self._run.stop()
        self._notice = None
        self.show()

    def open(self) -> None:
        """Tell everything about the change that the cursor is on."""
        change = self._run.rows[self._at].change
        if change is not None:
            open_change(self.app, self.engine, change)
        else:
            self.notice(Notice(NOTHING_SENT, "warning"))

    def open_help(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(HelpScreen(partial(self.help_text, "A change of many", NOTES)))

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        self._notice = notice
        self.show()

    def back(self) -> None:
        """Return to the panels."""
        self.dismiss()

    def show(self) -> None:
        """Draw as much of the list as fits, the cursor in it."""
        if not (self.is_mounted and self.is_open):
            return
        width, rows = self.size.width, self._run.rows
        self.query_one("#header", LineWidget).show_lines([run_title(self._run, rows, width)])
        self.query_one("#progress", LineWidget).show_lines([progress_line(rows, width)])
        begin = max(0, self._at - self.page + 1)
        stopped = self._run.stopped
        lines = [
            result_line(row, width, selected=begin + index == self._at, stopped=stopped)
            for index, row in enumerate(rows[begin : begin + self.page])
        ]
        self.query_one("#text", LineWidget).show_lines(lines)
        notice = self._notice or Notice(run_words(self._run, rows))
        self.query_one("#notice", LineWidget).show_lines([notice_line(notice, width)])
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])

    async def _send(self) -> None:
        await self._run.run()
        self.show()

    def _heard(self, thing_name: str | None) -> None:
        del thing_name
        self.show_soon()
