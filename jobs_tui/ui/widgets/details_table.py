"""The editable table of status details: a name and a value per row, an empty row at the end."""

from collections.abc import Awaitable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from jobs_tui.domain.execution import StatusDetails
from jobs_tui.ui.forms.change_form import DetailRow
from jobs_tui.ui.widgets.marked_row import MarkedRow
from jobs_tui.ui.widgets.safe_input import SafeInput

USED_BEFORE = "down: used before"


class NameField(SafeInput):
    """The name of a detail; a plus, which no name can hold, asks for a new row in an empty one."""

    @dataclass
    class AnotherRow(Message):
        """A plus was pressed."""

    def on_key(self, event: events.Key) -> None:
        """Take the plus before the field does."""
        if event.character == "+" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.AnotherRow())


class DetailFields(MarkedRow):
    """One row: a name and a value."""

    def __init__(self, name: str = "", value: str = "") -> None:
        super().__init__()
        self._given = DetailRow(name, value)
        self.at_offer: int | None = None
        """Which of the offered rows was put here; None where it was typed, or is the service's."""
        self.name_field = NameField(name, "name", classes="detail-name")
        self.value_field = SafeInput(value, "value", classes="detail-value")

    def compose(self) -> ComposeResult:
        """The two fields."""
        yield self.name_field
        yield self.value_field

    @property
    def row(self) -> DetailRow:
        """What the row says; a text that was not touched is what was given, not how it is shown."""
        return DetailRow(
            _as_given(self.name_field, self._given.name),
            _as_given(self.value_field, self._given.value),
        )

    @property
    def has_focus_in_name(self) -> bool:
        """Whether the keys go to the name."""
        return self.screen.focused is self.name_field

    def mark(self, *, name: bool, value: bool) -> None:
        """Show what is wrong."""
        fields = ((self.name_field, name), (self.value_field, value))
        self.mark_fields(field for field, wrong in fields if wrong)

    def put(self, row: DetailRow, at_offer: int | None) -> None:
        """Show what was used before, or nothing again."""
        self.at_offer = at_offer
        self.name_field.value = row.name
        self.value_field.value = row.value


