"""The main screen: header, panels, what is selected and what was changed, status line, footer."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.context import Context
from jobs_tui.engine.store import Connected
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.screens.watching_screen import WatchingScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.views.bars import (
    Modes,
    Notice,
    Pace,
    header_line,
    notice_line,
    rule,
    waiting_words,
)
from jobs_tui.ui.views.changes import change_lines, notice_of
from jobs_tui.ui.views.panel import Freshness
from jobs_tui.ui.views.rows import Row
from jobs_tui.ui.widgets.panel_board import PanelBoard, ThingPanel

if TYPE_CHECKING:
    from jobs_tui.ui.widgets.selection_pane import SelectionPane

FLUSH_SECONDS = 0.1
"""The screen takes what is dirty at most ten times a second."""

TICK_SECONDS = 1.0
"""How often ages are looked at; only those whose words change are painted."""

SELECTION_SECONDS = 0.2
"""How long the cursor rests on a row before its details are read."""

WIDE = 120
"""Columns from which on the selected execution is shown beside the panels."""

PANELS_NEED = 80
"""Columns in which a panel shows everything."""

PANE_MAX = 90

HIGH = 36
"""Lines from which on the latest changes are shown below them."""

CHANGES_LINES = 8

NOTES = (
    "Letters open or choose; only Enter in a dialog sends. Nothing is sent by a single key.",
    "Pending lists hold 10 executions at most; the service has no way to ask for more.",
)


class CockpitScreen(WatchingScreen):
    """Draws the store and opens the dialogs; knows no more of the service than the engine tells."""

    COMMAND_LIST = COCKPIT_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COCKPIT_COMMANDS)

    def __init__(
        self,
        context: Context,
        things: tuple[str, ...],
        others: tuple[str, ...] = (),
    ) -> None:
        super().__init__(context, things, others)
        self._notice: Notice | None = None
        self._board = PanelBoard(self.engine.store, self.engine.attention)
        self._pane: SelectionPane | None = None
        self._changes: LineWidget | None = None
        self._flush_due = False
        self._flushed_at = float("-inf")
        self._announced: dict[int, ChangeState] = {}

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield LineWidget(id="header")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield self._board
                if self.app.size.height >= HIGH:
                    self._changes = LineWidget(id="changes")
                    yield self._changes
            if self.app.size.width >= WIDE:
                self._pane = self._new_pane()
                yield self._pane
        yield LineWidget(id="notice")
        yield LineWidget(id="footer")

    def on_mount(self) -> None:
        """Follow the store and the clock; the first frame has all there is already."""
        self.engine.store.subscribe(self._dirty)
        self.set_interval(TICK_SECONDS, self.flush)
        self.flush()

    def on_resize(self) -> None:
        """Choose what there is room for, and draw it."""
        if self.size.width >= WIDE and self._pane is None:
            self._pane = self._new_pane()
            self.query_one("#middle").mount(self._pane)
        if self._pane is not None:
            self._pane.display = self.size.width >= WIDE
            self._pane.styles.width = pane_width(self.size.width)
        if self.size.height >= HIGH and self._changes is None:
            self._changes = LineWidget(id="changes")
            self.query_one("#left").mount(self._changes)
        elif self._changes is not None:
            self._changes.display = self.size.height >= HIGH
        self.call_after_refresh(self.flush)

    def on_screen_resume(self) -> None:
        """Show what changed while another screen was over this one."""
        self.flush()

    @property
    def thing_name(self) -> str:
        """The thing whose panel has the focus."""
        return self._board.thing_name

    @property
    def selected_row(self) -> Row | None:
        """The row that the cursor is on."""
        return self._board.selected_row

    def move_row(self, by: int, *, within: bool = False) -> None:
        """Move the cursor by so many rows."""
        if self._board.move_row(by, within=within):
            self.flush()

    def move_panel(self, by: int) -> None:
        """Move the focus by so many panels."""
        self._board.move_panel(by)
        self.flush()

    def open_execution(self, row: Row, *, document_only: bool) -> None:
        """Show an execution, or only its job document."""
        from jobs_tui.ui.screens import open_row  # noqa: PLC0415 - on first use

        open_row.open_execution(self.app, self.engine, row, document_only=document_only)

    def open_start_next(self) -> None:
        """Ask for the parameters of StartNextPendingJobExecution."""
        from jobs_tui.ui.screens import open_row  # noqa: PLC0415 - on first use

        open_row.open_start_next(self.app, self.engine, self.thing_name)

    def open_change_status(self, row: Row) -> None:
        """Ask for the parameters of UpdateJobExecution."""
        from jobs_tui.ui.screens import open_row  # noqa: PLC0415 - on first use

        open_row.open_change_status(self.app, self.engine, row)

    def open_journal(self) -> None:
        """Show every change and what became of it."""
        from jobs_tui.ui.screens.journal import JournalScreen  # noqa: PLC0415 - on first use

        self.app.push_screen(JournalScreen(self.engine))

    def _open_change(self, change: Change) -> None:
        from jobs_tui.ui.screens.open_change import open_change  # noqa: PLC0415 - on first use

        open_change(self.app, self.engine, change)

    def open_help(self) -> None:
        """Show the keys of this screen."""
        from jobs_tui.ui.screens.help import HelpScreen  # noqa: PLC0415 - on first use

        self.app.push_screen(HelpScreen(partial(self.help_text, "Keys", NOTES)))

    def open_palette(self) -> None:
        """Show the command palette."""
        self.app.action_command_palette()

    def repaint(self) -> None:
        """Send the whole screen again."""
        self.refresh(repaint=True, layout=True)

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line; it stays until the next one."""
        self._notice = notice
        self._show_bars()

    def show_pace(self) -> None:
        """Draw header and panels again."""
        self.flush()

    def flush(self) -> None:
        """Draw what the store holds; unchanged lines are not painted."""
        self._flush_due = False
        self._flushed_at = self.engine.clock.monotonic()
        if not self.is_current:
            return
        self._announce()
        refresher, store = self.engine.refresher, self.engine.store
        live_for = 2 * refresher.interval + 3
        source = store.link.source if isinstance(store.link, Connected) else ""
        self._board.show(
            Freshness(
                store.service_now(), refresher.paused, live_for, source, self._waiting_words()
            )
        )
        if self._pane is not None and self._pane.display:
            self._pane.show()
        if self._changes is not None and self._changes.display:
            lines = change_lines(store.changes, store.service_now(), CHANGES_LINES - 1)
            title = rule("changes of this run", self._board.size.width)
            self._changes.show_lines([title, *lines])
        self._show_bars()

    @on(ThingPanel.Clicked)
    def _clicked(self, event: ThingPanel.Clicked) -> None:
        self._board.select(event.thing_name, event.key)
        self.flush()

    @on(PanelBoard.SelectionChanged)
    def _selected(self, event: PanelBoard.SelectionChanged) -> None:
        if self._pane is not None:
            self._pane.follow(event.row)
        if event.row is not None and not event.row.left:
            self.run_worker(self._read_selected(event.row), group="selection", exclusive=True)

    async def _read_selected(self, row: Row) -> None:
        await self.engine.clock.sleep(SELECTION_SECONDS)
        document = self._pane is not None and self._pane.wants_document(row)
        outcome = await self.engine.describe(row.request(document=document))
        if self._pane is not None:
            self._pane.tell(outcome if isinstance(outcome, Failure) else None)

    def _new_pane(self) -> "SelectionPane":
        from jobs_tui.ui.widgets.selection_pane import (  # noqa: PLC0415 - only where it shows
            SelectionPane,
        )

        pane = SelectionPane(self.engine.store)
        pane.styles.width = pane_width(self.app.size.width)
        row = self.selected_row
        pane.follow(row)
        if row is not None and not row.left:
            self.run_worker(self._read_selected(row), group="selection", exclusive=True)
        return pane

    def _dirty(self, thing_name: str | None) -> None:
        del thing_name
        if not self._flush_due:
            self._flush_due = True
            rest = self._flushed_at + FLUSH_SECONDS - self.engine.clock.monotonic()
            self.set_timer(max(0.001, rest), self.flush)

    def _announce(self) -> None:
        for change in self.engine.store.changes:
            if self._announced.get(change.number) is not change.state:
                self._announced[change.number] = change.state
                self._notice = notice_of(change)
                if change.state is ChangeState.LEFT:
                    # what an earlier run left is asked about, once
                    self.call_after_refresh(self._open_change, change)

    def _waiting_words(self) -> str:
        return waiting_words(self.engine.store.link, self.engine.clock.monotonic())

    def _show_bars(self) -> None:
        width = self.app.size.width
        budget, refresher, store = self.engine.budget, self.engine.refresher, self.engine.store
        pace = Pace(
            budget.calls_per_second,
            budget.limit,
            throttled=budget.rate < budget.limit,
            paused=refresher.paused,
            interval=refresher.interval,
        )
        modes = Modes(self.engine.read_only, self.engine.recorded, store.journal_problem)
        waits_for = self._waiting_words()
        header = header_line(
            self.context.caption, store.link, waits_for, pace, modes, store.clock_offset, width
        )
        self.query_one("#header", LineWidget).show_lines([header])
        self.query_one("#notice", LineWidget).show_lines([notice_line(self._notice, width)])
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])


def pane_width(width: int) -> int:
    """Columns for the selected execution: what the panels can spare, up to what it needs."""
    return min(PANE_MAX, width - PANELS_NEED)
