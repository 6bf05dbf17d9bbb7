"""Opens what a row, or a thing, leads to: the execution, and the two dialogs that can send."""

from collections.abc import Sequence
from functools import partial

from textual.app import App

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.requests import NEXT_JOB, DescribeJobExecution
from jobs_tui.engine.change import ChangeState
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.journal.journal import JournalError
from jobs_tui.ui.forms.change_form import DetailRow
from jobs_tui.ui.forms.used_before import used_before
from jobs_tui.ui.screens.asking import Asking, ReadFresh
from jobs_tui.ui.screens.change_status import ChangeStatusDialog
from jobs_tui.ui.screens.execution import ExecutionScreen
from jobs_tui.ui.screens.open_change import open_change
from jobs_tui.ui.screens.start_next import StartNextDialog
from jobs_tui.ui.views.changed_rows import CONFLICT
from jobs_tui.ui.views.rows import Row

CHANGES_LOOKED_AT = 200
"""The latest changes of the journal in which details are looked for that may be used again."""


def open_execution(app: App[object], engine: Engine, row: Row, *, document_only: bool) -> None:
    """Show an execution, or only its job document."""
    read = partial(engine.describe, row.request(document=True))
    opened = engine.opened_documents
    app.push_screen(ExecutionScreen(engine, row.key, read, opened, document_only=document_only))


def open_start_next(app: App[object], engine: Engine, thing_name: str) -> None:
    """Ask for the parameters of StartNextPendingJobExecution."""
    read = partial(engine.describe, DescribeJobExecution(thing_name, NEXT_JOB))
    state = engine.store.thing(thing_name)
    first = None if state.earlier_run else state.first_pending
    app.push_screen(StartNextDialog(thing_name, _asking(engine, read, first, thing_name)))


def open_change_status(app: App[object], engine: Engine, row: Row) -> None:
    """Ask for the parameters of UpdateJobExecution; an open conflict comes first."""
    change = engine.store.latest_change(row.key)
    if change is not None and change.state is ChangeState.CONFLICT and row.flag == CONFLICT:
        open_change(app, engine, change)
        return
    read = partial(engine.describe, row.request(document=False))
    state = engine.store.thing(row.key.thing_name)
    # a change is never based on what an earlier run saw: it may be about somebody else's things
    last_known = state.last_known(row.summary) if row.listed else None
    asking = _asking(engine, read, last_known, *row.key[:2])
    if state.description_of(row.summary) is None:
        asking = asking._replace(details_known=False)
    app.push_screen(ChangeStatusDialog(row.key, row.summary.status, asking))


def _asking(
    engine: Engine,
    read: ReadFresh,
    last_known: JobExecution | None,
    thing_name: str,
    job_id: str | None = None,
) -> Asking:
    if job_id is None and last_known is not None:
        job_id = last_known.job_id

    async def sent_before() -> Sequence[DetailRow]:
        try:
            changes = await engine.journal.latest(CHANGES_LOOKED_AT)
        except JournalError:
            changes = engine.store.changes[::-1]
        return used_before(changes, thing_name, job_id)

    return Asking(read, engine.change, engine.changes.drop, last_known, used_before=sent_before)
