"""The command palette: every command of the screen below it, and where one can go, by name."""

from collections.abc import Callable
from functools import partial
from typing import cast

from textual.app import ComposeResult
from textual.command import CommandInput, CommandList, DiscoveryHit, Hit, Hits, Provider
from textual.command import CommandPalette as StockPalette
from textual.content import Content
from textual.widgets import LoadingIndicator

from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.terminal.safe_text import safe_field, safe_line

Entry = tuple[str, Callable[[], None], str]
"""The name of a command, what it does, and words about it."""


class SafeCommandInput(CommandInput):
    """The field of the palette, which draws no character that the terminal could obey."""

    cursor_blink = False

    def validate_value(self, value: str) -> str:
        """What was typed or pasted, with a visible sign for each unsafe character."""
        return safe_field(value)


class PaletteScreen(StockPalette):
    """The palette, in which nothing moves by itself, and what lies behind is not dimmed."""

    # the list fails where it has no room for a single character
    CSS = """
    CommandPalette { background: transparent; }
    CommandPalette > Vertical, CommandPalette CommandList { min-width: 20; }
    """

    def __init__(self) -> None:
        # by its id Textual knows that it is open
        super().__init__(id="--command-palette")

    def compose(self) -> ComposeResult:
        """Textual's palette, but for the field."""
        for part in super().compose():
            if isinstance(part, CommandInput):
                yield SafeCommandInput(placeholder=part.placeholder, select_on_focus=False)
            else:
                yield part

    def on_mount(self) -> None:
        """Stop what draws again and again to tell of a search under way."""
        self.query_one(LoadingIndicator).auto_refresh = None

    def _action_command_list(self, action: str) -> None:
        """Move in the list, where there is room for it: it fails where it was not laid out."""
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)


class CommandPalette(Provider):
    """Finds the commands of the screen on which the palette was opened."""

    async def discover(self) -> Hits:
        """All of them, in the order of help."""
        for name, call, words in self._entries():
            yield DiscoveryHit(Content(name), call, text=name, help=words)

    async def search(self, query: str) -> Hits:
        """Those whose name matches."""
        matcher = self.matcher(query)
        for name, call, words in self._entries():
            score = matcher.match(name)
            if score > 0:
                # what is in brackets would be obeyed where a match is highlighted
                shown = Content(name) if "[" in name else matcher.highlight(name)
                yield Hit(score, shown, call, text=name, help=words)
        from jobs_tui.ui.screens.cockpit import CockpitScreen  # noqa: PLC0415 - is made already
        from jobs_tui.ui.screens.palette_finds import finds  # noqa: PLC0415 - on first use

        if not isinstance(self.screen, CockpitScreen):
            return
        ways = self.screen.ways
        async for rank, find in finds(ways.store, query):
            name = safe_line(find.name)
            call = partial(ways.go_to, find.spot)
            # below the commands, whose scores are above 1, and by how well the name matches
            yield Hit(1 / (2 + rank), Content(name), call, text=name, help=_as_it_is(find.words))

    def _entries(self) -> list[Entry]:
        screen = self.screen
        if not isinstance(screen, CommandScreen):
            return []
        entries: list[Entry] = []
        for command in screen.palette_commands:
            keys = f"{command.keys_in_words} \u00b7 " if command.keys else ""
            why_not = command.why_not(screen)
            words = f"{keys}{f'not now, {why_not}' if why_not else command.help}"
            call = partial(screen.run_command, command)
            entries.append((safe_line(command.name), call, _as_it_is(words)))
        return entries


def _as_it_is(words: str) -> str:
    """Words in which the palette finds no markup: of what is content already it makes nothing."""
    return cast("str", Content(safe_line(words)))
