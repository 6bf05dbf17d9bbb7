"""What one can do with a job document that is open."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command

NO_DOCUMENT = "there is no document yet"


class DocumentPlace(Protocol):
    """A screen that shows a job document."""

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


class _OfDocument(Command[DocumentPlace]):
    """A command that needs a document."""

    def why_not(self, place: DocumentPlace) -> str | None:
        """It waits for the read."""
        return None if place.document_read else NO_DOCUMENT


class NextWay(_OfDocument):
    """Show the document as steps or files (if it has such), as a tree, or as received."""

    keys = ("t",)
    name = "Steps, tree or as received"
    hint = "tree/raw"

    def why_not(self, place: DocumentPlace) -> str | None:
        """There must be more than one way."""
        return super().why_not(place) or place.only_way

    def run(self, place: DocumentPlace) -> None:
        """Go round."""
        place.next_way()


class ToggleMask(_OfDocument):
    """Show or hide the secrets of presigned URLs."""

    keys = ("u",)
    name = "Show or hide secrets"
    hint = "secrets"

    def run(self, place: DocumentPlace) -> None:
        """Switch."""
        place.toggle_mask()


class Search(_OfDocument):
    """Search in the document; what is folded is unfolded where it is found."""

    keys = ("slash",)
    shown_keys = "/"
    name = "Search"
    hint = "search"

    def run(self, place: DocumentPlace) -> None:
        """Open the field."""
        place.open_search()


class _OfSearch(_OfDocument):
    """A command that needs a search."""

    def why_not(self, place: DocumentPlace) -> str | None:
        """Something must be searched for."""
        return super().why_not(place) or (None if place.searched else "/ searches first")


class FindNext(_OfSearch):
    """Go to the next place that was found."""

    keys = ("n",)
    name = "Next place found"

    def run(self, place: DocumentPlace) -> None:
        """Go there."""
        place.find_next(1)


class FindBefore(_OfSearch):
    """Go to the place before that was found."""

    keys = ("N",)
    name = "Place found before"

    def run(self, place: DocumentPlace) -> None:
        """Go there."""
        place.find_next(-1)


class _OfTree(_OfDocument):
    """A command that folds."""

    def why_not(self, place: DocumentPlace) -> str | None:
        """Only the tree does."""
        return super().why_not(place) or (None if place.folds else "only the tree folds")


class Fold(_OfTree):
    """Fold or unfold the object or array under the cursor."""

    keys = ("enter",)
    name = "Fold or unfold"

    def run(self, place: DocumentPlace) -> None:
        """Do the one or the other."""
        place.fold()


class FoldAround(_OfTree):
    """Fold what the cursor is on, or what that stands in."""

    keys = ("left",)
    name = "Fold"

    def run(self, place: DocumentPlace) -> None:
        """Fold."""
        place.fold(on=True)


class Unfold(_OfTree):
    """Unfold what the cursor is on."""

    keys = ("right",)
    name = "Unfold"

    def run(self, place: DocumentPlace) -> None:
        """Unfold."""
        place.fold(on=False)


class FoldAll(_OfTree):
    """Fold everything within the document."""

    keys = ("minus",)
    shown_keys = "-"
    name = "Fold all"

    def run(self, place: DocumentPlace) -> None:
        """Fold."""
        place.fold_all(on=True)


class UnfoldAll(_OfTree):
    """Unfold everything."""

    keys = ("plus",)
    shown_keys = "+"
    name = "Unfold all"

    def run(self, place: DocumentPlace) -> None:
        """Unfold."""
        place.fold_all(on=False)


class ShowChanges(_OfDocument):
    """Show what changed since the document was last opened in this run."""

    keys = ("equals_sign",)
    shown_keys = "="
    name = "What changed"

    def why_not(self, place: DocumentPlace) -> str | None:
        """It must have been open before."""
        before = None if place.opened_before else "it was not opened before in this run"
        return super().why_not(place) or before

    def run(self, place: DocumentPlace) -> None:
        """Show it, or the document again."""
        place.toggle_changes()


DOCUMENT_COMMANDS: tuple[Command[DocumentPlace], ...] = (
    Search(),
    FindNext(),
    FindBefore(),
    NextWay(),
    Fold(),
    FoldAround(),
    Unfold(),
    FoldAll(),
    UnfoldAll(),
    ToggleMask(),
    ShowChanges(),
)
