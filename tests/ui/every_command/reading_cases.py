"""What opens over the panels: the document, the journal, the notices, the pulse, the picker."""

import json

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
from every_command.panels_cases import THEME, TWO, two_jobs_each
from every_command.scene import documents, gone, on
from every_command.told import tells_all
from jobs_tui.emulator import Account
from jobs_tui.ui.commands.document import NO_DOCUMENT
from jobs_tui.ui.commands.execution import EXECUTION_COMMANDS
from jobs_tui.ui.commands.journal import JOURNAL_COMMANDS
from jobs_tui.ui.commands.notices import NOTICES_COMMANDS
from jobs_tui.ui.commands.pulse import PULSE_COMMANDS
from jobs_tui.ui.commands.thing_picker import PICKER_COMMANDS

ACTION = {"name": "Install", "type": "runHandler", "input": {"handler": "hello.sh"}}
DOCUMENT = {"note": "hello", "version": "1.0", "steps": [{"action": ACTION}]}

NO_SEARCH = "/ searches first"
NO_TREE = "only the tree folds"
FOLDED = '"steps": [ 1 element ]'


def one_document(account: Account) -> None:
    account.create_thing("gw-1")
    account.create_job("fw-1", ["gw-1"], json.dumps(DOCUMENT))


OPEN_AGAIN = (presses("o"), sees("fw-1  job document", "step 1  Install"))

READING = Case(
    "reading a document",
    one_document,
    ("gw-1",),
    (
        sees("fw-1"),
        *OPEN_AGAIN,
        at(EXECUTION_COMMANDS),
        refuses("equals_sign", "What changed", "it was not opened before in this run"),
        refuses("n", "Next place found", NO_SEARCH),
        refuses("N", "Place found before", NO_SEARCH),
        refuses("enter", "Fold or unfold", NO_TREE),
        refuses("left", "Fold", NO_TREE),
        refuses("right", "Unfold", NO_TREE),
        refuses("minus", "Fold all", NO_TREE),
        refuses("plus", "Unfold all", NO_TREE),
        does("t", "Steps, tree or as received", '"handler": "hello.sh"'),
        presses("home"),
        sees(on("\u25b6 {")),
        does("down", "Line below", on('"note"')),
        does("j", "Line below", on('"version"')),
        does("k", "Line above", on('"note"')),
        does("up", "Line above", on("\u25b6 {")),
        does("pagedown", "Page down", on("\u25b6 }")),
        does("pageup", "Page up", on("\u25b6 {")),
        does("space", "Page down", on("\u25b6 }")),
        does("home", "First line", on("\u25b6 {")),
        does("end", "Last line", on("\u25b6 }")),
        does("g", "First line", on("\u25b6 {")),
        does("G", "Last line", on("\u25b6 }")),
        does("minus", "Fold all", FOLDED),
        does("plus", "Unfold all", gone(FOLDED), '"handler"'),
        presses("g", "down", "down", "down"),
        sees(on('"steps"')),
        does("left", "Fold", FOLDED),
        does("right", "Unfold", gone(FOLDED), '"steps"'),
        does("enter", "Fold or unfold", FOLDED),
        does("enter", "Fold or unfold", gone(FOLDED), '"steps"'),
        does("slash", "Search", "enter"),
        presses(*"hello", "enter"),
        sees("/hello: "),
        presses("g"),
        does("n", "Next place found", on('"note"'), "1 of 2"),
        does("n", "Next place found", on('"handler"'), "2 of 2"),
        does("N", "Place found before", on('"note"'), "1 of 2"),
        does("escape", "Back", gone("1 of 2"), '"note"'),
        does("u", "Show or hide secrets", "secrets are shown"),
        does("u", "Show or hide secrets", "secrets are hidden"),
        does("c", "Copy", "secrets stay masked"),
        presses("escape"),
        sees(gone("secrets stay masked")),
        does("w", "Write to a file", "fw-1.json"),
        presses("escape"),
        sees(gone("fw-1.json")),
        does("e", "Open in the pager or editor", "sh ended with status 7"),
        holds_back(documents),
        does("f", "Fetch again", "reading \u2026"),
        LETS_GO,
        sees(gone("reading \u2026")),
        *palette_and_help("An execution and its document"),
        tells_all(EXECUTION_COMMANDS),
        does("escape", "Back", "1 queued", gone("job document")),
        *OPEN_AGAIN,
        does("equals_sign", "What changed", "same as when last opened"),
        does("q", "Back", "1 queued", gone("job document")),
    ),
)

UNREAD = Case(
    "while a document is not read yet",
    one_document,
    ("gw-1",),
    (
        sees("fw-1"),
        holds_back(documents),
        presses("o"),
        sees("reading \u2026"),
        at(EXECUTION_COMMANDS),
        refuses("slash", "Search", NO_DOCUMENT),
        refuses("n", "Next place found", NO_DOCUMENT),
        refuses("N", "Place found before", NO_DOCUMENT),
        refuses("t", "Steps, tree or as received", NO_DOCUMENT),
        refuses("enter", "Fold or unfold", NO_DOCUMENT),
        refuses("left", "Fold", NO_DOCUMENT),
        refuses("right", "Unfold", NO_DOCUMENT),
        refuses("minus", "Fold all", NO_DOCUMENT),
        refuses("plus", "Unfold all", NO_DOCUMENT),
        refuses("u", "Show or hide secrets", NO_DOCUMENT),
        refuses("equals_sign", "What changed", NO_DOCUMENT),
        refuses("c", "Copy", NO_DOCUMENT),
        refuses("w", "Write to a file", NO_DOCUMENT),
        refuses("e", "Open in the pager or editor", NO_DOCUMENT),
        LETS_GO,
    ),
)

