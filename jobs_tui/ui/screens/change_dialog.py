"""What the two dialogs that can send a change have in common.

Nothing is sent before the fresh read is in and its preview is on the terminal: an Enter that was
typed before that is told of instead. What else is typed before stays.
"""

from abc import abstractmethod
from functools import partial
from typing import ClassVar, Generic

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.outcome import Failure, Outcome, Throttled, Unreachable
from jobs_tui.engine.change import Change, ChangeRequest, ChangeState
from jobs_tui.ui.forms.change_form import ChangeT, Filled
from jobs_tui.ui.screens.asking import Asking
from jobs_tui.ui.screens.fields_dialog import LEAVING, TOO_EARLY, FieldsDialog
from jobs_tui.ui.screens.open_change import conflict_dialog
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.changes import failure_words, outcome_words
from jobs_tui.ui.views.conflict import again
from jobs_tui.ui.views.outlook import OUTLOOK_LINES, outlook_lines, problem_words
from jobs_tui.ui.widgets.details_table import DetailsTable
from jobs_tui.ui.widgets.dialog_button import DialogButton
from jobs_tui.ui.widgets.safe_input import SafeInput

READING = "reading \u2026"
SENDING = "sending \u2026"
DETAILS_UNSEEN = "Its details were not read: any that you send replace them unseen"
AS_LAST_SEEN = "this is what the panel last showed; Enter keeps the change until it can be sent"

LINES_BESIDE_OUTLOOK = 20
"""Lines of a dialog that is not compact, besides its preview."""

COMPACT_OUTLOOK_LINES = 30
"""Lines of the preview in a compact dialog, which one scrolls through."""

TRY_AGAIN = frozenset({ChangeState.CONFLICT, ChangeState.REFUSED, ChangeState.NOT_RECORDED})
"""The outcomes after which nothing has changed: the dialog stays open with what was typed."""


