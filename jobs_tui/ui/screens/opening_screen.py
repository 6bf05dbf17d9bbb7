"""What one gets to from the panels: dialogs, other screens, own commands, other rows."""

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from jobs_tui.engine.context import Context
from jobs_tui.ui.screens.watching_screen import WatchingScreen
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.rows import Row
from jobs_tui.ui.widgets.marks import Marks
from jobs_tui.ui.widgets.overview import Overview
from jobs_tui.ui.widgets.panel_cursor import PanelCursor

if TYPE_CHECKING:
    # nothing is opened before the first frame
    from jobs_tui.domain.execution import ExecutionKey
    from jobs_tui.domain.own_command import OwnCommand
    from jobs_tui.engine.change import Change
    from jobs_tui.ui.aside.own_commands import OwnCommands
    from jobs_tui.ui.screens.ways import CockpitWays

NOTES = (
    "Letters open or choose; only Enter in a dialog sends. Nothing is sent by a single key.",
    "Filters: all words count, !word leaves out, / once more in a panel: this panel only.",
    "Pending lists hold 10 executions at most; the service has no way to ask for more.",
)


class OpeningScreen(WatchingScreen):
    """A screen with panels, and all that opens from them; each is loaded on first use."""

    def __init__(self, context: Context, things: tuple[str, ...], others: tuple[str, ...]) -> None:
        """Make it for things of a context; `others` are the contexts that one can switch to."""
        super().__init__(context, things, others)
        self._overview: Overview
        self._wanted_place: ExecutionKey | None = None
        """Where to go once this is what one sees again."""
        self._ways: CockpitWays | None = None
        self._own: OwnCommands | None = None
        if context.commands:
            self._take_own(context.commands)

    @abstractmethod
    def redraw(self) -> None:
        """Draw what has become different."""

    def on_screen_resume(self) -> None:
        """Go where one wanted to go from the screen that was over this one."""
        self._go_to_wanted()

    def _take_own(self, owns: "tuple[OwnCommand, ...]") -> None:
        """Have the commands of the settings, too."""
        from jobs_tui.ui.aside.own_commands import OwnCommands  # noqa: PLC0415 - few have some

        self._own = OwnCommands(self, owns)
        self.COMMAND_LIST = (*self.COMMAND_LIST, *self._own.commands)
        for command in self._own.commands:
            self._bindings.bind(command.keys[0], f"press({command.keys[0]!r})", show=False)

    async def end(self) -> None:
        """End the commands of the settings that still run, and all else."""
        if self._own is not None:
            await self._own.end()
        await super().end()

    @property
    def overview(self) -> Overview:
        """The panels and the list."""
        return self._overview

    @property
    def cursor(self) -> PanelCursor:
        """The cursor among the rows of the panels."""
        return self._overview.cursor

    @property
    def thing_name(self) -> str:
        """The thing whose panel has the focus."""
        return self._overview.cursor.thing_name

    @property
    def selected_row(self) -> Row | None:
        """The row that the cursor is on."""
        return self._overview.cursor.selected_row

    @property
    def marks(self) -> Marks:
        """The executions that are marked."""
        return self._overview.marks

    @property
    def ways(self) -> "CockpitWays":
        """What leads around here: jumps, back and forward, sorting."""
        if self._ways is None:
            from jobs_tui.ui.screens.ways import CockpitWays  # noqa: PLC0415 - on first use

            self._ways = CockpitWays(self)
        return self._ways

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line; it stays until the next one, and among the notices."""
        self.engine.notices.tell(notice.text, notice.look)

    def open_execution(self, row: Row, *, document_only: bool) -> None:
        """Show an execution, or only its job document."""
        from jobs_tui.ui.screens import open_row  # noqa: PLC0415 - on first use

        open_row.open_execution(self.app, self.engine, row, document_only=document_only)

    def open_start_next(self) -> None:
        """Ask for the parameters of StartNextPendingJobExecution."""
        from jobs_tui.ui.screens import open_row  # noqa: PLC0415 - on first use

        open_row.open_start_next(self.app, self.engine, self.thing_name)

    def open_change_status(self, row: Row) -> None:
        """Ask for the parameters of UpdateJobExecution."""
        from jobs_tui.ui.screens import open_row  # noqa: PLC0415 - on first use

        open_row.open_change_status(self.app, self.engine, row)

    def open_change_marked(self) -> None:
        """Ask for one change of all that are marked."""
        from jobs_tui.ui.screens import open_bulk  # noqa: PLC0415 - on first use

        open_bulk.open_change_marked(self.app, self.engine, self.marks, self.notice)

    def copy(self, text: str, what: str) -> None:
        """Have the terminal keep a text."""
        from jobs_tui.ui.aside.copying import copy  # noqa: PLC0415 - on first use

        copy(self.app, text, what, self.notice, "")

    def open_journal(self) -> None:
        """Show every change and what became of it."""
        from jobs_tui.ui.screens.journal import JournalScreen  # noqa: PLC0415 - on first use

        self.app.push_screen(JournalScreen(self.engine))

    def open_notices(self) -> None:
        """Show what was told in this run."""
        from jobs_tui.ui.screens.notices import NoticesScreen  # noqa: PLC0415 - on first use

        screen = NoticesScreen(self.engine)
        self.app.push_screen(screen, lambda _: self._go_to(screen.place))

    def open_pulse(self) -> None:
        """Show calls, latency and errors, and how the things stood."""
        from jobs_tui.ui.screens.pulse import PulseScreen  # noqa: PLC0415 - on first use

        self.app.push_screen(PulseScreen(self.engine, self.context.caption, self.context.pulses))

    def _go_to(self, place: "ExecutionKey | None") -> None:
        self._wanted_place = place
        if self.is_current:
            self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        place, self._wanted_place = self._wanted_place, None
        if place is not None:
            from jobs_tui.ui.screens.going_to import go_to  # noqa: PLC0415 - on first use

            go_to(self, place)

    def _open_change(self, change: "Change") -> None:
        from jobs_tui.ui.screens.open_change import open_change  # noqa: PLC0415 - on first use

        open_change(self.app, self.engine, change)

    def open_help(self) -> None:
        """Show the keys of this screen."""
        from jobs_tui.ui.screens.help import HelpScreen  # noqa: PLC0415 - on first use

        self.app.push_screen(HelpScreen(partial(self.help_text, "Keys", NOTES)))
