"""Asks for the file to which a job document is written."""

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from jobs_tui.ui.aside.private_write import named_path, write_private
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.screens.choice_dialog import Choice, ChoiceDialog
from jobs_tui.ui.terminal.framed_screen import FramedScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.views.bars import NARROW
from jobs_tui.ui.widgets.safe_input import SafeInput

AS_RECEIVED = "as received, secrets in it"
HINT = "enter writes it, for you alone (0600) \u00b7 esc back"
BRIEF_HINT = "enter writes it (0600) \u00b7 esc back"
"""On narrow screens."""
REPLACE = "replace"


class WriteDialog(FramedScreen, ModalScreen[str]):
    """Answers with what was written where, or with nothing."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", "Back", show=False),
    ]

    def __init__(self, data: bytes, proposal: str, *, masked: bool) -> None:
        super().__init__(classes="over")
        self._data = data
        self._proposal = proposal
        self._masked = masked

    def compose(self) -> ComposeResult:
        """Title, what is written, path, what is wrong, keys."""
        with Vertical(id="dialog"):
            yield LineWidget(id="dialog-title")
            yield LineWidget(id="seen")
            yield SafeInput(self._proposal)
            yield LineWidget(id="details-label")
            yield LineWidget(id="dialog-hint")

    def on_mount(self) -> None:
        """Show it."""
        self._show("dialog-title", line(Piece("Write the job document to a file", "strong")))
        masked = f"secrets masked ({key_of('toggle-mask', 'u')} shows them first)"
        words = Piece(masked, "dim") if self._masked else Piece(AS_RECEIVED, "warning")
        self._show("seen", line(f"{len(self._data):,} bytes, ", words))
        field = self.query_one(SafeInput)
        field.cursor_position = len(self._proposal)
        field.focus()

    def on_resize(self) -> None:
        """Leave out the border where there is little room."""
        narrow = self.size.width < NARROW
        self.set_class(narrow, "compact")
        self._show("dialog-hint", line(Piece(BRIEF_HINT if narrow else HINT, "dim")))

    @on(SafeInput.Changed)
    def _typed(self) -> None:
        self._show("details-label", Line())

    @on(SafeInput.Submitted)
    def _submitted(self) -> None:
        self._write(replace=False)

    def _ask(self, path: Path) -> None:
        """Ask whether to write over a file."""
        lines = [
            line(Piece("There is such a file already", "strong")),
            line(f"{path}"),
            Line(),
            line(Piece("It is replaced as a whole; nothing of it is kept.", "warning")),
        ]
        choices = [Choice(REPLACE, "Replace"), Choice("back", "Back", harmless=True)]

        def chosen(answer: str | None) -> None:
            if answer == REPLACE:
                self._write(replace=True)

        self.app.push_screen(ChoiceDialog(lambda _: lines, choices, "back"), chosen)

    @work(group="write", exclusive=True)
    async def _write(self, *, replace: bool) -> None:
        text = self.query_one(SafeInput).value
        try:
            path = named_path(text)
            await asyncio.to_thread(write_private, path, self._data, replace=replace)
        except FileExistsError:
            self._ask(path)
        except OSError as error:
            told = f"not written: {error.strerror or error}"
            self._show("details-label", line(Piece(told, "warning")))
        else:
            self.dismiss(f"written: {path}, {len(self._data):,} bytes")

    def _show(self, where: str, shown: Line) -> None:
        self.query_one(f"#{where}", LineWidget).show_lines([shown])
