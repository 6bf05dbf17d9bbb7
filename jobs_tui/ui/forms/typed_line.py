"""A line of text as it is typed: what stands there, and where the next character goes."""

from typing import NamedTuple

from jobs_tui.ui.terminal.safe_text import safe_field

LONGEST = 256
"""Characters that a line takes: twice as many as the longest name has."""


class TypedLine(NamedTuple):
    """What was typed so far."""

    text: str = ""
    at: int = 0
    """Characters before the cursor."""

    def insert(self, text: str) -> "TypedLine":
        """Type, or paste, something: its first line, with a sign for each unsafe character."""
        first = next(iter(text.splitlines()), "")
        added = safe_field(first[: LONGEST - len(self.text)])
        return TypedLine(self.text[: self.at] + added + self.text[self.at :], self.at + len(added))

    def edit(self, key: str) -> "TypedLine | None":
        """What a key makes of it, by Textual's name of the key; None for a key that is for others.

        A key that edits but has nothing to edit leaves it as it is.
        """
        at, end = self.at, len(self.text)
        moves = {"left": at - 1, "right": at + 1, "home": 0, "end": end}
        cuts = {
            "backspace": (at - 1, at),
            "delete": (at, at + 1),
            "ctrl+u": (0, at),
            "ctrl+w": (self.text[:at].rstrip().rfind(" ") + 1, at),
        }
        if key in moves:
            return TypedLine(self.text, max(0, min(moves[key], end)))
        if key in cuts:
            begin, end = cuts[key]
            begin = max(0, begin)
            return TypedLine(self.text[:begin] + self.text[end:], begin)
        return None
