"""Changes that cannot be asked for, and one change of many; own commands, contexts, themes."""

import os

from every_command.cases import (
    LETS_GO,
    Case,
    at,
    does,
    happens,
    holds_back,
    palette_and_help,
    presses,
    refuses,
    sees,
)
from every_command.panels_cases import TWO
from every_command.scene import PALETTE, gone, on, writes
from every_command.told import tells_all
from jobs_tui.domain.own_command import OwnCommand
from jobs_tui.emulator import Account
from jobs_tui.ui.commands.bulk import BULK_COMMANDS
from jobs_tui.ui.commands.changing import NO_LINK, READ_ONLY
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.context import SwitchContext
from jobs_tui.ui.commands.own import NOT_READING, RunOwn
from jobs_tui.ui.commands.reading import NO_ROW
from jobs_tui.ui.commands.theme import FEW_COLORS, THEME_COMMANDS
from jobs_tui.ui.views.changes import NOT_SETTLED


class NothingRuns:
    """What the commands of a table would be run by."""

    def run(self, own: OwnCommand, row: object) -> None:
        raise AssertionError("a table was run")

    def running_words(self, own: OwnCommand) -> str:
        raise AssertionError("a table was run")


LOOK = OwnCommand("Look", "F", "echo seen", confirm=False)
OWN = (RunOwn(LOOK, NothingRuns()),)
CONTEXTS = (SwitchContext("lab"),)
NO_COLOR = {"NO_COLOR": "1"}


def one_in_progress(account: Account) -> None:
    """And the other thing has no job."""
    for thing in TWO:
        account.create_thing(thing)
    account.create_job("fw-1", ["gw-1"], "{}")
    account.update_job_execution("gw-1", "fw-1", status="IN_PROGRESS")


READING_ONLY = Case(
    "where nothing may be changed",
    one_in_progress,
    TWO,
    (
        sees("fw-1"),
        at(OWN),
        refuses("F", "Look", NOT_READING),
        at(COCKPIT_COMMANDS),
        refuses("n", "Start the next job", READ_ONLY),
        refuses("s", "Change the status", READ_ONLY),
        presses("space"),
        sees("1 marked"),
        refuses(PALETTE, "Change the status of the marked", READ_ONLY),
    ),
    {"read_only": True, "commands": (LOOK,)},
)

NO_ENDPOINT = Case(
    "where there is no endpoint",
    one_in_progress,
    TWO,
    (
        at(COCKPIT_COMMANDS),
        sees("the endpoint URL is not valid"),
        refuses("n", "Start the next job", NO_LINK),
        refuses("s", "Change the status", NO_LINK),
    ),
    {"endpoint_url": "nonsense"},
)

IN_DOUBT = Case(
    "while a change is on its way",
    one_in_progress,
    TWO,
    (
        at(COCKPIT_COMMANDS),
        sees("fw-1"),
        presses("s"),
        sees("the change is based on it"),
        holds_back(writes),
        presses("f", "enter"),
        sees("FAILED, sending"),
        presses("escape"),
        sees(gone("Sends POST")),
        refuses("n", "Start the next job", NOT_SETTLED),
        refuses("s", "Change the status", NOT_SETTLED),
        refuses("x", "Close this panel", "a change of gw-1 is not settled yet"),
        LETS_GO,
        sees("FAILED, confirmed"),
    ),
)

WAITING = Case(
    "while a change waits for the endpoint",
    one_in_progress,
    TWO,
    (
        at(COCKPIT_COMMANDS),
        sees("fw-1"),
        presses("s"),
        sees("the change is based on it"),
        happens(lambda scene: scene.screen.take_endpoint_away()),
        presses("f", "enter"),
        # among the changes of this run, and in the status line, which is then free for more
        sees(lambda text: text.count("FAILED, waiting for the endpoint: ") == 2),
        refuses("n", "Start the next job", "a change here waits for the endpoint; J drops it"),
        refuses("s", "Change the status", "a change here waits for the endpoint; J drops it"),
        happens(lambda scene: scene.screen.bring_endpoint_back()),
    ),
)

