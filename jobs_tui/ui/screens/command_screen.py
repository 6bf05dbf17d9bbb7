"""What the screens with commands have in common: the key map, the footer and the palette."""

from abc import abstractmethod
from typing import Any, ClassVar

from textual.screen import Screen

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.terminal.lines import Line
from jobs_tui.ui.views.bars import Notice, footer_line


class CommandScreen(Screen[None]):
    """A screen whose keys, footer, help and palette entries come from its list of commands."""

    COMMAND_LIST: ClassVar[tuple[Command[Any], ...]] = ()

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

    def action_run_command(self, name: str) -> None:
        """Do the command of this name: what the key map calls."""
        for command in self.COMMAND_LIST:
            if command.name == name:
                self.run_command(command)

    @abstractmethod
    def notice(self, notice: Notice) -> None:
        """Tell something in this screen's status line."""

    def footer(self, width: int) -> Line:
        """The keys that matter here."""
        hints = [(c.footer_key, c.hint) for c in self.COMMAND_LIST if c.hint]
        return footer_line(hints, width)

    def help_text(self, title: str, notes: tuple[str, ...], width: int) -> list[Line]:
        """All keys of this screen, with the reason where one cannot be used now."""
        from jobs_tui.ui.views.help import help_lines  # noqa: PLC0415 - on first use

        entries = [(c.keys_in_words, c.help, c.why_not(self)) for c in self.COMMAND_LIST]
        return help_lines(title, entries, notes, width)
