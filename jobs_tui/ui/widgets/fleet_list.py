"""The list of all things: however many there are, only the lines in sight are ever made."""

from collections.abc import Callable, Collection
from typing import NamedTuple

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

RecencyOf = Callable[[str], Recency]
"""How recent what is known of a thing is; asked for the things in sight only."""

WHEEL_LINES = 3


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
    the top again. Before anybody has chosen a thing the cursor is on the first one, until that is
    one that needs a person.
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
        self._calm = CalmOrder()
        self._window = ListWindow()
        self._moment: Moment | None = None
        self._longest_name = max(map(len, fleet.thing_names), default=0)

    @property
    def wanted(self) -> FleetFilter:
        """Which things are shown."""
        return self._wanted

    @wanted.setter
    def wanted(self, wanted: FleetFilter) -> None:
        self._filtered |= wanted != self._wanted
        self._wanted = wanted

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
        return heading_line(self._columns())

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
        self._draw(moment)

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
        selected = window.selected
        stays = self._chosen or (selected and fleet.standing(selected).need.urgent)
        if self._filtered:
            window.narrow(fleet.shown(self._wanted))
        elif monotonic >= self._calm.due_at(fleet.version, fleet.urgent_version):
            window.take(fleet.shown(self._wanted))
        else:
            return
        self._filtered = False
        self._calm.take(fleet.version, fleet.urgent_version, monotonic)
        if not stays:
            window.go_first()
        if not self._searching:
            window.forget()

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
        return columns(self._width, self._longest_name)

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
