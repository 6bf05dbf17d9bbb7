"""Going from one context to another; the palette has one such command for each."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command


class ContextPlace(Protocol):
    """A screen on which the context can be switched."""

    def switch_context(self, name: str) -> None:
        """Go to another context."""
        ...


class SwitchContext(Command[ContextPlace]):
    """Leave what is watched here, and watch the things of this context."""

    keys = ()

    def __init__(self, context: str) -> None:
        """Make the command that leads to the context of this name."""
        self._context = context
        self.name = f"Context {context}"

    def run(self, place: ContextPlace) -> None:
        """Go there."""
        place.switch_context(self._context)
