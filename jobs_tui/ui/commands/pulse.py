"""Opening the pulse, and the commands of its screen."""

from typing import Protocol

from jobs_tui.ui.commands.command import Command


class OpensPulse(Protocol):
    """A screen from which the pulse can be opened."""

    def open_pulse(self) -> None:
        """Show calls, latency and errors, and how the things stood."""
        ...


class OpenPulse(Command[OpensPulse]):
    """Open the pulse: calls, latency, failures, states of an hour."""

    keys = ("P",)
    name = "Pulse"

    def run(self, place: OpensPulse) -> None:
        """Open it on a screen of its own."""
        place.open_pulse()


class PulsePlace(Protocol):
    """The screen with the pulse."""

    def open_help(self) -> None:
        """Show the keys of this screen."""
        ...

    def back(self) -> None:
        """Return to the panels."""
        ...


class PulseBack(Command[PulsePlace]):
    """Go back to the panels."""

    keys = ("escape", "q", "P")
    shown_keys = "esc q P"
    name = "Back"
    hint = "back"

    def run(self, place: PulsePlace) -> None:
        """Close the screen."""
        place.back()


class PulseHelp(Command[PulsePlace]):
    """Show the keys of where one is."""

    keys = ("question_mark",)
    shown_keys = "?"
    name = "Help"
    hint = "help"

    def run(self, place: PulsePlace) -> None:
        """Open it."""
        place.open_help()


PULSE_COMMANDS: tuple[Command[PulsePlace], ...] = (PulseBack(), PulseHelp())
