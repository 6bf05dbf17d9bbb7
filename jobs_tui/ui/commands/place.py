"""What the commands may ask of the screens that they act on."""

from typing import TYPE_CHECKING, Protocol

from jobs_tui.engine.engine import Engine
from jobs_tui.ui.commands.fleet import ThingsInView
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.rows import Row

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

    def open_journal(self) -> None:
        """Show every change and what became of it."""
        ...

    def open_notices(self) -> None:
        """Show what was told in this run."""
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
    def page(self) -> int:
        """How many lines of the text a page moves."""
        ...

    def move(self, by: int) -> None:
        """Move the text by so many lines."""
        ...

    def toggle_mask(self) -> None:
        """Show or hide the secrets."""
        ...

    def toggle_raw(self) -> None:
        """Show the document as received, or indented."""
        ...

    def fetch(self) -> None:
        """Read it again from the service."""
        ...

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def back(self) -> None:
        """Return to the panels."""
        ...
