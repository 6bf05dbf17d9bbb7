"""The list of all things: however many there are, only the lines in sight are ever made."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from textual import events
from textual.message import Message

from jobs_tui.engine.fleet.fleet import Fleet
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
from jobs_tui.ui.widgets.things_in_order import ThingsInOrder

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
    marked: Collection[str] = ()
    """The things of which executions are marked: best a set, too."""
    focused: bool = True
    """Whether the keys go to the list."""


class FleetList(LineWidget):
    """Lines of things, with a cursor.

    Draw it by `show` after each change of the fleet and each movement.
    """

    class Clicked(Message):
        """A thing was clicked; the cursor is on it."""

        def __init__(self, thing_name: str, *, twice: bool = False) -> None:
            super().__init__()
            self.twice = twice
            self.thing_name = thing_name

    class Scrolled(Message):
        """The wheel was turned, and the window has moved."""

    def __init__(
        self,
        fleet: Fleet,
        things: ThingsInOrder,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._fleet = fleet
        self._things = things
        self._moment: Moment | None = None
        self._longest_name = self._usual_name = 0
        self._measure()

    @property
    def heading(self) -> Line:
        """What the columns are."""
        return heading_line(self._columns(), self._things.order_words)

    def show(self, moment: Moment) -> None:
        """Draw what is in sight; lines that say the same as before are not painted."""
        self._moment = moment
        height = self.size.height or self.app.size.height
        self._things.settle(moment.monotonic, height, focused=moment.focused)
        self._draw(moment)

    def relist(self) -> None:
        """Take up at once that there are other things."""
        self._measure()
        self._things.filter_again()
        self.show_again()

    def show_again(self) -> None:
        """Take up at once what is wanted now."""
        if self._moment is not None:
            self.show(self._moment)

    def on_resize(self) -> None:
        """Draw it at its size."""
        self.show_again()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the line that was clicked."""
        in_sight = self._things.in_sight
        if event.y < len(in_sight):
            self._things.select(in_sight[event.y])
            self.post_message(self.Clicked(in_sight[event.y], twice=event.chain > 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go some lines down."""
        self._turned(event, WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go some lines up."""
        self._turned(event, -WHEEL_LINES)

    def _turned(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        if self._things.scroll(by):
            self.post_message(self.Scrolled())

    def _measure(self) -> None:
        lengths = sorted(map(len, self._fleet.thing_names)) or [0]
        self._longest_name = lengths[-1]
        self._usual_name = lengths[len(lengths) * (USUAL - 1) // USUAL]

    def _draw(self, moment: Moment) -> None:
        things, shown = self._things, self._columns()
        if not things.count:
            self.show_lines([nothing_line(things.wanted, len(self._fleet), self._width)])
            return
        selected, thumb = things.selected, things.thumb
        self.show_lines(
            [
                thing_line(
                    self._fleet.standing(name),
                    moment.recency_of(name),
                    moment.service_now,
                    shown,
                    Marks(
                        name == selected,
                        moment.focused,
                        name in moment.pinned,
                        y in thumb,
                        name in moment.marked,
                    ),
                )
                for y, name in enumerate(things.in_sight)
            ]
        )

    def _columns(self) -> Columns:
        return columns(self._width, self._usual_name, self._longest_name)

    @property
    def _width(self) -> int:
        return self.size.width or self.app.size.width
