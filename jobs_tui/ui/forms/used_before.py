"""Status details that were sent before for the same job or thing, to be offered again. Pure."""

from collections.abc import Iterable

from jobs_tui.engine.change import Change
from jobs_tui.ui.forms.change_form import DetailRow

MOST_OFFERED = 20


def used_before(
    changes: Iterable[Change], thing_name: str, job_id: str | None
) -> tuple[DetailRow, ...]:
    """What users typed into earlier changes, those of the same job first.

    Args:
        changes: of this and of earlier runs, newest first.
        thing_name: the thing that the next change is about.
        job_id: its job; None where that is not known.
    """
    of_job: dict[DetailRow, None] = {}
    of_thing: dict[DetailRow, None] = {}
    for change in changes:
        same_job = job_id is not None and change.job_id == job_id
        if same_job or change.thing_name == thing_name:
            for row in _typed_into(change):
                (of_job if same_job else of_thing).setdefault(row)
    return tuple(dict.fromkeys([*of_job, *of_thing]))[:MOST_OFFERED]


def _typed_into(change: Change) -> Iterable[DetailRow]:
    """Without what stood there already, which an update repeats since it replaces all."""
    seen = change.based_on.status_details if change.based_on else {}
    details = change.request.status_details or {}
    return (DetailRow(name, value) for name, value in details.items() if seen.get(name) != value)
