"""The user's own commands, as the other commands are."""

import os
from typing import Protocol

from textual.keys import _character_to_key

from jobs_tui.domain.own_command import OwnCommand
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.command import Command, KeyMap
from jobs_tui.ui.commands.key_map import with_keys
from jobs_tui.ui.commands.place import CockpitPlace
from jobs_tui.ui.commands.reading import NO_ROW
from jobs_tui.ui.terminal import start_checks
from jobs_tui.ui.views.rows import Row

NOT_IN_BROWSER = "not in a browser: it runs on the server"
NOT_READING = "this run is read-only, and it is not marked as reading"

OF_THE_APP = {"ctrl+q": "Quit", "ctrl+c": "Help on quitting"}
"""Keys that work everywhere, whatever screen there is."""


class RunsCommands(Protocol):
    """What runs them."""

    def run(self, own: OwnCommand, row: Row) -> None:
        """Run one over a row, or ask first."""
        ...

    def running_words(self, own: OwnCommand) -> str:
        """Over what it runs now and for how long; empty where it does not."""
        ...


class RunOwn(Command[CockpitPlace]):
    """Run a command of the settings."""

    def __init__(self, own: OwnCommand, runs: RunsCommands) -> None:
        """Make the command that runs it."""
        self.keys = (textual_key(own.key),)
        self.shown_keys = own.key
        self.name = own.name
        self._own = own
        self._runs = runs

    @property
    def help(self) -> str:
        """Its name, what it runs, and what of it runs now."""
        asks = " (asks)" if self._own.confirm else ""
        running = self._runs.running_words(self._own)
        return f"{self._own.name}{asks}: {running or self._own.command}"

    def why_not(self, place: CockpitPlace) -> str | None:
        """It needs a row, and where nothing may be changed it must only read.

        Who looks at a page in a browser may have no login where it would run.
        """
        if start_checks.in_browser(os.environ):
            return NOT_IN_BROWSER
        if place.engine.read_only and not self._own.reads:
            return NOT_READING
        return NO_ROW if place.selected_row is None else None

    def run(self, place: CockpitPlace) -> None:
        """Run it, or ask first."""
        if (row := place.selected_row) is not None:
            self._runs.run(self._own, row)


def textual_key(key: str) -> str:
    """Textual's name of a key of the settings."""
    return _character_to_key(key) if len(key) == 1 else key


def taken_keys(key_map: KeyMap) -> dict[str, str]:
    """The keys that mean something beside the panels, and the name of what they do."""
    taken = dict(OF_THE_APP)
    for command in with_keys(COCKPIT_COMMANDS, key_map):
        for key in command.keys:
            taken.setdefault(key, command.name)
    return taken
