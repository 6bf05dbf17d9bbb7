"""Between header and status line: panels, the list of all things, the selection, the changes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.engine.store import Store
from jobs_tui.ui.views.arrangement import Arrangement, Box, arrange
from jobs_tui.ui.views.rows import Row
from jobs_tui.ui.widgets.changes_part import ChangesPart
from jobs_tui.ui.widgets.marks import Marks
from jobs_tui.ui.widgets.panel_board import FreshnessOf, PanelBoard, ThingPanel

if TYPE_CHECKING:
    from jobs_tui.engine.refreshing.forecast import Round
    from jobs_tui.ui.views.orders import Order
    from jobs_tui.ui.widgets.fleet_view import FleetView
    from jobs_tui.ui.widgets.panel_filter import PanelFilter
    from jobs_tui.ui.widgets.selection_pane import SelectionPane
    from jobs_tui.ui.widgets.trail import Spot, Trail

PAGE_IN_PANEL = 5
"""Rows that a page moves within a panel."""


class Overview(Widget):
    """Arranges the parts of the cockpit, and knows which of them has the focus.

    Where all things fit as panels there is no list, and the focus is always on a panel. Else the
    list has it at first; the thing that its cursor is on and the pinned ones are the panels.
    """

    class Touched(Message):
        """The cursor, or the focus, was moved by the mouse."""

    def __init__(self, store: Store, limits: AttentionLimits, room: Size) -> None:
        """Make it for the things of a store; `room` is what it can have of the screen at first."""
        super().__init__(id="overview")
        self._store = store
        self._limits = limits
        self._names = store.thing_names
        self._board = PanelBoard(store, limits)
        self._fleet: FleetView | None = None
        self._changes: ChangesPart | None = None
        self._selection: SelectionPane | None = None
        self._pinned: tuple[str, ...] = ()
        self._in_list = False
        self._panel_filter: PanelFilter | None = None
        self._trail: Trail | None = None
        self._left_list_full = False
        """Whether the focus goes back to the list with the room of the one panel."""
        self._room = room
        self._arrangement = self._arranged()
        self._in_list = self._arrangement.fleet is not None

    def compose(self) -> ComposeResult:
        """The parts that there is room for."""
        self._place_panels()
        for part, box in self._parts():
            _move(part, box)
            yield part

    def on_resize(self) -> None:
        """Choose what there is room for now."""
        self._room = self.size
        self._rearrange()

    @property
    def thing_name(self) -> str:
        """The thing that commands are about: of the panel with the focus, or under the cursor."""
        return self._board.thing_name

    @property
    def selected_row(self) -> Row | None:
        """The row that the cursor is on."""
        return self._board.selected_row

    @property
    def marks(self) -> Marks:
        """The executions that are marked."""
        return self._board.marks

    @property
    def panel_rows(self) -> tuple[Row, ...]:
        """The rows of the panel in focus, or of the thing under the cursor."""
        return self._board.panel_rows

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows of all panels, from top to bottom."""
        return self._board.all_rows

    @property
    def in_list(self) -> bool:
        """Whether the focus is on the list of all things."""
        return self._in_list

    @property
    def fleet(self) -> "FleetView | None":
        """The list of all things, where there is one."""
        if self._arrangement.fleet is None:
            return None
        if self._fleet is None:
            from jobs_tui.ui.widgets.fleet_view import (  # noqa: PLC0415 - only where it shows
                FleetView,
            )

            self._fleet = FleetView(self._store, self._limits)
        return self._fleet

    @property
    def has_list(self) -> bool:
        """Whether there is a list of all things."""
        return self._arrangement.fleet is not None

    @property
    def filtered(self) -> bool:
        """Whether the list, or where the focus is on a panel, the panels show a part only."""
        if self._board.filtered or not self._in_list:
            return self._board.filtered
        return (fleet := self.fleet) is not None and not fleet.wanted.empty

    @property
    def urgent_things(self) -> int:
        """How many things, or where there is no list of them, rows need a person."""
        if (fleet := self.fleet) is not None:
            return fleet.urgent_things
        return len(self._board.urgent_spots(all_rows=True))

    @property
    def full_screen(self) -> bool:
        """Whether one panel has all the room."""
        return self._board.full

    @property
    def order(self) -> "Order":
        """What the list, or where the focus is on a panel, the panels are sorted by."""
        if self._in_list and (fleet := self.fleet) is not None:
            return fleet.list.order
        return self._board.search.order

    @order.setter
    def order(self, order: "Order") -> None:
        if self._in_list and (fleet := self.fleet) is not None:
            fleet.list.order = order
        else:
            self._board.search.order = order

    @property
    def trail(self) -> "Trail":
        """Where one was."""
        if self._trail is None:
            from jobs_tui.ui.widgets.trail import Trail  # noqa: PLC0415 - on first use

            self._trail = Trail()
        return self._trail

    @property
    def spot(self) -> "Spot":
        """Where the cursor is."""
        return self._board.spot

    @property
    def selection(self) -> "SelectionPane | None":
        """Where the selected execution is shown, where there is room for it."""
        return self._selection if self._arrangement.selection is not None else None

    @property
    def panels(self) -> tuple[str, ...]:
        """The things that are shown as panels."""
        return self._board.thing_names

    @property
    def in_sight(self) -> tuple[str, ...]:
        """The things of which something shows."""
        fleet = self.fleet
        return self._board.thing_names + (fleet.in_sight if fleet else ())

    def hold(self) -> None:
        """Keep the cursor on the thing that it is on, also if nobody has chosen that."""
        if (fleet := self.fleet) is not None:
            fleet.hold()

    def due(self, monotonic: float) -> bool:
        """Whether there is something to draw though nothing came in, beside ages."""
        return (fleet := self.fleet) is not None and fleet.due(monotonic)

    def move_row(self, by: int, *, within: bool) -> None:
        """Move the cursor by so many rows of the panels, or lines of the list."""
        if not self._in_list:
            self._board.move_row(by, within=within)
        elif (fleet := self.fleet) is not None:
            fleet.move(by)
            self._place_panels()

    def move_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        fleet = self.fleet if self._in_list else None
        self.move_row(by * (fleet.page if fleet else PAGE_IN_PANEL), within=True)

    def move_panel(self, by: int) -> None:
        """Move the focus by so many panels, around the ends; the list counts as the first one."""
        count = len(self._board.thing_names)
        if self.fleet is None or self.full_screen:
            self._board.focus_panel((self._board.focused_panel + by) % count)
            return
        at = 0 if self._in_list else self._board.focused_panel + 1
        at = (at + by) % (count + 1)
        self._in_list = at == 0
        self._board.focus_panel(max(0, at - 1))

    def focus_list(self) -> None:
        """Put the focus on the list, where there is one."""
        if self.full_screen:
            self.toggle_full_screen()
        self._in_list = self.has_list
        self._place_panels()

    def focus_panel(self) -> None:
        """Put the focus on the panel of the thing under the cursor."""
        self._in_list = False

    def open_filter(self) -> None:
        """Take what is typed as the filter of the list, or of the panels where those have it."""
        fleet = self.fleet if self._in_list else None
        if fleet is not None:
            fleet.open_filter()
            return
        self.trail.jump(self.spot)
        if self._panel_filter is None:
            from jobs_tui.ui.widgets.panel_filter import PanelFilter  # noqa: PLC0415 - on first use

            self._panel_filter = PanelFilter(self._board)
            self.screen.mount(self._panel_filter)
        self._panel_filter.begin()

    def toggle_urgent(self) -> None:
        """Show only what needs a person where the focus is, or everything again."""
        fleet = self.fleet if self._in_list else None
        if fleet is not None:
            fleet.toggle_urgent()
            return
        wanted = self._board.search.wanted
        self._board.want(wanted._replace(urgent=not wanted.urgent))

    def select_next_urgent(self) -> bool:
        """Go on to the next row that needs a person; tells whether one is shown."""
        before = self.spot
        found = self._select_next_urgent()
        if found and self.spot != before:
            self.trail.jump(before)
        return found

    def _select_next_urgent(self) -> bool:
        fleet = self.fleet
        if fleet is None:
            return self._board.select_next_urgent()
        if not self._in_list and self._board.select_next_urgent(within=True):
            return True
        if not self.full_screen:
            self.focus_list()
        if not fleet.select_next_urgent() or fleet.selected is None:
            return False
        self._place_panels()
        self._board.select_urgent_of(fleet.selected)
        return True

    def clear_filter(self) -> None:
        """Show everything where the focus is."""
        fleet = self.fleet if self._in_list else None
        if fleet is not None and not fleet.wanted.empty:
            fleet.clear_filter()
        elif self._board.filtered:
            self._board.search.origin = None
            self._board.want(type(self._board.search.wanted)())

    def go_to(self, spot: "Spot") -> bool:
        """Put the cursor on a row, and show it if a filter hides it; tells whether it is there.

        In the list that is the thing; its panel shows the row, and has the focus for one.
        """
        if spot.thing_name not in self._names:
            return False
        fleet = self.fleet
        if fleet is not None:
            if not fleet.select(spot.thing_name):
                fleet.show_all()
                fleet.select(spot.thing_name)
            if self.full_screen or spot.key is not None:
                self._in_list = False
            self._place_panels()
        self._board.select(*spot)
        if self._board.shows(spot):
            return True
        self._board.search.origin = None
        self._board.want(type(self._board.search.wanted)())
        self._board.select(*spot)
        return self._board.shows(spot)

    @property
    def neighbour(self) -> str | None:
        """The thing that is under the cursor once the panel with the focus is closed."""
        names = self._board.thing_names
        if self.fleet is not None or len(names) < 2:
            return None
        at = self._board.focused_panel
        return names[at + 1] if at + 1 < len(names) else names[at - 1]

    def relist(self) -> None:
        """Take up that there are other things to show."""
        self._names = self._store.thing_names
        self._pinned = tuple(name for name in self._pinned if name in self._names)
        if self._fleet is not None:
            self._fleet.relist()
        self._rearrange()

    def toggle_full_screen(self) -> None:
        """Give the panel with the focus all the room, or share it out again."""
        self._board.full = not self._board.full
        if self._board.full:
            self._left_list_full = self._in_list
            self._in_list = False
        else:
            self._in_list = self._left_list_full and self.has_list
        self._rearrange()

    def toggle_pin(self) -> bool:
        """Keep the thing in view, or no longer; tells whether it is kept now."""
        name = self.thing_name
        kept = name not in self._pinned
        rest = tuple(each for each in self._pinned if each != name)
        self._pinned = (*rest, name) if kept else rest
        self._rearrange()
        return kept

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
                focused=self._in_list,
                monotonic=monotonic,
            )
            self._place_panels()
        self._board.show(freshness, focused=not self._in_list, first_fills=self.has_list)
        if (selection := self.selection) is not None:
            selection.follow(self.selected_row)
        if self._changes is not None and (box := self._arrangement.changes) is not None:
            self._changes.show(box.width, box.height)

    def _arranged(self) -> Arrangement:
        room = self._room
        return arrange(room.width, room.height, len(self._names), len(self._pinned))

    def _rearrange(self) -> None:
        had_list, focused = self.has_list, self.thing_name
        self._arrangement = self._arranged()
        if self.has_list != had_list:
            self._left_list_full = self.has_list
            self._in_list = self.has_list and not self.full_screen
            if (fleet := self.fleet) is not None:
                fleet.select(focused)
        self._place_panels()
        shown = dict(self._parts())
        for part in list(self.children):
            part.display = part in shown
        for part, box in shown.items():
            _move(part, box)
            if not part.is_attached:
                self.mount(part)

    def _place_panels(self) -> None:
        fleet = self.fleet
        if fleet is None:
            self._board.put(self._names)
            return
        # where a filter lets nothing through, the last one stays
        shown = (name for name in self._board.thing_names if name in self._names)
        first = fleet.selected or next(shown, self._names[0])
        self._board.put((first, *(name for name in self._pinned if name != first)))
        if self._in_list:
            self._board.focus_panel(0)

    def _parts(self) -> Iterator[tuple[Widget, Box]]:
        """The parts that show; those that are wanted for the first time are made."""
        if self.full_screen:
            yield self._board, Box(0, 0, self._room.width, self._room.height)
            return
        arrangement = self._arrangement
        if arrangement.fleet is not None and (fleet := self.fleet) is not None:
            yield fleet, arrangement.fleet
        yield self._board, arrangement.panels
        if arrangement.selection is not None:
            if self._selection is None:
                self._selection = self._new_selection()
            yield self._selection, arrangement.selection
        if arrangement.changes is not None:
            if self._changes is None:
                self._changes = ChangesPart(self._store)
            yield self._changes, arrangement.changes

    def _new_selection(self) -> "SelectionPane":
        from jobs_tui.ui.widgets.selection_pane import (  # noqa: PLC0415 - only where it shows
            SelectionPane,
        )

        pane = SelectionPane(self._store)
        pane.follow(self.selected_row)
        return pane

    def on_fleet_view_touched(self, event: "FleetView.Touched") -> None:
        """The list was clicked, scrolled or filtered."""
        if event.clicked:
            self.focus_list()
        self.post_message(self.Touched())

    @on(ThingPanel.Clicked)
    def _clicked(self, event: ThingPanel.Clicked) -> None:
        if event.thing_name not in self._board.thing_names:
            return
        self._in_list = False
        self._board.select(event.thing_name, event.key)
        self.post_message(self.Touched())


def _move(part: Widget, box: Box) -> None:
    styles = part.styles
    styles.offset = (box.x, box.y)
    styles.width, styles.height = box.width, box.height
