"""The list of statuses in the dialog that changes one."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from jobs_tui.domain.status import SETTABLE, Status, next_statuses, transition_problem
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.widgets.marked_row import SIGN

KEYS = {
    "i": Status.IN_PROGRESS,
    "s": Status.SUCCEEDED,
    "f": Status.FAILED,
    "r": Status.REJECTED,
}


class StatusChoice(LineWidget, can_focus=True):
    """One line per status with its key and its meaning; none is chosen until the user does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"choose('{status}')", str(status), show=False)
            for key, status in KEYS.items()
        ),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("enter", "submit", "Apply", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Another status was chosen."""

    @dataclass
    class Refused(Message):
        """A status was asked for that the service would not take."""

        status: Status
        reason: str

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

    def __init__(self, current: Status) -> None:
        super().__init__(id="statuses")
        self._current = current
        self.chosen: Status | None = None
        self._wrong = False

    def on_mount(self) -> None:
        """Draw the list."""
        self._draw()

    def on_focus(self) -> None:
        """Show that the keys go here."""
        self._draw()

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self._draw()

    def set_current(self, current: Status) -> None:
        """The status from which the next one starts; an illegal choice is taken back."""
        self._current = current
        if self.chosen is not None and transition_problem(current, self.chosen) is not None:
            self.chosen = None
            self.post_message(self.Chosen())
        self._draw()

    def mark(self, *, wrong: bool) -> None:
        """Show whether one is to be chosen before anything else."""
        if wrong != self._wrong:
            self._wrong = wrong
            self._draw()

    def action_choose(self, name: str) -> None:
        """Choose a status, if the service would take it."""
        status = Status(name)
        problem = transition_problem(self._current, status)
        if problem is not None:
            self.post_message(self.Refused(status, problem))
            return
        self.chosen = status
        self._draw()
        self.post_message(self.Chosen())

    def action_move(self, by: int) -> None:
        """Choose the status above or below."""
        legal = next_statuses(self._current)
        if legal:
            at = legal.index(self.chosen) + by if self.chosen in legal else 0
            self.action_choose(legal[max(0, min(at, len(legal) - 1))])

    def action_submit(self) -> None:
        """Tell that Enter was pressed."""
        self.post_message(self.Submitted())

    def on_click(self, event: events.Click) -> None:
        """Choose the status that was clicked."""
        self.focus()
        if event.y < len(SETTABLE):
            self.action_choose(SETTABLE[event.y])

    def _draw(self) -> None:
        self.show_lines([self._line(status) for status in SETTABLE])

    def _line(self, status: Status) -> Line:
        problem = transition_problem(self._current, status)
        chosen = status is self.chosen
        key = next(key for key, value in KEYS.items() if value is status)
        mark = "(\u2022)" if chosen else "( )"
        words = f"cannot be set: {problem}" if problem else status.meaning
        look = "dim" if problem else "cursor" if chosen and self.has_focus else ""
        return line(
            Piece(SIGN if self._wrong and not problem else " ", "alarm"),
            f"{mark} ",
            # the keys are for this list only while it has the focus
            Piece(key, "key" if self.has_focus and not problem else ""),
            Piece(f" {status:<12}", "strong" if chosen else ""),
            Piece(words, "dim"),
            look=look,
        )
