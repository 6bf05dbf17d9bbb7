"""Asked before leaving while it is not known what became of a change."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from jobs_tui.engine.change import Change
from jobs_tui.ui.terminal.framed_screen import FramedScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line, wrapped
from jobs_tui.ui.views.changes import notice_of

KEPT = "The journal keeps them: the next start settles them, and asks before it sends."
FORGOTTEN = "There is no journal: nothing will be known of them afterwards."


class LeaveDialog(FramedScreen, ModalScreen[bool]):
    """Answers whether to leave."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("y", "dismiss(True)", "Leave"),
        ("n,escape,enter", "dismiss(False)", "Stay"),
    ]

    def __init__(self, unsettled: tuple[Change, ...], *, recorded: bool) -> None:
        super().__init__(classes="over")
        self._unsettled = unsettled
        self._told: list[Line] = []
        self._afterwards = KEPT if recorded else FORGOTTEN

    def compose(self) -> ComposeResult:
        """What would be left behind, and the two ways on."""
        with Vertical(id="dialog"):
            yield LineWidget(id="leave")

    def on_mount(self) -> None:
        """Draw it."""
        lines = [line(Piece("These changes are not settled", "strong")), Line()]
        for change in self._unsettled:
            notice = notice_of(change)
            lines.append(line(Piece(f"  {notice.text}", notice.look)))
        lines += [Line(), line(Piece(self._afterwards, "dim")), Line()]
        lines += [line(Piece("y", "key"), " leave   ", Piece("n enter esc", "key"), " stay")]
        self._told = lines
        self._draw()

    def on_resize(self) -> None:
        """Draw it at its width, once that is known."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        widget = self.query_one("#leave", LineWidget)
        width = widget.size.width or self.size.width
        rows = [row for each in self._told for row in wrapped(each, width, words=True)]
        widget.styles.height = len(rows)
        widget.show_lines(rows)
