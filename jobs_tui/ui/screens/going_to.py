"""Goes to a thing, and to one of its executions, where they are still to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.rows import rows_of

if TYPE_CHECKING:
    from jobs_tui.ui.screens.cockpit import CockpitScreen


def go_to(cockpit: CockpitScreen, place: ExecutionKey) -> None:
    """Put the focus on a thing's panel and the cursor on its row; say what is not there any more.

    A filter of the list that hides the thing is taken away.
    """
    name = place.thing_name
    if not cockpit.engine.store.watches(name):
        cockpit.notice(Notice(f"{name} is not watched any more", "warning"))
        return
    key = _shown_key(cockpit, place)
    if not cockpit.overview.go_to(name, key):
        cockpit.overview.clear_filter()
        cockpit.redraw()
        cockpit.overview.go_to(name, key)
    cockpit.redraw()
    if place.job_id and key is None:
        cockpit.notice(Notice(f"{name} / {place.job_id} is not on the screen any more", "warning"))


def _shown_key(cockpit: CockpitScreen, place: ExecutionKey) -> ExecutionKey | None:
    """The key of the row; an answer may have left out the number of the execution."""
    store = cockpit.engine.store
    state, now = store.thing(place.thing_name), store.service_now()
    for row in rows_of(state, store.latest_change, now, cockpit.engine.attention):
        numbers = row.key.execution_number, place.execution_number
        if row.key.job_id == place.job_id and (None in numbers or numbers[0] == numbers[1]):
            return row.key
    return None
