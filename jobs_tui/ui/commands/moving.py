"""Moving between rows and panels."""

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.place import MovingPlace

FAR = 10_000
"""More rows or panels than any screen has."""


class RowDown(Command[MovingPlace]):
    """Go to the next row, and on into the next panel."""

    keys = ("down", "j")
    name = "Next row"

    def run(self, place: MovingPlace) -> None:
        """Move the cursor."""
        place.move_row(1)


class RowUp(Command[MovingPlace]):
    """Go to the row before, and on into the panel before."""

    keys = ("up", "k")
    name = "Row before"

    def run(self, place: MovingPlace) -> None:
        """Move the cursor."""
        place.move_row(-1)


class PageDown(Command[MovingPlace]):
    """Go a page down."""

    keys = ("pagedown",)
    shown_keys = "pgdn"
    name = "Page down"

    def run(self, place: MovingPlace) -> None:
        """Move the cursor."""
        place.move_page(1)


class PageUp(Command[MovingPlace]):
    """Go a page up."""

    keys = ("pageup",)
    shown_keys = "pgup"
    name = "Page up"

    def run(self, place: MovingPlace) -> None:
        """Move the cursor."""
        place.move_page(-1)


class FirstRow(Command[MovingPlace]):
    """Go to the first row of this panel."""

    keys = ("home", "g")
    name = "First row"

    def run(self, place: MovingPlace) -> None:
        """Move the cursor."""
        place.move_row(-FAR, within=True)


class LastRow(Command[MovingPlace]):
    """Go to the last row of this panel."""

    keys = ("end", "G")
    name = "Last row"

    def run(self, place: MovingPlace) -> None:
        """Move the cursor."""
        place.move_row(FAR, within=True)


class NextPanel(Command[MovingPlace]):
    """Go to the next thing's panel."""

    keys = ("tab", "right_square_bracket")
    shown_keys = "tab ]"
    name = "Next panel"
    hint = "next panel"

    def run(self, place: MovingPlace) -> None:
        """Move the focus, around the end."""
        place.move_panel(1)


class PanelBefore(Command[MovingPlace]):
    """Go to the panel of the thing before."""

    keys = ("shift+tab", "left_square_bracket")
    shown_keys = "shift+tab ["
    name = "Panel before"

    def run(self, place: MovingPlace) -> None:
        """Move the focus, around the beginning."""
        place.move_panel(-1)
