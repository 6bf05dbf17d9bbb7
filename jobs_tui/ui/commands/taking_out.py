"""What leads a job document out of the program: a copy, a file, another program."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command

NO_DOCUMENT = "there is no document yet"


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

    def run(self, place: TakingOutPlace) -> None:
        """Ask where."""
        place.write_out()


class OpenOutside(_OfDocument):
    """Open the document in $PAGER, else $VISUAL or $EDITOR, else less."""

    keys = ("e",)
    name = "Open in the pager or editor"

    def run(self, place: TakingOutPlace) -> None:
        """Step aside."""
        place.open_outside()


TAKING_OUT_COMMANDS: tuple[Command[TakingOutPlace], ...] = (CopyOut(), WriteOut(), OpenOutside())
