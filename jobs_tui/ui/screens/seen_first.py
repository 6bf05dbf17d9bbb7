"""Dialogs that take nothing which was typed before they were to be seen."""

from textual import work

from jobs_tui.ui.terminal.framed_screen import FramedScreen
from jobs_tui.ui.terminal.painted import painted


class SeenFirst(FramedScreen):
    """Part of a dialog that knows whether what it says is on the terminal."""

    _on_screen = False

    @property
    def on_screen(self) -> bool:
        """Whether all that the user has not typed here himself is on the terminal."""
        return self._on_screen

    def on_screen_suspend(self) -> None:
        """Another screen lies over this."""
        self._on_screen = False

    def on_screen_resume(self) -> None:
        """This is to be seen, or to be seen again."""
        self.changed_unasked()

    def changed_unasked(self) -> None:
        """What is shown now, for another reason than a key, has yet to come to the terminal.

        What the user types himself is no such reason: he knows of it.
        """
        self._on_screen = False
        self._until_on_screen()

    async def filled_in(self) -> None:
        """Return when the fields hold what is to be seen in them."""

    @work(group="on screen", exclusive=True)
    async def _until_on_screen(self) -> None:
        await self.filled_in()
        await painted(self)
        self._on_screen = self.is_current
