"""The main screen: header, panels, what is selected and what was changed, status line, footer."""

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size

from jobs_tui.domain.outcome import Failure
from jobs_tui.engine.context import Context
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.command import Command, bindings, key_of
from jobs_tui.ui.screens.opening_screen import OpeningScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.views.bars import Notice, notice_line
from jobs_tui.ui.views.pace import freshness, header
from jobs_tui.ui.views.panel import freshness_words
from jobs_tui.ui.views.rows import Row
from jobs_tui.ui.views.steady import SteadyFigure
from jobs_tui.ui.widgets.overview import Overview
from jobs_tui.ui.widgets.panel_board import PanelBoard

if TYPE_CHECKING:
    # nothing is changed before the first frame
    from jobs_tui.ui.screens.announcing import Announcing

FLUSH_SECONDS = 0.1
"""The screen takes what is dirty at most ten times a second."""

FLOOD = 30
FLOOD_SECONDS = 0.5
"""Where more changes than that come in between, the screen takes them more seldom."""

CALM_SECONDS = 1.0
"""Over a thin line it takes what comes by itself once a second; a key is answered at once."""

TICK_SECONDS = 1.0
"""How often it is looked whether words about the age of data have become wrong."""

AGES_SECONDS = 10.0
"""How often the ages of rows, which are told in minutes, are looked at."""

SELECTION_SECONDS = 0.2
"""How long the cursor rests on a row before its details are read."""

BARS_LINES = 3
"""Header, status line and footer."""


