"""A field to type into, whatever is typed or pasted."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widgets import Input

from jobs_tui.ui.terminal.safe_text import safe_field


class SafeInput(Input):
    """A field of one line that draws no character that the terminal could obey."""

    cursor_blink = False
    longest: ClassVar[int] = 4096
    """Characters that it takes: more than anything has that may be meant, so that what is too long
    stays wrong, and is told; and few enough for each key to be quick."""

    @dataclass
    class LinesLeftOut(Message):
        """More than a line was pasted; the first is taken."""

        count: int
        """Lines that are not."""

    def __init__(self, value: str = "", placeholder: str = "", classes: str | None = None) -> None:
        super().__init__(
            self.shown(value),
            placeholder=placeholder,
            classes=classes,
            compact=True,
            select_on_focus=False,
        )

    @classmethod
    def shown(cls, text: str) -> str:
        """How a text stands in it: a visible sign for each unsafe character, and not all of it."""
        return safe_field(text[: cls.longest])

    def validate_value(self, value: str) -> str:
        """What was typed or pasted, as it is shown."""
        return self.shown(value)

    def on_paste(self, event: events.Paste) -> None:
        """Tell of what will not be taken, before the field takes the first line."""
        lines = event.text.rstrip().splitlines()
        if len(lines) > 1:
            self.post_message(self.LinesLeftOut(len(lines) - 1))
