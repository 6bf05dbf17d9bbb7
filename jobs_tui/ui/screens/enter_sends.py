"""A dialog in which Enter sends what it shows, and Escape leaves it.

Nothing is sent before what was read is in and is on the terminal with its preview: an Enter that
was typed before that is told of instead. What else is typed before stays.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import ScreenResultType
from textual.widgets import Button

from jobs_tui.domain.checks import FieldProblem
from jobs_tui.ui.screens.fitting_dialog import FittingDialog
from jobs_tui.ui.terminal.lines import Piece
from jobs_tui.ui.views.outlook import told_of

READING = "reading \u2026"
TOO_EARLY = "Enter came before this was on the screen; press it again"
LEAVING = "nothing was sent; Escape again leaves and forgets what is typed"


class EnterSends(FittingDialog[ScreenResultType]):
    """When something is sent, when the dialog closes, and what is said instead."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self.busy = ""
        """What is waited for before Enter is taken."""
        self.message = Piece("")
        """Told instead of what is wrong with the fields, until one of them changes."""
        self.asked = False
        """Whether Enter was pressed since something was typed."""
        self.too_early = False
        """Whether that was before it was to be seen what it would send."""
        self._leaving = False

    @abstractmethod
    def send(self) -> None:
        """Send what the preview shows, or say what is in the way."""

    @abstractmethod
    def touched(self) -> bool:
        """Whether anything was chosen or typed that leaving would lose."""

    def say(self, text: str, look: str = "") -> None:
        """Tell something until one of the fields changes."""
        self.message = Piece(text, look)
        self.show()

    def say_wrong(self, problems: Sequence[FieldProblem]) -> None:
        """Tell why nothing is sent."""
        self.say(*told_of(problems, ""))

    def typed(self) -> None:
        """Draw what a key has changed."""
        self.asked = self._leaving = False
        self.message = Piece("")
        self.show()

    def apply(self) -> None:
        """Send what the preview shows, if it is there to be seen, or say what is in the way."""
        self._leaving = False
        self.too_early = bool(self.busy) or not self.on_screen
        if self.busy:
            self.say(f"{self.busy} Enter is taken when that is done", "warning")
            return
        self.asked = True
        self.show()
        if not self.too_early:
            self.send()

    def action_leave(self) -> None:
        """Close; what was typed is lost only after a second Escape."""
        if self.touched() and not self._leaving:
            self._leaving = True
            self.say(LEAVING, "warning")
        else:
            self.dismiss()

    @on(Button.Pressed, "#apply")
    def _apply_pressed(self) -> None:
        self.apply()

    @on(Button.Pressed, "#cancel")
    def _cancel_pressed(self) -> None:
        self.dismiss()
