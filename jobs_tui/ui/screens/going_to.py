"""Goes to a thing, and to one of its executions, where they are still to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.ui.views.rows import rows_of
from jobs_tui.ui.widgets.trail import Spot

if TYPE_CHECKING:
    from jobs_tui.ui.screens.opening_screen import OpeningScreen


def go_to(cockpit: OpeningScreen, place: ExecutionKey) -> None:
    """Put the cursor on the row of an execution, or say what is not there any more."""
    name, key = place.thing_name, place if place.job_id else None
    if key is not None and cockpit.engine.store.watches(name):
        key = _shown_key(cockpit, place) or key
    cockpit.ways.go_to(Spot(name, key))


def _shown_key(cockpit: OpeningScreen, place: ExecutionKey) -> ExecutionKey | None:
    """The key of the row; an answer may have left out the number of the execution."""
    store = cockpit.engine.store
    state, now = store.thing(place.thing_name), store.service_now()
    for row in rows_of(state, store.latest_change, now, cockpit.engine.attention):
        numbers = row.key.execution_number, place.execution_number
        if row.key.job_id == place.job_id and (None in numbers or numbers[0] == numbers[1]):
            return row.key
    return None
