"""The commands of the screen with the pulse."""

from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.over_panels import OVER_PANELS_COMMANDS, BackToPanels, OverPanelsPlace

PULSE_COMMANDS: tuple[Command[OverPanelsPlace], ...] = (
    BackToPanels("open-pulse", "P"),
    *OVER_PANELS_COMMANDS,
)
