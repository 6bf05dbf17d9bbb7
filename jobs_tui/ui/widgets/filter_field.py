"""The line in which a list is narrowed down as one types."""

from textual import events
from textual.message import Message

from jobs_tui.engine.fleet.fleet_filter import FleetFilter
from jobs_tui.ui.forms.typed_line import TypedLine
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.fleet_filter import Wanted, filter_line

NOT_TYPED = frozenset("?")
"""Characters that no name and no state holds: the keys of the screen."""


class FilterField(LineWidget, can_focus=False):
    """Shows the filter that is in force, and takes what is typed while it is open.

    It has the focus from the moment it is opened to the moment it is closed, so that not even keys
    that were typed ahead go astray. What it does not know, such as the arrows up and down, goes on
    to the screen.
    """

    class Changed(Message):
        """Something was typed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Clicked(Message):
        """It was clicked, and would like to be opened."""

    class Kept(Message):
        """The filter is to stay; the keys go to the list again."""

    class Cleared(Message):
        """There is to be no filter; the keys go to the list again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._wanted: Wanted = FleetFilter()
        self._typed: TypedLine | None = None

    @property
    def open(self) -> bool:
        """Whether it takes what is typed."""
        return self._typed is not None

    def begin(self) -> None:
        """Take what is typed from now on, after what is there already."""
        if self._typed is None:
            text = self._wanted.text
            self._typed = TypedLine(text, len(text))
            self.can_focus = True
            self.display = True
        self.screen.set_focus(self)
        self._draw()

    def show(self, wanted: Wanted) -> None:
        """Show what is wanted; what is being typed stays as it is."""
        self._wanted = wanted
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Type, edit, or leave."""
        if self._typed is None:
            return
        if event.key in {"escape", "enter"}:
            event.stop()
            event.prevent_default()
            self._close(self.Kept() if event.key == "enter" else self.Cleared())
        elif event.key in {"tab", "shift+tab"}:
            # goes on to the screen, and away from here
            self._close(self.Kept())
        elif (edited := self._typed.edit(event.key)) is not None:
            event.stop()
            event.prevent_default()
            self._take(edited)
        elif event.character and event.is_printable and event.character not in NOT_TYPED:
            event.stop()
            event.prevent_default()
            self._take(self._typed.insert(event.character))

    def on_paste(self, event: events.Paste) -> None:
        """A paste counts as typed."""
        if self._typed is not None:
            event.stop()
            self._take(self._typed.insert(event.text))

    def on_click(self) -> None:
        """Ask to be opened."""
        self.post_message(self.Clicked())

    def on_resize(self) -> None:
        """Draw it at its size."""
        self._draw()

    def _take(self, typed: TypedLine) -> None:
        before, self._typed = self._typed, typed
        self._draw()
        if before is None or before.text != typed.text:
            self.post_message(self.Changed(typed.text))

    def _close(self, how: Message) -> None:
        self._typed = None
        # else it would be given the focus when a dialog is closed
        self.can_focus = False
        self.screen.set_focus(None)
        self._draw()
        self.post_message(how)

    def _draw(self) -> None:
        width = self.size.width or self.app.size.width
        self.show_lines([self.line(self._wanted, self._typed, width)])

    def line(self, wanted: Wanted, typed: TypedLine | None, width: int) -> Line:
        """How it looks."""
        return filter_line(wanted, typed, width)
