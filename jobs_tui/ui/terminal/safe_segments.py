"""The second net under Textual's own output, which no cells of ours lie under."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from jobs_tui.ui.terminal.safe_text import safe_field


class SafeSegments(LineFilter):
    """Takes from whatever is drawn what the terminal could obey, and links."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, with a visible sign for each unsafe character."""
        del background
        return [
            Segment(safe_field(text), style.update_link(None) if style and style.link else style)
            for text, style, control in segments
            if not control
        ]
