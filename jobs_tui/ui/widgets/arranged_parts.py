"""The parts between header and status line: those that there is room for, and where they are."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.widget import Widget

from jobs_tui.domain.attention import AttentionLimits
from jobs_tui.engine.store import Store
from jobs_tui.ui.views.arrangement import Box, arrange
from jobs_tui.ui.widgets.panel_cursor import PanelCursor

if TYPE_CHECKING:
    # only where there is room for them
    from jobs_tui.ui.widgets.changes_part import ChangesPart
    from jobs_tui.ui.widgets.fleet_view import FleetView
    from jobs_tui.ui.widgets.selection_pane import SelectionPane


class ArrangedParts:
    """The panels, and beside them the list, the selection and the changes, each made on first use.

    The list is there as long as there is room for it; the others follow what the cursor is on.
    """

    def __init__(
        self,
        store: Store,
        limits: AttentionLimits,
        panels: Widget,
        cursor: PanelCursor,
    ) -> None:
        """Without any room, until they are arranged."""
        self._store = store
        self._limits = limits
        self._panels = panels
        self._cursor = cursor
        self._fleet: FleetView | None = None
        self._selection: SelectionPane | None = None
        self._changes: ChangesPart | None = None
        self.arrange(Size(), things=0, pinned=0)

    def arrange(self, room: Size, *, things: int, pinned: int) -> None:
        """Choose what there is room for now, with so many things, and so many of them pinned."""
        self._room = room
        self._arrangement = arrange(room.width, room.height, things, pinned)

    def relist(self) -> None:
        """Take up that there are other things, also in a list that has no room now."""
        if self._fleet is not None:
            self._fleet.relist()

    @property
    def has_list(self) -> bool:
        """Whether there is a list of all things."""
        return self._arrangement.fleet is not None

    @property
    def fleet(self) -> "FleetView | None":
        """The list of all things, where there is one."""
        if self._arrangement.fleet is None:
            return None
        if self._fleet is None:
            from jobs_tui.ui.widgets.fleet_view import (  # noqa: PLC0415 - only where it shows
                FleetView,
            )

            self._fleet = FleetView(self._store, self._limits)
        return self._fleet

    @property
    def selection(self) -> "SelectionPane | None":
        """Where the selected execution is shown, where there is room for it."""
        return self._selection if self._arrangement.selection is not None else None

    def show(self) -> None:
        """Draw what the cursor is on, and the changes; unchanged lines are not painted."""
        if (selection := self.selection) is not None:
            selection.follow(self._cursor.selected_row)
        if self._changes is not None and (box := self._arrangement.changes) is not None:
            self._changes.show(box.width, box.height)

    def placed(self, *, full_screen: bool) -> list[Widget]:
        """The parts that show, each at its place; on a full screen the panels have all the room."""
        return [_moved(part, box) for part, box in self._boxes(full_screen=full_screen)]

    def _boxes(self, *, full_screen: bool) -> Iterator[tuple[Widget, Box]]:
        if full_screen:
            yield self._panels, Box(0, 0, self._room.width, self._room.height)
            return
        arrangement = self._arrangement
        if arrangement.fleet is not None and (fleet := self.fleet) is not None:
            yield fleet, arrangement.fleet
        yield self._panels, arrangement.panels
        if arrangement.selection is not None:
            if self._selection is None:
                self._selection = self._new_selection()
            yield self._selection, arrangement.selection
        if arrangement.changes is not None:
            if self._changes is None:
                self._changes = self._new_changes()
            yield self._changes, arrangement.changes

    def _new_selection(self) -> "SelectionPane":
        from jobs_tui.ui.widgets.selection_pane import (  # noqa: PLC0415 - only where it shows
            SelectionPane,
        )

        pane = SelectionPane(self._store)
        pane.follow(self._cursor.selected_row)
        return pane

    def _new_changes(self) -> "ChangesPart":
        from jobs_tui.ui.widgets.changes_part import (  # noqa: PLC0415 - only where it shows
            ChangesPart,
        )

        return ChangesPart(self._store)


def _moved(part: Widget, box: Box) -> Widget:
    styles = part.styles
    styles.offset = (box.x, box.y)
    styles.width, styles.height = box.width, box.height
    return part
