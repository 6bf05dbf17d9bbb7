"""The panel of one thing."""

from textual import events
from textual.message import Message

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.views.panel import PanelLines


class ThingPanel(LineWidget):
    """The lines of one thing; of another one, once the board shows that in its place."""

    class Clicked(Message):
        """A line of a panel was clicked."""

        def __init__(
            self, thing_name: str, key: ExecutionKey | None, *, twice: bool = False
        ) -> None:
            super().__init__()
            self.twice = twice
            self.thing_name = thing_name
            self.key = key

    def __init__(self) -> None:
        super().__init__()
        self._thing_name = ""
        self._keys: tuple[ExecutionKey | None, ...] = ()

    def show_panel(self, thing_name: str, content: PanelLines) -> None:
        """Show these lines of a thing at this height."""
        self._thing_name = thing_name
        self._keys = content.keys
        if self.styles.height is None or self.styles.height.value != len(content.lines):
            self.styles.height = len(content.lines)
        self.show_lines(content.lines)

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked."""
        key = self._keys[event.y] if event.y < len(self._keys) else None
        self.post_message(self.Clicked(self._thing_name, key, twice=event.chain > 1))
