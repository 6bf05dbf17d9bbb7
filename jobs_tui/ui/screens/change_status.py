"""The dialog that changes the status of an execution: UpdateJobExecution."""

from collections.abc import Iterable

from textual.widget import Widget

from jobs_tui.domain.description import JobExecution
from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.requests import UpdateJobExecution
from jobs_tui.domain.status import Status
from jobs_tui.ui.forms.change_form import Filled, fill_update, rebased
from jobs_tui.ui.screens.asking import Asking
from jobs_tui.ui.screens.change_dialog import ChangeDialog
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.widgets.safe_input import SafeInput
from jobs_tui.ui.widgets.status_choice import StatusChoice


class ChangeStatusDialog(ChangeDialog[UpdateJobExecution]):
    """Filled from a fresh read, so that expected version and details are those that one sees."""

    timeout_note = "minutes, 1 to 10080; -1 cancels the step timer"
    lines_around = 12

    def __init__(self, key: ExecutionKey, status: Status, asking: Asking) -> None:
        super().__init__(asking)
        self._key = key
        self._listed_status = status

    def compose_choice(self) -> Iterable[StatusChoice]:
        """The list of statuses."""
        yield StatusChoice(self._listed_status)

    def title_line(self) -> Line:
        """The execution."""
        return line(
            Piece("Change status  ", "strong"), f"{self._key.thing_name} / {self._key.job_id}"
        )

    def seen_line(self) -> Line:
        """Status and version on which the change is based."""
        if self.seen is None:
            return line(Piece("not read", "warning"))
        return line(
            "now ",
            Piece(str(self.seen.status), "progress"),
            Piece(", ! no version told, ", "warning")
            if self.seen.version_number is None
            else f", version {self.seen.version_number}, ",
            "just read; the change is based on it"
            if self.fresh
            else Piece("as last seen; the change will wait for the endpoint", "warning"),
        )

    def details_note(self) -> str:
        """An update replaces all details."""
        return "all of them are replaced; unchanged ones are not sent"

    def first_focus(self) -> Widget:
        """The list of statuses."""
        return self.choice

    def filled(self) -> Filled[UpdateJobExecution]:
        """The update; before the read, based on what the panel knows."""
        seen = self.seen or JobExecution(
            self._key.job_id,
            self._key.thing_name,
            self._listed_status,
            execution_number=self._key.execution_number,
        )
        return fill_update(seen, self.choice.chosen, self.details.rows, self.step_timeout.value)

    def typed_in(self) -> bool:
        """Whether a status was chosen or something typed."""
        before = dict(self.seen.status_details) if self.seen else {}
        now = {row.name: row.value for row in self.details.rows}
        return self.choice.chosen is not None or bool(self.step_timeout.value) or now != before

    def took_in(self, execution: JobExecution | None) -> None:
        """Fill in the details; after a conflict, those that were not touched follow."""
        before = self.seen
        super().took_in(execution)
        if execution is None:
            return
        self.choice.set_current(execution.status)
        if before is None:
            self.details.fill(execution.status_details)
        elif before.status_details != execution.status_details:
            rows = rebased(self.details.rows, before.status_details, execution.status_details)
            if isinstance(self.focused, SafeInput):
                self.first_focus().focus()
            self.details.replace(rows)
