"""Which things the list has and in which order, where its cursor is, and what of it is in sight."""

from typing import TYPE_CHECKING

from jobs_tui.engine.fleet.fleet import Fleet
from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.ui.widgets.calm_order import CalmOrder
from jobs_tui.ui.widgets.list_window import ListWindow

if TYPE_CHECKING:
    # in their own order, unless somebody chooses another one
    from jobs_tui.ui.views.orders import Order


class ThingsInOrder:
    """Put in order around the cursor as the fleet changes, at the moments that `settle` is told.

    Nothing moves under the cursor: it stays on its thing, and the thing on its line; only when
    nobody has pressed a key for a while does a list that was left at its top show the top again.
    Before anybody has chosen a thing the cursor is on the first one; on one that needs a person it
    stays as long as that is in sight.
    """

    def __init__(self, fleet: Fleet) -> None:
        """All of them, in the order of the fleet."""
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
    def order_words(self) -> str:
        """What the things are sorted by, in words; empty where nobody has chosen it."""
        return self._order.words if self._order else ""

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
    def thumb(self) -> range:
        """The lines beside which the indicator of what is in sight stands."""
        return self._window.thumb

    @property
    def due_at(self) -> float:
        """Monotonic seconds at which `settle` has something to do even if nothing comes in."""
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

    def scroll(self, by: int) -> bool:
        """Move what is in sight by so many lines; tells whether it moved."""
        self._touched = self._chosen = True
        return self._window.scroll(by)

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

    def filter_again(self) -> None:
        """Take up with the next moment, however soon that is, that there are other things."""
        self._filtered = True

    def settle(self, monotonic: float, height: int, *, focused: bool) -> None:
        """Take up what is wanted, and what of the fleet's changes is due at this moment.

        Args:
            monotonic: seconds that only ever grow.
            height: lines in sight.
            focused: whether the keys go to the list; else its cursor is where it is for a reason.
        """
        if self._touched:
            self._calm.touched(monotonic)
            self._touched = False
        self._chosen |= not focused
        self._window.resize(height)
        self._put_in_order(monotonic)
        if self._window.has_left_top and monotonic >= self._calm.left_alone_at:
            self._window.return_to_top()
        if not self._chosen:
            self._choose()

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
