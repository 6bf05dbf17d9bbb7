"""Which parts the cockpit shows, and where: decided by its size and by how many things it has."""

from typing import NamedTuple

from jobs_tui.ui.views.allotment import SMALLEST

WIDE = 120
"""Columns from which on the selected execution is shown beside the panels."""

HIGH = 33
"""Lines from which on the latest changes are shown."""

PANELS_NEED = 80
"""Columns in which a panel shows everything."""

SELECTION_MAX = 90
"""Columns that the selected execution can make use of."""

CHANGES_LINES = 8

PINNED_LINES = 3
"""Lines that a pinned thing adds to the room for panels."""


class Box(NamedTuple):
    """A part of the screen, in cells from its upper left corner."""

    x: int
    y: int
    width: int
    height: int


class Arrangement(NamedTuple):
    """Where each part is; None for one that is not shown."""

    panels: Box
    fleet: Box | None = None
    """The list of all things, where they are too many for panels."""
    changes: Box | None = None
    selection: Box | None = None


def arrange(width: int, height: int, things: int, pinned: int) -> Arrangement:
    """Share out the room between header and status line.

    Args:
        width: columns.
        height: lines.
        things: how many are watched.
        pinned: how many of them are kept in view as panels.
    """
    below = CHANGES_LINES if height >= HIGH else 0
    high = height - below
    if things * SMALLEST <= high:
        left = width - min(SELECTION_MAX, width - PANELS_NEED) if width >= WIDE else width
        panels, fleet = Box(0, 0, left, high), None
        selection = Box(left, 0, width - left, height) if left < width else None
    else:
        left = width - width * 9 // 16 if width >= WIDE else width
        room = height if left < width else high
        panel_lines = min(room * 3 // 5, room * 2 // 5 + PINNED_LINES * pinned)
        if left < width:
            fleet, panels = Box(0, 0, left, high), Box(left, 0, width - left, panel_lines)
            selection = Box(left, panel_lines, width - left, height - panel_lines)
        else:
            fleet = Box(0, 0, width, high - panel_lines)
            panels, selection = Box(0, high - panel_lines, width, panel_lines), None
    changes = Box(0, high, left, below) if below else None
    return Arrangement(panels, fleet, changes, selection)
