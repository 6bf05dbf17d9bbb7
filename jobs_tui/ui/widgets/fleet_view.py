"""All things at a glance: what they come to, and the list of them with its filter."""

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.engine.fleet.fleet import Fleet
from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.engine.refreshing.forecast import Round
from jobs_tui.engine.store import Store
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.views.fleet import Recency
from jobs_tui.ui.views.fleet_totals import bar_line, totals_line
from jobs_tui.ui.views.panel import Freshness
from jobs_tui.ui.widgets.filter_field import FilterField
from jobs_tui.ui.widgets.fleet_list import FleetList, Moment
from jobs_tui.ui.widgets.things_in_order import ThingsInOrder

if TYPE_CHECKING:
    # in their own order, unless somebody chooses another one
    from jobs_tui.ui.views.orders import Order


class FleetView(Vertical):
    """The line of totals, the bar, the heading or in its place the filter, and the list."""

    DEFAULT_CSS = """
    FleetView {
        #totals { height: 2; }
        #heading, #filter { height: 1; }
        FleetList { height: 1fr; }
    }
    """

    class Touched(Message):
        """The cursor was moved by the mouse, or the filter was changed: draw it again."""

        def __init__(self, *, clicked: bool = False, twice: bool = False) -> None:
            super().__init__()
            self.twice = twice
            self.clicked = clicked
            """Whether a thing was clicked, so that the keys are to go to the list."""

    def __init__(self, store: Store, limits: AttentionLimits, *, id: str = "fleet") -> None:  # noqa: A002
        super().__init__(id=id)
        self._store = store
        self.fleet = Fleet(store, limits)
        self.list = ThingsInOrder(self.fleet)
        self._lines = FleetList(self.fleet, self.list)
        self._totals = LineWidget(id="totals")
        self._heading = LineWidget(id="heading")
        self._field = FilterField(id="filter")
        self._field.display = False

    def compose(self) -> ComposeResult:
        """From top to bottom; the filter takes the place of the heading, so that nothing shifts."""
        yield self._totals
        yield self._heading
        yield self._field
        yield self._lines

    @property
    def selected(self) -> str | None:
        """The thing that the cursor is on; None where nothing matches the filter."""
        return self.list.selected

    @property
    def page(self) -> int:
        """How many lines a page moves."""
        return self.list.page

    @property
    def wanted(self) -> FleetFilter:
        """Which things are shown."""
        return self.list.wanted

    @property
    def order(self) -> "Order":
        """What the things are sorted by."""
        return self.list.order

    @order.setter
    def order(self, order: "Order") -> None:
        self.list.order = order

    @property
    def urgent_things(self) -> int:
        """How many things need a person, shown or not."""
        return sum(count for need, count in self.fleet.totals.by_need.items() if need.urgent)

    @property
    def typing(self) -> bool:
        """Whether the keys go into the filter."""
        return self._field.open

    def due(self, monotonic: float) -> bool:
        """Whether there is something to draw even though nothing came in."""
        come = self.fleet.next_change <= self._store.service_now()
        return come or self.list.due_at <= monotonic

    def move(self, by: int, *, within: bool = True) -> bool:
        """Move the cursor by so many lines; tells whether it moved."""
        return self.list.move(by, within=within)

    def reveal(self, thing_name: str) -> None:
        """Put the cursor on a thing, and show everything if it is filtered out."""
        if not self.list.select(thing_name):
            self.clear_filter()
            # from now and not only from the next drawing on
            self._lines.show_again()
            self.list.select(thing_name)

    def hold(self) -> None:
        """Keep the cursor on its thing from now on: somebody is about to do something with it."""
        self.list.hold()

    def select_next_urgent(self) -> bool:
        """Go on to the next thing that needs a person; tells whether there is one in the list."""
        return self.list.select_next_urgent()

    def open_filter(self) -> None:
        """Take what is typed as the filter from now on."""
        if not self.typing:
            self.list.begin_search()
        self._field.begin()
        self._show_filter()

    def toggle_urgent(self) -> bool:
        """Show only what needs a person, or everything again; tells which."""
        wanted = self.wanted
        self.list.wanted = wanted._replace(urgent=not wanted.urgent)
        return self.list.wanted.urgent

    def clear_filter(self) -> bool:
        """Show everything again; tells whether there was a filter."""
        filtered = not self.wanted.empty
        self.list.wanted = FleetFilter()
        return filtered

    def relist(self) -> None:
        """Take up at once that there are other things."""
        self.fleet.update()
        self._lines.relist()

    def show(
        self,
        freshness_of: Callable[[str], Freshness],
        first_round: Round | None,
        *,
        pinned: Collection[str],
        marked: Collection[str] = (),
        focused: bool,
        monotonic: float,
    ) -> None:
        """Reckon what changed and draw what is in sight; unchanged lines are not painted.

        Args:
            freshness_of: asked for the things in sight only.
            first_round: how far it is, while it goes on.
            pinned: the things that are kept in view.
            marked: the things of which executions are marked.
            focused: whether the keys go to the list.
            monotonic: seconds that only ever grow.
        """
        self.fleet.update()
        recency_of = partial(self._recency, freshness_of)
        now = self._store.service_now()
        self._lines.show(
            Moment(recency_of, now, monotonic, frozenset(pinned), frozenset(marked), focused)
        )
        shown = None if self.wanted.empty else self.list.count
        width, totals = self.size.width or self.app.size.width, self.fleet.totals
        self._totals.show_lines(
            [totals_line(totals, first_round, shown, width), bar_line(totals.by_need, width - 1)]
        )
        self._heading.show_lines([self._lines.heading])
        self._show_filter()

    def _show_filter(self) -> None:
        filtered = self.typing or not self.wanted.empty
        self._field.show(self.wanted)
        self._field.display = filtered
        self._heading.display = not filtered

    def _recency(self, freshness_of: Callable[[str], Freshness], thing_name: str) -> Recency:
        freshness, state = freshness_of(thing_name), self._store.thing(thing_name)
        return Recency(
            state.answered_at,
            freshness.live_for,
            freshness.paused,
            freshness.interval,
            state.earlier_run,
        )

    @on(FilterField.Clicked)
    def _field_clicked(self, event: FilterField.Clicked) -> None:
        event.stop()
        self.open_filter()

    @on(FilterField.Changed)
    def _typed(self, event: FilterField.Changed) -> None:
        event.stop()
        self.list.wanted = self.wanted._replace(text=event.text)
        self.post_message(self.Touched())

    @on(FilterField.Kept)
    def _kept(self, event: FilterField.Kept) -> None:
        event.stop()
        self.list.end_search(kept=True)
        self.post_message(self.Touched())

    @on(FilterField.Cleared)
    def _cleared(self, event: FilterField.Cleared) -> None:
        event.stop()
        self.list.end_search(kept=False)
        self.list.wanted = FleetFilter(urgent=self.wanted.urgent)
        self.post_message(self.Touched())

    @on(FleetList.Clicked)
    def _clicked(self, event: FleetList.Clicked) -> None:
        event.stop()
        self.post_message(self.Touched(clicked=True, twice=event.twice))

    @on(FleetList.Scrolled)
    def _scrolled(self, event: FleetList.Scrolled) -> None:
        event.stop()
        self.post_message(self.Touched())
