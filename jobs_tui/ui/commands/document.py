"""What one can do with a job document that is open."""

import os

from jobs_tui.ui.commands.command import Command, key_of
from jobs_tui.ui.commands.execution_place import ExecutionPlace
from jobs_tui.ui.terminal import start_checks

NO_DOCUMENT = "there is no document yet"
NO_SECRETS_IN_BROWSER = "not in a browser: secrets stay masked"


class _OfDocument(Command[ExecutionPlace]):
    """A command that needs a document."""

    def why_not(self, place: ExecutionPlace) -> str | None:
        """It waits for the read."""
        return None if place.document_read else NO_DOCUMENT


class NextWay(_OfDocument):
    """Go round steps or files (if any), tree, as received."""

    keys = ("t",)
    name = "Steps, tree or as received"
    hint = "tree/raw"

    def why_not(self, place: ExecutionPlace) -> str | None:
        """There must be more than one way."""
        return super().why_not(place) or place.only_way

    def run(self, place: ExecutionPlace) -> None:
        """Go round."""
        place.next_way()


class ToggleMask(_OfDocument):
    """Show or hide the secrets of presigned URLs."""

    keys = ("u",)
    name = "Show or hide secrets"
    hint = "secrets"

    def why_not(self, place: ExecutionPlace) -> str | None:
        """With a presigned URL anybody fetches the file, and nobody knows who looks at a page."""
        return (
            NO_SECRETS_IN_BROWSER if start_checks.in_browser(os.environ) else super().why_not(place)
        )

    def run(self, place: ExecutionPlace) -> None:
        """Switch."""
        place.toggle_mask()


class Search(_OfDocument):
    """Search in the document, also in what is folded."""

    keys = ("slash",)
    shown_keys = "/"
    name = "Search"
    hint = "search"

    def run(self, place: ExecutionPlace) -> None:
        """Open the field."""
        place.open_search()


class _OfSearch(_OfDocument):
    """A command that needs a search."""

    def why_not(self, place: ExecutionPlace) -> str | None:
        """Something must be searched for."""
        problem = super().why_not(place)
        if problem is not None or place.searched:
            return problem
        return f"{key_of('search', '/')} searches first"


class FindNext(_OfSearch):
    """Go to the next place that was found."""

    keys = ("n",)
    name = "Next place found"

    def run(self, place: ExecutionPlace) -> None:
        """Go there."""
        place.find_next(1)


class FindBefore(_OfSearch):
    """Go to the place before that was found."""

    keys = ("N",)
    name = "Place found before"

    def run(self, place: ExecutionPlace) -> None:
        """Go there."""
        place.find_next(-1)


class _OfTree(_OfDocument):
    """A command that folds."""

    def why_not(self, place: ExecutionPlace) -> str | None:
        """Only the tree does."""
        return super().why_not(place) or (None if place.folds else "only the tree folds")


class Fold(_OfTree):
    """Fold or unfold the object or array under the cursor."""

    keys = ("enter",)
    name = "Fold or unfold"

    def run(self, place: ExecutionPlace) -> None:
        """Do the one or the other."""
        place.fold()


class FoldAround(_OfTree):
    """Fold what the cursor is on, or what that stands in."""

    keys = ("left",)
    name = "Fold"

    def run(self, place: ExecutionPlace) -> None:
        """Fold."""
        place.fold(on=True)


class Unfold(_OfTree):
    """Unfold what the cursor is on."""

    keys = ("right",)
    name = "Unfold"

    def run(self, place: ExecutionPlace) -> None:
        """Unfold."""
        place.fold(on=False)


class FoldAll(_OfTree):
    """Fold everything within the document."""

    keys = ("minus",)
    shown_keys = "-"
    name = "Fold all"

    def run(self, place: ExecutionPlace) -> None:
        """Fold."""
        place.fold_all(on=True)


class UnfoldAll(_OfTree):
    """Unfold everything."""

    keys = ("plus",)
    shown_keys = "+"
    name = "Unfold all"

    def run(self, place: ExecutionPlace) -> None:
        """Unfold."""
        place.fold_all(on=False)


class ShowChanges(_OfDocument):
    """Show what changed since it was last opened in this run."""

    keys = ("equals_sign",)
    shown_keys = "="
    name = "What changed"

    def why_not(self, place: ExecutionPlace) -> str | None:
        """It must have been open before."""
        before = None if place.opened_before else "it was not opened before in this run"
        return super().why_not(place) or before

    def run(self, place: ExecutionPlace) -> None:
        """Show it, or the document again."""
        place.toggle_changes()


DOCUMENT_COMMANDS: tuple[Command[ExecutionPlace], ...] = (
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
