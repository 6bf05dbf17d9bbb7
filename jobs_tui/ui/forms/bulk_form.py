"""From the fields of the dialog for many executions to what all of them are to become."""

from collections.abc import Sequence
from typing import NamedTuple

from jobs_tui.domain.checks import FieldProblem
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.bulk import Wish
from jobs_tui.ui.forms.change_form import DetailRow, fill_update

ANY = JobExecution("any", "any", Status.IN_PROGRESS, version_number=1)
"""What the fields are checked with; what is particular to each execution is checked in the plan."""


class FilledWish(NamedTuple):
    """What the fields stand for, and what is wrong with them."""

    wish: Wish | None
    """None while no status is chosen, or something is wrong."""
    problems: Sequence[FieldProblem]
    warning: str


def fill_wish(
    status: Status | None, rows: Sequence[DetailRow], step_timeout: str, *, replaces: bool
) -> FilledWish:
    """The wish of a dialog; without details those of each execution stay as they are."""
    filled = fill_update(ANY, status, rows, step_timeout)
    request = filled.sendable
    wish = None
    if request is not None:
        wish = Wish(
            request.status,
            request.status_details or {},
            replaces,
            request.step_timeout_in_minutes,
        )
    return FilledWish(wish, filled.problems, filled.warning or "")
