"""Opening what the service can tell, and what the program keeps."""

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.place import CockpitPlace
from jobs_tui.ui.views.rows import Row

NO_ROW = "this thing has no pending job"
LEFT = "this execution is not in the pending list any more"


def row_problem(row: Row | None) -> str | None:
    """Why nothing can be read or changed of a row, or None."""
    if row is None:
        return NO_ROW
    return LEFT if row.left else None


class OpenExecution(Command[CockpitPlace]):
    """Open the execution: members, details, job document."""

    keys = ("enter", "d")
    name = "Open the execution"
    hint = "open"

    def why_not(self, place: CockpitPlace) -> str | None:
        """Only a row that is listed can be opened."""
        return row_problem(place.selected_row)

    def run(self, place: CockpitPlace) -> None:
        """Open it on a screen of its own."""
        if (row := place.selected_row) is not None:
            place.open_execution(row, document_only=False)


class OpenDocument(Command[CockpitPlace]):
    """Open the job document."""

    keys = ("o",)
    name = "Open the job document"
    hint = "document"
    # the key that opens the execution shows it as well
    narrow = False

    def why_not(self, place: CockpitPlace) -> str | None:
        """Only a row that is listed has a document to read."""
        return row_problem(place.selected_row)

    def run(self, place: CockpitPlace) -> None:
        """Open it on a screen of its own."""
        if (row := place.selected_row) is not None:
            place.open_execution(row, document_only=True)


class OpenJournal(Command[CockpitPlace]):
    """Open the journal: what became of every change."""

    keys = ("J",)
    name = "Journal"

    def run(self, place: CockpitPlace) -> None:
        """Open it on a screen of its own."""
        place.open_journal()


class OpenNotices(Command[CockpitPlace]):
    """Open the notices: all that was told in this run."""

    keys = ("L",)
    name = "Notices"

    def run(self, place: CockpitPlace) -> None:
        """Open them on a screen of their own."""
        place.open_notices()


class OpenPulse(Command[CockpitPlace]):
    """Open the pulse: calls, latency, failures, states of an hour."""

    keys = ("P",)
    name = "Pulse"

    def run(self, place: CockpitPlace) -> None:
        """Open it on a screen of its own."""
        place.open_pulse()
