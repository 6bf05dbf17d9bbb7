"""Between header and status line: what is in view there, and where the focus is."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.engine.store import Store
from jobs_tui.ui.widgets.arranged_parts import ArrangedParts
from jobs_tui.ui.widgets.marks import Marks
from jobs_tui.ui.widgets.panel_board import FreshnessOf, PanelBoard
from jobs_tui.ui.widgets.panel_cursor import PanelCursor
from jobs_tui.ui.widgets.panel_rows import PanelRows
from jobs_tui.ui.widgets.thing_panel import ThingPanel

if TYPE_CHECKING:
    # nothing is looked for before the first frame
    from jobs_tui.engine.refreshing.forecast import Round
    from jobs_tui.ui.widgets.bearings import Bearings
    from jobs_tui.ui.widgets.fleet_view import FleetView
    from jobs_tui.ui.widgets.panel_narrowing import PanelNarrowing

PAGE_IN_PANEL = 5
"""Rows that a page moves within a panel."""


class Overview(Widget):
    """The panels, the list of all things, the selection, the changes.

    Where all things fit as panels there is no list, and the focus is always on a panel. Else the
    list has it at first; the thing that its cursor is on and the pinned ones are the panels.
    """

    class Touched(Message):
        """The cursor, or the focus, was moved by the mouse."""

        def __init__(self, *, twice: bool = False) -> None:
            super().__init__()
            self.twice = twice
            """Whether it was a double click on what can be opened."""

    def __init__(self, store: Store, limits: AttentionLimits, room: Size) -> None:
        """Make it for the things of a store; `room` is what it can have of the screen at first."""
        super().__init__(id="overview")
        self._store = store
        self._room = room
        self.thing_names = store.thing_names
        """All things, in view or not."""
        self.marks = Marks()
        """The executions that are marked, also those of things that are not in view."""
        self.rows = PanelRows(store, limits)
        self.cursor = PanelCursor(self.rows.shown_of)
        self._board = PanelBoard(store, self.rows, self.cursor, self.marks)
        self.parts = ArrangedParts(store, limits, self._board, self.cursor)
        self._pinned: tuple[str, ...] = ()
        self._arrange()
        self.in_list = self.has_list
        """Whether the focus is on the list of all things."""
        self.full_screen = False
        """Whether one panel has all the room."""
        self._left_list_full = False
        """Whether the focus goes back to the list with the room of the one panel."""
        self._bearings: Bearings | None = None
        self._narrowing: PanelNarrowing | None = None

    def compose(self) -> ComposeResult:
        """The parts that there is room for."""
        self.follow_list()
        yield from self.parts.placed(full_screen=False)

    def on_resize(self) -> None:
        """Choose what there is room for now."""
        self._room = self.size
        self._rearrange()

    @property
    def has_list(self) -> bool:
        """Whether there is a list of all things."""
        return self.parts.has_list

    @property
    def fleet(self) -> "FleetView | None":
        """The list of all things, where there is one."""
        return self.parts.fleet

    @property
    def in_sight(self) -> tuple[str, ...]:
        """The things of which something shows."""
        fleet = self.fleet
        return self.cursor.thing_names + (fleet.list.in_sight if fleet else ())

    @property
    def bearings(self) -> "Bearings":
        """Where one is, and was."""
        if self._bearings is None:
            from jobs_tui.ui.widgets.bearings import Bearings  # noqa: PLC0415 - on first use

            self._bearings = Bearings(self)
        return self._bearings

    @property
    def panel_narrowing(self) -> "PanelNarrowing":
        """Filter and order of the panels."""
        if self._narrowing is None:
            from jobs_tui.ui.widgets.panel_narrowing import (  # noqa: PLC0415 - on first use
                PanelNarrowing,
            )

            self._narrowing = PanelNarrowing(self.rows, self.cursor, self.screen.mount)
        return self._narrowing

    @property
    def narrowing(self) -> "FleetView | PanelNarrowing":
        """Filter and order of the list, or where the focus is on a panel, of the panels."""
        fleet = self.fleet if self.in_list else None
        return self.panel_narrowing if fleet is None else fleet

    @property
    def filtered(self) -> bool:
        """Whether the list, or where the focus is on a panel, the panels show a part only."""
        return self.rows.filtered or self._list_filtered

    @property
    def _list_filtered(self) -> bool:
        fleet = self.fleet if self.in_list else None
        return fleet is not None and not fleet.wanted.empty

    def open_filter(self) -> None:
        """Take what is typed as the filter of the list, or of the panels where those have it."""
        if not self.in_list:
            self.bearings.trail.jump(self.bearings.spot)
        self.narrowing.open_filter()

    def toggle_urgent(self) -> None:
        """Show only what needs a person where the focus is, or everything again."""
        self.narrowing.toggle_urgent()

    def clear_filter(self) -> None:
        """Show everything where the focus is."""
        if self._list_filtered:
            self.narrowing.clear_filter()
        elif self.rows.filtered:
            self.panel_narrowing.clear_filter()

    @property
    def urgent_things(self) -> int:
        """How many things, or where there is no list of them, rows need a person."""
        from jobs_tui.ui.widgets.next_urgent import count_urgent  # noqa: PLC0415 - on first use

        return count_urgent(self)

    def select_next_urgent(self) -> bool:
        """Go on to the next row that needs a person; tells whether one is shown."""
        from jobs_tui.ui.widgets.next_urgent import (  # noqa: PLC0415 - on first use
            select_next_urgent,
        )

        return select_next_urgent(self)

    def hold(self) -> None:
        """Keep the cursor on the thing that it is on, also if nobody has chosen that."""
        if (fleet := self.fleet) is not None:
            fleet.hold()

    def due(self, monotonic: float) -> bool:
        """Whether there is something to draw though nothing came in, beside ages."""
        return (fleet := self.fleet) is not None and fleet.due(monotonic)

    def move_row(self, by: int, *, within: bool) -> None:
        """Move the cursor by so many rows of the panels, or lines of the list."""
        if not self.in_list:
            self.cursor.move(by, within=within)
        elif (fleet := self.fleet) is not None:
            fleet.move(by)
            self.follow_list()

    def move_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        fleet = self.fleet if self.in_list else None
        self.move_row(by * (fleet.page if fleet else PAGE_IN_PANEL), within=True)

    def move_panel(self, by: int) -> None:
        """Move the focus by so many panels, around the ends; the list counts as the first one."""
        cursor, count = self.cursor, len(self.cursor.thing_names)
        if not self.has_list or self.full_screen:
            cursor.focused = (cursor.focused + by) % count
            return
        at = 0 if self.in_list else cursor.focused + 1
        at = (at + by) % (count + 1)
        self.in_list = at == 0
        cursor.focused = max(0, at - 1)

    def focus_list(self) -> None:
        """Put the focus on the list, where there is one."""
        if self.full_screen:
            self.toggle_full_screen()
        self.in_list = self.has_list
        self.follow_list()

    def focus_panel(self) -> None:
        """Put the focus on the panel of the thing under the cursor."""
        self.in_list = False

    def follow_list(self) -> None:
        """Have the panels of the thing under the cursor of the list, and of the pinned ones."""
        fleet = self.fleet
        if fleet is None:
            self._board.put(self.thing_names)
            return
        # where a filter lets nothing through, the last one stays
        shown = (name for name in self.cursor.thing_names if name in self.thing_names)
        first = fleet.selected or next(shown, self.thing_names[0])
        self._board.put((first, *(name for name in self._pinned if name != first)))
        if self.in_list:
            self.cursor.focused = 0

    def toggle_pin(self) -> bool:
        """Keep the thing in view, or no longer; tells whether it is kept now."""
        name = self.cursor.thing_name
        kept = name not in self._pinned
        rest = tuple(each for each in self._pinned if each != name)
        self._pinned = (*rest, name) if kept else rest
        self._rearrange()
        return kept

    def toggle_full_screen(self) -> None:
        """Give the panel with the focus all the room, or share it out again."""
        self.full_screen = not self.full_screen
        if self.full_screen:
            self._left_list_full = self.in_list
            self.in_list = False
        else:
            self.in_list = self._left_list_full and self.has_list
        self._rearrange()

    def relist(self) -> None:
        """Take up that there are other things to show."""
        self.thing_names = self._store.thing_names
        self._pinned = tuple(name for name in self._pinned if name in self.thing_names)
        self.parts.relist()
        self._rearrange()

    def show(self, freshness: FreshnessOf, first_round: "Round | None", monotonic: float) -> None:
        """Draw all parts from the store; unchanged lines are not painted.

        Args:
            freshness: how fresh the data of a thing is.
            first_round: how far the first round is, while it goes on.
            monotonic: seconds that only ever grow.
        """
        fleet = self.fleet
        if fleet is not None:
            fleet.show(
                freshness,
                first_round,
                pinned=self._pinned,
                marked=self.marks.things,
                focused=self.in_list,
                monotonic=monotonic,
            )
            self.follow_list()
        self._board.show(
            freshness,
            focused=not self.in_list,
            first_fills=self.has_list,
            full=self.full_screen,
        )
        self.parts.show()

    def _arrange(self) -> None:
        self.parts.arrange(self._room, things=len(self.thing_names), pinned=len(self._pinned))

    def _rearrange(self) -> None:
        had_list, focused = self.has_list, self.cursor.thing_name
        self._arrange()
        if self.has_list != had_list:
            self._left_list_full = self.has_list
            self.in_list = self.has_list and not self.full_screen
            if (fleet := self.fleet) is not None:
                fleet.list.select(focused)
        self.follow_list()
        shown = self.parts.placed(full_screen=self.full_screen)
        for part in list(self.children):
            part.display = part in shown
        for part in shown:
            if not part.is_attached:
                self.mount(part)

    def on_fleet_view_touched(self, event: "FleetView.Touched") -> None:
        """The list was clicked, scrolled or filtered."""
        if event.clicked:
            self.focus_list()
        self.post_message(self.Touched(twice=event.twice))

    @on(PanelBoard.Turned)
    def _turned(self, event: PanelBoard.Turned) -> None:
        self.in_list = False
        self.move_row(event.by, within=False)
        self.post_message(self.Touched())

    @on(ThingPanel.Clicked)
    def _clicked(self, event: ThingPanel.Clicked) -> None:
        if event.thing_name not in self.cursor.thing_names:
            return
        self.in_list = False
        self.cursor.select(event.thing_name, event.key)
        self.post_message(self.Touched(twice=event.twice and event.key is not None))
