"""Which rows of the panels need a person, and which of them comes next. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from jobs_tui.ui.views.rows import Row
from jobs_tui.ui.widgets.trail import Spot

Panels = Mapping[str, Sequence[Row]]
"""The rows of each thing, from top to bottom."""


def urgent_spots(panels: Panels, failing: Iterable[str]) -> list[Spot]:
    """The rows that need a person; where there are none, the panels whose things fail."""
    rows = [Spot(name, row.key) for name, rows in panels.items() for row in rows if row.flag]
    return rows or [Spot(name) for name in failing]


def next_spot(
    spots: Sequence[Spot], panels: Panels, here: Spot, *, within: Collection[str] | None = None
) -> Spot | None:
    """The first of these that is below where the cursor is, or else the first of all.

    With `within`, only one further down that is a row of these things.
    """
    names = list(panels)

    def rank(spot: Spot) -> tuple[int, int]:
        keys = [row.key for row in panels[spot.thing_name]]
        return names.index(spot.thing_name), keys.index(spot.key) if spot.key in keys else -1

    below = [spot for spot in spots if rank(spot) > rank(here)]
    if within is not None:
        return next((spot for spot in below if spot.key and spot.thing_name in within), None)
    return next(iter(below or spots), None)
