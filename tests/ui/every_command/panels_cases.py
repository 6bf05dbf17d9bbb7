"""The panels: moving, opening, refreshing, finding, leaving; and where there is nothing to do."""

from every_command.cases import Case, Leaves, at, does, finishes, presses, refuses, sees
from every_command.scene import PALETTE, gone, on
from every_command.told import tells_all
from jobs_tui.emulator import Account
from jobs_tui.ui.commands.changing import marked_problem
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.fleet import NO_LIST
from jobs_tui.ui.commands.journal import JOURNAL_COMMANDS
from jobs_tui.ui.commands.marking import (
    in_list_problem,
    no_beginning_problem,
    no_marks_problem,
)
from jobs_tui.ui.commands.notices import NOTICES_COMMANDS
from jobs_tui.ui.commands.reading import LEFT, NO_ROW
from jobs_tui.ui.commands.theme import THEME_COMMANDS

(THEME,) = THEME_COMMANDS

TWO = ("gw-1", "gw-2")
MANY = tuple(f"gw-{number:02}" for number in range(30))


def two_jobs_each(account: Account) -> None:
    for number, thing in enumerate(TWO, 1):
        account.create_thing(thing)
        for kind in ("fw", "log"):
            account.create_job(f"{kind}-{number}", [thing], "{}")


def one_job_each(account: Account) -> None:
    """The second one is in progress."""
    for number, thing in enumerate(TWO, 1):
        account.create_thing(thing)
        account.create_job(f"fw-{number}", [thing], "{}")
    account.start_next_pending_job_execution("gw-2")


def no_job(account: Account) -> None:
    account.create_thing("gw-1")


def many(account: Account) -> None:
    for thing in MANY:
        account.create_thing(thing)
        account.create_job(f"job-{thing[-2:]}", [thing], "{}")


MOVING = Case(
    "moving and marking",
    two_jobs_each,
    TWO,
    (
        at(COCKPIT_COMMANDS),
        sees("log-2", on("fw-1")),
        does("down", "Next row", on("log-1")),
        does("j", "Next row", on("fw-2")),
        does("k", "Row before", on("log-1")),
        does("up", "Row before", on("fw-1")),
        does("end", "Last row", on("log-1")),
        does("home", "First row", on("fw-1")),
        does("G", "Last row", on("log-1")),
        does("g", "First row", on("fw-1")),
        does("pagedown", "Page down", on("log-1")),
        does("pageup", "Page up", on("fw-1")),
        does("tab", "Next panel", on("fw-2")),
        does("right_square_bracket", "Next panel", on("fw-1")),
        does("shift+tab", "Panel before", on("fw-2")),
        does("left_square_bracket", "Panel before", on("fw-1")),
        refuses("m", "Mark a range", no_beginning_problem()),
        refuses(PALETTE, "Clear the marks", no_marks_problem()),
        refuses(PALETTE, "Change the status of the marked", no_marks_problem()),
        does("space", "Mark", "1 marked", on("log-1")),
        does("m", "Mark a range", "2 marked from fw-1 to log-1"),
        does("asterisk", "Mark all in the panel", "all 2 unmarked"),
        does("asterisk", "Mark all in the panel", "all 2 marked"),
        refuses(PALETTE, "Change the status", marked_problem()),
        does("s", "Change the status of the marked", "Change status  2 marked"),
        presses("escape"),
        sees(gone("Change status  2")),
        does("escape", "Clear the marks", "2 marks cleared"),
    ),
)

OPENING = Case(
    "opening and refreshing",
    one_job_each,
    TWO,
    (
        at(COCKPIT_COMMANDS),
        sees("fw-2", on("fw-1")),
        does("d", "Open the execution", "version number"),
        presses("escape"),
        sees(gone("version number")),
        does("enter", "Open the execution", "version number"),
        presses("escape"),
        sees(gone("version number")),
        does("o", "Open the job document", "fw-1  job document"),
        presses("escape"),
        sees(gone("job document")),
        does("n", "Start the next job", "Sends PUT"),
        presses("escape"),
        sees(gone("Sends PUT")),
        does("s", "Change the status", "the change is based on it"),
        presses("escape"),
        sees(gone("is based on it")),
        does("J", "Journal", "changes, newest first"),
        presses("escape"),
        sees(gone("changes, newest first")),
        does("L", "Notices", "what was told in this run"),
        presses("escape"),
        sees(gone("told in this run")),
        does("P", "Pulse", "95 % within"),
        presses("escape"),
        sees(gone("95 % within")),
        does("r", "Refresh this panel", "refreshing gw-1"),
        does("R", "Refresh all panels", "refreshing all things"),
        does("h", "Pause or resume this panel", "automatic refresh of gw-1 paused"),
        does("h", "Pause or resume this panel", "automatic refresh of gw-1 resumed"),
        does("p", "Pause or resume refreshing", "automatic refresh paused"),
        does("p", "Pause or resume refreshing", "automatic refresh resumed"),
        does("plus", "Refresh more often", "refreshed every 2 s"),
        does("minus", "Refresh less often", "refreshed every 5 s"),
        does("B", "Save bandwidth or no longer", "bandwidth is saved: "),
        does("B", "Save bandwidth or no longer", "bandwidth is saved no more"),
        does("c", "Copy the job id", "copied the job id fw-1"),
        does("C", "Copy as an AWS CLI command", "copied an AWS CLI command for fw-1"),
        does("question_mark", "Help", "Keys \u00b7 enter or esc closes this"),
        presses("escape"),
        sees(gone("closes this")),
        does("colon", "Command palette", "Search for commands"),
        presses("escape"),
        sees(gone("Search for commands")),
        does("ctrl+p", "Command palette", "Search for commands"),
        presses("escape"),
        sees(gone("Search for commands")),
        Leaves("q", "Quit"),
    ),
    {"refresh": 5.0},
)