LEFT_UNSENT = Case(
    "where an earlier run has left a change",
    one_in_progress,
    TWO,
    (
        at(COCKPIT_COMMANDS),
        sees("left unsent: "),
        presses("enter"),
        sees(gone("Change #1")),
        refuses("n", "Start the next job", "an earlier run left a change; J sends or drops it"),
        refuses("s", "Change the status", "an earlier run left a change; J sends or drops it"),
    ),
    left_unsent=True,
)

OWN_AND_CONTEXTS = Case(
    "own commands and contexts",
    one_in_progress,
    TWO,
    (
        sees("fw-1"),
        at(OWN),
        does("F", "Look", "Look ended with status 0 over fw-1: seen"),
        presses("tab"),
        refuses("F", "Look", NO_ROW),
        at(CONTEXTS),
        does(PALETTE, "Context lab", "which things?"),
    ),
    {"commands": (LOOK,), "others": ("lab",)},
)

THEMES = Case(
    "themes",
    one_in_progress,
    TWO,
    (
        sees("fw-1"),
        at(THEME_COMMANDS),
        does(PALETTE, "Theme ...", "as it was"),
        presses("escape"),
        happens(lambda _: os.environ.update(NO_COLOR)),
        refuses(PALETTE, "Theme ...", FEW_COLORS),
        happens(lambda _: os.environ.pop("NO_COLOR")),
    ),
)


def marks_and_sends(count: int) -> tuple:
    """All that is marked is to succeed, and what goes out first is held back."""
    return (
        presses("s"),
        sees("just read; each change is based on"),
        holds_back(writes),
        presses("s"),
        sees(f"Enter: {count} requests go out"),
        presses("enter"),
        sees("2 sending"),
        at(BULK_COMMANDS),
    )


def three_jobs_each(account: Account) -> None:
    for thing in TWO:
        account.create_thing(thing)
    for job in ("fw-1", "fw-2", "fw-3"):
        account.create_job(job, TWO, "{}")


BULK = Case(
    "one change of many",
    three_jobs_each,
    TWO,
    (
        sees(lambda text: text.count("fw-3") == 2),
        presses("asterisk", "tab", "asterisk"),
        sees("6 marked"),
        *marks_and_sends(6),
        refuses("enter", "Open the change", "some are under way"),
        refuses("q", "Back", "it goes on; x stops it"),
        does("x", "Stop", "stopped: 2 sent, 4 not sent"),
        refuses("x", "Stop", "nothing more will be begun"),
        does("down", "Execution below", on("gw-1 / fw-2")),
        does("j", "Execution below", on("gw-1 / fw-3")),
        does("up", "Execution above", on("gw-1 / fw-2")),
        does("k", "Execution above", on("gw-1 / fw-1")),
        does("pagedown", "Page down", on("gw-2 / fw-3")),
        does("pageup", "Page up", on("gw-1 / fw-1")),
        does("end", "Last execution", on("gw-2 / fw-3")),
        does("home", "First execution", on("gw-1 / fw-1")),
        does("G", "Last execution", on("gw-2 / fw-3")),
        does("g", "First execution", on("gw-1 / fw-1")),
        LETS_GO,
        sees("2 confirmed"),
        does("enter", "Open the change", "Change #"),
        presses("escape"),
        sees(gone("Change #")),
        does("d", "Open the change", "Change #"),
        presses("escape"),
        sees(gone("Change #")),
        *palette_and_help("A change of many"),
        tells_all(BULK_COMMANDS),
        does("escape", "Back", "2 confirmed; J tells each"),
        sees("4 marked"),
        *marks_and_sends(4),
        does("escape", "Stop", "stopped: 2 sent, 2 not sent"),
        LETS_GO,
        sees("2 confirmed"),
        does("q", "Back", "2 confirmed; J tells each"),
    ),
)

CASES = (READING_ONLY, NO_ENDPOINT, IN_DOUBT, WAITING, LEFT_UNSENT, OWN_AND_CONTEXTS, THEMES, BULK)
