"""What a dialog that can send a change may ask of the engine."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.outcome import Outcome
from jobs_tui.engine.change import Change, ChangeRequest
from jobs_tui.ui.forms.change_form import DetailRow

ReadFresh = Callable[[], Awaitable[Outcome[JobExecution | None]]]
SendChange = Callable[[ChangeRequest, JobExecution | None], Awaitable[Change]]
DropChange = Callable[[int], Awaitable[None]]
ReadUsedBefore = Callable[[], Awaitable[Sequence[DetailRow]]]


async def nothing_before() -> Sequence[DetailRow]:
    """No details to be offered again."""
    return ()


class Asking(NamedTuple):
    """What a dialog may ask of the engine."""

    read: ReadFresh
    send: SendChange
    drop: DropChange
    last_known: JobExecution | None = None
    """What the panel shows, for when the endpoint cannot be asked."""
    details_known: bool = True
    """Whether the status details of that were ever read."""
    used_before: ReadUsedBefore = nothing_before
    """Details that were sent before for the same job or thing; reads the journal."""
