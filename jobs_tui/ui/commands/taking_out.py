"""What leads a job document out of the program: a copy, a file, another program."""

import os
from typing import Protocol

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.terminal import start_checks

NO_DOCUMENT = "there is no document yet"
NO_FILE_IN_BROWSER = "not in a browser: the file would be on the server"
NO_PROGRAM_IN_BROWSER = "not in a browser: it runs on the server"


class TakingOutPlace(Protocol):
    """A screen with a job document that can be taken out."""

    @property
    def document_read(self) -> bool:
        """Whether there is a document to show."""
        ...

    def copy_out(self) -> None:
        """Copy the document, or the value under the cursor."""
        ...

    def write_out(self) -> None:
        """Ask for the file to write the document to."""
        ...

    def open_outside(self) -> None:
        """Open the document in the pager or the editor."""
        ...


class _OfDocument(Command[TakingOutPlace]):
    """A command that needs a document."""

    def why_not(self, place: TakingOutPlace) -> str | None:
        """It waits for the read."""
        return None if place.document_read else NO_DOCUMENT


class CopyOut(_OfDocument):
    """Copy the document, or the value under the cursor (asks which)."""

    keys = ("c",)
    name = "Copy"

    def run(self, place: TakingOutPlace) -> None:
        """Ask, or copy what there is."""
        place.copy_out()


class WriteOut(_OfDocument):
    """Write the document to a file (asks where); secrets only while they are shown."""

    keys = ("w",)
    name = "Write to a file"

    def why_not(self, place: TakingOutPlace) -> str | None:
        """Who looks at a page in a browser may have no login where the file would be."""
        if start_checks.in_browser(os.environ):
            return NO_FILE_IN_BROWSER
        return super().why_not(place)

    def run(self, place: TakingOutPlace) -> None:
        """Ask where."""
        place.write_out()


class OpenOutside(_OfDocument):
    """Open the document in $PAGER, else $VISUAL or $EDITOR, else less."""

    keys = ("e",)
    name = "Open in the pager or editor"

    def why_not(self, place: TakingOutPlace) -> str | None:
        """Pagers and editors start a shell for who asks, and a page in a browser must not."""
        return (
            NO_PROGRAM_IN_BROWSER if start_checks.in_browser(os.environ) else super().why_not(place)
        )

    def run(self, place: TakingOutPlace) -> None:
        """Step aside."""
        place.open_outside()


TAKING_OUT_COMMANDS: tuple[Command[TakingOutPlace], ...] = (CopyOut(), WriteOut(), OpenOutside())
