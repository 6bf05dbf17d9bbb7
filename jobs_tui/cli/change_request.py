"""From what was asked for and a fresh look to what would be sent, or why nothing is. Pure."""

from collections.abc import Mapping, Sequence

from jobs_tui.cli.change_arguments import Wish
from jobs_tui.cli.change_ending import Ending
from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.masking import mask
from jobs_tui.domain.requests import StartNextPendingJobExecution, UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.change import ChangeRequest, ChangeState
from jobs_tui.ui.forms.change_form import DetailRow, Filled, fill_start, fill_update
from jobs_tui.ui.views.changes import preview

NOTHING_TO_START = (
    "nothing is pending: there is nothing to start (an unknown thing name gets the same answer)"
)


def nothing_there(wish: Wish) -> Ending:
    """The ending where a start finds nothing that it could start."""
    return Ending(wish, ChangeState.NOTHING_STARTED, NOTHING_TO_START)


def held_back(wish: Wish, seen: JobExecution) -> Ending | None:
    """Why what stands there takes no such change; None where it does."""
    version = seen.version_number
    if wish.status is None:
        if seen.status is not Status.IN_PROGRESS:
            return None
        told = f"{seen.job_id} is already in progress, version {version}; nothing was sent"
        return Ending(wish, ChangeState.NOTHING_STARTED, told, seen=seen)
    if wish.expected_version is not None and wish.expected_version != version:
        told = f"version {version} stands there, {seen.status}, and not version "
        told += f"{wish.expected_version}; nothing was sent"
        return Ending(wish, ChangeState.CONFLICT, told, seen=seen)
    problems = _filled(wish, seen).problems
    if not problems:
        return None
    told = "; ".join(f"{each.field}: {each.message}" for each in problems)
    return Ending(wish, ChangeState.REFUSED, f"{told}; nothing was sent", seen=seen)


def filled_in(wish: Wish, seen: JobExecution) -> tuple[ChangeRequest, str | None]:
    """The request of a wish that is not held back, and a doubt about it, where there is one."""
    filled = _filled(wish, seen)
    if filled.request is None:
        raise ValueError("the request lacks something")
    return filled.request, filled.warning


def _filled(
    wish: Wish, seen: JobExecution
) -> Filled[UpdateJobExecution] | Filled[StartNextPendingJobExecution]:
    """As the cockpit's dialogs make it from the same fields."""
    minutes = "" if wish.step_timeout is None else f"{wish.step_timeout}"
    if wish.status is None:
        return fill_start(wish.thing_name, _rows(wish.details), minutes)
    kept = {} if wish.replace_details else seen.status_details
    return fill_update(seen, wish.status, _rows({**kept, **wish.details}), minutes)


def moved_on(seen: JobExecution, now: JobExecution | None) -> bool:
    """Whether another execution or version stands there than the one that was shown."""
    return now is None or (now.key, now.version_number) != (seen.key, seen.version_number)


def shown_before(
    request: ChangeRequest, seen: JobExecution, endpoint: str, warning: str | None
) -> list[str]:
    """What it is based on and exactly what would go over the wire, in lines."""
    stands = f"{seen.thing_name} / {seen.job_id} is {seen.status}, version {seen.version_number}"
    if seen.execution_number is not None:
        stands += f", execution number {seen.execution_number}"
    if not isinstance(request, UpdateJobExecution):
        stands += ", and stands first"
    start, body = preview(request)
    lines = [f"{stands}; just read", *_detail_lines(seen)]
    if isinstance(request, UpdateJobExecution) and request.status_details is not None:
        gone = [name for name in seen.status_details if name not in request.status_details]
        lines += [f"these status details would go: {', '.join(gone)}"] if gone else []
    lines += [f"to {endpoint} would be sent:", f"  {start}", f"  {body}"]
    if warning is not None:
        lines.append(f"! {warning}")
    return [mask(each) for each in lines]


def _rows(details: Mapping[str, str]) -> Sequence[DetailRow]:
    return [DetailRow(name, value) for name, value in details.items()]


def _detail_lines(seen: JobExecution) -> list[str]:
    return [f"  {name}  {value}" for name, value in seen.status_details.items()]
