"""The dialog that starts the next job of a thing: StartNextPendingJobExecution."""

from textual.widget import Widget
from textual.widgets import Button

from jobs_tui.domain.requests import StartNextPendingJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.ui.forms.change_form import Filled, fill_start
from jobs_tui.ui.screens.asking import Asking
from jobs_tui.ui.screens.change_dialog import ChangeDialog
from jobs_tui.ui.terminal.lines import Line, Piece, line


class StartNextDialog(ChangeDialog[StartNextPendingJobExecution]):
    """Shows what stands first now; the service starts that one, and never a second one."""

    apply_label = "Start"
    timeout_note = "minutes, 1 to 10080"
    lines_around = 8

    def __init__(self, thing_name: str, asking: Asking) -> None:
        super().__init__(asking)
        self._thing_name = thing_name

    def title_line(self) -> Line:
        """The thing."""
        return line(Piece("Start the next job  ", "strong"), self._thing_name)

    def seen_line(self) -> Line:
        """What would be started."""
        if self.seen is None:
            return line(Piece("nothing is pending: there is nothing to start", "warning"))
        version = f", version {self.seen.version_number}"
        if not self.fresh:
            version += ", as last seen; it will wait for the endpoint"
        if self.seen.status is Status.IN_PROGRESS:
            return line(
                Piece(self.seen.job_id, "strong"),
                Piece(f" is already in progress{version}: nothing new would start", "warning"),
            )
        return line(
            "starts ", Piece(self.seen.job_id, "strong"), f", now {self.seen.status}{version}"
        )

    def details_note(self) -> str:
        """Details are optional."""
        return "optional, set with the start"

    def first_focus(self) -> Widget:
        """The button that starts."""
        return self.query_one("#apply", Button)

    def filled(self) -> Filled[StartNextPendingJobExecution]:
        """The start."""
        return fill_start(self._thing_name, self.details.rows, self.step_timeout.value)

    def typed_in(self) -> bool:
        """Whether something was typed."""
        return bool(self.details.rows) or bool(self.step_timeout.value)
