"""Screens that close themselves, and no other screen in their place.

Textual's `dismiss` takes away whatever screen is on top. A dialog that waits for the network may be
told to close when it is gone already, or when another screen lies over it. Also, what a screen is
made of is gone some turns of the event loop before the screen itself has ended.
"""

from typing import Any

from textual.await_complete import AwaitComplete
from textual.worker import active_worker

from jobs_tui.ui.terminal.parts import ScreenPart


class ClosingScreen(ScreenPart):
    """Part of a screen that is closed once, and not before it is on top."""

    _closes_with: tuple[Any] | None = None
    """The result with which it closes as soon as nothing lies over it."""

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen, or under what is, so that there is something to draw on.

        When the program ends, what screens are made of is taken away before they are.
        """
        return self.app.is_running and self in self.app.screen_stack

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close it; where another screen lies over it, as soon as that is closed."""
        if self.app.screen_stack[-1] is self:
            self._end_workers()
            return super().dismiss(result)
        if self.is_open:
            self._closes_with = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Nothing lies over it any more."""
        if self._closes_with is not None:
            self.dismiss(*self._closes_with)

    def _end_workers(self) -> None:
        """Let none of them draw on what is about to go; the one that closes the screen may end."""
        here = active_worker.get(None)
        for worker in self.workers:
            if worker.node is self and worker is not here:
                worker.cancel()
