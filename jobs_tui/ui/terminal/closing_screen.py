"""Screens that close themselves, and no other screen in their place.

Textual's `dismiss` takes away whatever screen is on top. A dialog that waits for the network may be
told to close when it is gone already, or when another screen lies over it.
"""

from typing import Any

from textual.await_complete import AwaitComplete

from jobs_tui.ui.terminal.parts import ScreenPart


class ClosingScreen(ScreenPart):
    """Part of a screen that is closed once, and not before it is on top."""

    _closes_with: tuple[Any] | None = None
    """The result with which it closes as soon as nothing lies over it."""

    def dismiss(self, result: Any = None) -> AwaitComplete:  # noqa: ANN401 - each screen's own
        """Close it; where another screen lies over it, as soon as that is closed."""
        stack = self.app.screen_stack
        if stack[-1] is self:
            return super().dismiss(result)
        if self in stack:
            self._closes_with = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Nothing lies over it any more."""
        if self._closes_with is not None:
            self.dismiss(*self._closes_with)
