"""Every screen with commands, and a row for each command that a user can find or move."""

from typing import Any, NamedTuple

from jobs_tui.ui.commands.bulk import BULK_COMMANDS
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.execution import EXECUTION_COMMANDS
from jobs_tui.ui.commands.journal import JOURNAL_COMMANDS
from jobs_tui.ui.commands.notices import NOTICES_COMMANDS
from jobs_tui.ui.commands.pulse import PULSE_COMMANDS
from jobs_tui.ui.commands.thing_picker import PICKER_COMMANDS


class ScreenCommands(NamedTuple):
    """What can be done on one screen."""

    name: str
    commands: tuple[Command[Any], ...]
    among_text: bool = False
    """Whether what is typed there is text, so that a character is no key."""


SCREENS = (
    ScreenCommands("panels", COCKPIT_COMMANDS),
    ScreenCommands("execution", EXECUTION_COMMANDS),
    ScreenCommands("journal", JOURNAL_COMMANDS),
    ScreenCommands("notices", NOTICES_COMMANDS),
    ScreenCommands("pulse", PULSE_COMMANDS),
    ScreenCommands("progress", BULK_COMMANDS),
    ScreenCommands("choice", PICKER_COMMANDS, among_text=True),
)
"""In the order in which one meets them; choosing things comes last, as most name theirs."""
