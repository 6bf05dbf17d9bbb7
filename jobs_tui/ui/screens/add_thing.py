"""Which thing to watch as well: typed by name, or one of those that were watched last."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from jobs_tui.domain.names import thing_name_problem
from jobs_tui.engine.context import MOST_THINGS
from jobs_tui.ui.forms.thing_choice import ThingChoice
from jobs_tui.ui.terminal.framed_screen import FramedScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, cut, line
from jobs_tui.ui.views.bars import NARROW, rule
from jobs_tui.ui.views.thing_picker import offer_lines
from jobs_tui.ui.widgets.thing_field import ThingField

OFFERS_LINES = 8

HINT = "enter adds it \u00b7 up down choose \u00b7 space marks several \u00b7 esc back"
FEW_OFFERED = "enter adds it \u00b7 esc back"
"""Where there is nothing to choose from."""
NOTHING_ELSE_KNOWN = "No other thing is known: type a name, and Enter adds it"
NO_SEARCH = "type a whole name; things are searched for where the program starts without one"


class AddThing(FramedScreen, ModalScreen[tuple[str, ...] | None]):
    """Answers with the names that were chosen, or with None after Escape; sends nothing."""

    CSS_PATH = "dialog.tcss"
    CSS = f"""
    AddThing #dialog {{ width: 70; }}
    AddThing #offers {{ height: {OFFERS_LINES}; }}
    AddThing #dialog .thing-field {{ margin: 0; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
    ]

    def __init__(self, used_last: tuple[str, ...], watched: int) -> None:
        """Make it.

        Args:
            used_last: the things that are offered.
            watched: how many are watched.
        """
        super().__init__(classes="over")
        self._choice = ThingChoice(used_last=used_last)
        self._watched = watched
        self._problem = ""

    def compose(self) -> ComposeResult:
        """Title, field, offers, what is wrong or which keys there are."""
        with Vertical(id="dialog"):
            yield LineWidget(id="dialog-title")
            yield ThingField(placeholder="name of a thing", classes="thing-field")
            yield LineWidget(id="offers")
            yield LineWidget(id="dialog-hint")

    def on_mount(self) -> None:
        """Take what is typed."""
        self.query_one(ThingField).focus()

    def on_resize(self) -> None:
        """Draw it at its width."""
        self.set_class(self.size.width < NARROW, "compact")
        offers = self.query_one("#offers", LineWidget)
        offers.styles.height = max(1, min(OFFERS_LINES, self.size.height - 6))
        self.call_after_refresh(self._show)

    def action_move(self, by: int) -> None:
        """Go to the offer below or above."""
        self._take(self._choice.move(by))

    def on_click(self, event: events.Click) -> None:
        """Go to the offer that was clicked; a double click adds it."""
        offers = self.query_one("#offers", LineWidget)
        if self.get_widget_at(*event.screen_offset)[0] is not offers:
            return
        from jobs_tui.ui.screens.clicking import steps_to  # noqa: PLC0415 - on first use

        by = steps_to(offers.lines, event.screen_y - offers.region.y)
        if by is not None:
            self.action_move(by)
            if event.chain > 1:
                self._submitted()

    @on(ThingField.Changed)
    def _typed(self, event: ThingField.Changed) -> None:
        self._take(self._choice.type(event.value))

    @on(ThingField.CommandKey)
    def _command_key(self, event: ThingField.CommandKey) -> None:
        selected = self._choice.selected
        if event.key == "space" and selected is not None:
            self._take(self._choice.toggle((selected.name,)).move(1))

    @on(ThingField.Submitted)
    def _submitted(self) -> None:
        chosen = self._choice.chosen
        self._problem = self._why_not(chosen)
        if self._problem:
            self._show()
        else:
            self.dismiss(chosen)

    def _why_not(self, chosen: tuple[str, ...]) -> str:
        typed = self._choice.typed.strip()
        if self._choice.wanted is not None:
            return NO_SEARCH
        if not chosen:
            return f"the name {thing_name_problem(typed) or 'is not among these'}"
        if self._watched + len(chosen) > MOST_THINGS:
            return f"{MOST_THINGS:,} things are watched at most"
        return ""

    def _take(self, choice: ThingChoice) -> None:
        self._choice = choice
        self._problem = ""
        self._show()

    def _show(self) -> None:
        title, offers = self.query_one("#dialog-title"), self.query_one("#offers")
        width = offers.size.width or self.size.width
        height = offers.size.height or OFFERS_LINES
        for widget, lines in (
            (title, [rule("add a thing", width)]),
            (offers, self._offers(width, height)),
            (self.query_one("#dialog-hint"), [self._hint(width)]),
        ):
            if isinstance(widget, LineWidget):
                widget.show_lines(lines)

    def _offers(self, width: int, height: int) -> list[Line]:
        return offer_lines(self._choice, width, height, nothing_known=NOTHING_ELSE_KNOWN)

    def _hint(self, width: int) -> Line:
        hint = HINT if len(self._choice.offers) > 1 else FEW_OFFERED
        words, look = (self._problem, "alarm") if self._problem else (hint, "dim")
        return line(Piece(cut(words, width), look))

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted beside the field is for nothing."""
        event.stop()
