"""A program: the demo, which fails at a place of one's choice as soon as help is asked for."""

import sys
from collections.abc import Callable

from jobs_tui.engine.journal.journal_file import JournalFile
from jobs_tui.engine.refreshing.schedule import Schedule
from jobs_tui.ui.screens.cockpit import CockpitScreen
from jobs_tui.ui.terminal.key_parser import KeyParser
from jobs_tui.ui.terminal.line_widgets import LineWidget
from jobs_tui.ui.terminal.patient_writer import PatientWriter

PLACES = {
    "widget": (LineWidget, "render_line"),
    "refresher": (Schedule, "earliest"),
    "writer": (PatientWriter, "_write_at_once"),
    "writer that waits": (PatientWriter, "_write_pieces"),
    "input": (KeyParser, "feed"),
    "leaving": (JournalFile, "close"),
}


class PlantedError(Exception):
    """Nothing expects this one."""


def fail(*_arguments: object, **_named: object) -> None:
    planted_local = "held-in-a-local-variable"
    raise PlantedError(len(planted_local), "aws_secret_access_key='planted-in-a-message'")


async def fail_in_worker() -> None:
    fail()


def asked_for_help(place: str) -> Callable[[CockpitScreen], None]:
    def open_help(screen: CockpitScreen) -> None:
        if place == "worker":
            screen.run_worker(fail_in_worker())
        elif place == "key":
            fail()
        else:
            owner, name = PLACES[place]
            setattr(owner, name, fail)
            if place == "writer that waits":
                PatientWriter._write_at_once = lambda _writer, data: data
            screen.refresh()
            for widget in screen.query(LineWidget):
                widget.refresh()

    return open_help


if __name__ == "__main__":
    CockpitScreen.open_help = asked_for_help(sys.argv.pop(1))
    from jobs_tui.__main__ import main

    raise SystemExit(main())
