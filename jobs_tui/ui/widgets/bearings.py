"""Where the cursor is, where it was, and how it gets to another place."""

from typing import TYPE_CHECKING

from jobs_tui.ui.widgets.trail import Spot, Trail

if TYPE_CHECKING:
    from jobs_tui.ui.widgets.overview import Overview


class Bearings:
    """Of the cockpit whose parts these are."""

    def __init__(self, overview: "Overview") -> None:
        self._overview = overview
        self.trail = Trail()
        """Where one was."""

    @property
    def spot(self) -> Spot:
        """Where the cursor is."""
        cursor = self._overview.cursor
        row = cursor.selected_row
        return Spot(cursor.thing_name, row.key if row else None)

    def go_to(self, spot: Spot) -> bool:
        """Put the cursor on a row, and show it if a filter hides it; tells whether it is there.

        In the list that is the thing; its panel shows the row, and has the focus for one.
        """
        overview = self._overview
        if spot.thing_name not in overview.thing_names:
            return False
        if (fleet := overview.fleet) is not None:
            fleet.reveal(spot.thing_name)
            if overview.full_screen or spot.key is not None:
                overview.focus_panel()
            overview.follow_list()
        cursor = overview.cursor
        cursor.select(*spot)
        if not self._shows(spot):
            overview.panel_narrowing.clear_filter()
            cursor.select(*spot)
        return self._shows(spot)

    def _shows(self, spot: Spot) -> bool:
        """Whether a row is shown, the room aside; a panel always is."""
        rows = self._overview.rows.shown_of(spot.thing_name)
        return spot.key is None or any(row.key == spot.key for row in rows)
