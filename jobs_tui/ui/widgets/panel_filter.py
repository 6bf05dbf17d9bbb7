"""The line in which the rows of the panels are narrowed down as one types."""

from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from jobs_tui.ui.forms.typed_line import TypedLine
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.fleet_filter import Wanted, filter_line
from jobs_tui.ui.widgets.filter_field import FilterField

if TYPE_CHECKING:
    from jobs_tui.ui.widgets.panel_narrowing import PanelNarrowing

HOW_TO_TYPE = (
    "job id, status or need, all words count; !word leaves out; / again: this panel only",
    "job id, status, need; !word leaves out; / again: this panel",
    "id, status or need; !word not; / this panel only",
    "job id, status or need; !word leaves out",
    "job id, status, need",
)
"""What may be typed, in ever fewer words."""

SCOPE = "/"
"""No job id and no status holds it."""


class PanelFilter(FilterField):
    """In the place of the footer, while it is open; the titles of the panels tell what it says.

    It holds for all panels; `/`, typed in it, makes it hold for the one with the focus only.
    """

    DEFAULT_CSS = "PanelFilter { height: 1; }"

    class Touched(Message):
        """Other rows are to be shown."""

    def __init__(self, narrowing: "PanelNarrowing") -> None:
        super().__init__(id="panel-filter")
        self._narrowing = narrowing

    def begin(self) -> None:
        """Take what is typed from now on, after what is there already."""
        if not self.open:
            self._narrowing.begin()
            self.show(self._narrowing.wanted)
        super().begin()
        self._show_instead_of_footer()

    def line(self, wanted: Wanted, typed: TypedLine | None, width: int) -> Line:
        """How it looks."""
        only_in = self._narrowing.wanted.only_in
        where = "" if only_in is None else f" {only_in}"
        return filter_line(wanted, typed, width, HOW_TO_TYPE, where)

    def on_key(self, event: events.Key) -> None:
        """Take the key that says where the filter holds before it counts as text."""
        if self.open and event.character == SCOPE:
            event.stop()
            event.prevent_default()
            self._narrowing.toggle_scope()
            self._changed()

    def on_filter_field_changed(self, event: FilterField.Changed) -> None:
        """Narrow down, or widen."""
        event.stop()
        self._narrowing.take_typed(event.text)
        self._changed()

    def on_filter_field_kept(self, event: FilterField.Kept) -> None:
        """The rows stay as they are."""
        event.stop()
        self._end(kept=True)

    def on_filter_field_cleared(self, event: FilterField.Cleared) -> None:
        """Show all rows again."""
        event.stop()
        self._end(kept=False)

    def _end(self, *, kept: bool) -> None:
        self._narrowing.end(kept=kept)
        self._show_instead_of_footer()
        self._changed()

    def _changed(self) -> None:
        self.show(self._narrowing.wanted)
        self.post_message(self.Touched())

    def _show_instead_of_footer(self) -> None:
        self.display = self.open
        self.screen.query_one("#footer").display = not self.open
