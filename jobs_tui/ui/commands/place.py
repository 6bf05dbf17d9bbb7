"""What the commands may ask of the screens that they act on."""

from typing import TYPE_CHECKING, Protocol

from jobs_tui.engine.engine import Engine
from jobs_tui.ui.commands.fleet import ThingsInView
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.rows import Row
from jobs_tui.ui.widgets.marks import Marks

if TYPE_CHECKING:
    from jobs_tui.ui.commands.ways import Ways


class CockpitPlace(Protocol):
    """The screen with the panels."""

    @property
    def engine(self) -> Engine:
        """The engine behind it."""
        ...

    @property
    def overview(self) -> ThingsInView:
        """The panels and the list."""
        ...

    @property
    def ways(self) -> "Ways":
        """What leads around on it."""
        ...

    @property
    def thing_name(self) -> str:
        """The thing whose panel has the focus."""
        ...

    @property
    def selected_row(self) -> Row | None:
        """The row that the cursor is on, or None in an empty panel."""
        ...

    @property
    def marks(self) -> Marks:
        """The executions that are marked."""
        ...

    @property
    def low_bandwidth(self) -> bool:
        """Whether bytes are spared."""
        ...

    def save_bandwidth(self, *, on: bool) -> None:
        """Spare bytes from now on, or no more."""
        ...

    def move_row(self, by: int, *, within: bool = False) -> None:
        """Move the cursor by so many rows; `within` keeps it in its panel."""
        ...

    def move_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        ...

    def move_panel(self, by: int) -> None:
        """Move the focus by so many panels, around the ends."""
        ...

    def open_execution(self, row: Row, *, document_only: bool) -> None:
        """Show an execution, or only its job document."""
        ...

    def open_start_next(self) -> None:
        """Ask for the parameters of StartNextPendingJobExecution."""
        ...

    def open_change_status(self, row: Row) -> None:
        """Ask for the parameters of UpdateJobExecution."""
        ...

    def open_change_marked(self) -> None:
        """Ask for one change of all that are marked."""
        ...

    def copy(self, text: str, what: str) -> None:
        """Have the terminal keep a text; `what` it is, for the status line."""
        ...

    def open_journal(self) -> None:
        """Show every change and what became of it."""
        ...

    def open_notices(self) -> None:
        """Show what was told in this run."""
        ...

    def open_pulse(self) -> None:
        """Show calls, latency and errors, and how the things stood."""
        ...

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        ...

    def redraw(self) -> None:
        """Draw what has become different."""
        ...

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def open_palette(self) -> None:
        """Show the command palette."""
        ...

    def repaint(self) -> None:
        """Send the whole screen again."""
        ...

    def leave(self) -> None:
        """End the program, or ask first."""
        ...


class ExecutionPlace(Protocol):
    """The screen that shows one execution and its document."""

    @property
    def masked(self) -> bool:
        """Whether secrets are hidden."""
        ...

    @property
    def document_read(self) -> bool:
        """Whether there is a document to show."""
        ...

    @property
    def document_text(self) -> str | None:
        """The job document as received, its secrets in it; None before it is read."""
        ...

    @property
    def selected_value(self) -> tuple[str, str] | None:
        """Path and text of the value under the cursor, as one would paste it, secrets in it."""
        ...

    @property
    def only_way(self) -> str | None:
        """Why the document can be looked at in one way only, or None."""
        ...

    @property
    def folds(self) -> bool:
        """Whether the document is shown as a tree."""
        ...

    @property
    def searched(self) -> bool:
        """Whether something is searched for."""
        ...

    @property
    def opened_before(self) -> bool:
        """Whether it is known what the document was when last opened."""
        ...

    def next_way(self) -> None:
        """Look at the document in the next way."""
        ...

    def toggle_mask(self) -> None:
        """Show or hide the secrets."""
        ...

    def fold(self, *, on: bool | None = None) -> None:
        """Fold what the cursor is on, or unfold it, or the one or the other."""
        ...

    def fold_all(self, *, on: bool) -> None:
        """Fold all within the document, or unfold everything."""
        ...

    def open_search(self) -> None:
        """Take what is to be searched for."""
        ...

    def find_next(self, by: int) -> None:
        """Go to the next place that was found, or to the one before."""
        ...

    def toggle_changes(self) -> None:
        """Show what changed since it was last opened, or the document again."""
        ...

    @property
    def page(self) -> int:
        """How many lines of the text a page moves."""
        ...

    def move(self, by: int) -> None:
        """Move the cursor by so many lines of the text."""
        ...

    def copy_out(self) -> None:
        """Copy the document, or the value under the cursor."""
        ...

    def write_out(self) -> None:
        """Ask for the file to write the document to."""
        ...

    def open_outside(self) -> None:
        """Open the document in the pager or the editor."""
        ...

    def fetch(self) -> None:
        """Read it again from the service."""
        ...

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def open_palette(self) -> None:
        """Show the command palette."""
        ...

    def back(self) -> None:
        """End the search, or return to the panels."""
        ...
