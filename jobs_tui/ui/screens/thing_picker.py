"""Where none is named: choose the things to watch, by name, from the last ones, or by a search."""

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from jobs_tui.domain.thing_selection import AllThings, ThingSelection
from jobs_tui.engine.context import MOST_THINGS, Context
from jobs_tui.engine.thing_search import Progress
from jobs_tui.ui.commands.command import bindings
from jobs_tui.ui.commands.thing_picker import PICKER_COMMANDS
from jobs_tui.ui.forms.thing_choice import ThingChoice
from jobs_tui.ui.screens.ground_screen import GroundScreen
from jobs_tui.ui.screens.help import HelpScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.views.bars import Notice, notice_line
from jobs_tui.ui.views.thing_picker import offer_lines, picker_title, search_lines
from jobs_tui.ui.widgets.thing_field import ThingField

AT_FIRST = 250
"""Things that are looked for without being asked to: one page, one call."""

NOTES = (
    "Searches ask the control plane, at most two calls a second; the panels never do.",
    "Names can be given on the command line as well: jobs-tui THING ...",
    "Without an account: jobs-tui demo.",
)


class ThingPicker(GroundScreen):
    """Answers with the things to watch."""

    COMMAND_LIST = PICKER_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PICKER_COMMANDS)

    AMONG_TEXT = True

    def __init__(
        self, context: Context, others: tuple[str, ...], *, has_demo: bool = False
    ) -> None:
        """Make it; `has_demo` tells whether the demo can be offered."""
        super().__init__(context, others)
        self._has_demo = has_demo
        self.choice = ThingChoice()
        self._progress: Progress | None = None
        self._notice = next((Notice(each, "warning") for each in context.problems), None)
        self._watch_what_is_found = context.selection is not None

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield LineWidget(id="header")
        yield ThingField(placeholder="name of a thing, or a search", classes="thing-field")
        yield LineWidget(id="text")
        yield LineWidget(id="search")
        yield LineWidget(id="notice")
        yield LineWidget(id="footer")

    def on_mount(self) -> None:
        """Offer what was used last, and begin to look."""
        self.choice = replace(self.choice, used_last=self.context.used_last())
        self.query_one(ThingField).focus()
        self.show()

    def begin(self) -> None:
        """Look for what the settings say, else for the first things of the account."""
        if self.context.selection is not None:
            self._search(self.context.selection, MOST_THINGS)
        elif self.search_problem is None:
            self._search(AllThings(), AT_FIRST)

    def on_resize(self) -> None:
        """Draw it at its size."""
        self.show()

    @property
    def leave_key(self) -> str:
        """Escape stays what it is, whatever keys were moved."""
        return "esc"

    @property
    def search_problem(self) -> str | None:
        """Why nothing can be searched for, or None."""
        return None if self.context.search is not None else "there is nothing to search here"

    @property
    def offers_demo(self) -> bool:
        """Whether Enter shows the demo: there is nothing else to choose, and nothing typed."""
        choice = self.choice
        return self._has_demo and not (choice.typed.strip() or choice.offers or choice.marked)

    @property
    def page(self) -> int:
        """How many things show at once."""
        return max(1, self.query_one("#text", LineWidget).size.height - 1)

    def steps_to(self, y: int) -> int | None:
        """How many things from that with the cursor to that on a line, if there is one."""
        from jobs_tui.ui.screens.clicking import steps_to  # noqa: PLC0415 - on first use

        return steps_to(self.query_one("#text", LineWidget).lines, y)

    def move(self, by: int) -> None:
        """Move the cursor by so many things."""
        self._take(self.choice.move(by))

    def mark(self, *, everything: bool) -> None:
        """Mark the thing under the cursor, or all that are shown; or take the marks away."""
        if everything:
            self._take(self.choice.toggle(offer.name for offer in self.choice.offers))
        elif (selected := self.choice.selected) is not None:
            self._take(self.choice.toggle((selected.name,)).move(1))

    def go(self) -> None:
        """Search for what was typed, watch what is chosen, or show the demo."""
        if self.offers_demo:
            self.post_message(self.Demo())
            return
        wanted = self.choice.wanted
        if wanted is None:
            self._watch(self.choice.chosen)
            return
        self.query_one(ThingField).value = ""
        self._search(wanted, MOST_THINGS)

    def back(self) -> None:
        """Clear the field, or leave."""
        field = self.query_one(ThingField)
        if field.value:
            field.value = ""
        else:
            self.leave()

    def leave(self) -> None:
        """End the program; nothing is in doubt here."""
        self.app.exit(0)

    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""
        self._notice = notice
        self.show()

    def open_help(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(HelpScreen(partial(self.help_text, "Choosing things", NOTES)))

    def show(self) -> None:
        """Draw what there is to choose from."""
        width = self.size.width
        self.query_one("#header", LineWidget).show_lines(
            [picker_title(self.context.caption, self.choice, width)]
        )
        search = self.query_one("#search", LineWidget)
        told = search_lines(self._progress, width)[: max(1, self.size.height // 2)]
        search.styles.height = len(told)
        search.show_lines(told)
        room = max(1, self.size.height - len(told) - 4)
        self.query_one("#text", LineWidget).show_lines(
            offer_lines(self.choice, width, room, offers_demo=self.offers_demo)
        )
        self.query_one("#notice", LineWidget).show_lines([notice_line(self._notice, width)])
        self.query_one("#footer", LineWidget).show_lines([self.footer(width)])

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._notice = None
        self._take(self.choice.type(event.value))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_press("enter")

    @on(ThingField.CommandKey)
    def _command_key(self, event: ThingField.CommandKey) -> None:
        self.action_press(event.key)

    def _take(self, choice: ThingChoice) -> None:
        self.choice = choice
        self._watch_what_is_found &= not (choice.typed or choice.marked)
        self.show()

    def _search(self, selection: ThingSelection, at_most: int) -> None:
        if self.context.search is None:
            return
        search = self.context.search(selection, at_most)
        search.subscribe(self._progressed)
        self._progressed(search.progress)
        self.run_worker(search.run(), group="search", exclusive=True)

    def _progressed(self, progress: Progress) -> None:
        self._progress = progress
        self.choice = self.choice.find(progress.names)
        good = progress.finished and progress.failure is None and progress.names
        if self._watch_what_is_found and good:
            self._watch(progress.names)
        else:
            self.show()

    def _watch(self, names: tuple[str, ...]) -> None:
        self.post_message(self.Watch(self.context, names))
