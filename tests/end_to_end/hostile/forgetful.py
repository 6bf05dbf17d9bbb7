"""A program over our output whose widgets are Textual's own, and make nothing safe."""

import sys

from rich.text import Text
from textual.app import App, ComposeResult
from textual.content import Content
from textual.driver import Driver
from textual.widgets import DataTable, Input, OptionList, RichLog, Static

from hostile.texts import HOSTILE
from jobs_tui.ui.terminal import comparing_output
from jobs_tui.ui.terminal.painted import PaintedScreens
from jobs_tui.ui.terminal.sturdy_driver import SturdyDriver

STEP = 8
"""Texts that are on the screen at once."""


class Forgetful(PaintedScreens, App[int]):
    """Shows the next texts at each Enter, and ends after the last."""

    CSS = "Static, OptionList, DataTable, RichLog { height: 4; border: solid red; }"

    def get_driver_class(self) -> type[Driver]:
        return SturdyDriver

    def compose(self) -> ComposeResult:
        yield Static(id="static", markup=False)
        yield DataTable(id="table")
        yield RichLog(id="log")
        yield OptionList(id="options")
        yield Input(id="field")

    def on_mount(self) -> None:
        self.query_one(DataTable).add_column("x")
        self._left = list(HOSTILE.values())
        self._show()

    def on_input_submitted(self) -> None:
        if self._left:
            self._show()
        else:
            self.exit(0)

    def _show(self) -> None:
        shown, self._left = self._left[:STEP], self._left[STEP:]
        static = self.query_one(Static)
        static.update(Text(" ".join(shown)))
        for text in shown:
            static.border_title = Content(text)
            self.query_one(DataTable).add_row(Text(text), height=None)
            self.query_one(RichLog).write(text)
            self.query_one(OptionList).add_option(Text(text))
            self.query_one(Input).value = text
        static.border_subtitle = Content(f"{len(self._left)} left")
        self.query_one(Input).focus()


if __name__ == "__main__":
    if "--other-textual" in sys.argv:
        comparing_output.textual_parts.are_as_expected = lambda: False
    sys.exit(Forgetful().run())
