"""A text to read and a few ways on: what stands at a conflict, or in one entry of the journal."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button

from jobs_tui.ui.screens.seen_first import SeenFirst
from jobs_tui.ui.terminal.line_widgets import LineView, LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.bars import NARROW
from jobs_tui.ui.views.enter_hints import words_that_fit
from jobs_tui.ui.views.paged import missing_words
from jobs_tui.ui.widgets.dialog_button import DialogButton

AROUND_THE_TEXT = 5
"""Lines of the dialog that are not its text: border, buttons, hint, and one that is free."""


OTHER_KEYS = ("tab chooses another", "up down scroll", "esc back")
TOO_EARLY = "That came before this was on the screen; choose again"


class Choice(NamedTuple):
    """One button."""

    answer: str
    label: str
    harmless: bool = False
    """Whether it does nothing but close the dialog, so that it may be chosen before it is seen."""


class ChoiceDialog(SeenFirst, ModalScreen[str]):
    """Answers with the button that was pressed, or with nothing after Escape.

    The focus lies on the button that harms nothing.
    """

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", "Back", show=False),
        Binding("right,tab", "app.focus_next", "Next", show=False),
        Binding("left,shift+tab", "app.focus_previous", "Before", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Up", show=False),
    ]

    def __init__(
        self, build: Callable[[int], Sequence[Line]], choices: Sequence[Choice], safe: str
    ) -> None:
        """Make a dialog.

        Args:
            build: makes the lines of the text for a width.
            choices: the buttons, from the left.
            safe: the answer of the button that has the focus at first.
        """
        super().__init__(classes="over")
        self._build = build
        self._choices = choices
        self._safe = safe

    def compose(self) -> ComposeResult:
        """Text, buttons, keys."""
        with Vertical(id="dialog"):
            text = LineView(id="choice-text")
            text.can_focus = False
            yield text
            with Horizontal(id="buttons"):
                for choice in self._choices:
                    yield DialogButton(choice.label, id=f"choice-{choice.answer}")
            yield LineWidget(id="dialog-hint")

    def on_mount(self) -> None:
        """Put the focus where Enter harms nothing."""
        self.query_one(f"#choice-{self._safe}", Button).focus()
        for what in ("scroll_y", "virtual_size"):
            self.watch(self._text, what, self._tell_keys, init=False)

    def on_descendant_focus(self) -> None:
        """Tell what Enter will do now."""
        self._tell_keys()

    def on_resize(self) -> None:
        """Draw it at its width, as high as there is room for."""
        self.set_class(self.size.width < NARROW, "compact")
        text = self._text
        width = min(88, self.size.width - 2) - 3
        lines = self._build(width)
        text.styles.height = max(1, min(len(lines), self.size.height - AROUND_THE_TEXT))
        text.show_lines(lines)

    def action_scroll(self, lines: int) -> None:
        """Move the text."""
        self._text.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Move the text by what shows of it."""
        self.action_scroll(pages * max(1, self._text.size.height))

    @on(Button.Pressed)
    def _chosen(self, event: Button.Pressed) -> None:
        answer = (event.button.id or "").removeprefix("choice-")
        harmless = any(each.harmless for each in self._choices if each.answer == answer)
        if harmless or self.on_screen:
            self.dismiss(answer)
        else:
            self._hint(Piece(TOO_EARLY, "warning"))

    def _tell_keys(self) -> None:
        if not isinstance(self.focused, Button):
            return
        text = self._text
        at = text.scroll_offset.y
        missing = missing_words(at, max(0, int(text.max_scroll_y) - at), short=True)
        # the label is ours, and no markup
        does = f"enter: {self.focused.label}"
        width = self.query_one("#dialog-hint").size.width or self.size.width
        others = OTHER_KEYS[len(self._choices) == 1 :]
        self._hint(Piece(words_that_fit(does, (*missing, *others), width), "dim"))

    @property
    def _text(self) -> LineView:
        return self.query_one("#choice-text", LineView)

    def _hint(self, words: Piece) -> None:
        self.query_one("#dialog-hint", LineWidget).show_lines([line(words)])
