"""A short list over the screen, of which one entry is chosen: by keys, or by the mouse."""

from abc import abstractmethod
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, ScreenResultType

from jobs_tui.ui.terminal.framed_screen import FramedScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, cells, line
from jobs_tui.ui.views.bars import NARROW, rule
from jobs_tui.ui.widgets.list_window import ListWindow

AROUND_THE_LIST = 4
"""Lines of the menu that are not its list: border, title and hint."""


class MenuList(LineWidget):
    """The entries that have room; tells which of them was clicked, and when the wheel is turned."""

    def on_click(self, event: events.Click) -> None:
        """Go to the entry; a double click chooses it."""
        event.stop()
        if isinstance(self.screen, Menu):
            self.screen.clicked(event.y, choose=event.chain > 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go to the entry below."""
        self._turned(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go to the entry above."""
        self._turned(event, -1)

    def _turned(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        if isinstance(self.screen, Menu):
            self.screen.move(by, around=False)


class Menu(FramedScreen, ModalScreen[ScreenResultType]):
    """Answers with what was chosen, or with nothing after Escape or a click beside it."""

    CSS_PATH = "dialog.tcss"
    lines_most: ClassVar[int] = 100
    """Entries that show at once at most."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q", "back", "Back"),
        ("enter", "choose", "Choose"),
        ("down,j,tab", "move(1)", "Down"),
        ("up,k,shift+tab", "move(-1)", "Up"),
        ("home,g", "end(-1)", "First"),
        ("end,G", "end(1)", "Last"),
    ]

    def __init__(self, title: str, names: tuple[str, ...], at: int, hints: tuple[str, str]) -> None:
        """Make it.

        Args:
            title: what is chosen.
            names: the entries.
            at: the place of the one that the cursor is on at first.
            hints: the keys, for a wide and for a narrow screen.
        """
        super().__init__(classes="over menu")
        self._title, self._hints = title, hints
        self._list = ListWindow(names, max(1, len(names)))
        self._list.select(names[at])

    def compose(self) -> ComposeResult:
        """The entries, and the keys."""
        with Vertical(id="dialog"):
            yield LineWidget(id="dialog-title")
            yield MenuList(id="menu-list")
            yield LineWidget(id="dialog-hint")

    def on_mount(self) -> None:
        """As high as there is room for, before it is laid out."""
        self._fit()

    def on_resize(self) -> None:
        """Draw it at its width."""
        self.set_class(self.size.width < NARROW, "compact")
        self._fit()
        self.call_after_refresh(self.show)

    def on_click(self, event: events.Click) -> None:
        """Go back where the click is beside the menu."""
        if self.get_widget_at(*event.screen_offset)[0] is self:
            self.action_back()

    def clicked(self, y: int, *, choose: bool) -> None:
        """Go to the entry on a line of the list."""
        in_sight = self._list.in_sight
        if y < len(in_sight):
            self._list.select(in_sight[y])
            self.show()
            if choose:
                self.action_choose()

    def move(self, by: int, *, around: bool = True) -> None:
        """Go to an entry below or above, around the ends."""
        names, at = self._list.names, self._list.at + by
        if around or 0 <= at < len(names):
            self._list.select(names[at % len(names)])
            self.show()

    def action_move(self, by: int) -> None:
        """Go to the entry below or above, around the ends."""
        self.move(by)

    def action_end(self, way: int) -> None:
        """Go to the first or to the last entry."""
        self._list.select(self._list.names[-1 if way > 0 else 0])
        self.show()

    def action_back(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    @abstractmethod
    def action_choose(self) -> None:
        """Answer with what the cursor is on."""

    @abstractmethod
    def entry_line(self, name: str, *, selected: bool) -> Line:
        """One entry."""

    @property
    def selected(self) -> str:
        """The entry that the cursor is on."""
        return self._list.selected or ""

    def _fit(self) -> None:
        room = max(1, self.app.size.height - AROUND_THE_LIST)
        self._list.resize(min(len(self._list.names), room, self.lines_most))
        self.query_one("#menu-list").styles.height = self._list.height

    def show(self) -> None:
        """Draw it as it stands now."""
        if not self.is_open:
            return
        title = self.query_one("#dialog-title", LineWidget)
        width = title.size.width or self.size.width
        names, shown = self._list.names, self._list.in_sight
        told = self._title
        if len(shown) < len(names):
            told += f" ({self._list.at + 1} of {len(names)})"
        title.show_lines([rule(told, width)])
        lines = [self.entry_line(name, selected=name == self.selected) for name in shown]
        self.query_one("#menu-list", LineWidget).show_lines(lines)
        hint, brief = self._hints
        shown_hint = line(Piece(brief if width < cells(hint) else hint, "dim"))
        self.query_one("#dialog-hint", LineWidget).show_lines([shown_hint])
