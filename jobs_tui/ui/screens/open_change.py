"""Everything about one change, and what one can do about it: send it, drop it, apply it anew."""

from collections.abc import Callable
from functools import partial

from textual.app import App

from jobs_tui.engine.change import Change, ChangeState
from jobs_tui.engine.engine import Engine
from jobs_tui.ui.screens.choice_dialog import Choice, ChoiceDialog
from jobs_tui.ui.views.conflict import again, conflict_lines
from jobs_tui.ui.views.journal import entry_lines

BACK = Choice("back", "Back", harmless=True)
SEND = Choice("send", "Send it")
DROP = Choice("drop", "Drop it")
GIVE_UP = Choice("drop", "Follow it no longer")
EDIT = Choice("edit", "Edit", harmless=True)


def open_change(app: App[object], engine: Engine, change: Change) -> None:
    """Show a change as it stands now, and do what is chosen."""
    change = engine.store.change(change.number) or change
    if change.state is ChangeState.CONFLICT and not engine.read_only:
        dialog = conflict_dialog(change, editable=False)
    else:
        mine = engine.store.change(change.number) is not None
        choices = _choices(change) if mine and not engine.read_only else ()
        dialog = ChoiceDialog(partial(entry_lines, change), (*choices, BACK), BACK.answer)
    app.push_screen(dialog, _does(app, engine, change))


def conflict_dialog(change: Change, *, editable: bool) -> ChoiceDialog:
    """The three columns; Enter at once edits where one can, and else leaves it as it is."""
    choices = [DROP]
    standing = change.standing
    if again(change) is not None and standing is not None:
        label = f"Apply to version {standing.version_number}"
        choices = [Choice("apply", label), *([EDIT] if editable else []), DROP]
    safe = EDIT if EDIT in choices else BACK
    if safe is BACK:
        choices.append(BACK)
    return ChoiceDialog(partial(conflict_lines, change), choices, safe.answer)


def _choices(change: Change) -> tuple[Choice, ...]:
    match change.state:
        case ChangeState.LEFT:
            return (SEND, DROP)
        case ChangeState.WAITING:
            return (GIVE_UP,) if change.in_doubt else (DROP,)
        case ChangeState.NOT_CONFIRMED:
            return (GIVE_UP,)
    return ()


def _does(app: App[object], engine: Engine, change: Change) -> Callable[[str | None], None]:
    def do(answer: str | None) -> None:
        if answer == SEND.answer:
            engine.changes.send_left(change.number)
        elif answer == DROP.answer:
            app.run_worker(engine.changes.drop(change.number))
        elif answer == "apply" and (request := again(change)) is not None:
            app.run_worker(engine.change(request, change.standing))

    return do
