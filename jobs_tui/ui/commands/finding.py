"""Finding one's way: one panel full screen, sorting, and back and forward through where one was."""

from typing import TYPE_CHECKING

from jobs_tui.ui.commands.command import Command

if TYPE_CHECKING:
    from jobs_tui.ui.commands.ways import FindingPlace


class FullScreen(Command["FindingPlace"]):
    """Give this panel the full screen, or share it out again."""

    keys = ("z",)
    name = "One panel full screen"

    def run(self, place: "FindingPlace") -> None:
        """Change to the one or the other."""
        place.ways.toggle_full_screen()


class Sort(Command["FindingPlace"]):
    """Sort by a column; the same one again turns it round."""

    keys = ("comma",)
    shown_keys = ","
    name = "Sort"

    def run(self, place: "FindingPlace") -> None:
        """Ask by which."""
        place.ways.open_sort()


class Back(Command["FindingPlace"]):
    """Go back to where you were before a jump."""

    keys = ("less_than_sign",)
    shown_keys = "<"
    shared_id = "jump-back"
    name = "Back to where you were"

    def why_not(self, place: "FindingPlace") -> str | None:
        """There must have been a jump."""
        return None if place.ways.behind else "there is no jump to go back from"

    def run(self, place: "FindingPlace") -> None:
        """Go there."""
        place.ways.back()


class Forward(Command["FindingPlace"]):
    """Go forward to where you came back from."""

    keys = ("greater_than_sign",)
    shown_keys = ">"
    shared_id = "jump-forward"
    name = "Forward again"

    def why_not(self, place: "FindingPlace") -> str | None:
        """One must have gone back."""
        return None if place.ways.ahead else "you have not gone back"

    def run(self, place: "FindingPlace") -> None:
        """Go there."""
        place.ways.forward()


class AddThing(Command["FindingPlace"]):
    """Add a thing by its name."""

    keys = ("a",)
    name = "Add a thing"

    def run(self, place: "FindingPlace") -> None:
        """Ask for it."""
        place.ways.open_add()


class CloseThing(Command["FindingPlace"]):
    """Close this panel: watch its thing no more."""

    keys = ("x",)
    name = "Close this panel"

    def why_not(self, place: "FindingPlace") -> str | None:
        """Another one must stay, and nothing be in doubt."""
        return place.ways.why_not_close

    def run(self, place: "FindingPlace") -> None:
        """Close it."""
        place.ways.close()


FINDING_COMMANDS: "tuple[Command[FindingPlace], ...]" = (
    FullScreen(),
    Sort(),
    Back(),
    Forward(),
    AddThing(),
    CloseThing(),
)
"""In the order of help and palette."""
