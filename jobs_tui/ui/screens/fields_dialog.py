"""A dialog with fields, a preview and a button that sends: its fields, its focus, its words."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ScreenResultType
from textual.widget import Widget
from textual.widgets import Button, Input

from jobs_tui.ui.forms.wrong_fields import wrong_fields
from jobs_tui.ui.screens.enter_sends import TOO_EARLY, EnterSends
from jobs_tui.ui.screens.fitting_dialog import detail_lines_most
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.enter_hints import (
    CHOOSE,
    LEAVES,
    NEW_ROW,
    NEXT_FIELD,
    SENDS_ABOVE,
    SENDS_BELOW,
    SENDS_NOTHING,
    SENDS_NOTHING_YET,
    goes_to,
    hint_words,
)
from jobs_tui.ui.views.outlook import Outlook, told_of
from jobs_tui.ui.widgets.details_table import DetailFields, DetailsTable
from jobs_tui.ui.widgets.dialog_button import DialogButton
from jobs_tui.ui.widgets.paged_lines import PagedLines
from jobs_tui.ui.widgets.safe_input import SafeInput
from jobs_tui.ui.widgets.status_choice import StatusChoice
from jobs_tui.ui.widgets.step_timeout import StepTimeout

LINES_LEFT_OUT = "of what was pasted the first line was taken, and {} more left out"


class FieldsDialog(EnterSends[ScreenResultType]):
    """What the dialogs that change one execution, or many, have in common."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_field", "Next field", show=False),
    ]

    apply_label: ClassVar[str] = "Apply"
    timeout_note: ClassVar[str]
    """What may be typed as step timeout."""

    _wrong = False

    def compose(self) -> ComposeResult:
        """The fields, in the order of Tab."""
        with Vertical(id="dialog"):
            with Vertical(id="scrolled"):
                yield LineWidget(id="dialog-title")
                yield LineWidget(id="seen")
                yield from self.compose_choice()
                yield LineWidget(id="details-label")
                yield DetailsTable(id="details")
                yield StepTimeout(id="timeout-row")
                with Vertical(id="outlook"):
                    yield PagedLines(id="sends")
                    yield LineWidget(id="told")
            with Horizontal(id="buttons"):
                yield DialogButton(self.apply_label, id="apply")
                yield DialogButton("Cancel", id="cancel")
                yield from self.compose_more_buttons()
            yield LineWidget(id="dialog-hint")

    def compose_choice(self) -> Iterable[StatusChoice]:
        """What stands above the details; nothing unless a dialog has a choice."""
        return ()

    def compose_more_buttons(self) -> Iterable[DialogButton]:
        """Buttons after those that every dialog has."""
        return ()

    def on_mount(self) -> None:
        """Put the focus where the first key goes, and begin to read."""
        self.first_focus().focus()
        self.begin()
        self.show()

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
    def first_focus(self) -> Widget:
        """Where the first key goes."""

    @abstractmethod
    def begin(self) -> None:
        """Read what the change is to be based on."""

    @abstractmethod
    def outlook(self, width: int) -> Outlook:
        """What will be sent as the fields stand, and what there is to say about that."""

    def busy_words(self) -> str:
        """What is waited for, as it is told in the place of what was read."""
        return self.busy

    @property
    def choice(self) -> StatusChoice:
        """The list of statuses, in a dialog that has one."""
        return self.query_one(StatusChoice)

    @property
    def details(self) -> DetailsTable:
        """The table of details."""
        return self.query_one(DetailsTable)

    @property
    def step_timeout(self) -> StepTimeout:
        """The step timeout."""
        return self.query_one(StepTimeout)

    def enter_words(self) -> tuple[str, Sequence[str]]:
        """What Enter does where the focus is, and what else is to be known of the keys there."""
        focused = self.focused
        if isinstance(focused, StatusChoice):
            sends = self.sending_words()
            sends = SENDS_BELOW if sends == SENDS_ABOVE else sends
            return sends if self._all_in_sight else goes_to(self.apply_label), (CHOOSE,)
        if isinstance(focused, Button):
            return self.sending_words() if focused.id == "apply" else LEAVES, ()
        if focused is self.step_timeout.field or self.details.on_last_value:
            return goes_to(self.apply_label), ()
        if self.details.on_empty_row:
            return NEW_ROW, ()
        return NEXT_FIELD, ("clear a name to drop its row",)

    def sending_words(self) -> str:
        """What Enter does where it sends, if it can."""
        if self.busy or any(each.chosen is None for each in self.query(StatusChoice)):
            return SENDS_NOTHING_YET
        return SENDS_NOTHING if self._wrong else SENDS_ABOVE

    def show(self) -> None:
        """Draw everything that depends on what was read and typed."""
        if not (self.is_mounted and self.is_open):
            return
        self.text("dialog-title", self.title_line())
        busy = self.busy_words()
        self.text("seen", line(Piece(busy, "warning")) if busy else self.seen_line())
        note = Piece(f"  {self.details_note()}", "dim")
        self.text("details-label", line(Piece("Status details", "strong"), note))
        self.text("timeout-hint", line(Piece(self.timeout_note, "dim")))
        for choice in self.query(StatusChoice):
            choice.mark(wrong=self.asked and choice.chosen is None)
        self._show_judged()
        if self.compact and self.message.text:
            self.call_after_refresh(self.query_one("#outlook").scroll_visible, animate=False)
        elif self.compact and self.focused is self.first_focus():
            # what stands above where the first key goes tells what it is about
            self.call_after_refresh(self.scroll_to_focus)

    def action_next_field(self) -> None:
        """Go to the next field; from the statuses to the empty row, and from there past its value.

        So that a detail is added by the fewest keys.
        """
        if isinstance(self.focused, StatusChoice):
            self.details.focus_empty_row()
        elif self.details.on_empty_row:
            self.step_timeout.field.focus()
        else:
            self.focus_next()

    async def filled_in(self) -> None:
        """Return when the table holds what was read, and all has the height that it takes."""
        await self.details.filled_in()
        self.show()

    def on_descendant_focus(self) -> None:
        """Say what Enter does here; a field that was left is judged."""
        if not (self.is_mounted and self.is_open):
            return
        self._show_judged()
        opened = self.focused is self.first_focus() and not self.touched()
        if self.compact and isinstance(self.focused, Button) and not opened:
            outlook = self.query_one("#outlook")
            self.call_after_refresh(outlook.scroll_visible, top=True, animate=False)

    def show_hint(self) -> None:
        """Say what Enter does where the focus is, or that one came too early."""
        if not (self.is_mounted and self.is_open):
            return
        widget = self.query_one("#dialog-hint", LineWidget)
        enter, others = self.enter_words()
        width = widget.size.width
        words = hint_words(enter, others, self.missing, width, compact=self.compact)
        hint = Piece(TOO_EARLY, "warning") if self.too_early else Piece(words, "dim")
        widget.show_lines([line(hint)])

    @on(StatusChoice.Chosen)
    @on(DetailsTable.Changed)
    @on(Input.Changed, ".timeout")
    def _typed(self) -> None:
        self.typed()

    @on(StatusChoice.Refused)
    def _refused(self, event: StatusChoice.Refused) -> None:
        self.say(f"{event.status} cannot be set: {event.reason}", "warning")

    @on(SafeInput.LinesLeftOut)
    def _lines_left_out(self, event: SafeInput.LinesLeftOut) -> None:
        # after what was taken has passed, which would take it away
        self.call_later(self.say, LINES_LEFT_OUT.format(event.count), "warning")

    @on(StatusChoice.Submitted)
    def _submitted(self) -> None:
        """Send, or show first what will be sent where it has no room beside the fields."""
        if self._all_in_sight:
            self.apply()
        else:
            self.query_one("#apply", Button).focus()

    @on(DetailsTable.Finished)
    @on(Input.Submitted, ".timeout")
    def _field_done(self) -> None:
        self.query_one("#apply", Button).focus()

    def _show_judged(self) -> None:
        """Show what goes out, mark what is wrong with the fields, and say what Enter does."""
        width = max(20, self.query_one("#sends").size.width)
        outlook = self.outlook(width)
        wrong = wrong_fields(self.details.rows, outlook.problems, self.details.being_named)
        self._wrong = bool(wrong.problems)
        self.details.mark(wrong.names, wrong.values)
        self.step_timeout.mark(wrong=wrong.step_timeout)
        told = self.message if self.message.text else told_of(wrong.problems, outlook.warning)
        lines = min(detail_lines_most(self.size.height), len(self.query(DetailFields)))
        self.show_outlook(outlook, told, width, lines)
        self.show_hint()

    @property
    def _all_in_sight(self) -> bool:
        """Whether one sees both what Enter on the statuses would send, and that these have it."""
        return self.in_sight("statuses") and self.in_sight("outlook")
