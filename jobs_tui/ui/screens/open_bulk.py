"""From marks to the dialog about all of them, to their changes, and back to the panels."""

from collections.abc import Callable

from textual.app import App

from jobs_tui.engine.bulk import Planned
from jobs_tui.engine.bulk_run import BulkRun
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.in_turn import InTurn
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.screens.bulk_dialog import BulkDialog
from jobs_tui.ui.screens.bulk_progress import BulkProgressScreen
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.bulk import run_words
from jobs_tui.ui.widgets.marks import Marks


def open_change_marked(
    app: App[object], engine: Engine, marks: Marks, notice: Callable[[Notice], None]
) -> None:
    """Ask for one change of all that are marked, send it, and tell in the end what came of it.

    The marks of what was confirmed are taken away; the others stay, to be looked at or tried again.
    """

    def send(planned: tuple[Planned, ...] | None) -> None:
        if not planned:
            return
        in_turn = InTurn(engine.budget, engine.clock)
        run = BulkRun(planned, engine.change, engine.store, in_turn)

        def closed(_: None) -> None:
            rows = run.rows
            good = [row for row in rows if row.state is not None and row.state.good]
            marks.forget(row.planned.key for row in good)
            told = Notice(f"{run_words(run, rows)}; {key_of('open-journal', 'J')} tells each")
            # after the screen below has told of each of them
            app.call_later(app.call_later, notice, told)

        app.push_screen(BulkProgressScreen(engine, run), closed)

    app.push_screen(BulkDialog(engine, tuple(marks)), send)
