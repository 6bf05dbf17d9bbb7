"""What needs a person, in the panels and in the list: how much there is, and the next of it."""

from typing import TYPE_CHECKING

from jobs_tui.ui.widgets.trail import Spot
from jobs_tui.ui.widgets.urgent_rows import Panels, next_spot, urgent_spots

if TYPE_CHECKING:
    from jobs_tui.ui.widgets.overview import Overview


def count_urgent(overview: "Overview") -> int:
    """How many things, or where there is no list of them, rows need a person, shown or not."""
    if (fleet := overview.fleet) is not None:
        return fleet.urgent_things
    panels = {name: overview.rows.all_of(name) for name in overview.cursor.thing_names}
    return len(_spots(overview, panels))


def select_next_urgent(overview: "Overview") -> bool:
    """Go on to the next row that needs a person; tells whether one is shown."""
    bearings = overview.bearings
    before = bearings.spot
    found = _go_on(overview)
    if found and bearings.spot != before:
        bearings.trail.jump(before)
    return found


def _go_on(overview: "Overview") -> bool:
    fleet = overview.fleet
    if fleet is None:
        return _go_on_in_panels(overview)
    if not overview.in_list and _go_on_in_panels(overview, overview.cursor.thing_name):
        return True
    if not overview.full_screen:
        overview.focus_list()
    if not fleet.select_next_urgent() or fleet.selected is None:
        return False
    overview.follow_list()
    rows = overview.rows.shown_of(fleet.selected)
    row = next((row for row in rows if row.flag), None)
    overview.cursor.select(fleet.selected, row.key if row else None)
    return True


def _go_on_in_panels(overview: "Overview", only_in: str | None = None) -> bool:
    """Go on, around the end; with `only_in` only further down in the panel of this thing."""
    cursor = overview.cursor
    panels = {name: overview.rows.shown_of(name) for name in cursor.thing_names}
    within = None if only_in is None else (only_in,)
    target = next_spot(_spots(overview, panels), panels, overview.bearings.spot, within=within)
    if target is not None:
        cursor.select(*target)
    return target is not None


def _spots(overview: "Overview", panels: Panels) -> list[Spot]:
    return urgent_spots(panels, filter(overview.rows.fails, panels))