class CockpitScreen(OpeningScreen):
    """Draws the store; knows no more of the service than the engine tells."""

    COMMAND_LIST = COCKPIT_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COCKPIT_COMMANDS)

    def __init__(
        self,
        context: Context,
        things: tuple[str, ...],
        others: tuple[str, ...] = (),
    ) -> None:
        super().__init__(context, things, others)
        self._header: LineWidget | None = None
        self._flush_due = False
        self._heard = 0
        """How often the store told of a change since the screen was drawn."""
        self._pause = FLUSH_SECONDS
        self._told: object = None
        self._steady = SteadyFigure()
        self._flushed_at = float("-inf")
        self._announcing: Announcing | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        size = self.app.size
        room = Size(size.width, max(1, size.height - BARS_LINES))
        self._overview = Overview(self.engine.store, self.engine.attention, room)
        self._header = LineWidget(id="header")
        yield self._header
        yield self._overview
        yield LineWidget(id="notice")
        yield LineWidget(id="footer")

    def on_mount(self) -> None:
        """Follow the store and the clock; the first frame has all there is already."""
        self.engine.store.subscribe(self._dirty)
        self.engine.notices.subscribe(self._noticed)
        self.set_interval(TICK_SECONDS, self._tick)
        self.flush()

    def on_unmount(self) -> None:
        """What is told while the engine ends has no place to be shown any more."""
        self.engine.notices.unsubscribe(self._noticed)

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.call_after_refresh(self.flush)

    def on_screen_resume(self) -> None:
        """Show what changed while another screen was over this one."""
        self.flush()

    def run_command(self, command: Command[Any]) -> None:
        """Do it, or say why not; from now on the cursor stays on the thing that it is on."""
        self._overview.hold()
        super().run_command(command)

    def move_row(self, by: int, *, within: bool = False) -> None:
        """Move the cursor by so many rows."""
        self._overview.move_row(by, within=within)
        self.flush()

    def move_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        self._overview.move_page(by)
        self.flush()

    def move_panel(self, by: int) -> None:
        """Move the focus by so many panels."""
        self._overview.move_panel(by)
        self.flush()

    @property
    def low_bandwidth(self) -> bool:
        """Whether bytes are spared."""
        return self.engine.low_bandwidth

    def save_bandwidth(self, *, on: bool) -> None:
        """Spare bytes from now on, on the screen and on the way to the service, or no more."""
        self.engine.save_bandwidth(on=on)
        # another figure is told from now on
        self._steady = SteadyFigure()
        self.call_next(self.app.run_action, f"save_bandwidth({on})")
        self.call_next(self.flush)

    def offer_low_bandwidth(self) -> None:
        """Tell how to spare bytes, once in this run."""
        words = f"the line is slow: {key_of('save-bandwidth', 'B')} saves bandwidth"
        self.engine.notices.tell(words, "warning", once=words)

    def repaint(self) -> None:
        """Send the whole screen again."""
        self.call_next(self.app.run_action, "repaint")

    def redraw(self) -> None:
        """Draw what has become different."""
        self.flush()

    @property
    def _can_draw(self) -> bool:
        """Whether this is what one sees; its parts come later than it does, and go before it."""
        return self.is_current and self._header is not None and self._header.is_attached

    def flush(self) -> None:
        """Draw what the store holds; unchanged lines are not painted."""
        self._flush_due = False
        self._flushed_at = self.engine.clock.monotonic()
        self._pause = FLOOD_SECONDS if self._heard > FLOOD else FLUSH_SECONDS
        if self.engine.low_bandwidth:
            self._pause = CALM_SECONDS
        self._heard = 0
        self._announce()
        if not self._can_draw:
            return
        self._told = self._fresh_words()
        self._overview.show(
            partial(freshness, self.engine), self.engine.refresher.first_round, self._flushed_at
        )
        self.engine.refresher.look_at(self._overview.in_sight)
        self._show_bars()

    @on(PanelBoard.Resized)
    def _resized(self) -> None:
        self.flush()

    @on(Overview.Touched)
    def _touched(self, event: Overview.Touched) -> None:
        self.flush()
        if event.twice:
            self.action_press("enter")

    def on_panel_filter_touched(self) -> None:
        """Other rows are to be shown."""
        self.flush()

    @on(PanelBoard.SelectionChanged)
    def _selected(self, event: PanelBoard.SelectionChanged) -> None:
        if event.row is not None and event.row.listed:
            self.run_worker(self._read_selected(event.row), group="selection", exclusive=True)

    async def _read_selected(self, row: Row) -> None:
        await self.engine.clock.sleep(SELECTION_SECONDS)
        if not self.engine.store.watches(row.key.thing_name):
            # its panel was closed meanwhile
            return
        selection = self._overview.parts.selection
        document = selection is not None and selection.wants_document(row)
        outcome = await self.engine.describe(row.request(document=document))
        if (selection := self._overview.parts.selection) is not None:
            selection.tell(outcome if isinstance(outcome, Failure) else None)

    def _tick(self) -> None:
        """Draw when words that depend on the time alone have become wrong."""
        if self._flush_due or not self._can_draw:
            return
        now = self.engine.clock.monotonic()
        rested = now - self._flushed_at
        due = rested >= AGES_SECONDS or self._overview.due(now)
        if due or self._fresh_words() != self._told:
            self.flush()
        else:
            self._show_bars()

    def _fresh_words(self) -> object:
        """What time alone can change within a minute, beside the header."""
        store = self.engine.store
        panels = self._overview.cursor.thing_names
        return [freshness_words(store.thing(name), freshness(self.engine, name)) for name in panels]

    def _noticed(self, told: object) -> None:
        del told
        if self._can_draw:
            self._show_bars()

    def _dirty(self, thing_name: str | None) -> None:
        del thing_name
        self._heard += 1
        if not self._flush_due:
            self._flush_due = True
            rest = self._flushed_at + self._pause - self.engine.clock.monotonic()
            self.set_timer(max(0.001, rest), self.flush)

    def _announce(self) -> None:
        if not self.engine.store.changes:
            return
        if self._announcing is None:
            from jobs_tui.ui.screens.announcing import (  # noqa: PLC0415 - where something was changed
                Announcing,
            )

            self._announcing = Announcing(self.engine.store, self.engine.notices)
        for change in self._announcing.tell(covered=not self._can_draw):
            # what an earlier run left is asked about, once
            self.call_after_refresh(self._open_change, change)

    def _show_bars(self) -> None:
        width = self.app.size.width
        line = header(self.engine, self.context.caption, width, self._steady)
        self.query_one("#header", LineWidget).show_lines([line])
        told = self.engine.notices.shown
        notice = Notice(told.text, told.level) if told else None
        shown = notice_line(notice, width)
        if self.marks:
            from jobs_tui.ui.views import marks  # noqa: PLC0415 - where something is marked

            # panels show them all; of a list, most may be out of sight
            things = len(self.marks.things) if self._overview.has_list else 1
            words = marks.marks_words(self.engine.store, self.marks, things)
            shown = marks.beside_notice(shown, words, width)
        self.query_one("#notice", LineWidget).show_lines([shown])
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])
