"""The commands of the screen with the pulse."""

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.over_panels import (
    BackToPanels,
    DecideConflict,
    OverPanelsPlace,
    ScreenHelp,
)

PULSE_COMMANDS: tuple[Command[OverPanelsPlace], ...] = (
    BackToPanels("P"),
    DecideConflict(),
    ScreenHelp(),
)
