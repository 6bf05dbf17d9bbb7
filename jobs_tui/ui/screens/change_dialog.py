"""What the two dialogs that can send a change of one execution have in common.

They read it first, send what the preview shows, and stay open where that has changed nothing.
"""

from abc import abstractmethod
from functools import partial
from typing import Generic

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.outcome import Failure, Outcome, Throttled, Unreachable
from jobs_tui.engine.change import Change, ChangeRequest, ChangeState
from jobs_tui.ui.forms.change_form import ChangeT, Filled
from jobs_tui.ui.screens.asking import Asking
from jobs_tui.ui.screens.enter_sends import READING
from jobs_tui.ui.screens.fields_dialog import FieldsDialog
from jobs_tui.ui.screens.open_change import conflict_dialog
from jobs_tui.ui.terminal.lines import Piece, line
from jobs_tui.ui.views.changes import failure_words, outcome_words
from jobs_tui.ui.views.conflict import again
from jobs_tui.ui.views.enter_hints import READS_AGAIN
from jobs_tui.ui.views.outlook import Outlook, outlook_of

NOT_READ = "Nothing is sent before it is read again"
SENDING = "sending \u2026"
DETAILS_UNSEEN = "Its details were not read: any that you send replace them unseen"
AS_LAST_SEEN = "this is what the panel last showed; Enter keeps the change until it can be sent"

TRY_AGAIN = frozenset({ChangeState.CONFLICT, ChangeState.REFUSED, ChangeState.NOT_RECORDED})
"""The outcomes after which nothing has changed: the dialog stays open with what was typed."""


class ChangeDialog(FieldsDialog[None], Generic[ChangeT]):
    """A fresh read, a request that is based on it, and the outcome."""

    outlook_lines_min = 6

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self._asking = asking
        self.seen: JobExecution | None = None
        """What the fresh read told; the change is based on it."""
        self.fresh = True
        """Whether it was just read; else it is what the panel showed last."""
        self._ready = False

    @abstractmethod
    def filled(self) -> Filled[ChangeT]:
        """The request that the fields stand for."""

    @abstractmethod
    def typed_in(self) -> bool:
        """Whether anything was chosen or typed that was not read."""

    def took_in(self, execution: JobExecution | None) -> None:
        """Show a fresh read in the fields."""
        self.seen = execution

    def begin(self) -> None:
        """Read, and fetch what was used before."""
        self.read_again()
        self.run_worker(self._remembering(), group="used before")

    def outlook(self, width: int) -> Outlook:
        """The request as it goes out."""
        outlook = outlook_of(self.filled(), width)
        if self._ready or self.busy:
            return outlook
        return outlook._replace(sends=[line(Piece(NOT_READ, "dim"))])

    def sending_words(self) -> str:
        """What Enter does where it sends: first it reads, if that is what is missing."""
        return super().sending_words() if self._ready or self.busy else READS_AGAIN

    def touched(self) -> bool:
        """Whether leaving would lose something; what is on its way is in the journal already."""
        return self.typed_in() and self.busy != SENDING

    def read_again(self) -> None:
        """Read what stands there now."""
        self._ready = False
        self.busy = READING
        self.show()
        self.run_worker(self._reading(), exclusive=True)

    def send(self) -> None:
        """Send what the preview shows; read again where that is what is missing."""
        if not self._ready:
            self.read_again()
            return
        filled = self.filled()
        if filled.sendable is None:
            self.say_wrong(filled.problems)
            return
        self._begin_to_send(filled.sendable)

    def _begin_to_send(self, request: ChangeRequest) -> None:
        self.busy = SENDING
        self.show()
        self.run_worker(self._sending(request), exclusive=True)

    async def _reading(self) -> None:
        outcome = await self._asking.read()
        self.busy = ""
        self._took_in_read(outcome)
        self.changed_unasked()

    def _took_in_read(self, outcome: Outcome[JobExecution | None]) -> None:
        last_known = self._asking.last_known
        self.fresh = True
        if isinstance(outcome, Unreachable | Throttled) and last_known is not None:
            self.fresh = False
            self.took_in(last_known)
            self._ready = True
            told = f"{outcome.reason}: {AS_LAST_SEEN}"
            if not self._asking.details_known:
                told += f". {DETAILS_UNSEEN}"
            self.call_after_refresh(self.say, told, "warning")
        elif isinstance(outcome, Failure):
            self.seen = None
            self.say(f"{failure_words(outcome)}. Enter reads again", "alarm")
        else:
            self.took_in(outcome.value)
            self._ready = self.seen is not None
            self.say("")

    async def _remembering(self) -> None:
        self.details.offer(await self._asking.used_before())

    async def _sending(self, request: ChangeRequest) -> None:
        change = await self._asking.send(request, self.seen)
        self.busy = ""
        if change.state not in TRY_AGAIN:
            self.dismiss()
            return
        self._came_back(change)
        self.changed_unasked()

    def _came_back(self, change: Change) -> None:
        """Show why nothing has changed, and what stands there now."""
        words = outcome_words(change)
        if change.state is ChangeState.CONFLICT:
            self.say(words, "alarm")
            self.app.push_screen(
                conflict_dialog(change, editable=True), partial(self._at_conflict, change)
            )
        elif change.standing is not None:
            self.took_in(change.standing)
            told = f"{words}. Above is what stands there now; Enter applies to that"
            # after what took_in changes in the fields has passed, which would take it away
            self.call_after_refresh(self.say, told, "alarm")
        elif change.state in (ChangeState.CONFLICT, ChangeState.REFUSED):
            self._ready = False
            self.say(f"{words}. Enter reads it again", "alarm")
        else:
            self.say(f"{words}. Enter tries again", "alarm")

    def _at_conflict(self, change: Change, answer: str | None) -> None:
        """Go on as was chosen on what stands there now."""
        self.changed_unasked()
        if answer == "drop":
            self.app.run_worker(self._asking.drop(change.number))
            self.dismiss()
        elif change.standing is None:
            self._ready = False
            self.say(f"{outcome_words(change)}. Enter reads it again", "alarm")
        else:
            self.fresh = True
            self.took_in(change.standing)
            request = again(change)
            if answer == "apply" and request is not None:
                # what the conflict showed, and not what the fields hold while they are refilled
                self._begin_to_send(request)
            else:
                told = "Above is what stands there now; Enter applies to that"
                self.call_after_refresh(self.say, told, "warning")
