"""What the screens with commands have in common: the key map, the footer and the palette."""

from abc import abstractmethod
from itertools import chain
from typing import Any, ClassVar

from textual import events
from textual.binding import BindingsMap
from textual.screen import Screen

from jobs_tui.ui.commands.command import KEYS_IN_FORCE, Command, KeyMap, bindings
from jobs_tui.ui.terminal.framed_screen import FramedScreen
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.bars import NARROW, Notice, footer_line

TEXT = "text"
CLICKED = ("footer", TEXT)
"""The ids of the parts in which a click is for the screen."""


class CommandScreen(FramedScreen, Screen[None]):
    """A screen whose keys, footer, help and palette come from its list of commands."""

    COMMAND_LIST: tuple[Command[Any], ...] = ()

    AMONG_TEXT: ClassVar[bool] = False
    """Whether what is typed here is text, so that a character is no key."""

    def __init__(self) -> None:
        super().__init__()
        if key_map := KEYS_IN_FORCE.get():
            self._take_keys(key_map)

    @property
    def palette_commands(self) -> tuple[Command[Any], ...]:
        """What the palette offers."""
        return self.COMMAND_LIST

    def run_command(self, command: Command[Any]) -> None:
        """Do it, or say why it cannot be done now."""
        why_not = command.why_not(self)
        if why_not is None:
            command.run(self)
        else:
            self.notice(Notice(f"{command.name}: not now, {why_not}", "warning"))

    def action_press(self, key: str) -> None:
        """Do what a key means here: of several commands, the first that can be used now.

        Where none can, the first that answers for the key says why.
        """
        meant = [command for command in self.COMMAND_LIST if key in command.keys]
        usable = (command for command in meant if command.why_not(self) is None)
        answering = (command for command in meant if command.answers(self))
        command = next(chain(usable, answering, meant), None)
        if command is not None:
            self.run_command(command)

    def open_palette(self) -> None:
        """Show the command palette."""
        self.app.action_command_palette()

    @abstractmethod
    def notice(self, notice: Notice) -> None:
        """Tell something in this screen's status line."""

    def footer_commands(self, width: int) -> list[Command[Any]]:
        """Those of which the footer names the keys, as far as there is room."""
        wide = width >= NARROW
        return [
            command
            for command in self.COMMAND_LIST
            if command.keys and command.in_footer(self) and (wide or command.narrow)
        ]

    def footer(self, width: int) -> Line:
        """The keys that matter here."""
        shown = self.footer_commands(width)
        return footer_line({c.footer_key: c.hint_at(self) for c in shown}, width)

    def steps_to(self, y: int) -> int | None:
        """How many entries from that with the cursor to that on a line of the text, if any is."""
        del y
        return None

    def move(self, by: int) -> None:
        """Move the cursor by so many entries, where there are any."""

    def on_click(self, event: events.Click) -> None:
        """Do what a key would do that is for what was clicked."""
        if self._part_at(event) in CLICKED:
            from jobs_tui.ui.screens.clicking import clicked  # noqa: PLC0415 - on first use

            clicked(self, event)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go to the entry below; a text that scrolls by itself does not let it come so far."""
        self._turned(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go to the entry above."""
        self._turned(event, -1)

    def _turned(self, event: events.MouseEvent, by: int) -> None:
        if self._part_at(event) == TEXT:
            self.move(by)

    def _part_at(self, event: events.MouseEvent) -> str | None:
        """The id of what lies under the mouse; the event itself does not always know it."""
        return self.get_widget_at(*event.screen_offset)[0].id

    def help_text(self, title: str, notes: tuple[str, ...], width: int) -> list[Line]:
        """All keys of this screen, with the reason where one cannot be used now."""
        from jobs_tui.ui.views.help import help_lines  # noqa: PLC0415 - on first use

        entries = [(c.keys_in_words, c.help, c.why_not(self)) for c in self.COMMAND_LIST]
        return help_lines(title, entries, notes, width)

    def _take_keys(self, key_map: KeyMap) -> None:
        """Have the commands under the keys that the user has given to them."""
        from jobs_tui.ui.commands.key_map import with_keys  # noqa: PLC0415 - few have moved a key

        own = {key for command in self.COMMAND_LIST for key in command.keys}
        self.COMMAND_LIST = with_keys(self.COMMAND_LIST, key_map, among_text=self.AMONG_TEXT)
        moved = BindingsMap(bindings(self.COMMAND_LIST)).key_to_bindings
        bound = self._bindings.key_to_bindings
        for key in own - moved.keys():
            bound.pop(key, None)
        bound.update(moved)