class ChangeDialog(FieldsDialog[None], Generic[ChangeT]):
    """Details, step timeout, a preview of what will be sent, and the outcome."""

    apply_label: ClassVar[str]
    choice_hint: ClassVar[str] = ""
    """What the keys do in the choice of the dialog, where it has one."""

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self._asking = asking
        self.seen: JobExecution | None = None
        """What the fresh read told; the change is based on it."""
        self.fresh = True
        """Whether it was just read; else it is what the panel showed last."""
        self._ready = False
        self._busy = READING

    def compose(self) -> ComposeResult:
        """The fields, in the order of Tab."""
        with Vertical(id="dialog"):
            yield LineWidget(id="dialog-title")
            yield LineWidget(id="seen")
            yield from self.compose_choice()
            yield LineWidget(id="details-label")
            yield DetailsTable(id="details")
            with Horizontal(id="timeout-row"):
                yield LineWidget(id="timeout-label")
                yield SafeInput(placeholder="none", classes="timeout")
                yield LineWidget(id="timeout-hint")
            yield LineWidget(id="outlook")
            with Horizontal(id="buttons"):
                yield DialogButton(self.apply_label, id="apply")
                yield DialogButton("Cancel", id="cancel")
            yield LineWidget(id="dialog-hint")

    def compose_choice(self) -> ComposeResult:
        """What stands above the details; nothing unless a dialog has a choice."""
        yield from ()

    def on_mount(self) -> None:
        """Put the focus where the first key goes, and begin to read."""
        self._text(
            "details-label",
            line(Piece("Status details", "strong"), Piece(self.details_note(), "dim")),
        )
        self._text("timeout-label", line(Piece("Step timeout", "strong")))
        self._text("timeout-hint", line(Piece(self.timeout_note(), "dim")))
        self.first_focus().focus()
        self.show()
        self.read_again()
        self.run_worker(self._remembering(), group="used before")

    def on_resize(self) -> None:
        """Draw it at its width, once that is known."""
        self.set_class(self._compact, "compact")
        self.call_after_refresh(self._show_with_focus)

    @abstractmethod
    def title_line(self) -> Line:
        """What the dialog is about."""

    @abstractmethod
    def seen_line(self) -> Line:
        """What the fresh read told."""

    @abstractmethod
    def details_note(self) -> str:
        """What happens to the details."""

    @abstractmethod
    def timeout_note(self) -> str:
        """What may be typed as step timeout."""

    @abstractmethod
    def first_focus(self) -> Widget:
        """Where the first key goes."""

    @abstractmethod
    def filled(self) -> Filled[ChangeT]:
        """The request that the fields stand for."""

    @abstractmethod
    def touched(self) -> bool:
        """Whether anything was chosen or typed that leaving would lose."""

    def took_in(self, execution: JobExecution | None) -> None:
        """Show a fresh read in the fields."""
        self.seen = execution

    @property
    def details(self) -> DetailsTable:
        """The table of details."""
        return self.query_one(DetailsTable)

    @property
    def step_timeout(self) -> str:
        """The step timeout as typed."""
        return self.query_one(".timeout", SafeInput).value

    def read_again(self) -> None:
        """Read what stands there now."""
        self._ready = False
        self._busy = READING
        self.show()
        self.run_worker(self._reading(), exclusive=True)

    async def filled_in(self) -> None:
        """Return when the table holds what was read."""
        await self.details.filled_in()

    def apply(self) -> None:
        """Send what the preview shows, or say what is in the way."""
        self._leaving = False
        self._too_early = bool(self._busy) or not self.on_screen
        if self._busy:
            self._say(f"{self._busy} Enter is taken when that is done", "warning")
            return
        self.show()
        if self._too_early:
            return
        if not self._ready:
            self.read_again()
            return
        filled = self.filled()
        if filled.sendable is None:
            self._say(problem_words(filled), "alarm")
            return
        self._begin_to_send(filled.sendable)

    def _begin_to_send(self, request: ChangeRequest) -> None:
        self._busy = SENDING
        self.show()
        self.run_worker(self._sending(request), exclusive=True)

    def action_next_field(self) -> None:
        """Go to the next field; from the empty row, past its value."""
        if self.details.on_empty_row:
            self.query_one(".timeout", SafeInput).focus()
        else:
            self.focus_next()

    def action_leave(self) -> None:
        """Close; what was typed is lost only after a second Escape."""
        if self.touched() and not self._leaving and self._busy != SENDING:
            self._leaving = True
            self._say(LEAVING, "warning")
        else:
            self.dismiss()

    def action_scroll(self, pages: int) -> None:
        """Move through a dialog that is higher than the screen."""
        dialog = self.query_one("#dialog")
        dialog.scroll_relative(y=pages * max(1, dialog.size.height - 1), animate=False)

    def _show_with_focus(self) -> None:
        self.show()
        if self.is_open and self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    def _scroll_to_focus(self) -> None:
        if self.focused is not None:
            self.query_one("#dialog").scroll_home(animate=False)
            self.focused.scroll_visible(animate=False)

    def show(self) -> None:
        """Draw everything that depends on what was read and typed."""
        if not (self.is_mounted and self.is_open):
            return
        self._text("dialog-title", self.title_line())
        self._text("seen", line(Piece(self._busy, "warning")) if self._busy else self.seen_line())
        self._show_hint()
        most = max(OUTLOOK_LINES, self.size.height - LINES_BESIDE_OUTLOOK)
        most = COMPACT_OUTLOOK_LINES if self._compact else most
        told = outlook_lines(self.filled(), self._message, self._width(), most)
        self._text("outlook", *told)
        if len(told) > OUTLOOK_LINES and not self._compact:
            self.query_one("#outlook").styles.height = len(told)
        if self._compact and self._message.text:
            self.call_after_refresh(self.query_one("#outlook").scroll_visible, animate=False)
        elif self._compact and self.focused is self.first_focus():
            # what stands above where the first key goes tells what it is about
            self.call_after_refresh(self._scroll_to_focus)

    def on_descendant_focus(self) -> None:
        """Say what Enter does here."""
        if self.is_mounted and self.is_open:
            self._show_hint()

    def _show_hint(self) -> None:
        hint = Piece(TOO_EARLY, "warning") if self._too_early else Piece(self._hint(), "dim")
        self._text("dialog-hint", line(hint))

    def _hint(self) -> str:
        focused = self.focused
        if isinstance(focused, Button):
            sends = focused.id == "apply"
            told = "enter sends what stands above" if sends else "enter leaves; nothing is sent"
        elif not isinstance(focused, SafeInput):
            return f"{self.choice_hint} \u00b7 tab next field \u00b7 esc back"
        elif focused.has_class("timeout"):
            told = f"enter goes to {self.apply_label}"
        else:
            told = "enter next field \u00b7 clear a name to drop its row"
        return f"{told} \u00b7 tab next field \u00b7 esc back"

    @on(Button.Pressed, "#cancel")
    def _cancel_pressed(self) -> None:
        self.dismiss()

    async def _reading(self) -> None:
        outcome = await self._asking.read()
        self._busy = ""
        self._took_in_read(outcome)
        self.changed_unasked()

    def _took_in_read(self, outcome: Outcome[JobExecution | None]) -> None:
        last_known = self._asking.last_known
        self.fresh = True
        if isinstance(outcome, Unreachable | Throttled) and last_known is not None:
            self.fresh = False
            self.took_in(last_known)
            told = f"{outcome.reason}: {AS_LAST_SEEN}"
            if not self._asking.details_known:
                told += f". {DETAILS_UNSEEN}"
            self.call_after_refresh(self._say, told, "warning")
        elif isinstance(outcome, Failure):
            self.seen = None
            self._say(f"{failure_words(outcome)}. Enter reads again", "alarm")
            return
        else:
            self.took_in(outcome.value)
            self._say("")
        self._ready = self.seen is not None

    async def _remembering(self) -> None:
        self.details.offer(await self._asking.used_before())

    async def _sending(self, request: ChangeRequest) -> None:
        change = await self._asking.send(request, self.seen)
        self._busy = ""
        if change.state not in TRY_AGAIN:
            self.dismiss()
            return
        self._came_back(change)
        self.changed_unasked()

    def _came_back(self, change: Change) -> None:
        """Show why nothing has changed, and what stands there now."""
        words = outcome_words(change)
        if change.state is ChangeState.CONFLICT:
            self._say(words, "alarm")
            self.app.push_screen(
                conflict_dialog(change, editable=True), partial(self._at_conflict, change)
            )
        elif change.standing is not None:
            self.took_in(change.standing)
            told = f"{words}. Above is what stands there now; Enter applies to that"
            # after what took_in changes in the fields has passed, which would take it away
            self.call_after_refresh(self._say, told, "alarm")
        elif change.state in (ChangeState.CONFLICT, ChangeState.REFUSED):
            self._ready = False
            self._say(f"{words}. Enter reads it again", "alarm")
        else:
            self._say(f"{words}. Enter tries again", "alarm")

    def _at_conflict(self, change: Change, answer: str | None) -> None:
        """Go on as was chosen on what stands there now."""
        self.changed_unasked()
        if answer == "drop":
            self.app.run_worker(self._asking.drop(change.number))
            self.dismiss()
        elif change.standing is None:
            self._ready = False
            self._say(f"{outcome_words(change)}. Enter reads it again", "alarm")
        else:
            self.fresh = True
            self.took_in(change.standing)
            request = again(change)
            if answer == "apply" and request is not None:
                # what the conflict showed, and not what the fields hold while they are refilled
                self._begin_to_send(request)
            else:
                told = "Above is what stands there now; Enter applies to that"
                self.call_after_refresh(self._say, told, "warning")

    def _width(self) -> int:
        return max(20, self.query_one("#outlook").size.width)