FINDING = Case(
    "finding",
    one_job_each,
    TWO,
    (
        at(COCKPIT_COMMANDS),
        sees("! stuck", on("fw-1")),
        does("full_stop", "Next that needs attention", on("fw-2")),
        does("less_than_sign", "Back to where you were", on("fw-1")),
        does("greater_than_sign", "Forward again", on("fw-2")),
        does("slash", "Filter", "job id, status"),
        presses("f", "w", "enter"),
        sees("1 of 1 shown /fw"),
        does("escape", "Back to the list", gone("shown /fw")),
        does("exclamation_mark", "Only what needs attention", "0 of 1 shown !", gone("fw-1")),
        does("escape", "Back to the list", "fw-1"),
        does("z", "One panel full screen", gone("fw-1")),
        does("escape", "Back to the list", "fw-1"),
        does("comma", "Sort", "in force"),
        presses("escape"),
        sees(gone("in force")),
        does("a", "Add a thing", "add a thing"),
        presses("escape"),
        sees(gone("add a thing")),
        does("x", "Close this panel", "gw-2 is watched no more"),
        refuses("x", "Close this panel", "it is the only one; q quits"),
    ),
    {"stuck_after": 0.0},
)

NOTHING = Case(
    "where there is no job",
    no_job,
    ("gw-1",),
    (
        sees("No pending jobs"),
        presses("L"),
        at(NOTICES_COMMANDS),
        refuses("enter", "Go there", "there is no notice"),
        presses("escape", "J"),
        at(JOURNAL_COMMANDS),
        sees("changes, newest first"),
        refuses("enter", "Open the change", "there is no change"),
        presses("escape"),
        at(COCKPIT_COMMANDS),
        tells_all(COCKPIT_COMMANDS, (THEME.name, THEME.help)),
        refuses("enter", "Open the execution", NO_ROW),
        refuses(PALETTE, "Open the thing", NO_LIST),
        refuses("o", "Open the job document", NO_ROW),
        refuses("s", "Change the status", NO_ROW),
        refuses("space", "Mark", NO_ROW),
        refuses("asterisk", "Mark all in the panel", NO_ROW),
        refuses("m", "Mark a range", NO_ROW),
        refuses("c", "Copy the job id", NO_ROW),
        refuses("C", "Copy as an AWS CLI command", NO_ROW),
        refuses("full_stop", "Next that needs attention", "nothing needs attention"),
        refuses("v", "Keep the thing in view", NO_LIST),
        refuses("escape", "Back to the list", NO_LIST),
        refuses("less_than_sign", "Back to where you were", "there is no jump to go back from"),
        refuses("greater_than_sign", "Forward again", "you have not gone back"),
        refuses("plus", "Refresh more often", "this is the shortest"),
        presses(*["minus"] * 6),
        sees("refreshed every 300 s"),
        refuses("minus", "Refresh less often", "this is the longest"),
    ),
    {"refresh": 1.0},
)

GONE = Case(
    "where the job has gone",
    lambda account: (no_job(account), account.create_job("fw-1", ["gw-1"], "{}")),
    ("gw-1",),
    (
        at(COCKPIT_COMMANDS),
        sees("fw-1"),
        finishes("gw-1", "fw-1"),
        sees("left the list: "),
        refuses("enter", "Open the execution", LEFT),
        refuses("o", "Open the job document", LEFT),
        refuses("s", "Change the status", LEFT),
        refuses("space", "Mark", LEFT),
        refuses("asterisk", "Mark all in the panel", LEFT),
    ),
)

LIST = Case(
    "the list of things",
    many,
    MANY,
    (
        at(COCKPIT_COMMANDS),
        sees("30 things", on("gw-00")),
        refuses("space", "Mark", in_list_problem()),
        refuses("m", "Mark a range", in_list_problem()),
        refuses("escape", "Back to the list", "this is the list, and it shows all things; q quits"),
        does("v", "Keep the thing in view", "gw-00 stays in view"),
        does("enter", "Open the thing", "\u25be gw-00"),
        refuses(PALETTE, "Open the thing", "its panel has the focus already"),
        does("escape", "Back to the list", "\u25b8 gw-00"),
    ),
    {"refresh": 5.0},
)

CASES = (MOVING, OPENING, FINDING, NOTHING, GONE, LIST)
