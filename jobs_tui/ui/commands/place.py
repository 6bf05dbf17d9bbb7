"""What the commands may ask of the screens that they act on."""

from typing import TYPE_CHECKING, Protocol

from jobs_tui.engine.engine import Engine
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.rows import Row
from jobs_tui.ui.widgets.marks import Marks

if TYPE_CHECKING:
    from jobs_tui.ui.commands.ways import Ways


class RowsInView(Protocol):
    """The rows of the panels, with the cursor among them."""

    @property
    def panel_rows(self) -> tuple[Row, ...]:
        """The rows of the panel in focus, or of the thing under the cursor."""
        ...

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows of all panels, from top to bottom."""
        ...


class ThingsInView(Protocol):
    """Panels, and the list of all things where those are too many for panels."""

    @property
    def has_list(self) -> bool:
        """Whether there is a list."""
        ...

    @property
    def in_list(self) -> bool:
        """Whether the focus is on the list."""
        ...

    @property
    def filtered(self) -> bool:
        """Whether the list shows some of the things only."""
        ...

    @property
    def urgent_things(self) -> int:
        """How many things need a person."""
        ...

    def open_filter(self) -> None:
        """Take what is typed as the filter of the list from now on."""
        ...

    def toggle_urgent(self) -> None:
        """Show only what needs a person, or everything again."""
        ...

    def select_next_urgent(self) -> bool:
        """Go on to the next thing that needs a person; tells whether the list shows one."""
        ...

    def toggle_pin(self) -> bool:
        """Keep the thing in view, or no longer; tells whether it is kept now."""
        ...

    def focus_panel(self) -> None:
        """Put the focus on the panel of the thing under the cursor."""
        ...

    def focus_list(self) -> None:
        """Put the focus on the list."""
        ...

    @property
    def full_screen(self) -> bool:
        """Whether one panel has all the room."""
        ...

    def toggle_full_screen(self) -> None:
        """Give the panel with the focus all the room, or share it out again."""
        ...

    def clear_filter(self) -> None:
        """Show everything again."""
        ...


class ThingPlace(Protocol):
    """Where a thing is what the commands are about, and something is told of it."""

    @property
    def thing_name(self) -> str:
        """The thing whose panel has the focus, or that is under the cursor of the list."""
        ...

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        ...

    def redraw(self) -> None:
        """Draw what has become different."""
        ...


class FleetPlace(ThingPlace, Protocol):
    """The screen with the panels, and with the list."""

    @property
    def overview(self) -> ThingsInView:
        """What of it the commands are about."""
        ...


class RefreshingPlace(ThingPlace, Protocol):
    """Where things are asked for."""

    @property
    def engine(self) -> Engine:
        """The engine behind it."""
        ...

    @property
    def low_bandwidth(self) -> bool:
        """Whether bytes are spared."""
        ...

    def save_bandwidth(self, *, on: bool) -> None:
        """Spare bytes from now on, or no more."""
        ...


class MovingPlace(Protocol):
    """Where a cursor is moved among rows and panels."""

    def move_row(self, by: int, *, within: bool = False) -> None:
        """Move the cursor by so many rows; `within` keeps it in its panel."""
        ...

    def move_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        ...

    def move_panel(self, by: int) -> None:
        """Move the focus by so many panels, around the ends."""
        ...


class GroundPlace(Protocol):
    """Where there is help, a palette and a way out."""

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


class CockpitPlace(FleetPlace, RefreshingPlace, MovingPlace, GroundPlace, Protocol):
    """All that there is on the screen with the panels."""

    @property
    def cursor(self) -> RowsInView:
        """The cursor among the rows."""
        ...

    @property
    def ways(self) -> "Ways":
        """What leads around on it."""
        ...

    @property
    def selected_row(self) -> Row | None:
        """The row that the cursor is on, or None in an empty panel."""
        ...

    @property
    def marks(self) -> Marks:
        """The executions that are marked."""
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
