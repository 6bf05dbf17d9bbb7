"""A conflict that comes while one reads: each screen over the panels leads to it by one key."""

from test_conflicts_meanwhile import meet_the_agent

from every_command.cases import Case, Commands, at, does, happens, presses, refuses, sees
from every_command.scene import gone
from jobs_tui.emulator import Account
from jobs_tui.ui.commands.execution import EXECUTION_COMMANDS
from jobs_tui.ui.commands.journal import JOURNAL_COMMANDS
from jobs_tui.ui.commands.notices import NOTICES_COMMANDS
from jobs_tui.ui.commands.pulse import PULSE_COMMANDS

NAME = "Decide on the conflict"


def in_progress(account: Account) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], "{}")
    account.start_next_pending_job_execution("gw-1")


def conflict_while(title: str, key: str, words: str, commands: Commands) -> Case:
    """The screen that this key opens has these words."""
    return Case(
        f"a conflict while {title}",
        in_progress,
        ("gw-1",),
        (
            sees("fw-1"),
            presses(key),
            sees(words),
            at(commands),
            refuses("full_stop", NAME, "no conflict has come meanwhile"),
            happens(lambda scene: meet_the_agent(scene.screen, "gw-1", "fw-1")),
            sees("! conflict at gw-1 / fw-1"),
            does("full_stop", NAME, "Conflict  gw-1 / fw-1", "Apply to version 3"),
            presses("escape"),
            sees(gone("Apply to version 3")),
        ),
    )


CASES = (
    conflict_while("reading a document", "o", "job document", EXECUTION_COMMANDS),
    conflict_while("the journal is open", "J", "changes, newest first", JOURNAL_COMMANDS),
    conflict_while("the notices are open", "L", "newest first", NOTICES_COMMANDS),
    conflict_while("the pulse is open", "P", "calls/s", PULSE_COMMANDS),
)