NO_JSON = Case(
    "a document that is no JSON",
    one_document,
    ("gw-1",),
    (
        happens(lambda scene: setattr(scene.traffic, "document", "hello")),
        sees("fw-1"),
        presses("o"),
        sees("hello"),
        at(EXECUTION_COMMANDS),
        refuses("t", "Steps, tree or as received", "not JSON"),
    ),
)

JOURNAL = Case(
    "the journal",
    two_jobs_each,
    ("gw-1",),
    (
        sees("log-1"),
        presses("s"),
        sees("the change is based on it"),
        presses("f", "enter"),
        sees("FAILED, confirmed"),
        presses("n"),
        sees("starts log-1"),
        presses("enter"),
        sees("start next, confirmed"),
        presses("J"),
        at(JOURNAL_COMMANDS),
        sees("newest first", on("start next")),
        does("down", "Change below", on("FAILED")),
        does("up", "Change above", on("start next")),
        does("j", "Change below", on("FAILED")),
        does("k", "Change above", on("start next")),
        does("pagedown", "Page down", on("FAILED")),
        does("pageup", "Page up", on("start next")),
        does("end", "Oldest change", on("FAILED")),
        does("home", "Newest change", on("start next")),
        does("G", "Oldest change", on("FAILED")),
        does("g", "Newest change", on("start next")),
        does("enter", "Open the change", "Change #2"),
        presses("escape"),
        sees(gone("Change #2")),
        does("d", "Open the change", "Change #2"),
        presses("escape"),
        sees(gone("Change #2")),
        *palette_and_help("The journal"),
        tells_all(JOURNAL_COMMANDS),
        does("escape", "Back", gone("newest first")),
        presses("J"),
        sees("newest first"),
        does("q", "Back", gone("newest first")),
        presses("J"),
        sees("newest first"),
        does("J", "Back", gone("newest first")),
    ),
)

NOTICES = Case(
    "the notices",
    two_jobs_each,
    TWO,
    (
        sees("log-1", "log-2"),
        happens(lambda scene: scene.account.create_job("late-2", ["gw-2"], "{}")),
        sees("gw-2 / late-2: new job"),
        presses("p"),
        sees("automatic refresh paused"),
        presses("L"),
        at(NOTICES_COMMANDS),
        sees("newest first", on("paused")),
        refuses("enter", "Go there", "this notice is not about one thing"),
        does("down", "Notice below", on("new job")),
        does("up", "Notice above", on("paused")),
        does("j", "Notice below", on("new job")),
        does("k", "Notice above", on("paused")),
        does("pagedown", "Page down", on("new job")),
        does("pageup", "Page up", on("paused")),
        does("space", "Page down", on("new job")),
        does("home", "Newest notice", on("paused")),
        does("end", "Oldest notice", on("new job")),
        does("g", "Newest notice", on("paused")),
        does("G", "Oldest notice", on("new job")),
        *palette_and_help("Notices"),
        tells_all(NOTICES_COMMANDS),
        does("escape", "Back", gone("newest first")),
        presses("L"),
        sees("newest first"),
        does("q", "Back", gone("newest first")),
        presses("L"),
        sees("newest first"),
        does("L", "Back", gone("newest first")),
        presses("L", "G"),
        does("enter", "Go there", on("late-2  ")),
    ),
)

PULSE = Case(
    "the pulse",
    two_jobs_each,
    ("gw-1",),
    (
        sees("log-1"),
        presses("P"),
        at(PULSE_COMMANDS),
        sees("95 % within"),
        *palette_and_help("The pulse"),
        tells_all(PULSE_COMMANDS),
        does("escape", "Back", gone("95 % within")),
        presses("P"),
        sees("95 % within"),
        does("q", "Back", gone("95 % within")),
        presses("P"),
        sees("95 % within"),
        does("P", "Back", gone("95 % within")),
    ),
)

PICKER = Case(
    "choosing things",
    two_jobs_each,
    (),
    (
        at(PICKER_COMMANDS),
        sees(on("gw-1")),
        does("down", "Thing below", on("gw-2")),
        does("up", "Thing above", on("gw-1")),
        does("pagedown", "Page down", on("gw-2")),
        does("pageup", "Page up", on("gw-1")),
        presses(*"a/b"),
        sees("Nothing goes with what is typed"),
        refuses("enter", "Watch or search", "type the name of a thing"),
        refuses("space", "Mark", "there is no thing to mark"),
        refuses("plus", "Mark all", "there is no thing to mark"),
        does("escape", "Back", "used last"),
        presses("*"),
        refuses("enter", "Watch or search", "there is nothing to search here"),
        presses("escape"),
        does("space", "Mark", "1 marked"),
        does("plus", "Mark all", "2 marked"),
        does("ctrl+p", "Command palette", "Search for commands"),
        presses("escape"),
        sees(gone("Search for commands")),
        does("question_mark", "Help", "Choosing things"),
        presses("escape"),
        sees(gone("closes this")),
        tells_all(PICKER_COMMANDS, (THEME.name, THEME.help)),
        does("enter", "Watch or search", "log-1", "log-2"),
    ),
    {"used_last": TWO},
)

CASES = (READING, UNREAD, NO_JSON, JOURNAL, NOTICES, PULSE, PICKER)
