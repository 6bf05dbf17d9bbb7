"""The dialog that changes all marked executions: an UpdateJobExecution for each.

Each is read first, and its change is based on that. Enter sends what the list shows, and no more.
"""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.requests import DescribeJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.engine.bulk import Found, Planned, found_by, left_out, plan, sendable
from jobs_tui.engine.engine import Engine
from jobs_tui.engine.in_turn import InTurn
from jobs_tui.ui.forms.bulk_form import FilledWish, fill_wish
from jobs_tui.ui.screens.drawn_seldom import DrawnSeldom
from jobs_tui.ui.screens.fields_dialog import LEAVING, TOO_EARLY, FieldsDialog
from jobs_tui.ui.terminal.line_widgets import LineView, LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.bulk import details_words, plan_words, planned_lines
from jobs_tui.ui.widgets.details_table import DetailFields, DetailsTable
from jobs_tui.ui.widgets.dialog_button import DialogButton
from jobs_tui.ui.widgets.safe_input import SafeInput
from jobs_tui.ui.widgets.status_choice import StatusChoice

HINT = "i s f r choose \u00b7 tab next \u00b7 pgdn scrolls \u00b7 enter on status or Apply sends"
NOTHING = "nothing can be sent: all are left out, for the reasons above"

AROUND_THE_LIST = 14
"""Lines of the dialog that are neither the list nor details."""

DETAIL_LINES = 5
"""Lines of the table of details at most."""

LIST_LINES_MIN = 3


