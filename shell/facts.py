"""What the manual page tells that stands in no parser, taken from where the program has it."""

from jobs_tui.cli import DONE, FAILED, INTERRUPTED, WRONG_USAGE
from jobs_tui.cli.list_arguments import FOUND
from jobs_tui.cli.settings import file
from jobs_tui.cli.settings.declared import SETTINGS, THINGS, WHICH
from jobs_tui.cli.snapshots import NAME as SNAPSHOTS
from jobs_tui.emulator import FaultKind
from jobs_tui.engine import recent_things
from jobs_tui.engine.journal import sqlite_journal
from jobs_tui.service.endpoints import endpoint_cache

LONGER = (
    "It shows which job executions are pending for your things and what their documents say, "
    "starts the next one, and reports how it went. A change is recorded in a journal before it is "
    "sent, and is never sent by a single key. In the cockpit, ? tells the keys."
)

EXIT_STATUS = (
    (f"{DONE}", "Done."),
    (f"{FAILED}", "The service, the data or this machine said no; one line tells what."),
    (
        f"{WRONG_USAGE}",
        "Wrong usage: of the command line, environment or settings, or no terminal to draw on.",
    ),
    (f"{FOUND}", "Of list --fail-on: there is what was to be told."),
    (f"{INTERRUPTED}", "Interrupted by Ctrl+C. Other signals: 128 and the signal's number."),
)

ENVIRONMENT = (
    *(
        (
            setting.variable,
            "Names of things with commas between them."
            if setting is THINGS
            else f"As {setting.option}: true or false."
            if setting.metavar is None and not setting.default
            else f"false is as {setting.option}."
            if setting.metavar is None
            else f"As {setting.option} {setting.metavar}.",
        )
        for setting in (*WHICH, *SETTINGS)
    ),
    *(
        (
            ", ".join(setting.sdk_variables),
            f"As {setting.option}, where nothing else says it; the first one that is set counts.",
        )
        for setting in SETTINGS
        if setting.sdk_variables
    ),
    ("NO_COLOR", "If it is set, the screen has no colours."),
    ("VISUAL, EDITOR, PAGER", "What opens a job document."),
)

MOVED = (
    "XDG_CONFIG_HOME, XDG_STATE_HOME and XDG_CACHE_HOME move these files, and on macOS they are in "
    "~/Library; jobs-tui info tells where they are."
)

FILES = (
    (f"~/.config/jobs-tui/{file.FILE_NAME}", "The settings, of which each option is one."),
    (f"~/.local/state/jobs-tui/{sqlite_journal.FILE_NAME}", "The journal."),
    (
        f"~/.local/state/jobs-tui/{recent_things.FILE_NAME}",
        "The things that were watched last.",
    ),
    (
        f"~/.cache/jobs-tui/{SNAPSHOTS.format('*')}",
        "What was last seen, to be shown at the next start until there is an answer.",
    ),
    (
        f"~/.cache/jobs-tui/{endpoint_cache.FILE_NAME}",
        f"The endpoints that were asked for. {MOVED}",
    ),
)

EXAMPLES = (
    ("jobs-tui demo", "Look around without an AWS account."),
    ("jobs-tui gw-1 gw-2", "The cockpit on two things."),
    ("jobs-tui --context lyon --read-only", "Only look, with the settings of a context."),
    ("jobs-tui doctor gw-1", "What works on the way to the service, and what does not."),
    ("jobs-tui list --fail-on stuck gw-1", "For a monitoring system."),
    (
        "jobs-tui update gw-1 fw-1 FAILED --detail reason=disk-full --yes",
        "Report how a job went, from a script.",
    ),
    ("jobs-tui journal --since 7d", "Who changed what in the last week."),
)

SPEC = (
    "For jobs-tui emulator --fault. OPERATION is a name such as UpdateJobExecution, or * for all; "
    "iot:DescribeJobExecution is that of the control plane. SHARE is 5%, once, 3 (times) or always."
)

FAULTS = (
    (
        "OPERATION=KIND:SHARE",
        f"{SPEC} KIND is one of these:",
    ),
    *((f"{kind}", f"{kind.meaning}.") for kind in FaultKind),
)
