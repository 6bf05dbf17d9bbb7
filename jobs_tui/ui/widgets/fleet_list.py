"""The list of all things: however many there are, only the lines in sight are ever made."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.message import Message

from jobs_tui.engine.fleet.fleet import Fleet
from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.fleet import (
    Columns,
    Marks,
    Recency,
    columns,
    heading_line,
    nothing_line,
    thing_line,
)
from jobs_tui.ui.widgets.calm_order import CalmOrder
from jobs_tui.ui.widgets.list_window import ListWindow

if TYPE_CHECKING:
    # in their own order, unless somebody chooses another one
    from jobs_tui.ui.views.orders import Order

RecencyOf = Callable[[str], Recency]
"""How recent what is known of a thing is; asked for the things in sight only."""

WHEEL_LINES = 3

USUAL = 20
"""One name in so many may be longer than usual."""


class Moment(NamedTuple):
    """What the list is drawn with, beside the things themselves."""

    recency_of: RecencyOf
    service_now: float
    """Service time, seconds since the epoch."""
    monotonic: float
    """Seconds that only ever grow."""
    pinned: Collection[str] = ()
    """The things that are kept in view: best a set."""
    focused: bool = True
    """Whether the keys go to the list."""


class FleetList(LineWidget):
    """Lines of things in the order of the fleet, with a cursor.

    Draw it by `show` after each change of the fleet and each movement. Nothing moves under the
    cursor: it stays on its thing, and the thing on its line, while the list is put in order around
    it; only when nobody has pressed a key for a while does a list that was left at its top show
    the top again. Before anybody has chosen a thing the cursor is on the first one; on one that
    needs a person it stays as long as that is in sight.
    """

    class Clicked(Message):
        """A thing was clicked; the cursor is on it."""

        def __init__(self, thing_name: str) -> None:
            super().__init__()
            self.thing_name = thing_name

    class Scrolled(Message):
        """The wheel was turned, and the window has moved."""

    def __init__(self, fleet: Fleet, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._fleet = fleet
        self._wanted = FleetFilter()
        self._filtered = True
        """Whether the filter is to be looked at again."""
        self._touched = False
        self._searching = False
        self._chosen = False
        """Whether the thing under the cursor is there for a reason."""
        self._order: Order | None = None
        self._calm = CalmOrder()
        self._window = ListWindow()
        self._moment: Moment | None = None
        self._longest_name = self._usual_name = 0
        self._measure()

    @property
    def wanted(self) -> FleetFilter:
        """Which things are shown."""
        return self._wanted

    @wanted.setter
    def wanted(self, wanted: FleetFilter) -> None:
        self._filtered |= wanted != self._wanted
        self._wanted = wanted

    @property
    def order(self) -> "Order":
        """What the things are sorted by; without a column, by what they need."""
        from jobs_tui.ui.views.orders import Order  # noqa: PLC0415 - where one is chosen

        return self._order or Order()

    @order.setter
    def order(self, order: "Order") -> None:
        self._filtered |= order != self.order
        self._order = order

    @property
    def selected(self) -> str | None:
        """The thing that the cursor is on; None where nothing matches the filter."""
        return self._window.selected

    @property
    def in_sight(self) -> tuple[str, ...]:
        """The things whose lines show."""
        return self._window.in_sight

    @property
    def count(self) -> int:
        """How many things the list has, in sight or not."""
        return len(self._window.names)

    @property
    def page(self) -> int:
        """How many lines a page moves: one stays in sight."""
        return max(1, self._window.height - 1)

    @property
    def heading(self) -> Line:
        """What the columns are."""
        return heading_line(self._columns(), self._order.words if self._order else "")

    @property
    def due_at(self) -> float:
        """Monotonic seconds at which `show` has something to do even if nothing comes in."""
        moments = [self._calm.due_at(self._fleet.version, self._fleet.urgent_version)]
        if self._window.has_left_top:
            moments.append(self._calm.left_alone_at)
        return min(moments)

    def move(self, by: int, *, within: bool = True) -> bool:
        """Move the cursor by so many lines; tells whether it moved.

        Without `within` a step past an end is not taken, so that it can go on elsewhere.
        """
        self._touched = self._chosen = True
        return self._window.move(by, within=within)

    def select(self, thing_name: str) -> bool:
        """Put the cursor on a thing; tells whether it is shown at all."""
        self._touched = self._chosen = True
        return self._window.select(thing_name)

    def hold(self) -> None:
        """Keep the cursor on its thing from now on: somebody is about to do something with it."""
        self._chosen = True

    def select_next_urgent(self) -> bool:
        """Go on to the next thing that needs a person, around the end; tells whether there is."""
        names, at = self._window.names, self._window.at
        for name in (*names[at + 1 :], *names[: at + 1]):
            if self._fleet.standing(name).need.urgent:
                return self.select(name)
        return False

    def begin_search(self) -> None:
        """The filter is going to be changed letter by letter.

        Until the search ends the cursor is put where it would be had the last filter come at once.
        """
        self._searching = self._chosen = True
        self._window.remember()

    def end_search(self, *, kept: bool) -> None:
        """The filter is kept, or given up: then the cursor returns to where it was."""
        self._searching = False
        if kept:
            self._window.forget()
        else:
            self._filtered = True

    def show(self, moment: Moment) -> None:
        """Draw what is in sight; lines that say the same as before are not painted."""
        self._moment = moment
        if self._touched:
            self._calm.touched(moment.monotonic)
            self._touched = False
        self._chosen |= not moment.focused
        self._window.resize(self.size.height or self.app.size.height)
        self._put_in_order(moment.monotonic)
        if self._window.has_left_top and moment.monotonic >= self._calm.left_alone_at:
            self._window.return_to_top()
        if not self._chosen:
            self._choose()
        self._draw(moment)

    def relist(self) -> None:
        """Take up at once that there are other things."""
        self._measure()
        self._filtered = True
        self.show_again()

    def show_again(self) -> None:
        """Take up at once what is wanted now."""
        if self._moment is not None:
            self.show(self._moment)

    def on_resize(self) -> None:
        """Draw it at its size."""
        if self._moment is not None:
            self.show(self._moment)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the line that was clicked."""
        in_sight = self._window.in_sight
        if event.y < len(in_sight):
            self.select(in_sight[event.y])
            self.post_message(self.Clicked(in_sight[event.y]))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go some lines down."""
        self._turned(event, WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go some lines up."""
        self._turned(event, -WHEEL_LINES)

    def _turned(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        self._touched = self._chosen = True
        if self._window.scroll(by):
            self.post_message(self.Scrolled())

    def _put_in_order(self, monotonic: float) -> None:
        fleet, window = self._fleet, self._window
        if self._filtered:
            window.narrow(self._names_shown())
        elif monotonic >= self._calm.due_at(fleet.version, fleet.urgent_version):
            window.take(self._names_shown())
        else:
            return
        self._filtered = False
        self._calm.take(fleet.version, fleet.urgent_version, monotonic)
        if not self._searching:
            window.forget()

    def _measure(self) -> None:
        lengths = sorted(map(len, self._fleet.thing_names)) or [0]
        self._longest_name = lengths[-1]
        self._usual_name = lengths[len(lengths) * (USUAL - 1) // USUAL]

    def _names_shown(self) -> tuple[str, ...]:
        names = self._fleet.shown(self._wanted)
        if self._order is None:
            return names
        from jobs_tui.ui.views.orders import things_in_order  # noqa: PLC0415 - where one is chosen

        return things_in_order(names, self._fleet.standing, self._order)

    def _choose(self) -> None:
        """Put the cursor on the most urgent thing, unless it is on one that needs a person."""
        selected = self._window.selected
        if selected not in self._window.in_sight or (
            selected and not self._fleet.standing(selected).need.urgent
        ):
            self._window.go_first()

    def _draw(self, moment: Moment) -> None:
        window, shown = self._window, self._columns()
        if not window.names:
            width = self._width
            self.show_lines([nothing_line(self._wanted, len(self._fleet), width)])
            return
        selected = window.selected
        thumb = thumb_of(window.top, window.height, len(window.names))
        self.show_lines(
            [
                thing_line(
                    self._fleet.standing(name),
                    moment.recency_of(name),
                    moment.service_now,
                    shown,
                    Marks(name == selected, moment.focused, name in moment.pinned, y in thumb),
                )
                for y, name in enumerate(window.in_sight)
            ]
        )

    def _columns(self) -> Columns:
        return columns(self._width, self._usual_name, self._longest_name)

    @property
    def _width(self) -> int:
        return self.size.width or self.app.size.width


def thumb_of(top: int, height: int, count: int) -> range:
    """The lines beside which the indicator of what is in sight stands; none if all is."""
    if count <= height:
        return range(0)
    length = max(1, height * height // count)
    free = height - length
    begin = top * free // (count - height)
    if 0 < top < count - height:
        # the ends are told only at the ends
        begin = max(min(1, free - 1), min(begin, free - 1))
    return range(begin, begin + length)
