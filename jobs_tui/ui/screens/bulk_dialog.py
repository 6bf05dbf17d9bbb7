"""The dialog that changes all marked executions: an UpdateJobExecution for each.

Each is read first, and its change is based on that. Enter sends what the list shows, and no more.
"""

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget
from textual.widgets import Button

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.requests import DescribeJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.bulk import Found, Planned, found_by, left_out, plan, sendable
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.in_turn import InTurn
from jobs_tui.ui.forms.bulk_form import FilledWish, fill_wish
from jobs_tui.ui.screens.drawn_seldom import DrawnSeldom
from jobs_tui.ui.screens.enter_sends import READING
from jobs_tui.ui.screens.fields_dialog import FieldsDialog
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.bulk import details_words, plan_words, planned_lines, replace_words
from jobs_tui.ui.views.outlook import Outlook, problems_typed
from jobs_tui.ui.widgets.dialog_button import DialogButton
from jobs_tui.ui.widgets.status_choice import StatusChoice

NOTHING = "nothing can be sent: all are left out, for the reasons above"


class BulkDialog(FieldsDialog[tuple[Planned, ...]], DrawnSeldom):
    """Answers with what is to be sent, or with nothing after Escape."""

    timeout_note = "minutes, 1 to 10080; -1 cancels the step timers"
    lines_around = 12
    outlook_lines_min = 5

    def __init__(self, engine: Engine, keys: Sequence[ExecutionKey]) -> None:
        super().__init__()
        self.engine = engine
        self._keys = tuple(keys)
        self._found: dict[ExecutionKey, Found] = {}
        self._in_turn = InTurn(engine.budget, engine.clock)
        self._replaces = False

    def compose_choice(self) -> Iterable[StatusChoice]:
        """The list of statuses."""
        yield StatusChoice(Status.IN_PROGRESS)

    def compose_more_buttons(self) -> Iterable[DialogButton]:
        """What becomes of the details that each has."""
        yield DialogButton(replace_words(replaces=False)[0], id="replace")

    def begin(self) -> None:
        """Read all but those of which it is known that nothing can be asked."""
        for key in self._keys:
            reason = left_out(self.engine.store, key)
            if reason is not None:
                self._found[key] = reason
        self.busy = READING
        self.run_worker(self._read_all(), exclusive=True)

    def on_unmount(self) -> None:
        """Nobody wants to know any more."""
        self._in_turn.stop()

    @property
    def planned(self) -> tuple[Planned, ...]:
        """What Enter would do with each."""
        return plan(self._keys, self._found, self._filled().wish)

    def title_line(self) -> Line:
        """How many are marked."""
        count = len(self._keys)
        title = f"{count} marked execution{'' if count == 1 else 's'}"
        return line(Piece("Change status  ", "strong"), title)

    def seen_line(self) -> Line:
        """On what the changes are based."""
        seen = "just read; each change is based on the version that its line shows"
        return line(Piece(seen, "dim"))

    def busy_words(self) -> str:
        """How many are read."""
        return f"read {len(self._found)} of {len(self._keys)} \u2026" if self.busy else ""

    def details_note(self) -> str:
        """What becomes of the details of each."""
        return details_words(len(self.details.rows), replaces=self._replaces)

    def first_focus(self) -> Widget:
        """The list of statuses."""
        return self.choice

    def enter_words(self) -> tuple[str, Sequence[str]]:
        """What Enter does, also on the button about the other details."""
        if self.focused is self._replace_button:
            return replace_words(replaces=self._replaces)[1], ()
        return super().enter_words()

    def outlook(self, width: int) -> Outlook:
        """A line for each execution, and what that comes to."""
        filled = self._filled()
        planned = plan(self._keys, self._found, filled.wish)
        words = plan_words(planned, filled.wish, chosen=self.choice.chosen is not None)
        sum_of_it = line(Piece(words, "strong"))
        lines = planned_lines(planned, filled.wish, width)
        return Outlook(lines, problems_typed(filled.problems), filled.warning, (sum_of_it,))

    def send(self) -> None:
        """Answer with what the list shows, or say what is in the way."""
        filled = self._filled()
        if filled.wish is None:
            self.say_wrong(filled.problems)
            return
        planned = sendable(self.planned)
        if planned:
            self.dismiss(planned)
        else:
            self.say(NOTHING, "alarm")

    def touched(self) -> bool:
        """Whether a status was chosen or something typed."""
        return self.choice.chosen is not None or bool(self.details.rows or self.step_timeout.value)

    async def _read_all(self) -> None:
        wanted = [key for key in self._keys if key not in self._found]
        await self._in_turn.run(wanted, self._read)
        self.busy = ""
        self.say("")
        self.changed_unasked()

    async def _read(self, key: ExecutionKey) -> None:
        request = DescribeJobExecution(key.thing_name, key.job_id, key.execution_number)
        self._found[key] = found_by(await self.engine.describe(request))
        self.show_soon()

    @on(Button.Pressed, "#replace")
    def _replace_pressed(self) -> None:
        self._replaces = not self._replaces
        self._replace_button.say(replace_words(replaces=self._replaces)[0])
        self.typed()

    def _filled(self) -> FilledWish:
        return fill_wish(
            self.choice.chosen,
            self.details.rows,
            self.step_timeout.value,
            replaces=self._replaces,
        )

    @property
    def _replace_button(self) -> DialogButton:
        return self.query_one("#replace", DialogButton)
