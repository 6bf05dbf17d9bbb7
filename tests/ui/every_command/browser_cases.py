"""What is refused where the screen is shown in a browser: nobody knows who looks at the page."""

from every_command.cases import Case, at, presses, refuses, sees
from every_command.changes_cases import LOOK, OWN
from every_command.reading_cases import OPEN_AGAIN, one_document
from every_command.scene import PALETTE
from jobs_tui.ui.commands.cockpit import COCKPIT_COMMANDS
from jobs_tui.ui.commands.document import NO_SECRETS_IN_BROWSER
from jobs_tui.ui.commands.execution import EXECUTION_COMMANDS
from jobs_tui.ui.commands.own import NOT_IN_BROWSER
from jobs_tui.ui.commands.taking_out import NO_FILE_IN_BROWSER, NO_PROGRAM_IN_BROWSER

READ_ONLY = "this run is read-only in a browser (--no-read-only)"

IN_A_BROWSER = Case(
    "in a browser",
    one_document,
    ("gw-1",),
    (
        sees("fw-1", "READ-ONLY in a browser"),
        at(OWN),
        refuses("F", "Look", NOT_IN_BROWSER),
        at(COCKPIT_COMMANDS),
        refuses("n", "Start the next job", READ_ONLY),
        refuses("s", "Change the status", READ_ONLY),
        presses("space"),
        sees("1 marked"),
        refuses(PALETTE, "Change the status of the marked", READ_ONLY),
        presses("escape"),
        *OPEN_AGAIN,
        at(EXECUTION_COMMANDS),
        refuses("u", "Show or hide secrets", NO_SECRETS_IN_BROWSER),
        refuses("w", "Write to a file", NO_FILE_IN_BROWSER),
        refuses("e", "Open in the pager or editor", NO_PROGRAM_IN_BROWSER),
    ),
    {"read_only": True, "read_only_in": "a browser", "commands": (LOOK,)},
    environment={"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"},
)

CASES = (IN_A_BROWSER,)
