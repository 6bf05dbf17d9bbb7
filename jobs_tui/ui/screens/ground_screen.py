"""A screen that lies under all others: the panels, or the choice of the things for them."""

import os
from abc import abstractmethod
from typing import Any

from textual.message import Message

from jobs_tui.engine.context import Context
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.terminal.abilities import has_few_colors
from jobs_tui.ui.terminal.looks import PLAIN_THEME


class GroundScreen(CommandScreen):
    """Begins with its work once it is painted, and ends it before another takes its place."""

    class Watch(Message):
        """These things are to be watched."""

        def __init__(self, context: Context, things: tuple[str, ...]) -> None:
            super().__init__()
            self.context = context
            self.things = things

    class Demo(Message):
        """The demo is wanted."""

    class Switch(Message):
        """The context of this name is wanted."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, context: Context, others: tuple[str, ...]) -> None:
        """Make it for a context; `others` are the names of those that one can switch to."""
        super().__init__()
        self.context = context
        self._others = others

    @property
    def palette_commands(self) -> tuple[Command[Any], ...]:
        """What the palette offers: the commands of the screen, the theme, the other contexts."""
        from jobs_tui.ui.commands.context import SwitchContext  # noqa: PLC0415 - on first use
        from jobs_tui.ui.commands.theme import THEME_COMMANDS  # noqa: PLC0415 - on first use

        contexts = (SwitchContext(name) for name in self._others)
        return (*self.COMMAND_LIST, *THEME_COMMANDS, *contexts)

    @property
    def few_colors(self) -> bool:
        """Whether there are too few colours for themes."""
        return has_few_colors(os.environ)

    @property
    def saves_bytes(self) -> bool:
        """Whether bytes are spared on the screen."""
        return self.app.theme == PLAIN_THEME

    def open_themes(self) -> None:
        """Let another theme be chosen."""
        self.call_next(self.app.run_action, "choose_theme")

    def offer_low_bandwidth(self) -> None:
        """Tell how to spare bytes, where there is a key for it."""

    def switch_context(self, name: str) -> None:
        """Go to another context."""
        self.post_message(self.Switch(name))

    @property
    def asks_whether_to_leave(self) -> bool:
        """Whether it has asked, so that leaving once more is the answer."""
        return False

    @property
    @abstractmethod
    def leave_key(self) -> str:
        """The key that ends the program here, in words."""

    @abstractmethod
    def begin(self) -> None:
        """Begin with what may take long: the screen is painted."""

    async def end(self) -> None:
        """Give back what `begin` has taken."""

    @abstractmethod
    def leave(self) -> None:
        """End the program; ask first where something would be left in doubt."""
