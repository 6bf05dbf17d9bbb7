"""The status line of a text, in which one also types what is searched for in it."""

from collections.abc import Sequence

from textual import events
from textual.message import Message

from jobs_tui.engine.change import Change
from jobs_tui.ui.forms.typed_line import TypedLine
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.views.bars import Notice
from jobs_tui.ui.views.meanwhile import beside_typing, status_line, typing_margin
from jobs_tui.ui.views.text_search import typing_line


class SearchField(LineWidget, can_focus=False):
    """Shows the latest notice, or takes what is typed while it is open.

    It has the focus while it is open, so that keys typed ahead go where they belong. What it does
    not know, such as the arrows up and down, goes on to the screen.
    """

    class Changed(Message):
        """Something was typed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Closed(Message):
        """The keys go to the text again."""

        def __init__(self, *, keep: bool) -> None:
            super().__init__()
            self.keep = keep
            """Whether what was found stays marked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._typed: TypedLine | None = None
        self._count = ""
        self._notice: Notice | None = None
        self._conflicts: Sequence[Change] = ()

    @property
    def open(self) -> bool:
        """Whether it takes what is typed."""
        return self._typed is not None

    def begin(self, text: str) -> None:
        """Take what is typed from now on, after what was searched for already."""
        if self._typed is None:
            self._typed = TypedLine(text, len(text))
            self.can_focus = True
        self.screen.set_focus(self)
        self._draw()

    def tell(self, notice: Notice | None, conflicts: Sequence[Change]) -> None:
        """Show what happened, once nothing is typed, and that there are conflicts at any time."""
        self._notice, self._conflicts = notice, conflicts
        self._draw()

    def count(self, words: str) -> None:
        """Show how much was found."""
        if words != self._count:
            self._count = words
            self._draw()

    def on_key(self, event: events.Key) -> None:
        """Type, edit, or leave."""
        if self._typed is None:
            return
        if event.key in {"escape", "enter", "tab", "shift+tab"}:
            taken: TypedLine | None = None
            self._close(keep=event.key != "escape")
        elif (taken := self._typed.edit(event.key)) is None:
            if not (event.character and event.is_printable):
                return
            taken = self._typed.insert(event.character)
        event.stop()
        event.prevent_default()
        if taken is not None:
            self._take(taken)

    def on_paste(self, event: events.Paste) -> None:
        """A paste counts as typed."""
        if self._typed is not None:
            event.stop()
            self._take(self._typed.insert(event.text))

    def on_resize(self) -> None:
        """Draw it at its size."""
        self._draw()

    def _take(self, typed: TypedLine) -> None:
        before, self._typed = self._typed, typed
        self._draw()
        if before is None or before.text != typed.text:
            self.post_message(self.Changed(typed.text))

    def _close(self, *, keep: bool) -> None:
        self._typed = None
        # else it would be given the focus when a dialog is closed
        self.can_focus = False
        self._draw()
        self.post_message(self.Closed(keep=keep))

    def _draw(self) -> None:
        width = self.size.width or self.app.size.width
        if self._typed is None:
            self.show_lines([status_line(self._notice, self._conflicts, width)])
        else:
            room = width - typing_margin(self._conflicts)
            shown = typing_line(self._typed, self._count, room)
            self.show_lines([beside_typing(shown, self._conflicts, width)])