class DetailsTable(Vertical):
    """All rows. Enter goes to the next field; after the last value it tells that it is done.

    In the name of the empty row `down` offers what was used before, one after the other; `up` goes
    back, at last to the empty row.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next row", show=False),
        Binding("up", "move(-1)", "Row before", show=False),
        Binding("ctrl+n", "offer(1)", "Used before", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Something was typed."""

    @dataclass
    class Finished(Message):
        """Enter was pressed in the last value."""

    _filling: tuple[Awaitable[None], ...] = ()
    _used_before: Sequence[DetailRow] = ()

    def compose(self) -> ComposeResult:
        """One empty row; others come with the read."""
        yield DetailFields()

    @property
    def rows(self) -> tuple[DetailRow, ...]:
        """What was typed, without the empty rows."""
        return tuple(fields.row for fields in self._fields() if not fields.row.empty)

    @property
    def on_empty_row(self) -> bool:
        """Whether the focus is on the name of the last row and nothing is typed there."""
        last = self._last()
        return self.screen.focused is last.name_field and last.row.empty

    @property
    def on_last_value(self) -> bool:
        """Whether Enter tells that it is done: the focus is on the last value that is typed."""
        rows = list(self._fields())
        return any(
            fields.value_field is self.screen.focused and self._is_last(rows, index)
            for index, fields in enumerate(rows)
        )

    @property
    def being_named(self) -> int | None:
        """Which of the rows has its name typed just now, and no value yet."""
        typed = (each for each in self._fields() if not each.row.empty)
        return next(
            (at for at, each in enumerate(typed) if each.has_focus_in_name and not each.row.value),
            None,
        )

    def mark(self, names: Collection[int], values: Collection[int]) -> None:
        """Show which names and values of `rows` are wrong; all others are not."""
        at = 0
        for fields in self._fields():
            typed = not fields.row.empty
            fields.mark(name=typed and at in names, value=typed and at in values)
            at += typed

    def fill(self, details: StatusDetails) -> None:
        """Put the details of the service before whatever has been typed already."""
        given = [DetailFields(name, value) for name, value in details.items()]
        if given:
            self._filling = (self.mount(*given, before=0),)

    def replace(self, rows: Sequence[DetailRow]) -> None:
        """Show these rows instead, with an empty one at the end."""
        fields = (DetailFields(row.name, row.value) for row in rows)
        self._filling = (
            self.query(DetailFields).remove(),
            self.mount(*fields, self._empty()),
        )

    async def filled_in(self) -> None:
        """Return when the rows that were given are there to be drawn."""
        for change in self._filling:
            await change

    def offer(self, rows: Sequence[DetailRow]) -> None:
        """Have these at hand for the empty row."""
        self._used_before = rows
        self._hint_at_offer(self._last())

    def focus_empty_row(self) -> None:
        """Go to the name of the last row, where one types a new detail."""
        self._last().name_field.focus()

    def action_move(self, by: int) -> None:
        """Go to the same column of a row above or below, or to another offer."""
        if self._offered(by):
            return
        rows = list(self._fields())
        for index, fields in enumerate(rows):
            for column in ("name_field", "value_field"):
                if getattr(fields, column) is self.screen.focused:
                    getattr(rows[max(0, min(len(rows) - 1, index + by))], column).focus()
                    return

    def action_offer(self, by: int) -> None:
        """Put what was used before into the empty row."""
        self._offered(by)

    def _offered(self, by: int) -> bool:
        """Put the next, or the one before, of what was used before into the row with the focus.

        False where that is neither empty nor as it was offered.
        """
        fields = next((each for each in self._fields() if each.has_focus_in_name), None)
        if fields is None or not self._takes_offer(fields, by):
            return False
        taken = {each.row.name for each in self._fields() if each is not fields}
        free = [at for at, row in enumerate(self._used_before) if row.name not in taken]
        now = free.index(fields.at_offer) if fields.at_offer in free else -1
        at = min(now + by, len(free) - 1)
        if at >= 0:
            fields.put(self._used_before[free[at]], free[at])
        else:
            fields.put(DetailRow("", ""), None)
            if fields is not self._last():
                self._last().remove()
        return bool(free)

    def _takes_offer(self, fields: DetailFields, by: int) -> bool:
        if fields.at_offer is not None:
            return fields.row == self._used_before[fields.at_offer]
        return by > 0 and self.on_empty_row and bool(self._used_before)

    def _hint_at_offer(self, fields: DetailFields) -> None:
        if self._used_before:
            fields.value_field.placeholder = f"value \u00b7 {USED_BEFORE}"

    def _empty(self) -> DetailFields:
        fields = DetailFields()
        self._hint_at_offer(fields)
        return fields

    @on(NameField.AnotherRow)
    def _another_row(self) -> None:
        if self.on_empty_row:
            self._add()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if not self._last().row.empty:
            self.mount(self._empty())
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        rows = list(self._fields())
        for index, fields in enumerate(rows):
            if event.input is fields.name_field:
                if fields is rows[-1] and fields.row.empty:
                    self._add()
                else:
                    fields.value_field.focus()
            elif event.input is fields.value_field:
                if self._is_last(rows, index):
                    self.post_message(self.Finished())
                else:
                    rows[index + 1].name_field.focus()

    def _add(self) -> None:
        added = self._empty()
        self.mount(added)
        self.call_after_refresh(added.name_field.focus)

    def _fields(self) -> Iterator[DetailFields]:
        return iter(self.query(DetailFields))

    @staticmethod
    def _is_last(rows: Sequence[DetailFields], index: int) -> bool:
        """Whether no row follows in which something stands."""
        return index + 1 >= len(rows) or rows[index + 1].row.empty

    def _last(self) -> DetailFields:
        return list(self._fields())[-1]


def _as_given(field: SafeInput, given: str) -> str:
    return given if field.value == field.shown(given) else field.value
