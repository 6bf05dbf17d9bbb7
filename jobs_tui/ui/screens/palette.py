"""The command palette: every command of the screen below it, and where one can go, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from textual import on
from textual.app import ComposeResult
from textual.command import Command as Option
from textual.command import CommandInput, CommandList, DiscoveryHit, Hit, Hits, Provider
from textual.command import CommandPalette as StockPalette
from textual.content import Content
from textual.widgets import LoadingIndicator

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.screens.command_screen import CommandScreen
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.safe_text import safe_field, safe_line
from jobs_tui.ui.views.palette import enter_line

COMPACT_BELOW = 24
"""Lines below which the field has no frame, so that there is room for the list."""


@dataclass(frozen=True, slots=True)
class OnEnter:
    """What Enter does on a row."""

    do: Callable[[], None]
    words: str
    """The same in words; may hold foreign text."""
    why_not: Callable[[], str | None] = lambda: None
    """Why it cannot be done now, or None."""

    def __call__(self) -> None:
        """Do it, or, where it cannot be done now, say why."""
        self.do()


Entry = tuple[str, OnEnter, str]
"""The name of a command, what Enter does, and words about it."""


class SafeCommandInput(CommandInput):
    """The field of the palette, which draws no character that the terminal could obey."""

    cursor_blink = False

    def validate_value(self, value: str) -> str:
        """What was typed or pasted, with a visible sign for each unsafe character."""
        return safe_field(value)


class PaletteScreen(StockPalette):
    """The palette, in which nothing moves by itself, and what lies behind is not dimmed."""

    # by its own name: the rules of a screen are for what carries that; and the list fails where it
    # has no room for a single character
    CSS = """
    PaletteScreen { background: transparent; }
    PaletteScreen > Vertical, PaletteScreen CommandList { min-width: 20; }
    PaletteScreen CommandList { max-height: 65vh; }
    PaletteScreen CommandList > .option-list--option { color: $text; }
    PaletteScreen CommandList > .option-list--option-highlighted {
        background: $primary-muted; color: auto 100%; text-style: bold underline;
    }
    PaletteScreen > .command-palette--help-text { color: auto 75%; text-style: not bold; }
    PaletteScreen.compact > Vertical { margin-top: 0; }
    PaletteScreen.compact #--input, PaletteScreen.compact CommandInput { border: none; }
    PaletteScreen.compact SearchIcon { display: none; }
    PaletteScreen.compact CommandInput { padding: 0 2; }
    PaletteScreen #enter { dock: bottom; height: 1; background: $surface; }
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
        yield LineWidget(id="enter")

    def on_mount(self) -> None:
        """Stop what draws again and again to tell of a search under way."""
        self.query_one(LoadingIndicator).auto_refresh = None

    def on_resize(self) -> None:
        """Leave room for what Enter does, and tell it at its width."""
        self.set_class(self.size.height < COMPACT_BELOW, "compact")
        self._tell_enter()

    @on(CommandList.OptionHighlighted)
    def _tell_enter(self) -> None:
        """Tell what Enter will do now."""
        commands = self.query_one(CommandList)
        on_enter = None
        if commands.highlighted is not None:
            option = commands.get_option_at_index(commands.highlighted)
            if isinstance(option, Option) and isinstance(option.hit.command, OnEnter):
                on_enter = option.hit.command
        width = self.size.width
        if on_enter is None:
            shown = enter_line("", None, width)
        else:
            shown = enter_line(on_enter.words, on_enter.why_not(), width)
        self.query_one("#enter", LineWidget).show_lines([shown])

    def _refresh_command_list(
        self,
        command_list: CommandList,
        commands: list[Option],
        clear_current: bool,  # noqa: FBT001
    ) -> None:
        """Show what was found, and tell what Enter will do, also where that is nothing."""
        super()._refresh_command_list(command_list, commands, clear_current)
        self._tell_enter()

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
            does = OnEnter(partial(ways.go_to, find.spot), f"goes to {find.name}")
            # below the commands, whose scores are above 1, and by how well the name matches
            yield Hit(1 / (2 + rank), Content(name), does, text=name, help=_as_it_is(find.words))

    def _entries(self) -> list[Entry]:
        screen = self.screen
        if not isinstance(screen, CommandScreen):
            return []
        entries: list[Entry] = []
        for command in screen.palette_commands:
            keys = f"{command.keys_in_words} \u00b7 " if command.keys else ""
            why_not = command.why_not(screen)
            words = f"{keys}not now: {why_not}" if why_not else f"{keys}{command.help}"
            entries.append((safe_line(command.name), _on_enter(screen, command), _as_it_is(words)))
        return entries


def _on_enter(screen: CommandScreen, command: Command[Any]) -> OnEnter:
    why_not = partial(command.why_not, screen)
    return OnEnter(partial(screen.run_command, command), command.help, why_not)


def _as_it_is(words: str) -> str:
    """Words in which the palette finds no markup: of what is content already it makes nothing."""
    return cast("str", Content(safe_line(words)))
