"""What the screens over the panels have in common: each shows one text, and is left again."""

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from jobs_tui.engine.change import Change
from jobs_tui.engine.engine import Engine
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.screens.help import HelpScreen
from jobs_tui.ui.screens.meanwhile import ConflictsMeanwhile
from jobs_tui.ui.terminal.line_widgets import LineView, LineWidget
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.meanwhile import status_line


class ReadingScreen(CommandScreen):
    """Title, text, status line, footer; a conflict that comes meanwhile is told in the third."""

    help_title: ClassVar[str]
    """What its help is called."""
    help_notes: ClassVar[tuple[str, ...]]
    """What its help says below the keys, where no key is named in it."""

    def __init__(self, engine: Engine) -> None:
        """Make it over the panels of this engine."""
        super().__init__()
        self.engine = engine
        self._told: Notice | None = None
        self._meanwhile = ConflictsMeanwhile(engine.store)

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield LineWidget(id="header")
        yield from self.text_parts()
        yield self.status_part()
        yield LineWidget(id="footer")

    def text_parts(self) -> Sequence[Widget]:
        """What the text is shown by; `#text` takes the keys that the screen does not know."""
        return (LineView(id="text"),)

    def status_part(self) -> Widget:
        """What the status line is shown by."""
        return LineWidget(id="notice")

    def on_mount(self) -> None:
        """Take the keys, and follow the changes."""
        text = self.query_one("#text")
        if text.can_focus:
            text.focus()
        self.engine.store.subscribe(self._heard)
        self._meanwhile.look()

    def on_unmount(self) -> None:
        """Follow them no more."""
        self.engine.store.unsubscribe(self._heard)

    def on_resize(self) -> None:
        """Draw it at its size."""
        self.show()

    @abstractmethod
    def title_line(self, width: int) -> Line:
        """The line at the top."""

    @abstractmethod
    def draw_text(self) -> None:
        """Draw what lies between title and status line."""

    def show(self) -> None:
        """Draw it as it stands now, if there is anything to draw on; what is the same stays."""
        if not self._can_draw:
            return
        self.draw_text()
        width = self.size.width
        self.query_one("#header", LineWidget).show_lines([self.title_line(width)])
        self.show_status(self._told, self._meanwhile.open)
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])

    @property
    def _can_draw(self) -> bool:
        return self.is_mounted and self.is_open

    def show_status(self, notice: Notice | None, conflicts: Sequence[Change]) -> None:
        """Draw the status line."""
        shown = status_line(notice, conflicts, self.size.width)
        self.query_one("#notice", LineWidget).show_lines([shown])

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        self._told = notice
        self._show_status()

    @property
    def notes(self) -> tuple[str, ...]:
        """What its help says below the keys."""
        return self.help_notes

    def open_help(self) -> None:
        """Show the keys of this screen."""
        text = partial(self.help_text, self.help_title, self.notes)
        self.app.push_screen(HelpScreen(text))

    def open_palette(self) -> None:
        """Show the command palette."""
        self.app.action_command_palette()

    def back(self) -> None:
        """Return to the panels."""
        self.dismiss()

    @property
    def conflicts(self) -> int:
        """How many conflicts came while it was open, and are to be decided."""
        return len(self._meanwhile.open)

    def open_conflict(self) -> None:
        """Show the first of them, and what can be done; this is where one returns to."""
        from jobs_tui.ui.screens.open_change import open_change  # noqa: PLC0415 - seldom wanted

        first = self._meanwhile.open[0]
        self._meanwhile.opened(first)
        self._show_status()
        open_change(self.app, self.engine, first)

    def _heard(self, thing_name: str | None) -> None:
        if thing_name is None or not self.engine.store.asked_for(thing_name):
            return
        if self._meanwhile.look():
            if self.conflicts:
                # it stands before what was told
                self._told = None
            self._show_status()

    def _show_status(self) -> None:
        if self._can_draw:
            self.show_status(self._told, self._meanwhile.open)
