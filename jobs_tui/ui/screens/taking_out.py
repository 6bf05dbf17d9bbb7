"""How a screen with a job document takes it out: a copy, a file, another program.

What is masked on the screen is masked in all of them.
"""

import os
from abc import abstractmethod

from jobs_tui.domain.execution import ExecutionKey
from jobs_tui.domain.indented_json import with_visible_signs
from jobs_tui.domain.job_document import read_job_document
from jobs_tui.domain.masking import mask
from jobs_tui.ui.aside.copying import copy, size_of, too_large
from jobs_tui.ui.aside.private_text import file_name, private_text
from jobs_tui.ui.aside.told_end import told_end
from jobs_tui.ui.aside.viewer import NoViewerError, viewer
from jobs_tui.ui.commands.command import key_of
from jobs_tui.ui.screens.choice_dialog import Choice, ChoiceDialog
from jobs_tui.ui.terminal.lines import Line, Piece, line
from jobs_tui.ui.terminal.parts import ScreenPart
from jobs_tui.ui.terminal.signals import LeavesOnSignal
from jobs_tui.ui.terminal.start_checks import in_browser
from jobs_tui.ui.views.bars import Notice

DOCUMENT = "document"
VALUE = "value"
NOT_KEPT = "what was changed in the file is not kept: a job document cannot be changed"
WRITE_INSTEAD = "; w writes it to a file"


class TakesOut(ScreenPart):
    """Part of a screen that shows a job document."""

    _key: ExecutionKey
    masked: bool

    @property
    @abstractmethod
    def document_text(self) -> str | None:
        """The document as received."""

    @property
    @abstractmethod
    def selected_value(self) -> tuple[str, str] | None:
        """Path and text of the value under the cursor."""

    @abstractmethod
    def notice(self, notice: Notice) -> None:
        """Tell something in the status line."""

    def copy_out(self) -> None:
        """Copy the document, or ask which where the cursor is on a value."""
        text, value = self._text_out, self.selected_value
        # without a path it is the document
        if value is None or not value[0]:
            self._copy(text, "the document")
            return
        path, found = value[0], self._as_shown(value[1])
        lines = _choice_lines(text, path, found, masked=self.masked)
        choices = [
            Choice(VALUE, "Value", harmless=True),
            Choice(DOCUMENT, "Document", harmless=True),
            Choice("", "Back", harmless=True),
        ]

        def chosen(answer: str | None) -> None:
            if answer == VALUE:
                self._copy(found, path)
            elif answer == DOCUMENT:
                self._copy(text, "the document")

        self.app.push_screen(ChoiceDialog(lambda _: lines, choices, VALUE), chosen)

    def write_out(self) -> None:
        """Ask for the file to write the document to."""
        from jobs_tui.ui.screens.write_dialog import WriteDialog  # noqa: PLC0415 - on first use

        data = self._as_received.encode(errors="backslashreplace")
        dialog = WriteDialog(data, file_name(self._key.job_id), masked=self.masked)
        self.app.push_screen(
            dialog, lambda told: self.notice(Notice(told, "good")) if told else None
        )

    def open_outside(self) -> None:
        """Open the document in the pager or the editor; changes and reads go on."""
        self.app.run_worker(self._open_outside(), name="aside")

    async def _open_outside(self) -> None:
        from jobs_tui.ui.terminal.stepping_aside import step_aside  # noqa: PLC0415 - on first use

        try:
            chosen = viewer(os.environ)
        except NoViewerError as error:
            self.notice(Notice(f"{error}", "warning"))
            return
        app, text, name = self.app, self._indented, file_name(self._key.job_id)
        at_once = app.at_once if isinstance(app, LeavesOnSignal) else set()
        try:
            with private_text(name, text, os.environ, at_once) as path:
                before = path.stat()
                status = await step_aside(app, (*chosen.words, f"{path}"))
                changed = path.exists() and path.stat().st_mtime_ns != before.st_mtime_ns
        except FileNotFoundError:
            self.notice(Notice(chosen.not_there(), "warning"))
        except OSError as error:
            told = f"{chosen.name} cannot be started: {error.strerror or error}"
            self.notice(Notice(told, "warning"))
        else:
            told_status = told_end(chosen.name, status)
            if told_status or changed:
                self.notice(Notice(told_status or NOT_KEPT, "warning"))

    def _copy(self, text: str, what: str) -> None:
        instead = "" if in_browser(os.environ) else WRITE_INSTEAD
        copy(self.app, text, what, self.notice, instead)

    @property
    def _as_received(self) -> str:
        return self._as_shown(self.document_text or "")

    @property
    def _text_out(self) -> str:
        """As received, with what draws nothing in the way JSON writes it."""
        return with_visible_signs(self._as_received)

    @property
    def _indented(self) -> str:
        """For a reader, as it is shown; nothing in it can be obeyed by a terminal."""
        lines = read_job_document(self.document_text or "").lines(masked=self.masked, raw=False)
        return with_visible_signs("\n".join((*lines, "")))

    def _as_shown(self, text: str) -> str:
        return mask(text) if self.masked else text


def _choice_lines(text: str, path: str, value: str, *, masked: bool) -> list[Line]:
    here = not in_browser(os.environ)
    secrets = "secrets are in it"
    if masked:
        shown_by = f": {key_of('toggle-mask', 'u')} shows them" if here else ""
        secrets = f"secrets stay masked{shown_by}"
    instead = f"; {key_of('write-out', 'w')} writes it" if here else ""
    lines = [line(Piece("Copy", "strong")), Line()]
    for name, what in ((path, value), (DOCUMENT, text)):
        problem = too_large(what)
        size = Piece(f"{problem}{instead}", "warning") if problem else f"{size_of(what):,} bytes"
        lines.append(line(f"  {name}: ", size))
    return [*lines, Line(), line(Piece(secrets, "dim"))]
