"""A field to type into, whatever is typed or pasted."""

from textual.widgets import Input

from jobs_tui.ui.terminal.safe_text import safe_field


class SafeInput(Input):
    """A field of one line that draws no character that the terminal could obey."""

    cursor_blink = False

    def __init__(self, value: str = "", placeholder: str = "", classes: str | None = None) -> None:
        super().__init__(
            safe_field(value),
            placeholder=placeholder,
            classes=classes,
            compact=True,
            select_on_focus=False,
        )

    def validate_value(self, value: str) -> str:
        """What was typed or pasted, with a visible sign for each unsafe character."""
        return safe_field(value)
