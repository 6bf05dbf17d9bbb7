"""The field into which the name of a thing, or a search, is typed."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from jobs_tui.ui.forms.thing_choice import begins_a_search
from jobs_tui.ui.widgets.safe_input import SafeInput

NOT_IN_NAMES = {" ": "space", "+": "plus", "?": "question_mark"}
"""Characters that no thing name can hold, and the keys that they are instead."""


class ThingField(SafeInput):
    """Takes letters; what no name can hold is a command, but for a search, where it is text."""

    @dataclass
    class CommandKey(Message):
        """A key was pressed that is a command here."""

        key: str

    def on_key(self, event: events.Key) -> None:
        """Take such a key before the field does."""
        key = NOT_IN_NAMES.get(event.character or "")
        if key is not None and not begins_a_search(self.value):
            event.stop()
            event.prevent_default()
            self.post_message(self.CommandKey(key))
