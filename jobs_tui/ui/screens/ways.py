"""What leads around on the screen with the panels: jumps, back and forward, sorting, the room."""

from typing import TYPE_CHECKING

from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.screens.sort_menu import SortMenu
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.orders import ROW_COLUMNS, THING_COLUMNS, Order
from jobs_tui.ui.widgets.trail import Spot

if TYPE_CHECKING:
    from jobs_tui.engine.store import Store
    from jobs_tui.ui.screens.opening_screen import OpeningScreen

AS_ROWS_COME = "as the service lists them"
AS_THINGS_COME = "what needs attention first"


class CockpitWays:
    """Acts on the cockpit that it is made for."""

    def __init__(self, screen: "OpeningScreen") -> None:
        self._screen = screen
        self._overview = screen.overview
        self._bearings = screen.overview.bearings

    @property
    def store(self) -> "Store":
        """What there is to go to."""
        return self._screen.engine.store

    @property
    def behind(self) -> bool:
        """Whether one can go back."""
        return self._bearings.trail.behind

    @property
    def ahead(self) -> bool:
        """Whether one can go forward."""
        return self._bearings.trail.ahead

    def go_to(self, spot: Spot) -> None:
        """Jump to a row, or to the panel of a thing; `back` leads here again."""
        here = self._bearings.spot
        if self._arrive(spot) and self._bearings.spot != here:
            self._bearings.trail.jump(here)

    def back(self) -> None:
        """Go to where one was before the latest jump."""
        spot = self._bearings.trail.back(self._bearings.spot)
        if spot is not None:
            self._arrive(spot)

    def forward(self) -> None:
        """Go to where one came back from."""
        spot = self._bearings.trail.forward(self._bearings.spot)
        if spot is not None:
            self._arrive(spot)

    def toggle_full_screen(self) -> None:
        """Give the panel with the focus all the room, or share it out again."""
        self._overview.toggle_full_screen()
        self._screen.redraw()

    def open_add(self) -> None:
        """Ask which thing to watch as well."""
        from jobs_tui.ui.screens.add_thing import AddThing  # noqa: PLC0415 - on first use

        watched = self.store.thing_names
        offered = tuple(name for name in self._screen.context.used_last() if name not in watched)
        self._screen.app.push_screen(AddThing(offered, len(watched)), self._add)

    @property
    def why_not_close(self) -> str | None:
        """Why the panel with the focus cannot be closed, or None."""
        if len(self.store.thing_names) == 1:
            return f"it is the only one; {key_of('quit', 'q')} quits"
        name = self._overview.cursor.thing_name
        if not self.store.asked_for(name):
            return None
        if any(change.thing_name == name for change in self._screen.engine.changes.unsettled):
            return f"a change of {name} is not settled yet"
        return None

    def close(self) -> None:
        """Watch the thing with the focus no more; the cursor goes to the one beside it."""
        overview = self._overview
        name = overview.cursor.thing_name
        # with a list, the cursor of that goes on to what follows
        neighbour = None if overview.has_list else overview.cursor.neighbour
        self._screen.engine.unwatch(name)
        self._bearings.trail.forget(name)
        overview.marks.forget([key for key in overview.marks if key.thing_name == name])
        overview.relist()
        if neighbour is not None:
            self._bearings.go_to(Spot(neighbour))
        self._screen.redraw()
        adds = f"{key_of('add-thing', 'a')} adds a thing"
        self._screen.notice(Notice(f"{name} is watched no more; {adds}"))

    def _add(self, names: tuple[str, ...] | None) -> None:
        new = [name for name in names or () if not self.store.watches(name)]
        here = self._bearings.spot
        for name in new:
            self._screen.engine.watch(name)
        if new:
            self._overview.relist()
            self._screen.redraw()
            self._screen.remember(tuple(new))
        if names:
            self._bearings.trail.jump(here)
            self._arrive(Spot(names[0]))
            told = "is watched as well" if new else "is watched already"
            more = f" and {len(new) - 1} more" if len(new) > 1 else ""
            self._screen.notice(Notice(f"{(new or names)[0]}{more} {told}"))

    def open_sort(self) -> None:
        """Ask what to sort by: the list where the focus is on it, else the rows of all panels."""
        order = self._overview.narrowing.order
        if self._overview.in_list:
            menu = SortMenu("things", AS_THINGS_COME, tuple(THING_COLUMNS), order)
        else:
            menu = SortMenu("rows of all panels", AS_ROWS_COME, tuple(ROW_COLUMNS), order)
        self._screen.app.push_screen(menu, self._sort)

    def _sort(self, order: Order | None) -> None:
        if order is not None:
            self._overview.narrowing.order = order
            self._screen.redraw()

    def _arrive(self, spot: Spot) -> bool:
        """Go there, or say what is there no more; tells whether its panel is there at least."""
        found = self._bearings.go_to(spot)
        there = found or self.store.watches(spot.thing_name)
        if not there:
            self._screen.notice(Notice(f"{spot.thing_name} is watched no more", "warning"))
        elif not found and spot.key is not None:
            words = f"{spot.key.job_id} is listed no more at {spot.thing_name}"
            self._screen.notice(Notice(words, "warning"))
        self._screen.redraw()
        return there