class BulkDialog(DrawnSeldom, FieldsDialog[tuple[Planned, ...]]):
    """Answers with what is to be sent, or with nothing after Escape."""

    CSS = """
    BulkDialog #bulk-list { padding: 0; }
    BulkDialog #outlook { height: 2; }
    """

    def __init__(self, engine: Engine, keys: Sequence[ExecutionKey]) -> None:
        super().__init__()
        self.engine = engine
        self._keys = tuple(keys)
        self._found: dict[ExecutionKey, Found] = {}
        self._in_turn = InTurn(engine.budget, engine.clock)
        self._reading = True
        self._replaces = False

    def compose(self) -> ComposeResult:
        """The fields, in the order of Tab."""
        with Vertical(id="dialog"):
            yield LineWidget(id="dialog-title")
            yield LineWidget(id="seen")
            yield StatusChoice(Status.IN_PROGRESS)
            yield LineWidget(id="details-label")
            yield DetailsTable(id="details")
            with Horizontal(id="timeout-row"):
                yield LineWidget(id="timeout-label")
                yield SafeInput(placeholder="none", classes="timeout")
                yield LineWidget(id="timeout-hint")
            listed = LineView(id="bulk-list")
            listed.can_focus = False
            yield listed
            yield LineWidget(id="outlook")
            with Horizontal(id="buttons"):
                yield DialogButton("Apply", id="apply")
                yield DialogButton("Cancel", id="cancel")
                yield DialogButton("Add/replace", id="replace")
            yield LineWidget(id="dialog-hint")

    def on_mount(self) -> None:
        """Put the focus on the statuses, and begin to read."""
        self._text("timeout-label", line(Piece("Step timeout", "strong")))
        told = "minutes, 1 to 10080; -1 cancels the step timers"
        self._text("timeout-hint", line(Piece(told, "dim")))
        self._choice.focus()
        for key in self._keys:
            reason = left_out(self.engine.store, key)
            if reason is not None:
                self._found[key] = reason
        self.show()
        self.run_worker(self._read_all(), exclusive=True)

    def on_unmount(self) -> None:
        """Nobody wants to know any more."""
        self._in_turn.stop()

    def on_resize(self) -> None:
        """Draw it at its width, once that is known."""
        self.set_class(self._compact, "compact")
        self.call_after_refresh(self.show)

    @property
    def planned(self) -> tuple[Planned, ...]:
        """What Enter would do with each."""
        return plan(self._keys, self._found, self._filled().wish)

    def show(self) -> None:
        """Draw everything that depends on what was read and typed."""
        if not (self.is_mounted and self.is_open):
            return
        filled = self._filled()
        planned = plan(self._keys, self._found, filled.wish)
        count = len(self._keys)
        title = f"{count} marked execution{'' if count == 1 else 's'}"
        self._text("dialog-title", line(Piece("Change status  ", "strong"), title))
        seen = "just read; each change is based on the version that its line shows"
        told = Piece(seen, "dim")
        if self._reading:
            told = Piece(f"read {len(self._found)} of {count} \u2026", "warning")
        self._text("seen", line(told))
        details = details_words(len(self._details.rows), replaces=self._replaces)
        self._text("details-label", line(Piece("Status details", "strong"), Piece(details, "dim")))
        self._show_list(planned_lines(planned, filled.wish, self._width))
        self._text(
            "outlook",
            line(Piece(plan_words(planned, filled.wish), "strong")),
            line(self._message_of(filled)),
        )
        hint = Piece(TOO_EARLY, "warning") if self._too_early else Piece(HINT, "dim")
        self._text("dialog-hint", line(hint))
        if self._compact and self._message.text:
            self.call_after_refresh(self.query_one("#outlook").scroll_visible, animate=False)
        elif self._compact and self.focused is self._choice:
            # what stands above where the first key goes tells what it is about
            self.call_after_refresh(self.query_one("#dialog").scroll_home, animate=False)

    def apply(self) -> None:
        """Send what the list shows, or say what is in the way."""
        self._leaving = False
        self._too_early = self._reading or not self.on_screen
        if self._reading:
            self._say("reading \u2026 Enter is taken when that is done", "warning")
            return
        self.show()
        if self._too_early:
            return
        filled = self._filled()
        if filled.wish is None:
            self._say(filled.problem, "alarm")
            return
        planned = sendable(plan(self._keys, self._found, filled.wish))
        if planned:
            self.dismiss(planned)
        else:
            self._say(NOTHING, "alarm")

    def action_next_field(self) -> None:
        """Go to the next field; from the empty row, past its value."""
        if self.focused is self._choice:
            self._details.focus_empty_row()
        elif self._details.on_empty_row:
            self.query_one(".timeout", SafeInput).focus()
        else:
            self.focus_next()

    def action_leave(self) -> None:
        """Close; what was typed is lost only after a second Escape."""
        touched = self._choice.chosen is not None or self._details.rows or self._step_timeout
        if touched and not self._leaving:
            self._leaving = True
            self._say(LEAVING, "warning")
        else:
            self.dismiss(None)

    def action_scroll(self, pages: int) -> None:
        """Move through the list, or through a dialog that is higher than the screen."""
        moved = self.query_one("#dialog" if self._compact else "#bulk-list")
        moved.scroll_relative(y=pages * max(1, moved.size.height - 1), animate=False)

    async def filled_in(self) -> None:
        """Return when the list has the height that it takes."""
        self.show()

    async def _read_all(self) -> None:
        wanted = [key for key in self._keys if key not in self._found]
        await self._in_turn.run(wanted, self._read)
        self._reading = False
        self._message = Piece("")
        self.show()
        self.changed_unasked()

    async def _read(self, key: ExecutionKey) -> None:
        request = DescribeJobExecution(key.thing_name, key.job_id, key.execution_number)
        self._found[key] = found_by(await self.engine.describe(request))
        self.show_soon()

    @on(StatusChoice.Chosen)
    def _chosen(self) -> None:
        self._typed()

    @on(StatusChoice.Submitted)
    def _submitted(self) -> None:
        self.apply_in_sight()

    @on(Button.Pressed, "#cancel")
    def _cancel_pressed(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#replace")
    def _replace_pressed(self) -> None:
        self._replaces = not self._replaces
        self._typed()

    def _filled(self) -> FilledWish:
        return fill_wish(
            self._choice.chosen, self._details.rows, self._step_timeout, replaces=self._replaces
        )

    def _message_of(self, filled: FilledWish) -> Piece:
        if self._message.text:
            return self._message
        if self._choice.chosen is not None and filled.problem:
            return Piece(filled.problem, "alarm")
        return Piece(filled.warning, "warning")

    def _show_list(self, lines: list[Line]) -> None:
        listed = self.query_one("#bulk-list", LineView)
        height = len(lines)
        if not self._compact:
            rows = min(DETAIL_LINES, len(self.query(DetailFields)))
            room = self.size.height - AROUND_THE_LIST - rows
            height = min(height, max(LIST_LINES_MIN, room))
        listed.styles.height = max(1, height)
        listed.show_lines(lines)

    @property
    def _choice(self) -> StatusChoice:
        return self.query_one(StatusChoice)

    @property
    def _details(self) -> DetailsTable:
        return self.query_one(DetailsTable)

    @property
    def _step_timeout(self) -> str:
        return self.query_one(".timeout", SafeInput).value

    @property
    def _width(self) -> int:
        return max(20, self.query_one("#outlook").size.width)
