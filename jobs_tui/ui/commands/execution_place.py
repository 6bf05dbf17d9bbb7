"""What the commands of an execution and its document may ask of its screen."""

from typing import Protocol


class ExecutionPlace(Protocol):
    """The screen that shows one execution and its document."""

    @property
    def masked(self) -> bool:
        """Whether secrets are hidden."""
        ...

    @property
    def document_read(self) -> bool:
        """Whether there is a document to show."""
        ...

    @property
    def document_text(self) -> str | None:
        """The job document as received, its secrets in it; None before it is read."""
        ...

    @property
    def selected_value(self) -> tuple[str, str] | None:
        """Path and text of the value under the cursor, as one would paste it, secrets in it."""
        ...

    @property
    def only_way(self) -> str | None:
        """Why the document can be looked at in one way only, or None."""
        ...

    @property
    def folds(self) -> bool:
        """Whether the document is shown as a tree."""
        ...

    @property
    def searched(self) -> bool:
        """Whether something is searched for."""
        ...

    @property
    def opened_before(self) -> bool:
        """Whether it is known what the document was when last opened."""
        ...

    def next_way(self) -> None:
        """Look at the document in the next way."""
        ...

    def toggle_mask(self) -> None:
        """Show or hide the secrets."""
        ...

    def fold(self, *, on: bool | None = None) -> None:
        """Fold what the cursor is on, or unfold it, or the one or the other."""
        ...

    def fold_all(self, *, on: bool) -> None:
        """Fold all within the document, or unfold everything."""
        ...

    def open_search(self) -> None:
        """Take what is to be searched for."""
        ...

    def find_next(self, by: int) -> None:
        """Go to the next place that was found, or to the one before."""
        ...

    def toggle_changes(self) -> None:
        """Show what changed since it was last opened, or the document again."""
        ...

    @property
    def page(self) -> int:
        """How many lines of the text a page moves."""
        ...

    def move(self, by: int) -> None:
        """Move the cursor by so many lines of the text."""
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

    def fetch(self) -> None:
        """Read it again from the service."""
        ...

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def back(self) -> None:
        """End the search, or return to the panels."""
        ...
